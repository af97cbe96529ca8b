// The sum over components.
import { apply, Expression } from '../expression.js';
import { all, operation, type Operation } from '../operation.js';
import { norm, POWER, Printed, PRODUCT, type Print } from '../printed.js';
import { pow } from './pow.js';
import { mul } from './mul.js';
import { spread } from './spread.js';

declare module '../expression.js' {
  interface Expression {
    /** The sum over the components, a scalar. */
    sum(): Expression;
  }
}

export const sum: Operation = operation({
  name: 'sum',
  shape: () => 'scalar',
  symmetry: 'linear',
  simplified: ([x]) => (x.shape === 'scalar' ? x : undefined),
  derivative: (g) => [apply(spread, [g])],
  latex: (print, { args: [x] }) =>
    squaredNorm(print, x) ?? dot(print, x) ?? new Printed(`\\textstyle\\sum_k ${print(x).within(PRODUCT)}`, PRODUCT),
  float64: ([x], components) => [all(x, components).join(' + ')],
  tensors: (on, [x]) => on.sum(x),
  float32: ([x], components) => [all(x, components).reduce((total, part) => total.add(part))],
  accuracy: [{ ulp: 1, over: [[0, 1e30]] }],
});
Expression.prototype.sum = function () { return apply(sum, [this]); };

function squaredNorm(print: Print, { op, value, args: [x] }: Expression): Printed | undefined {
  return op === pow && value === 2 ? new Printed(`${norm(print(x))}^{2}`, POWER) : undefined;
}

function dot(print: Print, { op, args }: Expression): Printed | undefined {
  if (op !== mul || args.some(({ shape }) => shape !== 'vector')) return undefined;
  return new Printed(args.map((x) => print(x).within(POWER)).join(' \\cdot '), PRODUCT);
}
