// From a vector to a scalar: the sum over its components, and one component. Their adjoints are in spread.ts.
import { apply, constant, Expression } from '../expression.js';
import { all, operation, type Operation } from '../operation.js';
import { ATOM, norm, POWER, Printed, PRODUCT, type Print } from '../printed.js';
import { mul } from './arithmetic.js';
import { pow } from './pow.js';
import { place, spread } from './spread.js';

declare module '../expression.js' {
  interface Expression {
    /** The sum over the components, a scalar. */
    sum(): Expression;
    /** Component k, k = 0, 1, ... */
    component(k: number): Expression;
  }
}

export const sum: Operation = operation({
  name: 'sum',
  shape: () => 'scalar',
  symmetry: 'linear',
  simplified: ([x]) => (x.shape === 'scalar' ? x : undefined),
  derivative: (g) => [apply(spread, [g])],
  latex: sumLatex,
  float64: ([x], components) => [all(x, components).join(' + ')],
  tensors: (on, [x]) => on.sum(x),
  float32: ([x], components) => [all(x, components).reduce((total, part) => total.add(part))],
  accuracy: [{ ulp: 1, over: [[0, 1e30]] }],
});
Expression.prototype.sum = function () {
  return apply(sum, [this]);
};

/** A sum of squares prints as a squared norm, a sum of products as a dot product. */
function sumLatex(print: Print, { args: [x] }: Expression): Printed {
  const { op, value, args } = x;
  if (op === pow && value === 2) return new Printed(`${norm(print(args[0]))}^{2}`, POWER);
  const isDot = op === mul && args.every(({ shape }) => shape === 'vector');
  const text = isDot
    ? args.map((y) => print(y).within(POWER)).join(' \\cdot ')
    : `\\textstyle\\sum_k ${print(x).within(PRODUCT)}`;
  return new Printed(text, PRODUCT);
}

export const component: Operation = operation({
  name: 'component',
  shape: () => 'scalar',
  symmetry: 'linear',
  simplified([x], k) {
    if (!Number.isInteger(k) || k < 0)
      throw new RangeError(`component: index must be an integer >= 0, got ${k}`);
    if (x.op === spread) return x.args[0];
    if (x.op === place) return x.value === k ? x.args[0] : constant(0);
    if (x.shape === 'vector') return undefined;
    if (x.op === 'constant') return x;
    throw new TypeError(`component: needs a vector, got the scalar ${x.op === 'input' ? x.name : x.op.name}`);
  },
  derivative: (g, { value: k }) => [apply(place, [g], k)],
  latex: (print, { args: [x], value: k }) => new Printed(`${print(x).within(ATOM)}^{(${k})}`, POWER),
  float64: ([x], components, k) => [x[within(components, k)] ?? x[0]],
  tensors: ({ tf }, [x], k) => (x.shape[1] === 1 ? x.clone() : tf.slice(x, [0, k, 0], [-1, 1, -1])),
  float32: ([x], components, k) => [x[within(components, k)] ?? x[0]],
  accuracy: [{ value: 1, ulp: 0, over: [[-1e30, 1e30]] }],
});
Expression.prototype.component = function (k) {
  return apply(component, [this], k);
};

function within(components: number, k: number): number {
  if (k < components) return k;
  throw new RangeError(`component: index ${k} is beyond the field's ${components} components`);
}
