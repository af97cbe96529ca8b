// Sequential sources of uniforms, for code that needs an unknown number of them in turn: graph generators,
// shuffles, protocol simulations. All of these take a `RandomSource`. One source is Philox. The other is
// Alea, a multiply-with-carry generator on doubles, which takes a tenth of the time. It uses only + - x and
// integer parts of doubles: the same bits on every machine. Philox makes its
// state from (seed, stream), so that neighbouring seeds give independent sequences.
// Sources: philox.ts; Baagoe, "Better random numbers for JavaScript" (2010), as in the package seedrandom.
import seedrandom from 'seedrandom';
import { requireInteger } from '../numerics/check.js';
import { Purpose } from './counter.js';
import { randomKey, type Seed } from './key.js';
import { philox4x32, philoxBlock } from './philox.js';

/** Each call returns the next uniform double in [0, 1). */
export type RandomSource = () => number;

/**
 * A sequence of uniform doubles in [0, 1), 53 random bits each, two per Philox block. With the same key it
 * shares no counter with {@link normals} and {@link uniforms}.
 *
 * @throws RangeError for a number that is not an integer in [0, 2^32)
 * @example
 * const random = uniformGenerator('karate');
 * random(); // 0.41765573540276824
 */
export function uniformGenerator(seed: Seed, stream: Seed = 0): RandomSource {
  const key = randomKey(seed, stream);
  const words = new Uint32Array(4);
  let block = 0;
  let at = 4;
  return () => {
    if (at === 4) {
      const high = Purpose.sequence * 2 ** 24;
      philoxBlock(block % 2 ** 32, Math.floor(block / 2 ** 32), 0, high, key.seed, key.stream, words);
      block++;
      at = 0;
    }
    const bits = (words[at] >>> 5) * 2 ** 26 + (words[at + 1] >>> 6);
    at += 2;
    return bits * 2 ** -53;
  };
}

/**
 * A sequence of uniforms in [0, 1), 32 random bits each, for simulations of millions of events per second.
 *
 * @throws RangeError for a number that is not an integer in [0, 2^32)
 * @example
 * const random = randomness.aleaGenerator(1, 'gossip');
 * [random(), random()]; // [0.8780, 0.5570]
 */
export function aleaGenerator(seed: Seed, stream: Seed = 0): RandomSource {
  const key = randomKey(seed, stream);
  return seedrandom.alea(philox4x32([0, 0, 0, 0], [key.seed, key.stream]).join(' '));
}

/**
 * A uniform integer in [0, count), from one uniform.
 *
 * @throws RangeError for a count that is not an integer of at least 1, or a source that leaves [0, 1)
 * @example
 * randomness.randomInteger(() => 0.5, 10); // 5
 */
export function randomInteger(random: RandomSource, count: number): number {
  requireInteger('randomInteger', 'count', count, 1, Number.MAX_SAFE_INTEGER);
  const u = random();
  if (!(u >= 0 && u < 1))
    throw new RangeError(`randomInteger: the source must give numbers in [0, 1), got ${u}`);
  return Math.floor(u * count);
}

/**
 * Shuffles `items` in place and returns them; every order is equally likely. Fisher and Yates's method in
 * Durstenfeld's form: CACM 7 (1964) 420, DOI 10.1145/364520.364540.
 *
 * @example randomness.shuffle(['Ann', 'Bob', 'Cem', 'Dee'], uniformGenerator(1)); // ['Dee', 'Cem', 'Bob', 'Ann']
 */
export function shuffle<Items extends { [index: number]: unknown; readonly length: number }>(
  items: Items,
  random: RandomSource,
): Items {
  for (let i = items.length - 1; i > 0; i--) {
    const j = randomInteger(random, i + 1);
    [items[i], items[j]] = [items[j], items[i]];
  }
  return items;
}
