// x / y
import { isConstant } from '../expression.js';
import { elementwise } from '../operation.js';
import { Printed } from '../printed.js';

declare module '../expression.js' {
  interface Expression {
    div(y: Operand): Expression;
  }
}

export const div = elementwise({
  name: 'div',
  simplified: ([x, y]) => (isConstant(y, 1) ? x : undefined),
  derivative: (g, z) => [g.div(z.args[1]), g.mul(z).div(z.args[1]).neg()],
  latex: (print, { args: [x, y] }) => new Printed(`\\frac{${print(x).latex}}{${print(y).latex}}`),
  float64: (x, y) => `${x} / ${y}`,
  tensors: ({ tf }, x, y) => tf.div(x, y),
  float32: (x, y) => x.div(y),
  accuracy: [{ ulp: 0.5, over: [[-1e18, 1e18], [1e-18, 1e18]], floor: 1e-30 }],
});
