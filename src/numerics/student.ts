// Student's t and Fisher's F through the incomplete beta function:
//   P(|t| > x) = I_(n/(n + x^2))(n/2, 1/2),    P(F > x) = I_(n/(n + m x))(n/2, m/2).
// Source: Abramowitz and Stegun, Handbook of Mathematical Functions, 26.7.1 and 26.6.2.
import { incbet, incbi } from './special.js';

/**
 * Probability that |t| exceeds |value| by chance, t with `freedom` degrees of freedom.
 * @example
 * studentTwoSided(2.131450, 15); // 0.05
 */
export const studentTwoSided = (value: number, freedom: number): number =>
  incbet(freedom / 2, 0.5, freedom / (freedom + value * value));

/**
 * The value that |t| exceeds with probability `probability`: half the width of an interval in standard
 * errors.
 * @throws RangeError unless 0 < probability <= 1
 * @example
 * studentCritical(0.05, 15); // 2.131450
 */
export const studentCritical = (probability: number, freedom: number): number =>
  Math.sqrt(exceeded('studentCritical', probability, 1, freedom));

/**
 * The value that Fisher's F(m, n), a ratio of two variance estimates, exceeds with probability `probability`.
 * @throws RangeError unless 0 < probability <= 1
 * @example
 * fisherCritical(0.05, 3, 20); // 3.098391
 */
export const fisherCritical = (probability: number, m: number, n: number): number =>
  exceeded('fisherCritical', probability, m, n);

function exceeded(caller: string, probability: number, m: number, n: number): number {
  if (!(probability > 0 && probability <= 1))
    throw new RangeError(`${caller}: probability must be in (0, 1], got ${probability}`);
  const x = incbi(n / 2, m / 2, probability); // n / (n + m F)
  return (n / m) * (1 / x - 1);
}
