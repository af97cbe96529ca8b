// The distance of a transition matrix P from detailed balance with a law pi: the net flux between two states,
//   |pi_s P_st - pi_t P_ts|,
// its sum over all pairs, and the largest. A chain that ends in absorbing states has no flux, yet is not
// reversible: the measure is then the share of one-way transitions among the possible ones between different
// states. Source: EMTD section 3.2, proof, step 4; Schnakenberg, Rev. Mod. Phys. 48 (1976) 571, DOI
// 10.1103/RevModPhys.48.571.
import type { Matrix } from 'ml-matrix';
import { formatNumber, type MimeBundle, showAs } from '../../display/index.js';

/** Net flow of probability per step. */
export interface AntisymmetricFlux {
  /** Over all pairs of states. */
  readonly sum: number;
  /** The largest flux of a pair. */
  readonly largest: number;
}

/**
 * The distance of P from detailed balance with a law; with `stationaryLaw(P)` it is the circulation of P
 * itself.
 *
 * @throws RangeError for sizes that do not match
 * @example
 * import { Matrix } from 'ml-matrix';
 * const circle = new Matrix([[0, 1, 0], [0, 0, 1], [1, 0, 0]]);
 * exact.antisymmetricFlux(circle, exact.stationaryLaw(circle)); // { sum: 1, largest: 1/3 }
 */
export function antisymmetricFlux(P: Matrix, law: ArrayLike<number>): AntisymmetricFlux {
  if (law.length !== P.rows)
    throw new RangeError(`antisymmetricFlux: the law needs ${P.rows} probabilities, got ${law.length}`);
  let [sum, largest] = [0, 0];
  for (let s = 0; s < P.rows; s++) {
    for (let t = 0; t < s; t++) {
      const flux = Math.abs(law[s] * P.get(s, t) - law[t] * P.get(t, s));
      sum += flux;
      largest = Math.max(largest, flux);
    }
  }
  return showAs({ sum, largest }, fluxText);
}

/**
 * The share of one-way transitions, in [0, 1]: 0 is necessary for detailed balance with a law that is nowhere
 * 0. NaN if nothing moves.
 *
 * @param among the states to include, all by default
 * @example
 * import { Matrix } from 'ml-matrix';
 * exact.oneWayTransitions(new Matrix([[0.5, 0.5], [0, 1]])); // 1
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

const fluxText = ({ sum, largest }: AntisymmetricFlux): MimeBundle => ({
  'text/plain': `antisymmetric flux ${formatNumber(sum)}, at most ${formatNumber(largest)} between two states`,
});
