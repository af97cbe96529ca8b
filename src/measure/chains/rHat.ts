// Split R-hat, rank-normalised: whether the chains, and the two halves of each, agree.
//   R = sqrt(var+ / W),   var+ = (n-1)/n W + B/n
// on the normal scores of the values (location) and of |value - median| (spread); the larger of both. It is 1
// for chains of one law; the source asks for R < 1.01 before a run is used.
// Source: Vehtari, Gelman, Simpson, Carpenter, Buerkner, Bayesian Anal. 16 (2021) 667, DOI 10.1214/20-BA1221,
// section 4.
import {
  mean,
  variance,
  normalScores,
  checkChains,
  concatenate,
  splitInHalf,
} from '../../statistics/index.js';

/**
 * Rank-normalised split R-hat, the larger of location and spread.
 *
 * @param chains at least two, of one length, at least 8 records each
 * @returns NaN if nothing varies within any half chain
 * @throws RangeError for fewer than two chains, different lengths, too few records or values not finite
 * @example
 * const energy = hamiltonian(ring(10), [interaction()]);
 * const samples = await sample(langevin(energy, { temperature: 1, timeStep: 0.05 }),
 *   { chains: 4, burnIn: 500, steps: 10_000, every: 10, seed: 1 });
 * measure.splitRHat(observe(samples, energyOf(energy))); // 1.002
 */
export function splitRHat(chains: readonly ArrayLike<number>[]): number {
  checkChains('splitRHat', chains, 8);
  if (chains.length < 2) throw new RangeError(`splitRHat: needs at least 2 chains, got ${chains.length}`);
  const parts = splitInHalf(chains);
  return Math.max(plainRHat(normalScores(parts)), plainRHat(normalScores(distancesFromMedian(parts))));
}

/** sqrt(var+ / W) of the values as they are. */
function plainRHat(parts: readonly Float64Array[]): number {
  const length = parts[0].length;
  const within = mean(parts.map(variance));
  const between = variance(parts.map(mean));
  return Math.sqrt((length - 1) / length + between / within);
}

/** |x - median of all|. */
function distancesFromMedian(parts: readonly Float64Array[]): Float64Array[] {
  const sorted = concatenate(parts).sort();
  const middle = sorted.length / 2;
  const median = (sorted[Math.ceil(middle) - 1] + sorted[Math.floor(middle)]) / 2;
  return parts.map((part) => part.map((x) => Math.abs(x - median)));
}
