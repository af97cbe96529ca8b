// x ln x, continued by 0 at x = 0.
import { elementwise } from '../operation.js';
import { Printed, PRODUCT, ATOM } from '../printed.js';
import { logarithm } from './log.js';

declare module '../expression.js' {
  interface Expression {
    /** x ln x, continued by 0 at x = 0. */
    xlogx(): Expression;
  }
}

export const xlogx = elementwise({
  name: 'xlogx',
  derivative: (g, { args: [x] }) => [g.mul(x.log().add(1))],
  latex: (print, { args: [x] }) => new Printed(`${print(x).within(ATOM)} \\ln ${print(x).within(ATOM)}`, PRODUCT),
  float64: (x) => `${x} === 0 ? 0 : ${x} * Math.log(${x})`,
  tensors({ tf }, x) {
    const isZero = tf.sub(tf.scalar(1), tf.step(tf.abs(x)));
    return tf.mul(x, tf.log(tf.add(x, isZero)));
  },
  float32: (x) => x.where(x.eq(0), x.mul(logarithm(x))),
  accuracy: [{ ulp: 1.5, over: [[1e-35, 1e35]] }],
});
