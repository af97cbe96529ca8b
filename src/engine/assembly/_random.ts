// Philox4x32-10 and Box-Muller by SIMD, four counters at a time, two float64 numbers at a time. Layout of
// the counter: c0 = step low, c1 = node, c2 = lane >> 2, c3 = purpose << 24 | step high.
//
// The elementary functions are polynomials through the Chebyshev nodes of their intervals:
//   ln m = 2 atanh(s), s = (m - 1) / (m + 1), sqrt(1/2) <= m < sqrt 2:  relative error 1.1e-18 in exact arithmetic
//   sin x, cos x, |x| <= pi/4:                                          3.5e-18 and 6.7e-17
// Sources: Salmon, Moraes, Dror, Shaw, SC11, DOI 10.1145/2063384.2063405; Box, Muller,
// Ann. Math. Statist. 29 (1958) 610, DOI 10.1214/aoms/1177706645.

// The four words of the last four blocks: lane i of word j belongs to block i. Globals, since functions
// return one value.
let word0 = i32x4.splat(0);
let word1 = i32x4.splat(0);
let word2 = i32x4.splat(0);
let word3 = i32x4.splat(0);

function philox(step: i32, node: v128, block: v128, high: i32, seed: i32, stream: i32): void {
  const multiplier0 = i32x4.splat(0xd2511f53);
  const multiplier1 = i32x4.splat(0xcd9e8d57);
  let c0 = i32x4.splat(step);
  let c1 = node;
  let c2 = block;
  let c3 = i32x4.splat(high);
  let k0 = i32x4.splat(seed);
  let k1 = i32x4.splat(stream);
  for (let round = 0; round < 10; round++) {
    const a = i64x2.extmul_low_i32x4_u(c0, multiplier0);
    const b = i64x2.extmul_high_i32x4_u(c0, multiplier0);
    const c = i64x2.extmul_low_i32x4_u(c2, multiplier1);
    const d = i64x2.extmul_high_i32x4_u(c2, multiplier1);
    c0 = v128.xor(v128.xor(v128.shuffle<i32>(c, d, 1, 3, 5, 7), c1), k0);
    c1 = v128.shuffle<i32>(c, d, 0, 2, 4, 6);
    c2 = v128.xor(v128.xor(v128.shuffle<i32>(a, b, 1, 3, 5, 7), c3), k1);
    c3 = v128.shuffle<i32>(a, b, 0, 2, 4, 6);
    k0 = i32x4.add(k0, i32x4.splat(0x9e3779b9));
    k1 = i32x4.add(k1, i32x4.splat(0xbb67ae85));
  }
  word0 = c0;
  word1 = c1;
  word2 = c2;
  word3 = c3;
}

/** u = (w + 1/2) 2^-32 of the two low words, as float64. */
// @ts-ignore: decorator
@inline
function unit(words: v128): v128 {
  return f64x2.mul(f64x2.add(f64x2.convert_low_i32x4_u(words), f64x2.splat(0.5)), f64x2.splat(2.3283064365386963e-10));
}

/** The two high words in the low places. */
// @ts-ignore: decorator
@inline
function upper(words: v128): v128 {
  return v128.shuffle<i64>(words, words, 1, 1);
}

/** sqrt(-2 ln u), 2^-33 <= u < 1. */
// @ts-ignore: decorator
@inline
function radius(u: v128): v128 {
  // u = m 2^k: subtracting the bits of sqrt(1/2) puts m into [sqrt(1/2), sqrt 2); k + 64 >= 0
  const shifted = i64x2.add(i64x2.sub(u, i64x2.splat(0x3fe6a09e667f3bcd)), i64x2.splat(64 << 52));
  const exponent = i64x2.shr_u(shifted, 52);
  const k = f64x2.sub(v128.or(exponent, i64x2.splat(0x4330000000000000)), f64x2.splat(4503599627370496.0 + 64.0));
  const m = i64x2.sub(u, i64x2.shl(i64x2.sub(exponent, i64x2.splat(64)), 52));
  const s = f64x2.div(f64x2.sub(m, f64x2.splat(1)), f64x2.add(m, f64x2.splat(1)));
  const z = f64x2.mul(s, s);
  let p = f64x2.splat(0.07404855180327638);
  p = f64x2.add(f64x2.mul(p, z), f64x2.splat(0.07656264074182095));
  p = f64x2.add(f64x2.mul(p, z), f64x2.splat(0.09091815840114664));
  p = f64x2.add(f64x2.mul(p, z), f64x2.splat(0.11111098528363024));
  p = f64x2.add(f64x2.mul(p, z), f64x2.splat(0.1428571438032084));
  p = f64x2.add(f64x2.mul(p, z), f64x2.splat(0.1999999999965117));
  p = f64x2.add(f64x2.mul(p, z), f64x2.splat(0.33333333333333826));
  // -2 ln u = -4 (s + s z p) - 2 k ln 2, ln 2 in two parts, small terms first
  const tail = f64x2.add(f64x2.mul(f64x2.mul(s, z), p), f64x2.mul(k, f64x2.splat(0.5 * LN2_LOW)));
  const log = f64x2.add(f64x2.add(tail, s), f64x2.mul(k, f64x2.splat(0.5 * LN2_HIGH)));
  return f64x2.sqrt(f64x2.mul(log, f64x2.splat(-4)));
}

/** ln 2 = high + low, high with 32 bits, so that k high is exact. */
// @ts-ignore: decorator
@inline
const LN2_HIGH: f64 = 0.6931471803691238;
// @ts-ignore: decorator
@inline
const LN2_LOW: f64 = 1.9082149292705877e-10;

/** Nearest quarter of the turn u as an integer in the low bits (and the bits of 2^52 + 2^51 above). */
// @ts-ignore: decorator
@inline
function quarter(u: v128): v128 {
  return f64x2.add(f64x2.mul(u, f64x2.splat(4)), f64x2.splat(6755399441055744.0));
}

/** x = 2 pi u - (pi / 2) quarter, |x| <= pi / 4. */
// @ts-ignore: decorator
@inline
function remainder(u: v128, nearest: v128): v128 {
  const turns = f64x2.sub(f64x2.mul(u, f64x2.splat(4)), f64x2.sub(nearest, f64x2.splat(6755399441055744.0)));
  return f64x2.mul(turns, f64x2.splat(1.5707963267948966));
}

// @ts-ignore: decorator
@inline
function sine(x: v128, z: v128): v128 {
  let p = f64x2.splat(1.5894736651849094e-10);
  p = f64x2.add(f64x2.mul(p, z), f64x2.splat(-2.5050716974102745e-8));
  p = f64x2.add(f64x2.mul(p, z), f64x2.splat(2.755731337640013e-6));
  p = f64x2.add(f64x2.mul(p, z), f64x2.splat(-0.000198412698286503));
  p = f64x2.add(f64x2.mul(p, z), f64x2.splat(0.008333333333320363));
  p = f64x2.add(f64x2.mul(p, z), f64x2.splat(-0.16666666666666616));
  return f64x2.add(x, f64x2.mul(f64x2.mul(x, z), p));
}

// @ts-ignore: decorator
@inline
function cosine(z: v128): v128 {
  let p = f64x2.splat(2.0630454379662294e-9);
  p = f64x2.add(f64x2.mul(p, z), f64x2.splat(-2.755523388484742e-7));
  p = f64x2.add(f64x2.mul(p, z), f64x2.splat(2.4801578538562985e-5));
  p = f64x2.add(f64x2.mul(p, z), f64x2.splat(-0.0013888888869978658));
  p = f64x2.add(f64x2.mul(p, z), f64x2.splat(0.041666666666472306));
  p = f64x2.add(f64x2.mul(p, z), f64x2.splat(-0.4999999999999925));
  return f64x2.add(f64x2.splat(1), f64x2.mul(p, z));
}

// r cos(2 pi u) and r sin(2 pi u) of the last four pairs of words, float32.
let even = f32x4.splat(0);
let odd = f32x4.splat(0);

/** Box-Muller of four pairs of words. */
function boxMuller(wordA: v128, wordB: v128): void {
  pair(wordA, wordB);
  const evenLow = even;
  const oddLow = odd;
  pair(upper(wordA), upper(wordB));
  even = v128.shuffle<i64>(evenLow, even, 0, 2);
  odd = v128.shuffle<i64>(oddLow, odd, 0, 2);
}

/** Of two pairs, into the low halves of `even` and `odd`. */
function pair(wordA: v128, wordB: v128): void {
  const r = radius(unit(wordA));
  const u = unit(wordB);
  const nearest = quarter(u);
  const x = remainder(u, nearest);
  const z = f64x2.mul(x, x);
  const s = f64x2.mul(r, sine(x, z));
  const c = f64x2.mul(r, cosine(z));
  // quarters 1 and 3 exchange sine and cosine; cos < 0 in 1 and 2, sin < 0 in 2 and 3
  const one = i64x2.splat(1);
  const exchange = i64x2.neg(v128.and(nearest, one));
  const sineSign = i64x2.shl(i64x2.shr_u(nearest, 1), 63);
  const cosineSign = i64x2.shl(i64x2.shr_u(i64x2.add(nearest, one), 1), 63);
  even = f32x4.demote_f64x2_zero(v128.xor(v128.bitselect(s, c, exchange), cosineSign));
  odd = f32x4.demote_f64x2_zero(v128.xor(v128.bitselect(c, s, exchange), sineSign));
}

// Numbers of the last four blocks: lane i of lane j belongs to block i.
let lane0 = f32x4.splat(0);
let lane1 = f32x4.splat(0);
let lane2 = f32x4.splat(0);
let lane3 = f32x4.splat(0);

// @ts-ignore: decorator
@inline
function normalLanes(lanes: i32): void {
  boxMuller(word0, word1);
  lane0 = even;
  lane1 = odd;
  if (lanes <= 2) return; // the second pair of every block is beyond the last lane
  boxMuller(word2, word3);
  lane2 = even;
  lane3 = odd;
}

/** Four words as float32 uniforms; those that round to 1 go to the largest number below. */
// @ts-ignore: decorator
@inline
function uniformLane(words: v128): v128 {
  const low = f32x4.demote_f64x2_zero(unit(words));
  const high = f32x4.demote_f64x2_zero(unit(upper(words)));
  return f32x4.min(v128.shuffle<i64>(low, high, 0, 2), f32x4.splat(0.99999994));
}

// @ts-ignore: decorator
@inline
function uniformLanes(): void {
  lane0 = uniformLane(word0);
  lane1 = uniformLane(word1);
  lane2 = uniformLane(word2);
  lane3 = uniformLane(word3);
}

export function normals(out: usize, nodes: i32, lanes: i32, step: i32, high: i32, seed: i32, stream: i32): void {
  fill(out, nodes, lanes, step, high, seed, stream, true);
}

export function uniforms(out: usize, nodes: i32, lanes: i32, step: i32, high: i32, seed: i32, stream: i32): void {
  fill(out, nodes, lanes, step, high, seed, stream, false);
}

/** Walks over the blocks (node, block) row by row, four at a time. */
// @ts-ignore: decorator
@inline
function fill(
  out: usize, nodes: i32, lanes: i32, step: i32, high: i32, seed: i32, stream: i32, normal: bool,
): void {
  const blocks = (lanes + 3) >>> 2;
  let left = <i64>nodes * blocks;
  let node = 0;
  let block = 0;
  while (left > 0) {
    let nodeOf = i32x4.splat(0);
    let blockOf = nodeOf;
    const firstBlock = block;
    for (let i = 0; i < 4; i++) {
      nodeOf = v128.shuffle<i32>(nodeOf, i32x4.splat(node), 1, 2, 3, 4);
      blockOf = v128.shuffle<i32>(blockOf, i32x4.splat(block), 1, 2, 3, 4);
      if (++block == blocks) {
        block = 0;
        node++;
      }
    }
    philox(step, nodeOf, blockOf, high, seed, stream);
    if (normal) normalLanes(lanes);
    else uniformLanes();
    out = storeBlocks(out, firstBlock, blocks, lanes, left < 4 ? <i32>left : 4);
    left -= 4;
  }
}

/** Stores up to four blocks; the last block of a node may be short. Returns where the next one goes. */
function storeBlocks(out: usize, block: i32, blocks: i32, lanes: i32, count: i32): usize {
  const a = v128.shuffle<i32>(lane0, lane1, 0, 4, 1, 5);
  const b = v128.shuffle<i32>(lane2, lane3, 0, 4, 1, 5);
  const c = v128.shuffle<i32>(lane0, lane1, 2, 6, 3, 7);
  const d = v128.shuffle<i32>(lane2, lane3, 2, 6, 3, 7);
  if (lanes == 2 && count == 4) {
    v128.store(out, a);
    v128.store(out, c, 16);
    return out + 32;
  }
  if (lanes == 1 && count == 4) {
    v128.store(out, lane0);
    return out + 16;
  }
  for (let i = 0; i < count; i++) {
    const first = i < 2 ? a : c;
    const second = i < 2 ? b : d;
    const four = i & 1 ? v128.shuffle<i64>(first, second, 1, 3) : v128.shuffle<i64>(first, second, 0, 2);
    const size = min(4, lanes - (block << 2));
    if (size == 4) v128.store(out, four);
    else storePart(out, four, size);
    out += (<usize>size) << 2;
    if (++block == blocks) block = 0;
  }
  return out;
}

function storePart(out: usize, four: v128, size: i32): void {
  v128.store32_lane(out, four, 0);
  if (size > 1) v128.store32_lane(out, four, 1, 4);
  if (size > 2) v128.store32_lane(out, four, 2, 8);
}
