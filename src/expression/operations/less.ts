// 1 where x < y, else 0.
import { elementwise } from '../operation.js';
import { Printed } from '../printed.js';

declare module '../expression.js' {
  interface Expression {
    /** 1 where this < y, else 0; its derivative is taken as zero. */
    less(y: Operand): Expression;
  }
}

export const less = elementwise({
  name: 'less',
  derivative: () => [],
  latex: (print, { args: [x, y] }) => new Printed(`\\mathbf{1}\\left[${print(x).latex} < ${print(y).latex}\\right]`),
  float64: (x, y) => `${x} < ${y} ? 1 : 0`,
  tensors: ({ tf }, x, y) => tf.step(tf.sub(y, x)),
  float32: (x, y) => x.float(1).where(x.lt(y), 0),
  accuracy: [{ ulp: 0, over: [[-1e30, 1e30]] }],
});
