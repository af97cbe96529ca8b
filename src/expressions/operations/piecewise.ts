// |x|, the sign of x, x rounded down, the larger and the smaller of x and y, and 1 where x < y.
import { constant } from '../expression.js';
import { elementwise, type Operation } from '../operation.js';
import { call, Printed } from '../printed.js';

declare module '../expression.js' {
  interface Expression {
    /** |x|; its slope at 0 is taken as 0. */
    abs(): Expression;
    /** -1, 0 or 1; its derivative is taken as zero. */
    sign(): Expression;
    /** The largest whole number that is not above x; its derivative is taken as zero. */
    floor(): Expression;
    /** The larger of x and y; NaN where x or y is NaN. */
    max(y: Operand): Expression;
    /** The smaller of x and y; NaN where x or y is NaN. */
    min(y: Operand): Expression;
    /** 1 where x < y, else 0; its derivative is taken as zero. */
    less(y: Operand): Expression;
  }
}

export const abs = elementwise({
  name: 'abs',
  symmetry: 'even',
  derivative: (g, { args: [x] }) => [g.mul(x.sign())],
  latex: (print, { args: [x] }) => new Printed(`\\left|${print(x).latex}\\right|`),
  float64: (x) => `Math.abs(${x})`,
  tensors: ({ tf }, x) => tf.abs(x),
  float32: (x) => x.abs(),
  accuracy: [{ ulp: 0, over: [[-1e30, 1e30]] }],
});

export const sign = elementwise({
  name: 'sign',
  symmetry: 'odd',
  derivative: () => [],
  latex: call('\\operatorname{sign}'),
  float64: (x) => `Math.sign(${x})`,
  tensors: ({ tf }, x) => tf.sub(tf.step(x), tf.step(tf.neg(x))), // tf.sign on wasm is 0 below 1e-7
  float32: (x) => x.float(1).where(x.float(0).lt(x), x.float(-1).where(x.lt(0), x)),
  accuracy: [{ ulp: 0, over: [[-1e30, 1e30]] }],
});

export const floor = elementwise({
  name: 'floor',
  derivative: () => [],
  latex: (print, { args: [x] }) => new Printed(`\\left\\lfloor ${print(x).latex} \\right\\rfloor`),
  float64: (x) => `Math.floor(${x})`,
  tensors: ({ tf }, x) => tf.floor(x),
  float32: (x) => x.floor(),
  accuracy: [{ ulp: 0, over: [[-1e30, 1e30]] }],
});

/** The derivative by x is 1 where x is the result, else 0. Where x = y, the derivative by y is 1. */
const extremum = (name: 'max' | 'min'): Operation =>
  elementwise({
    name,
    symmetry: 'commutative',
    derivative(g, { args: [x, y] }) {
      const isX = name === 'max' ? y.less(x) : x.less(y);
      return [g.mul(isX), g.mul(constant(1).sub(isX))];
    },
    latex: call(`\\${name}`),
    float64: (x, y) => `Math.${name}(${x}, ${y})`,
    tensors: ({ tf, alike }, x, y) => (name === 'max' ? tf.maximum : tf.minimum)(...alike(x, y)),
    float32: (x, y) => x[name](y),
    accuracy: [{ ulp: 0, over: [[-1e30, 1e30]] }],
  });
export const [max, min] = [extremum('max'), extremum('min')];

export const less = elementwise({
  name: 'less',
  derivative: () => [],
  latex: (print, { args: [x, y] }) =>
    new Printed(`\\mathbf{1}\\left[${print(x).latex} < ${print(y).latex}\\right]`),
  float64: (x, y) => `${x} < ${y} ? 1 : 0`,
  tensors: ({ tf }, x, y) => tf.step(tf.sub(y, x)),
  float32: (x, y) => x.float(1).where(x.lt(y), 0),
  accuracy: [{ ulp: 0, over: [[-1e30, 1e30]] }],
});
