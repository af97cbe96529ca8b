// The seed of runs that name none: 0, until a session sets another.
import { randomKey, type Seed } from './key.js';

let current: Seed = 0;

/** What `sample`, `dualAscent` and the ensembles of the reference program take where no seed is given. */
export const defaultSeed = (): Seed => current;

/**
 * Sets the seed of runs that name none. Graphs and initial fields still ask for theirs.
 *
 * @throws RangeError for a number that is no integer in [0, 2^32)
 */
export function setDefaultSeed(seed: Seed): void {
  randomKey(seed);
  current = seed;
}
