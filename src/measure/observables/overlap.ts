// The overlap of a state with a pattern, m = (1/N) sum_i xi_i s_i: 1 where they are the same, -1 where they are
// opposite, of order 1 / sqrt N where they have nothing in common.
// Source: Amit, Gutfreund, Sompolinsky, Phys. Rev. Lett. 55 (1985) 1530, DOI 10.1103/PhysRevLett.55.1530.
import type { Observable } from '../chains/samples.js';

/**
 * The overlap with a pattern as an observable.
 *
 * @param pattern one number per node, or per component of a node: `patterns.chain(0)`, say
 * @throws RangeError, when called, unless the state is as long as the pattern
 * @example
 * overlap([1, -1, 1, 1])(Float64Array.of(1, 1, 1, 1), 1); // 0.5
 */
export const overlap = (pattern: ArrayLike<number>): Observable => (state) => {
  if (state.length !== pattern.length) {
    throw new RangeError(`overlap: the state must have the ${pattern.length} numbers of the pattern, got ${state.length}`);
  }
  let sum = 0;
  for (let i = 0; i < state.length; i++) sum += pattern[i] * state[i];
  return sum / state.length;
};
