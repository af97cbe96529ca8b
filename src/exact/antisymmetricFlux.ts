// How far a transition matrix P is from detailed balance with a law pi: the flux between two states one way round,
//   |pi_s P_st - pi_t P_ts|,
// summed over all pairs, and the largest. A chain that ends in absorbing states has none and is not reversible for that:
// then the share of transitions that can happen, between different states, and cannot happen back tells.
// Source: EMTD section 3.2, proof, step 4; Schnakenberg, Rev. Mod. Phys. 48 (1976) 571, DOI 10.1103/RevModPhys.48.571.
import type { Matrix } from 'ml-matrix';
import { shown } from '../display/index.js';
import { fluxText } from './display.js';

/** The probability that flows one way round, a step. */
export interface AntisymmetricFlux {
  /** Over all pairs of states. */
  readonly sum: number;
  /** Of one pair. */
  readonly largest: number;
}

/**
 * How far P is from detailed balance with a law; against `stationaryLaw(P)` it is the circulation of P itself.
 *
 * @throws RangeError for sizes that do not match
 * @example
 * antisymmetricFlux(new Matrix([[0, 1, 0], [0, 0, 1], [1, 0, 0]]), [1/3, 1/3, 1/3]); // { sum: 1, largest: 0.3333 }
 */
export function antisymmetricFlux(P: Matrix, law: ArrayLike<number>): AntisymmetricFlux {
  if (law.length !== P.rows) throw new RangeError(`antisymmetricFlux: the law needs ${P.rows} probabilities, got ${law.length}`);
  let [sum, largest] = [0, 0];
  for (let s = 0; s < P.rows; s++) {
    for (let t = 0; t < s; t++) {
      const flux = Math.abs(law[s] * P.get(s, t) - law[t] * P.get(t, s));
      sum += flux;
      largest = Math.max(largest, flux);
    }
  }
  return shown({ sum, largest }, fluxText);
}

/**
 * The share of one-way transitions, in [0, 1]: 0 is needed for detailed balance with any law that is nowhere 0. NaN if nothing moves.
 *
 * @param among states to look at, all by default
 * @example
 * oneWayTransitions(new Matrix([[0.5, 0.5], [0, 1]])); // 1
 */
export function oneWayTransitions(P: Matrix, among: (state: number) => boolean = () => true): number {
  let [allowed, oneWay] = [0, 0];
  for (let s = 0; s < P.rows; s++) {
    for (let t = 0; t < P.rows; t++) {
      if (s === t || !(P.get(s, t) > 0) || !among(s) || !among(t)) continue;
      allowed++;
      if (!(P.get(t, s) > 0)) oneWay++;
    }
  }
  return oneWay / allowed;
}
