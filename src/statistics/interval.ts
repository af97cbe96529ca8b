// The band over seeds: mean +- t s / sqrt(n), with Student's t on n - 1 degrees of freedom. One value per
// seed, so the values are independent, however correlated a run is. Fewer than 16 seeds are refused: the
// error of s is then above 18 % of s, and the band misleads. Source: Student, Biometrika 6 (1908) 1, DOI
// 10.1093/biomet/6.1.1.
import { each, finite, type LevelOption, levelOf } from '../numerics/rules.js';
import { studentCritical } from '../numerics/student.js';
import { type Estimate, plusMinus } from './estimate.js';
import { meanWithError } from './mean.js';

const FEWEST_SEEDS = 16;

/**
 * Mean over at least 16 seeds with Student's interval, which covers the true mean with probability `level`.
 * For the ledger, at three standard errors and from fewer runs, see `meanOver`.
 *
 * @param values one per seed
 * @throws RangeError for fewer than 16 values, one that is not finite, or a level outside (0, 1)
 * @example
 * const spread = interval(Array.from({ length: 16 }, (_, seed) => seed)); // one value per seed
 * spread.estimate; // 7.5
 * spread.interval; // [4.963, 10.04]
 */
export function interval(values: ArrayLike<number>, options: LevelOption = {}): Estimate {
  const level = levelOf('interval', options);
  each(finite)('interval', 'values', values as never);
  if (values.length < FEWEST_SEEDS) {
    throw new RangeError(`interval: a band needs at least ${FEWEST_SEEDS} seeds, got ${values.length}`);
  }
  return studentInterval(values, level);
}

/** The same from two values on. */
export function studentInterval(values: ArrayLike<number>, level: number): Estimate {
  const { mean, standardError } = meanWithError(values);
  return plusMinus(mean, studentCritical(1 - level, values.length - 1) * standardError);
}
