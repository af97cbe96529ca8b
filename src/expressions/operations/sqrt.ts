// The square root.
import type { Expression } from '../expression.js';
import { elementwise } from '../operation.js';
import { norm, Printed } from '../printed.js';
import { sum } from './components.js';
import { pow } from './pow.js';

declare module '../expression.js' {
  interface Expression {
    /** The square root, NaN below 0; its slope is infinite at 0. */
    sqrt(): Expression;
  }
}

export const sqrt = elementwise({
  name: 'sqrt',
  derivative: (g, z) => [g.div(z.mul(2))],
  latex: (print, { args: [x] }) =>
    new Printed(isSumOfSquares(x) ? norm(print(x.args[0].args[0])) : `\\sqrt{${print(x).latex}}`),
  float64: (x) => `Math.sqrt(${x})`,
  tensors: ({ tf }, x) => tf.sqrt(x),
  float32: (x) => x.sqrt(),
  accuracy: [{ ulp: 0.5, over: [[1e-37, 1e37]] }],
});

/** sum_k x_k^2 */
const isSumOfSquares = ({ op, args: [x] }: Expression): boolean =>
  op === sum && x.op === pow && x.value === 2;
