// tanh x: a polynomial near 0, (e^{2 x} - 1) / (e^{2 x} + 1) beyond.
import { constant } from '../expression.js';
import { polynomial, withSign } from '../lanes.js';
import { elementwise } from '../operation.js';
import { call } from '../printed.js';
import { exponential } from './exponentials.js';

declare module '../expression.js' {
  interface Expression {
    /** The hyperbolic tangent. */
    tanh(): Expression;
  }
}

export const tanh = elementwise({
  name: 'tanh',
  symmetry: 'odd',
  derivative: (g, z) => [g.mul(constant(1).sub(z.square()))],
  latex: call('\\tanh'),
  float64: (x) => `Math.tanh(${x})`,
  tensors: ({ tf }, x) => tf.tanh(x),
  /**
   * x + x z P(z), z = x^2, for |x| < 0.6 (relative error 1.3e-8), else 1 - 2 / (e^{2 |x|} + 1) with the sign
   * of x.
   */
  float32(x) {
    const size = x.abs();
    const z = x.mul(x);
    const P = [
      -0.3333333134651184, 0.13332915306091309, -0.053873948752880096, 0.021110959351062775,
      -0.006269119679927826,
    ];
    const near = x.add(x.mul(z).mul(polynomial(z, P)));
    const far = x.float(1).sub(x.float(2).div(exponential(size.add(size)).add(1)));
    return near.where(size.lt(0.6), withSign(far, x));
  },
  accuracy: [{ ulp: 1.5, over: [[-30, 30]] }],
});
