// How large split R-hat may be by chance: M chains and autocorrelation time tau give 2 M half chains of n
// records, e = n / tau effective ones. The variance between their means is F / e, that within each is 1 - 1/e
// of the whole, so that
//   R^2 = 1 - 1/n + F / (e - 1),   F a ratio of variances.
// The numerator of F is the variance of 2 M means, with 2 M - 1 degrees of freedom; the denominator is its
// prediction from tau, with 2 / (relative error of tau)^2 degrees. The published limit 1.01 holds for long
// chains; a correct sampler with shorter ones exceeds it by chance, and the quantile of F replaces it. Both
// parts of R-hat, location and spread, are counted. Source: one-way analysis of variance; the limit: Vehtari
// et al., Bayesian Anal. 16 (2021) 667, DOI 10.1214/20-BA1221, section 4.
import { fisherCritical } from '../../numerics/student.js';
import type { PooledTime } from './autocorrelationTime.js';

const PUBLISHED_LIMIT = 1.01;

/** The R-hat that a correct run exceeds with probability `probability` at most. */
export const rHatLimit = (chains: number, length: number, time: PooledTime, probability: number): number =>
  Math.max(PUBLISHED_LIMIT, rHatQuantile(chains, length, time, probability));

/** The R-hat that chance alone explains. */
export function rHatQuantile(
  chains: number,
  length: number,
  { time, relativeError }: PooledTime,
  probability: number,
): number {
  const half = length / 2;
  const effective = Math.max(2, half / Math.max(1, time));
  const f = fisherCritical(probability / 2, 2 * chains - 1, 2 / relativeError ** 2);
  return Math.sqrt(1 - 1 / half + f / (effective - 1));
}
