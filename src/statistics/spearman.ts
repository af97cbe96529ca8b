// Correlation of two paired lists: Pearson's, and Spearman's, which is Pearson's of the ranks and sees any
// monotone relation. Under independence t = r sqrt((n - 2) / (1 - r^2)) is Student's with n - 2 degrees.
// Source: Spearman, Am. J. Psychol. 15 (1904) 72, DOI 10.2307/1412159.
import { formatNumber, type MimeBundle, showAs } from '../display/index.js';
import { dot } from '../numerics/conjugateGradient.js';
import { each, finite } from '../numerics/rules.js';
import { studentTwoSided } from '../numerics/student.js';
import { deviations } from './mean.js';
import { ranks } from './ranks.js';

/**
 * Pearson's correlation coefficient.
 *
 * @throws RangeError for lists of different lengths, fewer than 2 pairs, values that are not finite, or a
 * list that is constant
 * @example statistics.correlation([1, 2, 3], [2, 4, 7]); // 0.9934
 */
export function correlation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  for (const values of [a, b]) each(finite)('correlation', 'values', values as never);
  return correlationOf('correlation', a, b, 2);
}

function correlationOf(caller: string, a: ArrayLike<number>, b: ArrayLike<number>, fewest: number): number {
  if (a.length !== b.length)
    throw new RangeError(`${caller}: lists must be of one length, got ${a.length} and ${b.length}`);
  if (a.length < fewest) throw new RangeError(`${caller}: needs at least ${fewest} pairs, got ${a.length}`);
  const [da, db] = [deviations(a), deviations(b)];
  const [aa, bb] = [dot(da, da), dot(db, db)];
  if (!(aa > 0 && bb > 0))
    throw new RangeError(
      `${caller}: values must vary, got ${a.length} equal ones in the ${aa > 0 ? 'second' : 'first'} list`,
    );
  return dot(da, db) / Math.sqrt(aa * bb);
}

/**
 * Spearman's rank correlation and the probability of a correlation as strong by chance.
 *
 * @throws RangeError for lists of different lengths, fewer than 3 pairs, NaN, or a list that is constant
 * @example statistics.spearman([1, 2, 3, 4, 5], [1, 4, 9, 25, 16]); // { correlation: 0.9, pValue: 0.03739 }
 */
export function spearman(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
): { correlation: number; pValue: number } {
  const r = correlationOf('spearman', ranks(a, 'spearman'), ranks(b, 'spearman'), 3);
  const pValue =
    Math.abs(r) >= 1 ? 0 : studentTwoSided(Math.sqrt((a.length - 2) / (1 - r * r)) * r, a.length - 2);
  return showAs({ correlation: r, pValue }, correlationText);
}

const correlationText = ({ correlation, pValue }: { correlation: number; pValue: number }): MimeBundle => ({
  'text/plain': `correlation ${formatNumber(correlation)}, or more, by chance with probability ${formatNumber(pValue)}`,
});
