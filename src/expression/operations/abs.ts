// |x|
import { elementwise } from '../operation.js';
import { Printed } from '../printed.js';

declare module '../expression.js' {
  interface Expression {
    /** |x|; its slope at 0 is taken as 0. */
    abs(): Expression;
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
