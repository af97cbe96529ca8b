// Philox4x32-10 and the laws of random numbers in the vector language. Words are those of src/randomness bit by
// bit, normals to float32 rounding. Source: Salmon, Moraes, Dror, Shaw, SC11, DOI 10.1145/2063384.2063405.
import type { Code, Value } from './code.js';
import { halvesOf, onCircle, radiusOf } from '../boxMuller.js';

export type Words = readonly [Value, Value, Value, Value];
type KeyWords = Readonly<Record<'seed' | 'stream', Value>>;

export function philox([c0, c1, c2, c3]: Words, { seed: k0, stream: k1 }: KeyWords, rounds = 10): Words {
  for (let round = 0; round < rounds; round++) {
    const [high0, low0] = [c0.mulHigh(0xd2511f53), c0.mul(0xd2511f53)];
    const [high1, low1] = [c2.mulHigh(0xcd9e8d57), c2.mul(0xcd9e8d57)];
    [c0, c1, c2, c3] = [high1.xor(c1).xor(k0), low1, high0.xor(c3).xor(k1), low0];
    [k0, k1] = [k0.add(0x9e3779b9), k1.add(0xbb67ae85)];
  }
  return [c0, c1, c2, c3];
}

/** Four normals from a block by Box and Muller, or the first two where `count` is 2. */
export function normalsOf([w0, w1, w2, w3]: Words, count = 4): Value[] {
  const first = onCircle(w1, radiusOf(w0));
  return count <= 2 ? first : [...first, ...onCircle(w3, radiusOf(w2))];
}

/** The uniform (w + 1/2) 2^-32 in (0, 1), rounded to float32 but never up to 1. */
export const uniformOf = (word: Value): Value => unitsOf(word).mul(2 ** -32);

/** The uniform in units of 2^-32. */
export function unitsOf(word: Value): Value {
  const [high, low] = halvesOf(word);
  return high.add(low).pmin(2 ** 32 - 2 ** 8);
}

/** The words that are the same in all counters of a step. */
export function counterBase(code: Code): { stepWord: Value; purpose: Value; key: KeyWords } {
  return {
    stepWord: code.argument('firstStep').add(code.argument('step')).splat(),
    purpose: code.argument('purpose').splat(),
    key: { seed: code.argument('seed').splat(), stream: code.argument('stream').splat() },
  };
}
