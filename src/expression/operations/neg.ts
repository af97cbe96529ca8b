// -x
import { elementwise, type Operation } from '../operation.js';
import { Printed, PRODUCT, SUM } from '../printed.js';

declare module '../expression.js' {
  interface Expression {
    neg(): Expression;
  }
}

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
