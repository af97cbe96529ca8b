// -1, 0 or 1: the sign of x.
import { elementwise } from '../operation.js';
import { call } from '../printed.js';

declare module '../expression.js' {
  interface Expression {
    /** -1, 0 or 1; its derivative is taken as zero. */
    sign(): Expression;
  }
}

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
