// x y
import { constant, isConstant, type Expression } from '../expression.js';
import { elementwise } from '../operation.js';
import { Printed, PRODUCT, type Print } from '../printed.js';
import { spread } from './spread.js';

declare module '../expression.js' {
  interface Expression {
    mul(y: Operand): Expression;
  }
}

export const mul = elementwise({
  name: 'mul',
  simplified([x, y]) {
    if (isConstant(x, 0) || isConstant(y, 0)) return constant(0);
    if (isConstant(x, 1)) return y;
    if (isConstant(y, 1)) return x;
    if (isConstant(x, -1)) return y.neg();
    return isConstant(y, -1) ? x.neg() : undefined;
  },
  derivative: (g, { args: [x, y] }) => [g.mul(y), g.mul(x)],
  latex: product,
  float64: (x, y) => `${x} * ${y}`,
  tensors: ({ tf }, x, y) => tf.mul(x, y),
  float32: (x, y) => x.mul(y),
  accuracy: [{ ulp: 0.5, over: [[-1e18, 1e18]], floor: 1e-30 }],
});

/** Plain symbols and constants come first: J_{ij} (...)^2 rather than (...)^2 J_{ij}. */
function product(print: Print, { args }: Expression): Printed {
  // 1 spread over a vector is no factor, and any other number is the factor itself
  const spreading = (x: Expression): Expression =>
    x.op === spread && args.some((other) => other !== x && other.shape === 'vector') ? x.args[0] : x;
  const given = args.map(spreading);
  const counting = given.filter((factor) => !isConstant(factor, 1));
  if (counting.length === 1) return print(counting[0]);
  const factors = given.map((x) => ({ isSimple: x.args.length === 0, text: print(x).within(PRODUCT) }));
  factors.sort((x, y) => Number(y.isSimple) - Number(x.isSimple));
  return new Printed(factors.map(({ text }) => text).join(' \\, '), PRODUCT);
}
