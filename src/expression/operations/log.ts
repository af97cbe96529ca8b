// ln x = n ln 2 + ln m, x = m 2^n with 1/2 <= m^2 < 2.
import { polynomial, type Lanes } from '../lanes.js';
import { elementwise } from '../operation.js';
import { call } from '../printed.js';

declare module '../expression.js' {
  interface Expression {
    /** The natural logarithm: -Infinity at 0, NaN below. */
    log(): Expression;
  }
}

export const log = elementwise({
  name: 'log',
  derivative: (g, { args: [x] }) => [g.div(x)],
  latex: call('\\ln'),
  float64: (x) => `Math.log(${x})`,
  tensors: ({ tf }, x) => tf.log(x),
  float32: logarithm,
  accuracy: [{ ulp: 1, over: [[1.2e-38, 1e38]] }],
});

export function logarithm<V extends Lanes<V>>(x: V): V {
  const isTiny = x.lt(1.1754943508222875e-38); // subnormal: scaled by 2^25
  const [m, scaled] = mantissaAndExponent(x.mul(33554432).where(isTiny, x));
  const n = scaled.sub(x.float(25).where(isTiny, 0));
  const small = logOnePlus(m.sub(1)).sub(n.mul(0.00021219444005471377));
  const value = small.add(n.mul(0.693359375));
  const outside = x.float(-Infinity).where(x.eq(0), NaN);
  return x.where(x.eq(Infinity), value).where(x.float(0).lt(x), outside);
}

/** m, and n as a float. */
function mantissaAndExponent<V extends Lanes<V>>(x: V): [m: V, n: V] {
  const shifted = x.bits().sub(0x3f3504f3);
  const m = x.bits().sub(shifted.and(0xff800000)).asFloat();
  return [m, shifted.shrSigned(23).toFloat()];
}

/** ln(1 + f) = 2 atanh(s), s = f / (2 + f), for 1/2 <= (1 + f)^2 < 2 (relative error 8.1e-10): f - s (f - z P(z)). */
function logOnePlus<V extends Lanes<V>>(f: V): V {
  const s = f.div(f.add(2));
  const z = s.mul(s);
  return f.sub(s.mul(f.sub(polynomial(z, [0.66666776, 0.39977541, 0.29871732]).mul(z))));
}
