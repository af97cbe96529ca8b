// Mean and standard error of independent values:
//   m = sum x / n,   s^2 = sum (x - m)^2 / (n - 1),   standard error = s / sqrt(n).
// Correlated values have fewer effective ones: divide by `effectiveSampleSize` instead of n.
import { requireFinite, requireNumbers } from '../numerics/check.js';
import { aList } from '../numerics/rules.js';

/**
 * Arithmetic mean.
 *
 * @throws TypeError unless the values are a list; RangeError for no values, for a value that is NaN or not a
 * number, and for infinities of both signs
 * @example mean([1, 2, 6]); // 3
 */
export const mean = (values: ArrayLike<number>): number => meanOf('mean', values, 1);

function meanOf(caller: string, values: ArrayLike<number>, fewest: number): number {
  aList(caller, 'values', values as never);
  if (values.length < fewest)
    throw new RangeError(
      `${caller}: needs at least ${fewest} value${fewest > 1 ? 's' : ''}, got ${values.length}`,
    );
  let sum = 0;
  let hasHole = false; // JSON writes NaN as null, which counts as 0
  for (let i = 0; i < values.length && !Number.isNaN(sum); i++) {
    sum += values[i];
    hasHole ||= values[i] === null;
  }
  if (typeof sum === 'number' && !Number.isNaN(sum) && !hasHole) return sum / values.length;
  requireNumbers(caller, 'values', values);
  throw new RangeError(`${caller}: values must not be infinite with both signs`);
}

/** Deviations from the mean; exactly zero for equal values, whose mean may be rounded. */
export function deviations(values: ArrayLike<number>): Float64Array {
  const fromFirst = Float64Array.from(values, (x) => x - values[0]);
  const centre = mean(fromFirst);
  return fromFirst.map((x) => x - centre);
}

/**
 * Unbiased variance, sum (x - m)^2 / (n - 1).
 *
 * @throws as mean, and RangeError for fewer than two values, or one that is infinite
 * @example statistics.variance([1, 2, 6]); // 7
 */
export function variance(values: ArrayLike<number>): number {
  requireFinite('variance', 'the mean of the values', meanOf('variance', values, 2));
  let sum = 0;
  for (const deviation of deviations(values)) sum += deviation ** 2;
  return sum / (values.length - 1);
}

/**
 * Mean and standard error, in the units of the values, for `interval` and `meanOver`.
 * @throws RangeError for fewer than two values
 */
export function meanWithError(values: ArrayLike<number>): { mean: number; standardError: number } {
  if (values.length < 2)
    throw new RangeError(`meanWithError: needs at least 2 values for an error, got ${values.length}`);
  return { mean: mean(values), standardError: Math.sqrt(variance(values) / values.length) };
}
