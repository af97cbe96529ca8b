// A rate from counts, k successes in n trials, with Wilson's interval: all p with
//   |k/n - p| <= z sqrt(p (1 - p) / n).
// It stays in [0, 1] and is valid at k = 0 and k = n, where the usual k/n +- error has zero width.
// Source: Wilson, J. Am. Stat. Assoc. 22 (1927) 209, DOI 10.1080/01621459.1927.10502953.
import { requireInteger } from '../numerics/check.js';
import { type LevelOption, levelOf } from '../numerics/rules.js';
import { ndtri } from '../numerics/special.js';
import { type Estimate, estimateOf } from './estimate.js';

/**
 * The share of successes among trials, with Wilson's interval, which is valid at 0 and at 1 too.
 *
 * @throws RangeError unless 0 <= successes <= trials are integers and trials > 0, or for a level outside (0,
 * 1)
 * @example
 * statistics.binomialInterval(0, 200).interval; // [0, 0.01885]
 */
export function binomialInterval(successes: number, trials: number, options: LevelOption = {}): Estimate {
  const level = levelOf('binomialInterval', options);
  requireInteger('binomialInterval', 'trials', trials, 1);
  requireInteger('binomialInterval', 'successes', successes, 0, trials);
  const z = ndtri((1 + level) / 2);
  const rate = successes / trials;
  const shrink = 1 + z ** 2 / trials;
  const centre = (rate + z ** 2 / (2 * trials)) / shrink;
  const half = (z / shrink) * Math.sqrt((rate * (1 - rate)) / trials + z ** 2 / (4 * trials ** 2));
  return estimateOf(rate, [successes === 0 ? 0 : centre - half, successes === trials ? 1 : centre + half]);
}
