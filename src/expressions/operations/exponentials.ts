// e^x, ln x, x ln x and ln sum_k e^{x_k}.
//   e^x = 2^n e^r, |r| <= ln 2 / 2, e^r by a polynomial
//   ln x = n ln 2 + ln m, x = m 2^n, 1/2 <= m^2 < 2, ln m by a polynomial
import { apply, Expression } from '../expression.js';
import { polynomial, type Lanes } from '../lanes.js';
import { all, elementwise, operation, type Operation } from '../operation.js';
import { ATOM, call, POWER, Printed, PRODUCT } from '../printed.js';

declare module '../expression.js' {
  interface Expression {
    /** e^x */
    exp(): Expression;
    /** The natural logarithm: -Infinity at 0, NaN below. */
    log(): Expression;
    /** x ln x, continued by 0 at x = 0. */
    xlogx(): Expression;
    /** ln sum_k e^{x_k}, a scalar; the largest component is subtracted before e^x is taken. */
    logSumExp(): Expression;
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

/**
 * The polynomial's relative error is 8.4e-9. 2^n is multiplied as two factors, so that it can overflow and
 * underflow.
 */
export function exponential<V extends Lanes<V>>(x: V): V {
  const bounded = x.pmin(90).pmax(-105);
  const n = bounded.mul(Math.LOG2E).nearest();
  // ln 2 in two parts; n times the first is exact
  const r = bounded.sub(n.mul(0.693359375)).add(n.mul(0.00021219444005471377));
  const p = polynomial(
    r,
    [0.5, 0.16666577756404877, 0.041666556149721146, 0.008363173343241215, 0.0013926175888627768],
  );
  const mantissa = p.mul(r.mul(r)).add(r).add(1);
  const exponent = n.toWord();
  const half = exponent.shrSigned(1);
  return mantissa.mul(powerOfTwo(half)).mul(powerOfTwo(exponent.sub(half)));
}

const powerOfTwo = <V extends Lanes<V>>(n: V): V => n.add(127).shl(23).asFloat();

export const log = elementwise({
  name: 'log',
  derivative: (g, { args: [x] }) => [g.div(x.max(0))], // infinite where the logarithm is not a number, so that no step goes on there
  latex: call('\\ln'),
  float64: (x) => `Math.log(${x})`,
  tensors: ({ tf }, x) => tf.log(x),
  float32: logarithm,
  accuracy: [{ ulp: 1, over: [[1.2e-38, 1e38]] }],
});

export function logarithm<V extends Lanes<V>>(x: V): V {
  const isTiny = x.lt(1.1754943508222875e-38); // subnormal: scaled by 2^25
  const y = x.mul(33554432).where(isTiny, x);
  const shifted = y.bits().sub(0x3f3504f3);
  const m = y.bits().sub(shifted.and(0xff800000)).asFloat();
  const n = shifted.shrSigned(23).toFloat().sub(x.float(25).where(isTiny, 0));
  const small = logOnePlus(m.sub(1)).sub(n.mul(0.00021219444005471377));
  const value = small.add(n.mul(0.693359375));
  const outside = x.float(-Infinity).where(x.eq(0), NaN);
  return x.where(x.eq(Infinity), value).where(x.float(0).lt(x), outside);
}

/**
 * ln(1 + f) = 2 atanh(s), s = f / (2 + f), for 1/2 <= (1 + f)^2 < 2 (relative error 8.1e-10): f - s (f - z
 * P(z)).
 */
function logOnePlus<V extends Lanes<V>>(f: V): V {
  const s = f.div(f.add(2));
  const z = s.mul(s);
  return f.sub(s.mul(f.sub(polynomial(z, [0.66666776, 0.39977541, 0.29871732]).mul(z))));
}

export const xlogx = elementwise({
  name: 'xlogx',
  derivative: (g, { args: [x] }) => [g.mul(x.log().add(1))],
  latex: (print, { args: [x] }) =>
    new Printed(`${print(x).within(ATOM)} \\ln ${print(x).within(ATOM)}`, PRODUCT),
  float64: (x) => `${x} === 0 ? 0 : ${x} * Math.log(${x})`,
  tensors({ tf }, x) {
    const isZero = tf.sub(tf.scalar(1), tf.step(tf.abs(x)));
    return tf.mul(x, tf.log(tf.add(x, isZero)));
  },
  float32: (x) => x.where(x.eq(0), x.mul(logarithm(x))),
  accuracy: [{ ulp: 1.5, over: [[1e-35, 1e35]] }],
});

export const logSumExp: Operation = operation({
  name: 'logSumExp',
  shape: () => 'scalar',
  simplified: ([x]) => (x.shape === 'scalar' ? x : undefined),
  derivative: (g, z) => [z.args[0].sub(z).exp().mul(g)],
  latex: (print, { args: [x] }) => new Printed(`\\ln \\textstyle\\sum_k e^{${print(x).latex}}`, PRODUCT),
  float64([x], components) {
    const parts = all(x, components);
    const top = `Math.max(${parts.join(', ')})`;
    return [`${top} + Math.log(${parts.map((part) => `Math.exp(${part} - ${top})`).join(' + ')})`];
  },
  tensors(on, [x]) {
    const top = on.most(x);
    return on.tf.add(top, on.tf.log(on.sum(on.tf.exp(on.tf.sub(x, top)))));
  },
  float32([x], components) {
    const parts = all(x, components);
    const top = parts.reduce((most, part) => most.max(part));
    return [
      top.add(
        logarithm(parts.map((part) => exponential(part.sub(top))).reduce((total, part) => total.add(part))),
      ),
    ];
  },
  accuracy: [{ ulp: 2, over: [[-30, 30]], floor: 1 }],
});
Expression.prototype.logSumExp = function () {
  return apply(logSumExp, [this]);
};
