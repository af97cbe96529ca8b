// Seeds and streams: the 64-bit Philox key is (seed, stream). Different keys give independent sequences, so
// that one seed serves many streams: one per replica, sweep point or part of a program. A function that gets
// no seed uses the session's seed: 0 until `setDefaultSeed` (in a notebook `%seed`) sets it.
import seedrandom from 'seedrandom';
import { got } from '../numerics/check.js';
import type { Options, OptionsOf, Rule } from '../numerics/options.js';

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
 * randomness.randomKey(7); // { seed: 7, stream: 0 }
 * randomness.randomKey('karate', 'burn-in'); // { seed: 1653939121, stream: 388272818 }
 */
export const randomKey = (seed: Seed, stream: Seed = 0): Key => ({
  seed: word('seed', seed),
  stream: word('stream', stream),
});

/** The rule for the option `seed`. */
export const aSeed: Rule<Seed> = (caller: string, name: string, value: Seed) => {
  if (typeof value !== 'string') word(name, value, caller);
};

function word(role: string, value: Seed, caller = 'randomKey'): number {
  if (typeof value === 'string') return seedrandom(value).int32() >>> 0;
  if (Number.isInteger(value) && value >= 0 && value < 2 ** 32) return value;
  throw new RangeError(`${caller}: ${role} must be an integer in [0, 2^32) or a string, got ${got(value)}`);
}

let current: Seed = 0;

/**
 * The session's seed, the default of every function with an optional seed.
 *
 * @example
 * setDefaultSeed(7);
 * randomness.defaultSeed(); // 7
 */
export const defaultSeed = (): Seed => current;

export const seedOption = {
  /** The same seed gives the same run; by default the session's seed, `defaultSeed()`. */
  seed: aSeed,
};

/** The seed among the options of a run. */
export interface SeedOption extends Options, OptionsOf<typeof seedOption> {}

/**
 * Sets the session's seed. Random graphs and initial fields have no default seed: sixteen of them would be
 * equal by mistake.
 *
 * @throws RangeError for a number that is not an integer in [0, 2^32)
 * @example
 * const energy = hamiltonian(ring(10), [interaction()]);
 * setDefaultSeed('karate');
 * (await sample(langevin(energy, { temperature: 1, timeStep: 0.1 }), { steps: 1 })).seed; // 'karate'
 */
export function setDefaultSeed(seed: Seed): void {
  randomKey(seed);
  current = seed;
}
