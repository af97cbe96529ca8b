// x + y
import { isConstant } from '../expression.js';
import { elementwise } from '../operation.js';
import { Printed, SUM } from '../printed.js';

declare module '../expression.js' {
  interface Expression {
    add(y: Operand): Expression;
  }
}

export const add = elementwise({
  name: 'add',
  simplified: ([x, y]) => (isConstant(x, 0) ? y : isConstant(y, 0) ? x : undefined),
  derivative: (g) => [g, g],
  latex: (print, { args: [x, y] }) => new Printed(`${print(x).within(SUM)} + ${print(y).within(SUM)}`, SUM),
  float64: (x, y) => `${x} + ${y}`,
  tensors: ({ tf }, x, y) => tf.add(x, y),
  float32: (x, y) => x.add(y),
  accuracy: [{ ulp: 0.5, over: [[-1e30, 1e30]] }],
});
