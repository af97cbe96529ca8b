// Correlation of two paired lists: Pearson's, and Spearman's, which is Pearson's of the ranks and sees any
// monotone relation. Under independence t = r sqrt((n - 2) / (1 - r^2)) is Student's with n - 2 degrees.
// Source: Spearman, Am. J. Psychol. 15 (1904) 72, DOI 10.2307/1412159.
import { formatNumber, type MimeBundle, shown } from '../display/index.js';
import { studentTwoSided } from '../numerics/student.js';
import { mean } from './mean.js';
import { ranks } from './ranks.js';

/** Pearson's correlation coefficient; NaN if a list is constant. */
export function correlation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) {
    throw new RangeError(`correlation: lists must be of one length, got ${a.length} and ${b.length}`);
  }
  const [meanA, meanB] = [mean(a), mean(b)];
  let [aa, ab, bb] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    aa += (a[i] - meanA) ** 2;
    ab += (a[i] - meanA) * (b[i] - meanB);
    bb += (b[i] - meanB) ** 2;
  }
  return ab / Math.sqrt(aa * bb);
}

/** Probability that independent pairs, `count` of them, correlate as strongly as |r|. */
export const correlationByChance = (r: number, count: number): number =>
  studentTwoSided(Math.sqrt((count - 2) / (1 - r * r)) * r, count - 2);

/**
 * Spearman's rank correlation and the probability of a correlation as strong by chance.
 *
 * @throws RangeError for lists of different lengths, fewer than 3 pairs, or NaN
 * @example
 * spearman([1, 2, 3, 4, 5], [1, 4, 9, 25, 16]).correlation; // 0.9
 */
export function spearman(a: ArrayLike<number>, b: ArrayLike<number>): { correlation: number; byChance: number } {
  if (a.length < 3) throw new RangeError(`spearman: needs at least 3 pairs, got ${a.length}`);
  const r = correlation(ranks(a, 'spearman'), ranks(b, 'spearman'));
  return shown({ correlation: r, byChance: Math.abs(r) >= 1 ? 0 : correlationByChance(r, a.length) }, correlationText);
}

const correlationText = ({ correlation, byChance }: { correlation: number; byChance: number }): MimeBundle =>
  ({ 'text/plain': `correlation ${formatNumber(correlation)}, or more, by chance with probability ${formatNumber(byChance)}` });
