// The empirical law of a run of numbered states, f_s = (visits of s) / (records), and its precision: for n
// independent draws from a law p, sum over s of Var f_s = sum p_s (1 - p_s) / n; replicas of a run give the
// left side.
import { requireInteger, requireOnePer } from '../../numerics/check.js';
import { requireLaw } from '../../exact/index.js';
import { mean, variance } from '../../statistics/index.js';

/**
 * The fractions of the records spent in states 0 ... states - 1.
 *
 * @throws RangeError for no records or a state out of range
 * @example
 * measure.empiricalLaw([0, 2, 2, 2], 3); // [0.25, 0, 0.75]
 */
export function empiricalLaw(visits: ArrayLike<number>, states: number): Float64Array {
  requireInteger('empiricalLaw', 'states', states, 1);
  if (visits.length === 0) throw new RangeError('empiricalLaw: needs at least one record, got 0');
  const law = new Float64Array(states);
  for (let record = 0; record < visits.length; record++) {
    const state = visits[record];
    if (!(Number.isInteger(state) && 0 <= state && state < states)) {
      throw new RangeError(
        `empiricalLaw: states must be integers in [0, ${states}), got ${state} at record ${record}`,
      );
    }
    law[state] += 1 / visits.length;
  }
  return law;
}

/**
 * How many independent draws have the same variance as the laws of independent replicas, n in
 * sum over s of Var f_s = sum p_s (1 - p_s) / n, with p the mean of the f.
 *
 * @param laws one per replica, at least two, over the same states
 * @throws RangeError for fewer than two replicas, or numbers that are not laws over the same states
 * @example measure.effectiveDraws([[1, 0], [0.5, 0.5]]); // 1.5
 */
export function effectiveDraws(laws: readonly ArrayLike<number>[]): number {
  if (laws.length < 2) throw new RangeError(`effectiveDraws: needs at least 2 replicas, got ${laws.length}`);
  const states = laws[0].length;
  for (const law of laws) {
    requireOnePer('effectiveDraws', 'a law', law, states, 'state');
    requireLaw('effectiveDraws', law);
  }
  let [spread, scatter] = [0, 0];
  for (let s = 0; s < states; s++) {
    const visits = laws.map((law) => law[s]);
    const p = mean(visits);
    spread += p * (1 - p);
    scatter += variance(visits);
  }
  return spread / scatter;
}
