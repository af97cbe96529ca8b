// Mean and standard error of independent values:
//   m = sum x / n,   s^2 = sum (x - m)^2 / (n - 1),   standard error = s / sqrt(n).
// Correlated values have fewer effective ones: divide by `effectiveSampleSize` instead of n.
import { requireNumbers } from '../numerics/check.js';

/**
 * Arithmetic mean. NaN for no values.
 *
 * @throws TypeError for what is no list; RangeError for a value that is NaN or no number
 * @example mean([1, 2, 6]); // 3
 */
export function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values?.length; i++) sum += values[i];
  if (Number.isNaN(sum) || typeof sum !== 'number' || !(values?.length >= 0)) requireNumbers('mean', 'values', values);
  return sum / values.length;
}

/** Deviations from the mean; exactly zero for equal values, whose mean may be rounded. */
export function deviations(values: ArrayLike<number>): Float64Array {
  const fromFirst = Float64Array.from(values, (x) => x - values[0]);
  const centre = mean(fromFirst);
  return fromFirst.map((x) => x - centre);
}

/**
 * Unbiased variance, sum (x - m)^2 / (n - 1). NaN for fewer than two values.
 *
 * @throws as mean
 * @example variance([1, 2, 6]); // 7
 */
export function variance(values: ArrayLike<number>): number {
  mean(values); // refuses what is no number
  let sum = 0;
  for (const deviation of deviations(values)) sum += deviation ** 2;
  return values.length < 2 ? NaN : sum / (values.length - 1);
}

/** Mean and standard error, in the units of the values, for `interval` and `meanOver`. @throws RangeError for fewer than two values */
export function meanWithError(values: ArrayLike<number>): { mean: number; standardError: number } {
  if (values.length < 2) throw new RangeError(`meanWithError: needs at least 2 values for an error, got ${values.length}`);
  return { mean: mean(values), standardError: Math.sqrt(variance(values) / values.length) };
}
