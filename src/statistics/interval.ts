// The band over seeds: mean +- t s / sqrt(n), with Student's t on n - 1 degrees of freedom. One value per seed,
// so the values are independent, however correlated a run is. Fewer than 16 seeds are refused: the error of s is then
// above 18 % of s, and the band misleads.
// Source: Student, Biometrika 6 (1908) 1, DOI 10.1093/biomet/6.1.1.
import { shown } from '../display/index.js';
import { studentCritical } from '../numerics/student.js';
import { estimateText } from './words.js';
import { checkLevel, type Estimate } from './estimate.js';
import { meanWithError } from './mean.js';

const FEWEST_SEEDS = 16;

/**
 * Mean over independent seeds with the interval that covers the true mean with probability `level`.
 *
 * @param values one per seed, at least 16
 * @throws RangeError for fewer than 16 values or a level outside (0, 1)
 * @example
 * interval(Array.from({ length: 16 }, (_, seed) => seed)).interval; // [4.963, 10.037]
 */
export function interval(values: ArrayLike<number>, { level = 0.95 } = {}): Estimate {
  checkLevel('interval', level);
  if (values.length < FEWEST_SEEDS) {
    throw new RangeError(`interval: a band needs at least ${FEWEST_SEEDS} seeds, got ${values.length}`);
  }
  const { mean, standardError } = meanWithError(values);
  const half = studentCritical(1 - level, values.length - 1) * standardError;
  return shown<Estimate>({ estimate: mean, interval: [mean - half, mean + half] }, estimateText);
}
