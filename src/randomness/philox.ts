// Philox4x32-10, the counter-based generator of every random number of the lab: a bijection of the 128-bit
// counter for each 64-bit key, ten rounds of two 32 x 32 -> 64 bit products and four exclusive ors. A number
// is a pure function of (key, counter), so that threads, chunks and resumed runs get the same numbers.
// Source: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC11,
// DOI 10.1145/2063384.2063405, section 3.3.
import { each, finite } from '../numerics/rules.js';

const MULTIPLIER_0 = 0xd2511f53;
const MULTIPLIER_1 = 0xcd9e8d57;
const WEYL_0 = 0x9e3779b9; // golden ratio
const WEYL_1 = 0xbb67ae85; // sqrt(3) - 1

/**
 * One Philox4x32-10 block: four uniform 32-bit words for a 128-bit counter and a 64-bit key.
 *
 * @param counter four 32-bit words
 * @param key two 32-bit words
 * @param out the array for the four words; a new one by default
 * @returns `out`
 * @example [...randomness.philox4x32([0, 0, 0, 0], [0, 0])].map((word) => word.toString(16)); // ['6627e8d5', 'e169c58d', 'bc57ac4c', '9b00dbd8']
 */
export function philox4x32(
  counter: ArrayLike<number>,
  key: ArrayLike<number>,
  out: Uint32Array = new Uint32Array(4),
): Uint32Array {
  requireWords('counter', counter, 4);
  requireWords('key', key, 2);
  if (out.length !== 4) throw new RangeError(`philox4x32: out must be 4 words, got ${out.length}`);
  philoxBlock(counter[0], counter[1], counter[2], counter[3], key[0], key[1], out);
  return out;
}

/** {@link philox4x32} on single words, for inner loops: writes four words into `out`. */
export function philoxBlock(
  c0: number,
  c1: number,
  c2: number,
  c3: number,
  k0: number,
  k1: number,
  out: Uint32Array,
  rounds = 10,
): void {
  for (let round = 0; round < rounds; round++) {
    const high0 = highWord(MULTIPLIER_0, c0);
    const low0 = Math.imul(MULTIPLIER_0, c0);
    const high1 = highWord(MULTIPLIER_1, c2);
    const low1 = Math.imul(MULTIPLIER_1, c2);
    c0 = high1 ^ c1 ^ k0;
    c1 = low1;
    c2 = high0 ^ c3 ^ k1;
    c3 = low0;
    k0 = (k0 + WEYL_0) | 0;
    k1 = (k1 + WEYL_1) | 0;
  }
  out[0] = c0;
  out[1] = c1;
  out[2] = c2;
  out[3] = c3;
}

function requireWords(name: string, words: ArrayLike<number>, count: number): void {
  each(finite)('philox4x32', name, words as never);
  if (words.length === count) return;
  throw new RangeError(`philox4x32: ${name} must be ${count} words, got ${words.length}`);
}

/** The high 32 bits of the 64-bit product a b of unsigned words, by 16-bit halves. */
function highWord(a: number, b: number): number {
  const aLow = a & 0xffff;
  const aHigh = a >>> 16;
  const bLow = b & 0xffff;
  const bHigh = b >>> 16;
  const middle = (Math.imul(aHigh, bLow) + (Math.imul(aLow, bLow) >>> 16)) >>> 0;
  const cross = (Math.imul(aLow, bHigh) + (middle & 0xffff)) >>> 0;
  return (Math.imul(aHigh, bHigh) + (middle >>> 16) + (cross >>> 16)) | 0;
}
