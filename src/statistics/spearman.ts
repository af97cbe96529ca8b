// Correlation of two paired lists: Pearson's, and Spearman's, which is Pearson's of the ranks and sees any monotone relation.
// Under independence t = r sqrt((n - 2) / (1 - r^2)) is Student's with n - 2 degrees.
// Source: Spearman, Am. J. Psychol. 15 (1904) 72, DOI 10.2307/1412159.
import { formatNumber, type MimeBundle, showAs } from '../display/index.js';
import { inNameOf } from '../numerics/check.js';
import { dot } from '../numerics/conjugateGradient.js';
import { each, finite } from '../numerics/options.js';
import { studentTwoSided } from '../numerics/student.js';
import { deviations } from './mean.js';
import { ranks } from './ranks.js';

/**
 * Pearson's correlation coefficient; NaN if a list is constant.
 *
 * @throws RangeError for lists of different lengths or not finite
 * @example correlation([1, 2, 3], [2, 4, 7]); // 0.9934
 */
export function correlation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  for (const values of [a, b]) each(finite)('correlation', 'values', values as never);
  if (a.length !== b.length) {
    throw new RangeError(`correlation: lists must be of one length, got ${a.length} and ${b.length}`);
  }
  const [da, db] = [deviations(a), deviations(b)];
  return dot(da, db) / Math.sqrt(dot(da, da) * dot(db, db));
}

/**
 * Spearman's rank correlation and the probability of a correlation as strong by chance.
 *
 * @throws RangeError for lists of different lengths, fewer than 3 pairs, or NaN
 * @example spearman([1, 2, 3, 4, 5], [1, 4, 9, 25, 16]); // { correlation: 0.9, byChance: 0.03739 }
 */
export function spearman(a: ArrayLike<number>, b: ArrayLike<number>): { correlation: number; byChance: number } {
  const r = inNameOf('spearman', () => correlation(ranks(a, 'spearman'), ranks(b, 'spearman')));
  if (a.length < 3) throw new RangeError(`spearman: needs at least 3 pairs, got ${a.length}`);
  const byChance = Math.abs(r) >= 1 ? 0 : studentTwoSided(Math.sqrt((a.length - 2) / (1 - r * r)) * r, a.length - 2);
  return showAs({ correlation: r, byChance }, correlationText);
}

const correlationText = ({ correlation, byChance }: { correlation: number; byChance: number }): MimeBundle =>
  ({ 'text/plain': `correlation ${formatNumber(correlation)}, or more, by chance with probability ${formatNumber(byChance)}` });
