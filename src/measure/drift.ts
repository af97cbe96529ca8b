// Whether a burn-in was left in: the beginning of every chain against its second half. Windows of 1, 2, 4, ...
// records catch a short, violent start and a long, mild one. Values enter by their normal scores, so that the
// tails of an observable do not matter. In each window the differences d_c of the chains must fail two tests:
//   t = mean(d) / (s_d / sqrt M)                   the chains are independent replicas: M - 1 degrees, no tau
//   z = mean(d) / sqrt((min(1, tau/w) + min(1, tau/l)) / M)  scores have variance 1, windows w and l records
// The second guards the first where an observable takes few values, so that all chains start on the same one.
// Source: Geweke in Bayesian Statistics 4 (1992) 169 (the comparison of a chain's two ends).
import { mean, variance } from './mean.js';
import { normalScores } from './ranks.js';
import { studentTwoSided } from './student.js';

export interface Drift {
  /** Records of the window that differs most. */
  readonly window: number;
  /** Probability of such a difference by chance, over all windows. */
  readonly byChance: number;
}

/**
 * The most significant difference between a beginning and the second half.
 * @param chains at least 2, of one length
 * @param time autocorrelation time in records
 */
export function drift(chains: readonly ArrayLike<number>[], time: number): Drift {
  const scores = normalScores(chains);
  const half = Math.floor(scores[0].length / 2);
  const later = scores.map((chain) => mean(chain.subarray(half)));
  const windows: Drift[] = [];
  for (let window = 1; window <= half; window *= 2) {
    const differences = scores.map((chain, c) => mean(chain.subarray(0, window)) - later[c]);
    const expected = Math.sqrt((Math.min(1, time / window) + Math.min(1, time / half)) / scores.length);
    const seen = Math.sqrt(variance(differences) / scores.length);
    const shift = mean(differences);
    const byChance = Math.max(
      studentTwoSided(shift === 0 ? 0 : Math.min(Math.abs(shift) / seen, 1e100), scores.length - 1),
      studentTwoSided(shift / expected, NORMAL),
    );
    windows.push({ window, byChance });
  }
  const worst = windows.reduce((a, b) => (b.byChance < a.byChance ? b : a));
  return { window: worst.window, byChance: Math.min(1, worst.byChance * windows.length) };
}

/** Student's law with so many degrees is the normal one. */
const NORMAL = 1e6;
