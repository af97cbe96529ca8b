// Elementary functions of four float32 numbers: reduction to a small interval, then a polynomial through the
// interval's Chebyshev nodes with float32 coefficients, whose own error is named at each. With rounding the
// largest errors measured, relative and in units of 2^-24, are exp 1.3, log 1.2, sin and cos 2.3, tanh 2.3
// (test/engine/functions.test.ts).

/** p x + c */
// @ts-ignore: decorator
@inline
function horner(p: v128, x: v128, c: f32): v128 {
  return f32x4.add(f32x4.mul(p, x), f32x4.splat(c));
}

/** e^x = 2^n e^r, |r| <= ln 2 / 2 (relative error 8.4e-9); 2^n in two factors, so that it may over- and underflow. */
// @ts-ignore: decorator
@inline
export function exp(x: v128): v128 {
  // pmin and pmax keep a NaN that is their first argument
  const bounded = f32x4.pmax(f32x4.pmin(x, f32x4.splat(90)), f32x4.splat(-105));
  const n = f32x4.nearest(f32x4.mul(bounded, f32x4.splat(1.4426950408889634)));
  // ln 2 in two parts, n times the first exact
  const high = f32x4.sub(bounded, f32x4.mul(n, f32x4.splat(0.693359375)));
  const r = f32x4.add(high, f32x4.mul(n, f32x4.splat(0.00021219444005471377)));
  let p = f32x4.splat(0.0013926175888627768);
  p = horner(p, r, 0.008363173343241215);
  p = horner(p, r, 0.041666556149721146);
  p = horner(p, r, 0.16666577756404877);
  p = horner(p, r, 0.5);
  p = f32x4.add(f32x4.add(f32x4.mul(p, f32x4.mul(r, r)), r), f32x4.splat(1));
  const exponent = i32x4.trunc_sat_f32x4_s(n);
  const half = i32x4.shr_s(exponent, 1);
  return f32x4.mul(f32x4.mul(p, powerOfTwo(half)), powerOfTwo(i32x4.sub(exponent, half)));
}

// @ts-ignore: decorator
@inline
function powerOfTwo(n: v128): v128 {
  return i32x4.shl(i32x4.add(n, i32x4.splat(127)), 23);
}

/** ln x = n ln 2 + 2 atanh(s), s = (m - 1) / (m + 1), x = m 2^n, 1/2 <= m^2 < 2 (relative error 2.4e-9). */
// @ts-ignore: decorator
@inline
export function log(x: v128): v128 {
  const tiny = f32x4.lt(x, f32x4.splat(1.1754943508222875e-38)); // subnormal: scaled by 2^25
  const y = v128.bitselect(f32x4.mul(x, f32x4.splat(33554432)), x, tiny);
  const shifted = i32x4.sub(y, i32x4.splat(0x3f3504f3));
  const m = i32x4.sub(y, v128.and(shifted, i32x4.splat(0xff800000)));
  const exponent = i32x4.sub(i32x4.shr_s(shifted, 23), v128.and(tiny, i32x4.splat(25)));
  const n = f32x4.convert_i32x4_s(exponent);
  const f = f32x4.sub(m, f32x4.splat(1));
  const s = f32x4.div(f, f32x4.add(m, f32x4.splat(1)));
  const z = f32x4.mul(s, s);
  let p = f32x4.splat(0.29579949378967285);
  p = horner(p, z, 0.3998878002166748);
  p = horner(p, z, 0.6666668653488159);
  // 2 s = f - s f, exact in f; then s (z p) and n ln 2 in two parts, small terms first
  const tail = f32x4.mul(s, f32x4.sub(f32x4.mul(z, p), f));
  const low = f32x4.sub(tail, f32x4.mul(n, f32x4.splat(0.00021219444005471377)));
  const value = f32x4.add(f32x4.add(low, f), f32x4.mul(n, f32x4.splat(0.693359375)));
  const zero = f32x4.eq(x, f32x4.splat(0));
  const proper = f32x4.lt(f32x4.splat(0), x);
  const infinite = f32x4.eq(x, f32x4.splat(Infinity));
  const outside = v128.bitselect(f32x4.splat(-Infinity), f32x4.splat(NaN), zero);
  return v128.bitselect(v128.bitselect(x, value, infinite), outside, proper);
}

/** sin x (quadrant 0) or cos x (quadrant 1). */
// @ts-ignore: decorator
@inline
export function sine(x: v128, quadrant: i32): v128 {
  // x = q pi/2 + r in float64, so that arguments up to 1e7 lose nothing
  const low = f64x2.promote_low_f32x4(x);
  const high = f64x2.promote_low_f32x4(v128.shuffle<i64>(x, x, 1, 1));
  const qLow = f64x2.nearest(f64x2.mul(low, f64x2.splat(0.6366197723675814)));
  const qHigh = f64x2.nearest(f64x2.mul(high, f64x2.splat(0.6366197723675814)));
  const rLow = f64x2.sub(low, f64x2.mul(qLow, f64x2.splat(1.5707963267948966)));
  const rHigh = f64x2.sub(high, f64x2.mul(qHigh, f64x2.splat(1.5707963267948966)));
  const r = v128.shuffle<i64>(f32x4.demote_f64x2_zero(rLow), f32x4.demote_f64x2_zero(rHigh), 0, 2);
  const q = i32x4.add(
    v128.shuffle<i64>(i32x4.trunc_sat_f64x2_s_zero(qLow), i32x4.trunc_sat_f64x2_s_zero(qHigh), 0, 2),
    i32x4.splat(quadrant),
  );
  const z = f32x4.mul(r, r);
  let s = f32x4.splat(-0.00019587890710681677); // sin r = r + r z s, error 1.3e-8 relative
  s = horner(s, z, 0.008332747966051102);
  s = horner(s, z, -0.166666641831398);
  s = f32x4.add(r, f32x4.mul(f32x4.mul(r, z), s));
  let c = f32x4.splat(2.454794230288826e-5); // cos r = 1 - z / 2 + z z c, error 5.7e-10
  c = horner(c, z, -0.001388830249197781);
  c = horner(c, z, 0.0416666641831398);
  c = f32x4.add(f32x4.sub(f32x4.splat(1), f32x4.mul(z, f32x4.splat(0.5))), f32x4.mul(f32x4.mul(z, z), c));
  const odd = i32x4.neg(v128.and(q, i32x4.splat(1)));
  const sign = i32x4.shl(i32x4.shr_u(q, 1), 31);
  return v128.xor(v128.bitselect(c, s, odd), sign);
}

/** tanh x = x + x z P(z) for |x| < 0.6 (relative error 1.3e-8), else 1 - 2 / (e^{2 |x|} + 1) with the sign of x. */
// @ts-ignore: decorator
@inline
export function tanh(x: v128): v128 {
  const size = f32x4.abs(x);
  const z = f32x4.mul(x, x);
  let p = f32x4.splat(-0.006269119679927826);
  p = horner(p, z, 0.021110959351062775);
  p = horner(p, z, -0.053873948752880096);
  p = horner(p, z, 0.13332915306091309);
  p = horner(p, z, -0.3333333134651184);
  const near = f32x4.add(x, f32x4.mul(f32x4.mul(x, z), p));
  const e = exp(f32x4.add(size, size));
  const far = f32x4.sub(f32x4.splat(1), f32x4.div(f32x4.splat(2), f32x4.add(e, f32x4.splat(1))));
  const sign = v128.and(x, i32x4.splat(0x80000000));
  return v128.bitselect(near, v128.or(far, sign), f32x4.lt(size, f32x4.splat(0.6)));
}
