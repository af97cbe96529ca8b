// e^x = 2^n e^r, |r| <= ln 2 / 2, e^r by a polynomial.
import { polynomial, type Lanes } from '../lanes.js';
import { elementwise } from '../operation.js';
import { POWER, Printed } from '../printed.js';

declare module '../expression.js' {
  interface Expression {
    /** e^x */
    exp(): Expression;
  }
}

export const exp = elementwise({
  name: 'exp',
  derivative: (g, z) => [g.mul(z)],
  latex: (print, { args: [x] }) => new Printed(`e^{${print(x).latex}}`, POWER),
  float64: (x) => `Math.exp(${x})`,
  tensors: ({ tf }, x) => tf.exp(x),
  float32: exponential,
  accuracy: [{ ulp: 1, over: [[-87, 88]] }],
});

/** The polynomial's relative error is 8.4e-9; 2^n in two factors, so that it may over- and underflow. */
export function exponential<V extends Lanes<V>>(x: V): V {
  const bounded = x.pmin(90).pmax(-105);
  const n = bounded.mul(Math.LOG2E).nearest();
  // ln 2 in two parts, n times the first exact
  const r = bounded.sub(n.mul(0.693359375)).add(n.mul(0.00021219444005471377));
  const p = polynomial(r, [0.5, 0.16666577756404877, 0.041666556149721146, 0.008363173343241215, 0.0013926175888627768]);
  const mantissa = p.mul(r.mul(r)).add(r).add(1);
  const exponent = n.toWord();
  const half = exponent.shrSigned(1);
  return mantissa.mul(powerOfTwo(half)).mul(powerOfTwo(exponent.sub(half)));
}

const powerOfTwo = <V extends Lanes<V>>(n: V): V => n.add(127).shl(23).asFloat();
