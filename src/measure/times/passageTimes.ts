// The mean first-passage time from runs of which some end, censored, before the passage: for exponential
// times, as over a barrier high above T, the maximum-likelihood mean and its interval are
//   tau = S / d,   S the time of all runs, censored or not, d the number of passages,
//   [2 S / chi2(2 d + 2; high), 2 S / chi2(2 d; low)],
// chi2(k; p) the quantile of chi-square with k degrees; without passages the upper end is open. The interval
// holds at least at its level where all runs are censored at one time. Times that are not exponential (a
// start far from the barrier, a barrier of a few T) need runs without censoring and `interval`.
// Sources: Epstein, Sobel, J. Am. Stat. Assoc. 48 (1953) 486, DOI 10.1080/01621459.1953.10483488; Cox, J. R.
// Stat. Soc. B 15 (1953) 49 (ends); Hanggi, Talkner, Borkovec, Rev. Mod. Phys. 62 (1990) 251, DOI
// 10.1103/RevModPhys.62.251 (rates).
import { countText, type MimeBundle, showAs } from '../../display/index.js';
import { requireNonNegative, requireOnePer } from '../../numerics/check.js';
import { chiSquareQuantile } from '../../numerics/special.js';
import { each, type LevelOption, levelOf, nonNegative } from '../../numerics/rules.js';
import { type Estimate, short, withInterval } from '../../statistics/index.js';

/** The mean time of a first passage, with its interval. */
export interface PassageTime extends Estimate {
  readonly passages: number;
  /** Runs that ended before their passage. */
  readonly censored: number;
}

/**
 * The mean first-passage time of runs of which some ended before their passage: all time over the number of
 * passages.
 *
 * @param passed time of each observed passage
 * @param censored time at which each other run was ended
 * @throws RangeError for times that are negative or not finite, no time at all, or a level outside (0, 1)
 * @example measure.passageTimes([1, 2, 3], [10, 10]); // { estimate: 8.667, interval: [2.966, 42.03], passages: 3, censored: 2 }
 */
export function passageTimes(
  passed: ArrayLike<number>,
  censored: ArrayLike<number> = [],
  options: LevelOption = {},
): PassageTime {
  const level = levelOf('passageTimes', options);
  const times = [...Array.from(passed), ...Array.from(censored)];
  for (const time of times) requireNonNegative('passageTimes', 'a time', time);
  const total = times.reduce((sum, time) => sum + time, 0);
  if (!(total > 0)) throw new RangeError('passageTimes: runs must take some time, got 0 in all');
  const count = passed.length;
  const low = (2 * total) / chiSquareQuantile((1 + level) / 2, 2 * count + 2);
  const high = count === 0 ? Infinity : (2 * total) / chiSquareQuantile((1 - level) / 2, 2 * count);
  return showAs<PassageTime>(
    { estimate: total / count, interval: [low, high], passages: count, censored: censored.length },
    passageText,
  );
}

/**
 * First-passage times of recorded chains: the time of the first record for which `arrived` is true, else the
 * time of the last record.
 *
 * @param series one per chain, as `observe` gives them @param steps the time of each record, as
 * `samples.steps`
 * @throws RangeError for no chain or no record, and for series that do not have one value per step
 * @example
 * const pair = hamiltonian(complete(4), [bond((a, b) => a.mul(b).sum().mul(-0.25))]);
 * const down = fieldFrom([-1, -1, -1, -1], { codomain: 'spin' });
 * const samples = await sample(heatBath(pair, { temperature: 0.5 }), { chains: 16, steps: 200, initial: down, seed: 1 });
 * const { passed, censored } = measure.firstPassages(observe(samples, magnetisation), samples.steps, (m) => m === 1);
 * measure.passageTimes(passed, censored).interval; // [10.08, 28.65]
 */
export function firstPassages(
  series: readonly ArrayLike<number>[],
  steps: ArrayLike<number>,
  arrived: (value: number) => boolean,
): { readonly passed: number[]; readonly censored: number[] } {
  each(nonNegative)('firstPassages', 'steps', steps as never);
  for (const chain of series) requireOnePer('firstPassages', 'a series', chain, steps.length, 'step');
  if (series.length === 0 || steps.length === 0)
    throw new RangeError('firstPassages: needs at least one chain with a record, got none');
  const [passed, censored]: [number[], number[]] = [[], []];
  for (const chain of series) {
    const record = Array.prototype.findIndex.call(chain, arrived);
    if (record >= 0) passed.push(steps[record]);
    else censored.push(steps[chain.length - 1]);
  }
  return { passed, censored };
}

const passageText = (time: PassageTime): MimeBundle => ({
  'text/plain': `${time.passages === 0 ? `above ${short(time.interval[0])}` : withInterval(time)}, from ${countText(time.passages, 'passage')}, ${time.censored} censored`,
});
