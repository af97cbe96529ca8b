// The seed of a session, which a function uses if it gets none: 0 until `setDefaultSeed` (in a notebook `%seed`) sets it.
import { randomKey, type Seed } from './key.js';

let current: Seed = 0;

/** The session's seed, the default of every function with an optional seed. */
export const defaultSeed = (): Seed => current;

/** The seed among the options of a run. */
export interface SeedOption {
  /** The same seed gives the same run; by default the session's seed, `defaultSeed()`. */
  readonly seed?: Seed;
}

/**
 * Sets the session's seed. Random graphs and initial fields have no default seed: sixteen of them would be equal by mistake.
 *
 * @throws RangeError for a number that is not an integer in [0, 2^32)
 */
export function setDefaultSeed(seed: Seed): void {
  randomKey(seed);
  current = seed;
}
