// Numbers of events: Poisson's law of a fixed mean, p_k = mean^k exp(-mean) / k!, by inversion of its
// cumulative sum. The sum is computed once, from the mode outwards (p_(k+1) / p_k = mean / (k + 1)) until the
// rest is below rounding; a number needs one uniform. Source: Devroye, Non-Uniform Random Variate Generation
// (Springer 1986), section X.3.
import { got } from '../numerics/check.js';
import { lowerBound } from '../numerics/lowerBound.js';
import type { RandomSource } from './generator.js';

/**
 * A source of Poisson numbers of a fixed mean, p_k = mean^k exp(-mean) / k!.
 *
 * @param mean in [0, 2^40]: its table has some 18 sqrt(mean) numbers
 * @returns a function from a source of uniforms to a Poisson number
 * @throws RangeError for another mean
 * @example
 * randomness.poisson(3)(uniformGenerator(1)); // 1
 */
export function poisson(mean: number): (random: RandomSource) => number {
  if (!(mean >= 0 && mean <= MOST))
    throw new RangeError(`poisson: mean must be in [0, 2^40], got ${got(mean)}`);
  const mode = Math.floor(mean);
  const below: number[] = [];
  for (let [k, p] = [mode, 1]; k > 0 && p > NEGLIGIBLE; k--) below.push((p *= k / mean));
  const above: number[] = [];
  for (let [k, p] = [mode + 1, 1]; p > NEGLIGIBLE; k++) above.push((p *= mean / k));
  const sums = Float64Array.from([...below.reverse(), 1, ...above]);
  for (let k = 1; k < sums.length; k++) sums[k] += sums[k - 1];
  const [least, all] = [mode - below.length, sums[sums.length - 1]];
  return (random) => least + lowerBound(sums, random() * all);
}

const NEGLIGIBLE = 1e-18;
const MOST = 2 ** 40;
