// Net currents between classes of states of recorded chains: with n_ab the steps from a record in class a to the next
// in class b,
//   J_ab = (n_ab - n_ba) / steps.
// A stationary chain that keeps detailed balance, with any law, has <J_ab> = 0 for all pairs. Probability that goes round
// in circles shows from three classes on: between two, what goes there comes back. Errors are those of independent chains; the
// worst pair is corrected for the number of pairs (Bonferroni). Two limits: chains must have forgotten their start, and a wrong law
// that is kept in detailed balance has no currents (compare the law, `antisymmetricFlux` or `certify`).
// Source: Zia, Schmittmann, J. Stat. Mech. (2007) P07012, DOI 10.1088/1742-5468/2007/07/P07012.
import { shown } from '../display/index.js';
import { requireInteger } from '../graph/check.js';
import { netCurrentsCard } from './display.js';
import { mean, variance } from './mean.js';
import { requireChains } from './overChains.js';
import { studentTwoSided } from './student.js';

/** From class `from` to class `to`, in passages a step; the current of the other direction is its negative. */
export interface NetCurrent {
  readonly from: number;
  readonly to: number;
  readonly current: number;
  readonly standardError: number;
}

export interface NetCurrents {
  /** One a pair of classes with passages between them, the most certain first. */
  readonly currents: readonly NetCurrent[];
  /** Probability of a current as certain as the first by chance, if there are none; 1 without passages. */
  readonly byChance: number;
}

/**
 * Net currents, and whether chance makes them.
 *
 * @param classes one series a chain, at least 16: the class, 0 ... count - 1, of each record in turn
 * @throws RangeError for fewer chains, chains of different lengths, fewer than two records, or classes out of range
 * @example
 * netCurrents(observe(samples, ([a, b, c]) => (a + 2 * b + 4 * c + 7) / 2), 8).byChance; // 0.4
 */
export function netCurrents(classes: readonly ArrayLike<number>[], count: number): NetCurrents {
  requireInteger('netCurrents', 'number of classes', count, 2, 10_000);
  requireChains('netCurrents', classes);
  const steps = classes[0].length - 1;
  requireInteger('netCurrents', 'number of steps', steps, 1);
  // by pair a < b: net passages of each chain
  const passages = new Map<number, Float64Array>();
  classes.forEach((chain, c) => {
    for (let r = 0; r <= steps; r++) {
      requireInteger('netCurrents', 'class', chain[r], 0, count - 1);
      if (r === 0 || chain[r] === chain[r - 1]) continue;
      const [a, b] = [chain[r - 1], chain[r]];
      const pair = Math.min(a, b) * count + Math.max(a, b);
      if (!passages.has(pair)) passages.set(pair, new Float64Array(classes.length));
      passages.get(pair)![c] += a < b ? 1 : -1;
    }
  });
  const chanceOf = ({ current, standardError }: NetCurrent): number =>
    current === 0 ? 1 : studentTwoSided(Math.min(Math.abs(current / standardError), 1e150), classes.length - 1);
  const currents = [...passages].map(([pair, net]): NetCurrent => {
    const [current, standardError] = [mean(net) / steps, Math.sqrt(variance(net) / net.length) / steps];
    const [low, high] = [Math.floor(pair / count), pair % count];
    return current < 0 ? { from: high, to: low, current: -current, standardError } : { from: low, to: high, current, standardError };
  }).sort((p, q) => chanceOf(p) - chanceOf(q));
  const byChance = currents.length === 0 ? 1 : Math.min(1, currents.length * chanceOf(currents[0]));
  return shown<NetCurrents>({ currents, byChance }, netCurrentsCard);
}
