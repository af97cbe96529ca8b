// x - y
import { isConstant } from '../expression.js';
import { elementwise } from '../operation.js';
import { Printed, PRODUCT, SUM } from '../printed.js';

declare module '../expression.js' {
  interface Expression {
    sub(y: Operand): Expression;
  }
}

export const sub = elementwise({
  name: 'sub',
  simplified: ([x, y]) => (isConstant(y, 0) ? x : isConstant(x, 0) ? y.neg() : undefined),
  derivative: (g) => [g, g.neg()],
  latex: (print, { args: [x, y] }) => new Printed(`${print(x).within(SUM)} - ${print(y).within(PRODUCT)}`, SUM),
  float64: (x, y) => `${x} - ${y}`,
  tensors: ({ tf }, x, y) => tf.sub(x, y),
  float32: (x, y) => x.sub(y),
  accuracy: [{ ulp: 0.5, over: [[-1e30, 1e30]] }],
});
