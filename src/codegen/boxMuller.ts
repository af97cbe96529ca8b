// Normal numbers from two random words by Box and Muller, in the vector language. The polynomials are
// near-minimax, by Lawson's iteration; the comment at each gives its largest error in exact arithmetic.
import { polynomial } from '../expressions/index.js';
import type { Value } from './language/code.js';

/** cos theta and sin theta of theta = pi (2 w + 1) / 2^32 with w an unsigned word, each times a radius. */
export function onCircle(word: Value, radius: Value): [cosine: Value, sine: Value] {
  // minus whole half turns: x = pi t, |t| <= 1/2, and both signs by the parity of the half turns
  const doubled = word.shl(1);
  const x = doubled
    .or(1)
    .toFloat()
    .mul(Math.PI * 2 ** -32);
  const r = word.xor(doubled).and(0x80000000).xor(radius.bits()).asFloat();
  const z = x.mul(x);
  // |x| <= pi/2: sin x = x + x z S(z), error 4.8e-9 relative, cos x = 1 + z C(z), error 2.4e-10 absolute
  const s = x.add(x.mul(z).mul(polynomial(z, [-0.166666605, 8.33308816e-3, -1.98111126e-4, 2.60893229e-6])));
  const c = polynomial(z, [1, -0.499999995, 0.0416666407, -1.38884035e-3, 2.47618861e-5, -2.60771024e-7]);
  return [r.mul(c), r.mul(s)];
}

/**
 * w + 1/2 of an unsigned word as the sum of two exact floats: 2^16 times its high half, and its low half +
 * 1/2.
 */
export function halvesOf(word: Value): [high: Value, low: Value] {
  // as a float the bits 0x53000000 + h are 2^39 + 2^16 h, and 0x4b000000 + l are 2^23 + l
  const high = word
    .shr(16)
    .or(0x53000000)
    .asFloat()
    .sub(2 ** 39);
  return [
    high,
    word
      .and(0xffff)
      .or(0x4b000000)
      .asFloat()
      .sub(2 ** 23 - 0.5),
  ];
}

/**
 * sqrt(-2 ln u), u = (w + 1/2) 2^-32: the relative error is that of float32 for every word, the smallest and
 * the largest too.
 */
export function radiusOf(word: Value): Value {
  const [high, low] = halvesOf(word);
  // y = u 2^32 = (1 + f) 2^n, 1/2 <= (1 + f)^2 < 2. y is not rounded before f is computed, since u near 1 has
  // a small logarithm
  const { code } = word;
  const shifted = high.add(low).bits().sub(0x3f3504f3);
  const exponent = shifted.and(0xff800000);
  const [power, inverse] = [
    exponent.add(0x3f800000).asFloat(),
    code.word(0x3f800000).sub(exponent).asFloat(),
  ];
  const f = high.sub(power).add(low).mul(inverse);
  // -2 ln(1 + f) = s Q(s^2), s = f / (2 + f): relative error 6.9e-10
  const s = f.div(f.add(2));
  const q = polynomial(s.mul(s), [-4, -1.33333632, -0.799495899, -0.598513009]);
  const k = shifted.shrSigned(23).toFloat().sub(32);
  return k
    .mul(-2 * Math.LN2)
    .add(q.mul(s))
    .sqrt();
}
