// The one seed rule: without a seed a function takes the session's, which is 0 until `setDefaultSeed` (in a notebook `%seed`) sets it.
import { randomKey, type Seed } from './key.js';

let current: Seed = 0;

/** The session's seed, which every function with an optional seed takes by default. */
export const defaultSeed = (): Seed => current;

/** The seed among the options of a run. */
export interface SeedOption {
  /** The same seed gives the same run; the session's by default (`defaultSeed()`, which `%seed` sets in a notebook). */
  readonly seed?: Seed;
}

/**
 * Sets the session's seed. Random graphs and initial fields have no default seed: if it were forgotten, sixteen of them would be
 * equal.
 *
 * @throws RangeError for a number that is not an integer in [0, 2^32)
 */
export function setDefaultSeed(seed: Seed): void {
  randomKey(seed);
  current = seed;
}
