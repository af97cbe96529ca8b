// Elementary functions in the vector language: reduction to a small interval, then a polynomial whose largest error on
// it (in exact arithmetic, near-minimax by Lawson's iteration) is named at each. The same on every machine.
import type { Value } from './code.js';

/** sum of coefficients[k] z^k */
const polynomial = (z: Value, coefficients: readonly number[]): Value =>
  coefficients.slice(0, -1).reduceRight<Value>((p, c) => p.mul(z).add(c), z.code.float(coefficients.at(-1)!));

/** e^x = 2^n e^r, |r| <= ln 2 / 2 (relative error 8.4e-9); 2^n in two factors, so that it may over- and underflow. */
export function exp(x: Value): Value {
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

const powerOfTwo = (n: Value): Value => n.add(127).shl(23).asFloat();

const ATANH = [0.66666776, 0.39977541, 0.29871732];

/** ln(1 + f) = 2 atanh(s), s = f / (2 + f), for 1/2 <= (1 + f)^2 < 2 (relative error 8.1e-10): f - s (f - z P(z)). */
export function logOnePlus(f: Value): Value {
  const s = f.div(f.add(2));
  const z = s.mul(s);
  return f.sub(s.mul(f.sub(polynomial(z, ATANH).mul(z))));
}

/** x = m 2^n with 1/2 <= m^2 < 2: m, and n as a float. */
export function mantissaAndExponent(x: Value): [m: Value, n: Value] {
  const shifted = x.bits().sub(0x3f3504f3);
  const m = x.bits().sub(shifted.and(0xff800000)).asFloat();
  return [m, shifted.shrSigned(23).toFloat()];
}

/** ln x = n ln 2 + ln m; -Infinity at 0, NaN below. */
export function log(x: Value): Value {
  const { code } = x;
  const isTiny = x.lt(1.1754943508222875e-38); // subnormal: scaled by 2^25
  const [m, scaled] = mantissaAndExponent(x.mul(33554432).where(isTiny, x));
  const n = scaled.sub(code.float(25).where(isTiny, 0));
  const small = logOnePlus(m.sub(1)).sub(n.mul(0.00021219444005471377));
  const value = small.add(n.mul(0.693359375));
  const outside = code.float(-Infinity).where(x.eq(0), NaN);
  return x.where(x.eq(Infinity), value).where(code.float(0).lt(x), outside);
}

/** sin x and cos x from x = q pi/2 + r, |r| <= pi/4, pi/2 in three parts (|x| < 1e4 loses nothing). */
export function sinCos(x: Value): [sine: Value, cosine: Value] {
  const q = x.mul(2 / Math.PI).nearest();
  const far = x.sub(q.mul(1.5703125)).sub(q.mul(4.837512969970703e-4)).sub(q.mul(7.549790126404332e-8));
  const r = far.pmin(0.8).pmax(-0.8);
  const z = r.mul(r);
  // sin r = r + r z S(z), error 1.3e-8 relative; cos r = 1 - z / 2 + z z C(z), error 5.7e-10
  const s = r.add(r.mul(z).mul(polynomial(z, [-0.166666641831398, 0.008332747966051102, -0.00019587890710681677])));
  const c = polynomial(z, [0.0416666641831398, -0.001388830249197781, 2.454794230288826e-5]).mul(z.mul(z)).add(z.mul(-0.5).add(1));
  const quadrant = q.toWord();
  const isOdd = quadrant.and(1).eq(1);
  const signed = (value: Value, turn: Value): Value => value.bits().xor(turn.shr(1).shl(31)).asFloat();
  return [signed(c.where(isOdd, s), quadrant), signed(s.where(isOdd, c), quadrant.add(1))];
}

/** sin x = +-sin r, x = q pi + r, |r| <= pi/2, pi in three parts (|x| < 1e4 loses nothing); two thirds of the work of both. */
export function sine(x: Value): Value {
  const q = x.mul(1 / Math.PI).nearest();
  const far = x.sub(q.mul(3.140625)).sub(q.mul(9.675025939941406e-4)).sub(q.mul(1.5099580252808664e-7));
  const r = far.pmin(1.6).pmax(-1.6);
  const z = r.mul(r);
  return onHalfTurn(r, z).bits().xor(q.toWord().shl(31)).asFloat();
}

/** sin x = x + x z S(z), z = x^2, |x| <= pi/2, error 4.8e-9 relative. */
const onHalfTurn = (x: Value, z: Value): Value => x.add(x.mul(z).mul(polynomial(z, [-0.166666605, 8.33308816e-3, -1.98111126e-4, 2.60893229e-6])));

/** tanh x = x + x z P(z) for |x| < 0.6 (relative error 1.3e-8), else 1 - 2 / (e^{2 |x|} + 1) with the sign of x. */
export function tanh(x: Value): Value {
  const size = x.abs();
  const z = x.mul(x);
  const near = x.add(
    x.mul(z).mul(polynomial(z, [-0.3333333134651184, 0.13332915306091309, -0.053873948752880096, 0.021110959351062775, -0.006269119679927826])),
  );
  const far = x.code.float(1).sub(x.code.float(2).div(exp(size.add(size)).add(1)));
  const signed = far.bits().or(x.bits().and(0x80000000)).asFloat();
  return near.where(size.lt(0.6), signed);
}

/** cos theta and sin theta of theta = pi (2 w + 1) / 2^32 with w an unsigned word, each times a radius. */
export function onCircle(word: Value, radius: Value): [cosine: Value, sine: Value] {
  // half turns off: x = pi t, |t| <= 1/2, and both signs by the half turns' parity
  const doubled = word.shl(1);
  const x = doubled.or(1).toFloat().mul(Math.PI * 2 ** -32);
  const r = word.xor(doubled).and(0x80000000).xor(radius.bits()).asFloat();
  const z = x.mul(x);
  // |x| <= pi/2: cos x = 1 + z C(z), error 2.4e-10 absolute
  const s = onHalfTurn(x, z);
  const c = polynomial(z, [1, -0.499999995, 0.0416666407, -1.38884035e-3, 2.47618861e-5, -2.60771024e-7]);
  return [r.mul(c), r.mul(s)];
}

/** sqrt(-2 ln u), u = (w + 1/2) 2^-32: the relative error is float32's for every word, the smallest and the largest too. */
export function radiusOf(word: Value): Value {
  // below the bits of 2^39 the high half reads 2^39 + 2^16 high, below those of 2^23 the low half 2^23 + low
  const high = word.shr(16).or(0x53000000).asFloat().sub(2 ** 39);
  const low = word.and(0xffff).or(0x4b000000).asFloat().sub(2 ** 23 - 0.5);
  // y = u 2^32 = (1 + f) 2^n, 1/2 <= (1 + f)^2 < 2; f without rounding y first, since u near 1 has a small logarithm
  const { code } = word;
  const shifted = high.add(low).bits().sub(0x3f3504f3);
  const exponent = shifted.and(0xff800000);
  const [power, inverse] = [exponent.add(0x3f800000).asFloat(), code.word(0x3f800000).sub(exponent).asFloat()];
  const f = high.sub(power).add(low).mul(inverse);
  // -2 ln(1 + f) = s Q(s^2), s = f / (2 + f): relative error 6.9e-10
  const s = f.div(f.add(2));
  const q = polynomial(s.mul(s), [-4, -1.33333632, -0.799495899, -0.598513009]);
  const k = shifted.shrSigned(23).toFloat().sub(32);
  return k.mul(-2 * Math.LN2).add(q.mul(s)).sqrt();
}
