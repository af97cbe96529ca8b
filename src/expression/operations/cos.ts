// cos x = sin(x + pi/2), see sin.ts.
import { elementwise } from '../operation.js';
import { call } from '../printed.js';
import { onHalfTurn, reduced } from './sin.js';

declare module '../expression.js' {
  interface Expression {
    /** The cosine; up to |x| = 1e7 on every engine. */
    cos(): Expression;
  }
}

export const cos = elementwise({
  name: 'cos',
  symmetry: 'even',
  derivative: (g, { args: [x] }) => [g.mul(x.sin()).neg()],
  latex: call('\\cos'),
  float64: (x) => `Math.cos(${x})`,
  tensors: ({ tf }, x) => tf.cos(x),
  float32: (x) => onHalfTurn(reduced(x, 0.5)),
  accuracy: [{ ulp: 2.5, over: [[-1e7, 1e7]], floor: 2 ** -10 }, { ulp: 2.5, over: [[-100, 100]], floor: 2 ** -10 }],
});
