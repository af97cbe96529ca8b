// The largest whole number that is not above x.
import { elementwise } from '../operation.js';
import { Printed } from '../printed.js';

declare module '../expression.js' {
  interface Expression {
    /** The largest whole number that is not above x; its derivative is taken as zero. */
    floor(): Expression;
  }
}

export const floor = elementwise({
  name: 'floor',
  derivative: () => [],
  latex: (print, { args: [x] }) => new Printed(`\\left\\lfloor ${print(x).latex} \\right\\rfloor`),
  float64: (x) => `Math.floor(${x})`,
  tensors: ({ tf }, x) => tf.floor(x),
  float32: (x) => x.floor(),
  accuracy: [{ ulp: 0, over: [[-1e30, 1e30]] }],
});
