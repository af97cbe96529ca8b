// Operations that the lab does not have, each defined in one place: sinh x and cosh x.
import { call, elementwise, exponential, polynomial, withSign } from '../../src/expressions/index.js';

declare module '../../src/expressions/expression.js' {
  interface Expression {
    /** The hyperbolic sine. */
    sinh(): Expression;
    /** The hyperbolic cosine. */
    cosh(): Expression;
  }
}

export const sinh = elementwise({
  name: 'sinh',
  symmetry: 'odd',
  derivative: (g, { args: [x] }) => [g.mul(x.cosh())],
  latex: call('\\sinh'),
  float64: (x) => `Math.sinh(${x})`,
  tensors: ({ tf }, x) => tf.sinh(x),
  /** x + x z (1/6 + z/120 + ...), z = x^2, for |x| < 1, else (e^|x| - e^-|x|) / 2 with the sign of x. */
  float32(x) {
    const z = x.mul(x);
    const near = x.add(x.mul(z).mul(polynomial(z, [1 / 6, 1 / 120, 1 / 5040, 1 / 362880])));
    const up = exponential(x.abs());
    const far = up.sub(x.float(1).div(up)).mul(0.5);
    return near.where(x.abs().lt(1), withSign(far, x));
  },
  accuracy: [{ ulp: 2.5, over: [[-80, 80]] }],
});

export const cosh = elementwise({
  name: 'cosh',
  symmetry: 'even',
  derivative: (g, { args: [x] }) => [g.mul(x.sinh())],
  latex: call('\\cosh'),
  float64: (x) => `Math.cosh(${x})`,
  tensors: ({ tf }, x) => tf.cosh(x),
  float32(x) {
    const up = exponential(x.abs());
    return up.add(x.float(1).div(up)).mul(0.5);
  },
  accuracy: [{ ulp: 2.5, over: [[-80, 80]] }],
});
