// x + y, x - y, x y, x / y and -x.
import { constant, isConstant, type Expression } from '../expression.js';
import { elementwise, type Operation } from '../operation.js';
import { Printed, PRODUCT, SUM, type Print } from '../printed.js';
import { spread } from './spread.js';

declare module '../expression.js' {
  interface Expression {
    add(y: Operand): Expression;
    sub(y: Operand): Expression;
    mul(y: Operand): Expression;
    div(y: Operand): Expression;
    neg(): Expression;
  }
}

export const add = elementwise({
  name: 'add',
  simplified: ([x, y]) => (isConstant(x, 0) ? y : isConstant(y, 0) ? x : undefined),
  derivative: (g) => [g, g],
  latex: (print, { args: [x, y] }) => new Printed(`${print(x).within(SUM)} + ${print(y).within(SUM)}`, SUM),
  float64: (x, y) => `${x} + ${y}`,
  tensors: ({ tf }, x, y) => tf.add(x, y),
  float32: (x, y) => x.add(y),
  accuracy: [{ ulp: 0.5, over: [[-1e30, 1e30]] }],
});

export const sub = elementwise({
  name: 'sub',
  simplified: ([x, y]) => (isConstant(y, 0) ? x : isConstant(x, 0) ? y.neg() : undefined),
  derivative: (g) => [g, g.neg()],
  latex: (print, { args: [x, y] }) =>
    new Printed(`${print(x).within(SUM)} - ${print(y).within(PRODUCT)}`, SUM),
  float64: (x, y) => `${x} - ${y}`,
  tensors: ({ tf }, x, y) => tf.sub(x, y),
  float32: (x, y) => x.sub(y),
  accuracy: [{ ulp: 0.5, over: [[-1e30, 1e30]] }],
});

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

export const div = elementwise({
  name: 'div',
  simplified([x, y]) {
    if (isConstant(y, 0)) throw new RangeError('div: the divisor must not be 0');
    return isConstant(y, 1) ? x : undefined;
  },
  derivative: (g, z) => [g.div(z.args[1]), g.mul(z).div(z.args[1]).neg()],
  latex: (print, { args: [x, y] }) => new Printed(`\\frac{${print(x).latex}}{${print(y).latex}}`),
  float64: (x, y) => `${x} / ${y}`,
  tensors: ({ tf }, x, y) => tf.div(x, y),
  float32: (x, y) => x.div(y),
  accuracy: [
    {
      ulp: 0.5,
      over: [
        [-1e18, 1e18],
        [1e-18, 1e18],
      ],
      floor: 1e-30,
    },
  ],
});

export const neg: Operation = elementwise({
  name: 'neg',
  simplified: ([x]) => (x.op === neg ? x.args[0] : undefined),
  derivative: (g) => [g.neg()],
  latex: (print, { args: [x] }) => new Printed(`-${print(x).within(PRODUCT)}`, SUM),
  float64: (x) => `-${x}`,
  tensors: ({ tf }, x) => tf.neg(x),
  float32: (x) => x.neg(),
  accuracy: [{ ulp: 0, over: [[-1e30, 1e30]] }],
});

/** Plain symbols and constants come first: J_{ij} (...)^2 rather than (...)^2 J_{ij}. */
function product(print: Print, { args }: Expression): Printed {
  // a number spread over a vector prints as the number, and a factor 1 is left out
  const factors = args.map((x) =>
    x.op === spread && args.some((other) => other !== x && other.shape === 'vector') ? x.args[0] : x,
  );
  const others = factors.filter((factor) => !isConstant(factor, 1));
  if (others.length === 1) return print(others[0]);
  const isSimple = (x: Expression): number => Number(x.args.length === 0);
  const texts = factors.sort((x, y) => isSimple(y) - isSimple(x)).map((x) => print(x).within(PRODUCT));
  return new Printed(texts.join(' \\, '), PRODUCT);
}
