// Total variation distance of two laws over the same states, TV = (1/2) sum over s of |f_s - p_s|, and its
// noise floor: n independent draws from p have frequencies k_s / n, k_s binomial, so that
//   E TV = (1/2) sum over s of E|k_s - n p_s| / n,   E|k - n p| = 2 m C(n, m) p^m (1 - p)^(n - m + 1),
// with m = floor(n p) + 1. For n far above the number of states this is sum sqrt(p (1 - p) / (2 pi n)): it
// falls as 1 / sqrt(n). Source: De Moivre 1730; Diaconis, Zabell, Stat. Sci. 6 (1991) 284, DOI
// 10.1214/ss/1177011699.
import { requireInteger } from '../../numerics/check.js';
import { each, finite } from '../../numerics/rules.js';
import { lgam } from '../../numerics/special.js';

/**
 * TV = (1/2) sum of |f_s - p_s|, in [0, 1]: the greatest difference of the probabilities of an event.
 *
 * @throws RangeError for laws over different numbers of states, or that are negative somewhere or do not sum
 * to 1
 * @example
 * exact.totalVariationDistance([1, 0], [0.75, 0.25]); // 0.25
 */
export function totalVariationDistance(f: ArrayLike<number>, p: ArrayLike<number>): number {
  if (f.length !== p.length) {
    throw new RangeError(
      `totalVariationDistance: both laws need one probability per state, got ${f.length} and ${p.length}`,
    );
  }
  requireLaw('totalVariationDistance', f);
  requireLaw('totalVariationDistance', p);
  return halfOfDifferences(f, p);
}

/** The total variation distance, without a check of the laws. */
export function halfOfDifferences(f: ArrayLike<number>, p: ArrayLike<number>): number {
  let sum = 0;
  for (let s = 0; s < p.length; s++) sum += Math.abs(f[s] - p[s]);
  return sum / 2;
}

const SUM_ERROR = 1e-6; // float32 probabilities too

/** Throws unless these are probabilities that sum to 1. */
export function requireLaw(caller: string, law: ArrayLike<number>): void {
  each(finite)(caller, 'probabilities', law as never);
  const least = Array.from(law).reduce((a, b) => Math.min(a, b), 0);
  if (least < -SUM_ERROR) throw new RangeError(`${caller}: probabilities must not be negative, got ${least}`);
  const sum = Array.from(law).reduce((total, p) => total + p, 0);
  if (Math.abs(sum - 1) > SUM_ERROR)
    throw new RangeError(`${caller}: probabilities must sum to 1, got ${sum}`);
}

/**
 * The expected total variation distance between the frequencies of n independent draws and their law.
 *
 * @param law probabilities that sum to 1
 * @throws RangeError unless `draws` is a positive integer, or for numbers that are not a law
 * @example
 * exact.totalVariationFloor([0.5, 0.5], 2); // 0.25: heads twice, tails twice (1/2 each) or one of each (0)
 */
export function totalVariationFloor(law: ArrayLike<number>, draws: number): number {
  requireInteger('totalVariationFloor', 'draws', draws, 1);
  requireLaw('totalVariationFloor', law);
  let sum = 0;
  for (let s = 0; s < law.length; s++) sum += meanDeviation(law[s], draws);
  return sum / 2;
}

/** E|k/n - p| of k successes in n trials. */
function meanDeviation(p: number, n: number): number {
  const m = Math.floor(n * p) + 1;
  if (p <= 0 || m > n) return 0;
  const logChoices = lgam(n + 1) - lgam(m + 1) - lgam(n - m + 1);
  return (2 * m * Math.exp(logChoices + m * Math.log(p) + (n - m + 1) * Math.log1p(-p))) / n;
}
