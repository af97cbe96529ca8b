// The larger of x and y. Where they are equal, the slope is that to y.
import { constant } from '../expression.js';
import { elementwise } from '../operation.js';
import { call } from '../printed.js';

declare module '../expression.js' {
  interface Expression {
    /** The larger of both; NaN where one is. */
    max(y: Operand): Expression;
  }
}

export const max = elementwise({
  name: 'max',
  symmetry: 'commutative',
  derivative: (g, { args: [x, y] }) => [g.mul(y.less(x)), g.mul(constant(1).sub(y.less(x)))],
  latex: call('\\max'),
  float64: (x, y) => `Math.max(${x}, ${y})`,
  tensors: ({ tf, alike }, x, y) => tf.maximum(...alike(x, y)),
  float32: (x, y) => x.max(y),
  accuracy: [{ ulp: 0, over: [[-1e30, 1e30]] }],
});
