// Philox4x32-10 and Box-Muller by SIMD, four counters at a time, two float64 numbers at a time. Layout of
// the counter: c0 = step low, c1 = node, c2 = lane >> 2, c3 = purpose << 24 | step high.
//
// With y = w + 1/2 of two words, u = y 2^-32. The elementary functions are polynomials through the Chebyshev
// nodes of their intervals, with errors in exact arithmetic of
//   -2 ln y = -4 atanh(s) - 2 k ln 2, y = m 2^k, s = (m - 1) / (m + 1), 1/2 <= m^2 < 2:   1.8e-16, relative
//   sin pi t, cos pi t, |t| <= 1/2:                                                       1.8e-16, absolute
// Sources: Salmon, Moraes, Dror, Shaw, SC11, DOI 10.1145/2063384.2063405; Box, Muller,
// Ann. Math. Statist. 29 (1958) 610, DOI 10.1214/aoms/1177706645.

/** p x + c */
// @ts-ignore: decorator
@inline
function horner(p: v128, x: v128, c: f64): v128 {
  return f64x2.add(f64x2.mul(p, x), f64x2.splat(c));
}

/** y = w + 1/2 of the two low words: below the bits of 2^52 they are 2^52 + w. */
// @ts-ignore: decorator
@inline
function centre(words: v128): v128 {
  const raised = v128.shuffle<i32>(words, i32x4.splat(0x43300000), 0, 4, 1, 5);
  return f64x2.sub(raised, f64x2.splat(4503599627370496.0 - 0.5));
}

/** The two high words in the low places. */
// @ts-ignore: decorator
@inline
function upper(words: v128): v128 {
  return v128.shuffle<i64>(words, words, 1, 1);
}

/** sqrt(-2 ln(y 2^-32)), 1/2 <= y < 2^32. */
// @ts-ignore: decorator
@inline
function radius(y: v128): v128 {
  // less the bits of sqrt(1/2) 2^-1, the exponent of y = m 2^k reads k + 1 >= 0; without it, y is m / 2
  const shifted = i64x2.sub(y, i64x2.splat(0x3fd6a09e667f3bcd));
  const exponent = v128.or(i64x2.shr_u(shifted, 52), i64x2.splat(0x4330000000000000));
  const k32 = f64x2.sub(exponent, f64x2.splat(4503599627370496.0 + 33.0)); // k - 32
  const half = i64x2.sub(y, v128.and(shifted, i64x2.splat(0xfff0000000000000)));
  const s = f64x2.div(f64x2.sub(half, f64x2.splat(0.5)), f64x2.add(half, f64x2.splat(0.5)));
  const z = f64x2.mul(s, s);
  let p = f64x2.splat(-0.33675319941360976);
  p = horner(p, z, -0.3624386886243043);
  p = horner(p, z, -0.4444686909503581);
  p = horner(p, z, -0.5714283204221534);
  p = horner(p, z, -0.8000000012348323);
  p = horner(p, z, -1.3333333333310584);
  p = horner(p, z, -4.000000000000001);
  return f64x2.sqrt(f64x2.add(f64x2.mul(k32, f64x2.splat(-1.3862943611198906)), f64x2.mul(p, s)));
}

/** sin(pi t) */
// @ts-ignore: decorator
@inline
function sine(t: v128, z: v128): v128 {
  let p = f64x2.splat(-2.113362735205297e-5);
  p = horner(p, z, 0.0004659870158043378);
  p = horner(p, z, -0.0073703643265304155);
  p = horner(p, z, 0.08214587881631043);
  p = horner(p, z, -0.599264528825224);
  p = horner(p, z, 2.5501640398618677);
  p = horner(p, z, -5.1677127800497855);
  p = horner(p, z, 3.1415926535897927);
  return f64x2.mul(p, t);
}

/** cos(pi t), z = t^2 */
// @ts-ignore: decorator
@inline
function cosine(z: v128): v128 {
  let p = f64x2.splat(4.149564353942586e-6);
  p = horner(p, z, -0.00010456655338748738);
  p = horner(p, z, 0.0019295562724817132);
  p = horner(p, z, -0.025806888737002202);
  p = horner(p, z, 0.23533063012953284);
  p = horner(p, z, -1.335262768843447);
  p = horner(p, z, 4.058712126416497);
  p = horner(p, z, -4.934802200544676);
  return horner(p, z, 1);
}

/** r cos(2 pi u), r sin(2 pi u) of the two low pairs of words: even 0, even 1, odd 0, odd 1 as float32. */
// @ts-ignore: decorator
@inline
function boxMuller(wordA: v128, wordB: v128): v128 {
  const r = radius(centre(wordA));
  const halfTurns = f64x2.mul(centre(wordB), f64x2.splat(4.656612873077393e-10)); // 2 u
  // added to 2^52 + 2^51 it is rounded to the nearest whole, whose last bit is the sign of both functions
  const nearest = f64x2.add(halfTurns, f64x2.splat(6755399441055744.0));
  const t = f64x2.sub(halfTurns, f64x2.sub(nearest, f64x2.splat(6755399441055744.0)));
  const z = f64x2.mul(t, t);
  const signed = v128.xor(r, i64x2.shl(nearest, 63));
  const even = f32x4.demote_f64x2_zero(f64x2.mul(signed, cosine(z)));
  const odd = f32x4.demote_f64x2_zero(f64x2.mul(signed, sine(t, z)));
  return v128.shuffle<i64>(even, odd, 0, 2);
}

/** u of the two low words. */
// @ts-ignore: decorator
@inline
function unit(words: v128): v128 {
  return f64x2.mul(centre(words), f64x2.splat(2.3283064365386963e-10));
}

/** Four words as float32 uniforms; those that round to 1 go to the largest number below. */
// @ts-ignore: decorator
@inline
function uniform(words: v128): v128 {
  const low = f32x4.demote_f64x2_zero(unit(words));
  const high = f32x4.demote_f64x2_zero(unit(upper(words)));
  return f32x4.min(v128.shuffle<i64>(low, high, 0, 2), f32x4.splat(0.99999994));
}

export function normals(out: usize, nodes: i32, lanes: i32, step: i32, high: i32, seed: i32, stream: i32): void {
  fill(out, nodes, lanes, step, high, seed, stream, true);
}

export function uniforms(out: usize, nodes: i32, lanes: i32, step: i32, high: i32, seed: i32, stream: i32): void {
  fill(out, nodes, lanes, step, high, seed, stream, false);
}

/** Walks over the blocks (node, block) row by row, four at a time: lane i of each vector is block i's. */
// @ts-ignore: decorator
@inline
function fill(
  out: usize, nodes: i32, lanes: i32, step: i32, high: i32, seed: i32, stream: i32, normal: bool,
): void {
  const blocks = (lanes + 3) >>> 2;
  // four blocks on: `rows` nodes and `rest` blocks
  const rows = i32x4.splat(4 / blocks);
  const rest = i32x4.splat(4 % blocks);
  const limit = i32x4.splat(blocks);
  let node = four(0, 1 / blocks, 2 / blocks, 3 / blocks);
  let block = four(0, 1 % blocks, 2 % blocks, 3 % blocks);
  for (let left = nodes * blocks; left > 0; left -= 4) {
    let c0 = i32x4.splat(step);
    let c1 = node;
    let c2 = block;
    let c3 = i32x4.splat(high);
    let k0 = i32x4.splat(seed);
    let k1 = i32x4.splat(stream);
    for (let round = 0; round < 10; round++) {
      // low words by their own product: a shuffle of the wide ones would be on the critical path
      const low0 = i32x4.mul(c0, i32x4.splat(0xd2511f53));
      const low1 = i32x4.mul(c2, i32x4.splat(0xcd9e8d57));
      const a = i64x2.extmul_low_i32x4_u(c0, i32x4.splat(0xd2511f53));
      const b = i64x2.extmul_high_i32x4_u(c0, i32x4.splat(0xd2511f53));
      const c = i64x2.extmul_low_i32x4_u(c2, i32x4.splat(0xcd9e8d57));
      const d = i64x2.extmul_high_i32x4_u(c2, i32x4.splat(0xcd9e8d57));
      c0 = v128.xor(v128.shuffle<i32>(c, d, 1, 3, 5, 7), v128.xor(c1, k0));
      c1 = low1;
      c2 = v128.xor(v128.shuffle<i32>(a, b, 1, 3, 5, 7), v128.xor(c3, k1));
      c3 = low0;
      k0 = i32x4.add(k0, i32x4.splat(0x9e3779b9));
      k1 = i32x4.add(k1, i32x4.splat(0xbb67ae85));
    }
    if (normal) {
      const low = boxMuller(c0, c1);
      const high = boxMuller(upper(c0), upper(c1));
      c0 = v128.shuffle<i64>(low, high, 0, 2);
      c1 = v128.shuffle<i64>(low, high, 1, 3);
      if (lanes > 2) {
        const low = boxMuller(c2, c3);
        const high = boxMuller(upper(c2), upper(c3));
        c2 = v128.shuffle<i64>(low, high, 0, 2);
        c3 = v128.shuffle<i64>(low, high, 1, 3);
      }
    } else {
      c0 = uniform(c0);
      c1 = uniform(c1);
      c2 = uniform(c2);
      c3 = uniform(c3);
    }
    out = storeBlocks(out, c0, c1, c2, c3, i32x4.extract_lane(block, 0), blocks, lanes, min(4, left));
    block = i32x4.add(block, rest);
    const over = i32x4.ge_s(block, limit);
    block = i32x4.sub(block, v128.and(over, limit));
    node = i32x4.sub(i32x4.add(node, rows), over);
  }
}

// @ts-ignore: decorator
@inline
function four(a: i32, b: i32, c: i32, d: i32): v128 {
  const ab = i32x4.replace_lane(i32x4.splat(a), 1, b);
  return i32x4.replace_lane(i32x4.replace_lane(ab, 2, c), 3, d);
}

/** Stores up to four blocks, of which the last of a node may be short. Returns where the next one goes. */
// @ts-ignore: decorator
@inline
function storeBlocks(
  out: usize, lane0: v128, lane1: v128, lane2: v128, lane3: v128, block: i32, blocks: i32, lanes: i32, count: i32,
): usize {
  // transposed: lanes 0 1 of blocks 0 1 and 2 3, then lanes 2 3
  const a = v128.shuffle<i32>(lane0, lane1, 0, 4, 1, 5);
  const b = v128.shuffle<i32>(lane2, lane3, 0, 4, 1, 5);
  const c = v128.shuffle<i32>(lane0, lane1, 2, 6, 3, 7);
  const d = v128.shuffle<i32>(lane2, lane3, 2, 6, 3, 7);
  if (count == 4) {
    if ((lanes & 3) == 0) {
      v128.store(out, v128.shuffle<i64>(a, b, 0, 2));
      v128.store(out, v128.shuffle<i64>(a, b, 1, 3), 16);
      v128.store(out, v128.shuffle<i64>(c, d, 0, 2), 32);
      v128.store(out, v128.shuffle<i64>(c, d, 1, 3), 48);
      return out + 64;
    }
    if (lanes == 2) {
      v128.store(out, a);
      v128.store(out, c, 16);
      return out + 32;
    }
    if (lanes == 1) {
      v128.store(out, lane0);
      return out + 16;
    }
  }
  for (let i = 0; i < count; i++) {
    const first = i < 2 ? a : c;
    const second = i < 2 ? b : d;
    const lane = i & 1 ? v128.shuffle<i64>(first, second, 1, 3) : v128.shuffle<i64>(first, second, 0, 2);
    const size = min(4, lanes - (block << 2));
    if (size == 4) v128.store(out, lane);
    else storePart(out, lane, size);
    out += (<usize>size) << 2;
    if (++block == blocks) block = 0;
  }
  return out;
}

function storePart(out: usize, lane: v128, size: i32): void {
  v128.store32_lane(out, lane, 0);
  if (size > 1) v128.store32_lane(out, lane, 1, 4);
  if (size > 2) v128.store32_lane(out, lane, 2, 8);
}
