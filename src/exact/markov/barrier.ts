// The barrier between two phases in the law of an order parameter: with two peaks and a dip between them,
//   B = ln(lower peak / dip),
// and 0 for a law with one peak. At a transition of first order B grows in proportion to N on a complete graph;
// at one of second order there is no dip. Source: Lee and Kosterlitz, Phys. Rev. Lett. 65 (1990) 137, DOI
// 10.1103/PhysRevLett.65.137.
import { each, nonNegative } from '../../numerics/rules.js';

/**
 * The barrier B between the two highest peaks of a law that a dip parts, 0 where there is one peak.
 *
 * @param law probabilities by value of the order parameter, in their order
 * @throws RangeError for probabilities that are negative or not finite
 * @example exact.barrier([0.1, 0.3, 0.1, 0.4, 0.1]); // 1.099
 */
export function barrier(law: ArrayLike<number>): number {
  each(nonNegative)('barrier', 'law', law as never);
  const values = Array.from(law);
  const best = (list: readonly number[]): number[] => {
    let most = 0;
    return list.map((p) => (most = Math.max(most, p)));
  };
  const [left, right] = [best(values), best(values.toReversed()).toReversed()];
  return values.reduce((most, p, k) => {
    const lower = Math.min(left[k]!, right[k]!);
    return p === lower ? most : Math.max(most, Math.log(lower / p));
  }, 0);
}
