// The smaller of x and y. Where they are equal, the slope is that to y.
import { constant } from '../expression.js';
import { elementwise } from '../operation.js';
import { call } from '../printed.js';

declare module '../expression.js' {
  interface Expression {
    /** The smaller of both; NaN where one is. */
    min(y: Operand): Expression;
  }
}

export const min = elementwise({
  name: 'min',
  symmetry: 'commutative',
  derivative: (g, { args: [x, y] }) => [g.mul(x.less(y)), g.mul(constant(1).sub(x.less(y)))],
  latex: call('\\min'),
  float64: (x, y) => `Math.min(${x}, ${y})`,
  tensors: ({ tf, alike }, x, y) => tf.minimum(...alike(x, y)),
  float32: (x, y) => x.min(y),
  accuracy: [{ ulp: 0, over: [[-1e30, 1e30]] }],
});
