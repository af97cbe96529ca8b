// A positive ratio of two averages over independent replicas, T = <a> / <b>, its error and its interval:
//   T = sum a_r / sum b_r,   (se / T)^2 = sum (a_r - T b_r)^2 / ((R - 1) R <a>^2),   ln T +- t se / T.
// A temperature is a scale: the estimate of its logarithm is four times less skew than its own, so that
// Student's interval holds far into the tails, where corrected thresholds lie.
// Source: Cochran, Sampling Techniques (1977), chapter 6 (the linearised error of a ratio).
import { studentCritical, studentTwoSided } from '../../numerics/student.js';
import { mean } from '../../statistics/index.js';

export interface Ratio {
  readonly estimate: number;
  /** Standard error of ln T. */
  readonly relativeError: number;
  /** Degrees of freedom, R - 1. */
  readonly freedom: number;
}

/** Ratio of the means of paired replicas. The estimate may be negative or NaN; its error is then NaN. */
export function ratioOf(above: ArrayLike<number>, below: ArrayLike<number>): Ratio {
  const count = above.length;
  const estimate = mean(above) / mean(below);
  let squares = 0;
  for (let r = 0; r < count; r++) squares += (above[r] - estimate * below[r]) ** 2;
  const relativeError = estimate > 0 ? Math.sqrt(squares / ((count - 1) * count)) / mean(above) : NaN;
  return { estimate, relativeError, freedom: count - 1 };
}

/** The interval that holds the ratio with probability `level`. */
export function ratioInterval({ estimate, relativeError, freedom }: Ratio, level: number): [number, number] {
  const factor = Math.exp(studentCritical(1 - level, freedom) * relativeError);
  return [estimate / factor, estimate * factor];
}

/**
 * Probability of an estimate as far from `expected` by chance; 0 where the estimate is not a positive number.
 */
export function ratioByChance({ estimate, relativeError, freedom }: Ratio, expected: number): number {
  if (estimate === expected) return 1;
  const deviation = Math.abs(Math.log(estimate / expected)) / relativeError;
  return Number.isNaN(deviation) ? 0 : studentTwoSided(Math.min(deviation, Number.MAX_VALUE ** 0.5), freedom);
}
