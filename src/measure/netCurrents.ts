// Net currents between classes of states of recorded chains: with n_ab the steps from a record in class a to
// the next in class b,
//   J_ab = (n_ab - n_ba) / steps.
// A stationary chain with detailed balance, for any law, has <J_ab> = 0 for all pairs. A circulation of
// probability needs at least three classes: between two, the net current is always zero. Errors are those of
// independent chains; the worst pair is corrected for the number of pairs (Bonferroni). Two limits: chains
// must have forgotten their start, and a wrong law with detailed balance has no currents
// (compare the law, `antisymmetricFlux` or `certify`).
// Source: Zia, Schmittmann, J. Stat. Mech. (2007) P07012, DOI 10.1088/1742-5468/2007/07/P07012.
import { card, countText, formatNumber, showAs } from '../display/index.js';
import { requireInteger } from '../numerics/check.js';
import { studentTwoSided } from '../numerics/student.js';
import { mean, variance, requireChains } from '../statistics/index.js';

/**
 * From class `from` to class `to`, in passages per step; the current of the other direction is its negative.
 */
export interface NetCurrent {
  readonly from: number;
  readonly to: number;
  readonly current: number;
  readonly standardError: number;
}

/** Net currents between classes of states: all are 0 in equilibrium. */
export interface NetCurrents {
  /** One per pair of classes with passages between them, the most significant first. */
  readonly currents: readonly NetCurrent[];
  /** Probability that chance gives a current as significant as the first; 1 without passages. */
  readonly pValue: number;
}

/**
 * Net currents between classes of states, J_ab = (n_ab - n_ba) / steps; all are zero in detailed balance.
 *
 * @param classes one series per chain, at least 16: the class, 0 ... count - 1, of each record
 * @throws RangeError for fewer chains, chains of different lengths, fewer than two records, or classes out of
 * range
 * @example
 * const cycle = (chain: number) => Array.from({ length: 30 }, (_, record) => (record + chain) % 3); // always 0 -> 1 -> 2 -> 0
 * measure.netCurrents(Array.from({ length: 16 }, (_, chain) => cycle(chain)), 3).pValue < 1e-6; // true, so there is no detailed balance
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
    current === 0
      ? 1
      : studentTwoSided(Math.min(Math.abs(current / standardError), 1e150), classes.length - 1);
  const currents = [...passages]
    .map(([pair, net]): NetCurrent => {
      const [current, standardError] = [mean(net) / steps, Math.sqrt(variance(net) / net.length) / steps];
      const [low, high] = [Math.floor(pair / count), pair % count];
      return current < 0
        ? { from: high, to: low, current: -current, standardError }
        : { from: low, to: high, current, standardError };
    })
    .sort((p, q) => chanceOf(p) - chanceOf(q));
  const pValue = currents.length === 0 ? 1 : Math.min(1, currents.length * chanceOf(currents[0]));
  return showAs<NetCurrents>({ currents, pValue }, netCurrentsCard);
}

const netCurrentsCard = ({ currents, pValue }: NetCurrents) =>
  card(`Net currents between ${countText(currents.length, 'pair')} of classes`, {
    'most certain': currents
      .slice(0, 1)
      .map(
        ({ from, to, current, standardError }) =>
          `${from} to ${to}: ${formatNumber(current)} per step, standard error ${formatNumber(standardError)}`,
      )[0],
    'by chance': formatNumber(pValue),
  });
