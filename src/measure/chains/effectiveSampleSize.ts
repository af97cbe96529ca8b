// Effective sample size of several chains: how many independent records would give the mean with the same
// error,
//   ESS = M n / tau,   rho(t) = 1 - (W - mean over chains of s^2 rho_m(t)) / var+,   var+ = (n-1)/n W + B/n,
// with W the variance within and B/n the variance between the chains' means: chains that disagree have a
// large var+, so a high rho and few effective records. Chains are split in half first, so that a drift counts
// as disagreement too. Source: Vehtari, Gelman, Simpson, Carpenter, Buerkner, Bayesian Anal. 16 (2021) 667,
// DOI 10.1214/20-BA1221, section 3.2, equations 10 to 13.
import { geyerTime, meanAutocovariance } from './autocorrelationTime.js';
import { mean, variance, checkChains, splitInHalf } from '../../statistics/index.js';

/**
 * Effective sample size for the mean, over all chains together; at most M n log10(M n), which only
 * alternating chains approach.
 *
 * @param chains at least one, of one length, at least 8 records each
 * @returns NaN if no chain varies
 * @throws RangeError for chains of different lengths, too short, or with a value that is not finite
 * @example
 * const energy = hamiltonian(ring(10), [interaction()]);
 * const samples = await sample(langevin(energy, { temperature: 1, timeStep: 0.05 }),
 *   { chains: 4, burnIn: 500, steps: 10_000, every: 10, seed: 1 });
 * measure.effectiveSampleSize(observe(samples, energyOf(energy))); // 2805
 */
export function effectiveSampleSize(chains: readonly ArrayLike<number>[]): number {
  checkChains('effectiveSampleSize', chains, 8);
  const parts = splitInHalf(chains);
  const length = parts[0].length;
  const records = parts.length * length;
  const covariance = meanAutocovariance(parts);
  const within = (covariance(0) * length) / (length - 1);
  const total = covariance(0) + variance(parts.map(mean));
  if (!(total > 0)) return NaN;
  const { time } = geyerTime((lag) => (lag === 0 ? 1 : 1 - (within - covariance(lag)) / total), length);
  return records / Math.max(time, 1 / Math.log10(records));
}
