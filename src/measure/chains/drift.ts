// Whether the samples contain a burn-in: the beginning of every chain against its second half. Windows of 1,
// 2, 4, ... records detect a short, strong transient and a long, weak one. Values are replaced by their
// normal scores, of variance 1 for any observable, so that the difference of a window of w records from the
// last l has the variance
//   (min(1, tau / w) + min(1, tau / l)) / M
// over M chains. The mean difference in units of its error is compared with Student's t, whose degrees of
// freedom follow from the error of tau. Source: Geweke in Bayesian Statistics 4 (1992) 169 (the comparison of
// a chain's two ends).
import { studentTwoSided } from '../../numerics/student.js';
import type { PooledTime } from './autocorrelationTime.js';
import { mean, normalScores } from '../../statistics/index.js';

/**
 * The most significant difference between a beginning and the second half of chains of one length: the
 * records of that window, and the probability of such a difference by chance, over all windows.
 */
export function drift(
  chains: readonly ArrayLike<number>[],
  { time, relativeError }: PooledTime,
): { window: number; pValue: number } {
  const scores = normalScores(chains);
  const half = Math.floor(scores[0].length / 2);
  const later = mean(scores.map((chain) => mean(chain.subarray(half))));
  const varianceOf = (records: number): number => Math.min(1, time / records) / scores.length;
  const windows: { window: number; pValue: number }[] = [];
  for (let window = 1; window <= half; window *= 2) {
    const first = mean(scores.map((chain) => mean(chain.subarray(0, window))));
    const deviation = (first - later) / Math.sqrt(varianceOf(window) + varianceOf(half));
    windows.push({ window, pValue: studentTwoSided(deviation, 2 / relativeError ** 2) });
  }
  const worst = windows.reduce((a, b) => (b.pValue < a.pValue ? b : a));
  return { window: worst.window, pValue: Math.min(1, worst.pValue * windows.length) };
}
