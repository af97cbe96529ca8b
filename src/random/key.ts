// Seeds and streams: the 64-bit Philox key is (seed, stream). Different keys give independent sequences, so that one seed serves many
// streams: one per replica, sweep point or part of a program.
import seedrandom from 'seedrandom';

/** An integer in [0, 2^32), or any string. */
export type Seed = number | string;

/** Two unsigned 32-bit words. */
export interface Key {
  readonly seed: number;
  readonly stream: number;
}

/**
 * The key of a seed and a stream. Numbers are used as they are, strings are hashed to 32 bits by seedrandom.
 *
 * @throws RangeError for a number that is not an integer in [0, 2^32)
 * @example
 * randomKey(7); // { seed: 7, stream: 0 }
 * randomKey('karate', 'burn-in'); // { seed: 1653939121, stream: 388272818 }
 */
export function randomKey(seed: Seed, stream: Seed = 0): Key {
  return { seed: word('seed', seed), stream: word('stream', stream) };
}

function word(role: 'seed' | 'stream', value: Seed): number {
  if (typeof value === 'string') return seedrandom(value).int32() >>> 0;
  if (Number.isInteger(value) && value >= 0 && value < 2 ** 32) return value;
  throw new RangeError(`randomKey: ${role} must be an integer in [0, 2^32) or a string, got ${String(value)}`);
}
