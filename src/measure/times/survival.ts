// The share S(t) that survives time t, from times of which some are censored (observation stopped before the
// end): of the n_i at risk at t_i, d_i end,
//   S(t) = prod over t_i <= t of (1 - d_i / n_i),   V(t) = sum over t_i <= t of d_i / (n_i (n_i - d_i)),
// var S = S^2 V,
// with the interval S^exp(+- z sqrt(V) / ln S), normal in ln(-ln S), which stays inside [0, 1]. Before the
// first end it is Wilson's of n out of n; where the last one ends it is cut at 0. The mean life up to L is
// the area under S, of variance sum_i (area beyond t_i)^2 V_i. Cases censored at the time of an end count as
// at risk then. Sources: Kaplan, Meier, J. Am. Stat. Assoc. 53 (1958) 457,
// doi:10.1080/01621459.1958.10501452; Greenwood, Rep. Public Health 33 (1926); Brookmeyer, Crowley,
// Biometrics 38 (1982) 29 (median); R's package survival (survfit), for a curve that stands at a half.
import { card, formatNumber, numeral, printAs, sparkline } from '../../display/index.js';
import { requireNonNegative, requirePositive } from '../../numerics/check.js';
import { lowerBound } from '../../numerics/lowerBound.js';
import { ndtri } from '../../numerics/special.js';
import { type LevelOption, levelOf } from '../../numerics/rules.js';
import { binomialInterval, type Estimate, withInterval } from '../../statistics/index.js';

/** Shares that differ less are equal up to rounding; as in R's survfit. */
const FLAT = Math.sqrt(Number.EPSILON);

/** The Kaplan-Meier curve of times, with intervals. */
export interface Survival {
  /** Times of ends, ascending. */
  readonly times: Float64Array;
  /** S just after each of these times. */
  readonly fractions: readonly Estimate[];
  /** How many were at risk just before each. */
  readonly atRisk: Int32Array;
  /** How many ended at each. */
  readonly ended: Int32Array;
  /**
   * Time at which half have ended: Infinity where S stays above a half; where S stays at a half, the middle
   * of that flat, as in R.
   */
  readonly median: Estimate;
  /** S(time). @throws RangeError beyond the last time, ended or censored, unless all have ended */
  at(time: number): Estimate;
  /** Mean of min(life, until). @throws RangeError as `at` */
  restrictedMean(until: number): Estimate;
}

/**
 * Survival by time, with censored ends (Kaplan-Meier), and its median, with intervals.
 *
 * @param ended times of ends @param censored times until which the others were followed
 * @throws RangeError for times that are negative or not finite, no end at all, or a level outside (0, 1)
 * @example measure.survival([0.8, 3.1, 5.4, 9.2], [1, 2.7, 7, 12.1]).at(6).estimate; // 0.525
 */
export function survival(
  ended: ArrayLike<number>,
  censored: ArrayLike<number> = [],
  options: LevelOption = {},
): Survival {
  const level = levelOf('survival', options);
  if (ended.length === 0)
    throw new RangeError(`survival: needs an end, got 0 among ${censored.length} times`);
  const [ends, others] = [sorted(ended), sorted(censored)];
  const last = Math.max(ends.at(-1)!, others.at(-1) ?? 0);
  const times = [...new Set(ends)];
  const from = (all: Float64Array, time: number): number => all.length - lowerBound(all, time);
  const atRisk = times.map((time) => from(ends, time) + from(others, time));
  const deaths = times.map(
    (time, k) => from(ends, time) - (k + 1 < times.length ? from(ends, times[k + 1]) : 0),
  );
  const growth = times.map((_, k) => deaths[k] / (atRisk[k] * (atRisk[k] - deaths[k]))); // of V
  const z = ndtri((1 + level) / 2);

  let [S, V, top] = [1, 0, 1];
  const shares = times.map((_, k): Estimate => {
    S *= 1 - deaths[k] / atRisk[k];
    V += growth[k];
    if (S === 0) return { estimate: 0, interval: [0, top] };
    const spread = Math.exp((z * Math.sqrt(V)) / -Math.log(S));
    top = S ** (1 / spread);
    return { estimate: S, interval: [S ** spread, top] };
  });

  const requireKnown = (rule: string, time: number): void => {
    requireNonNegative('survival', rule, time);
    if (time > last && S > 0)
      throw new RangeError(`survival: ${rule} must not lie beyond the last time ${last}, got ${time}`);
  };
  /**
   * When a curve reaches a half; where it stays at a half, the middle of that flat, unless the curve ends
   * with it.
   */
  const halfTime = (curve: readonly number[]): number => {
    const k = curve.findIndex((share) => share < 0.5 + FLAT);
    const below = curve.findIndex((share) => share < curve[k]);
    return curve[k] > 0.5 - FLAT && below > 0 ? (times[k] + times[below]) / 2 : (times[k] ?? Infinity);
  };
  return printAs<Survival>(
    {
      times: Float64Array.from(times),
      fractions: shares,
      atRisk: Int32Array.from(atRisk),
      ended: Int32Array.from(deaths),
      median: {
        estimate: halfTime(shares.map(({ estimate }) => estimate)),
        interval: [
          halfTime(shares.map(({ interval: [low] }) => low)),
          halfTime(shares.map(({ interval: [, high] }) => high)),
        ],
      },
      at(time) {
        requireKnown('time', time);
        return (
          shares[times.findLastIndex((each) => each <= time)] ??
          binomialInterval(atRisk[0], atRisk[0], { level })
        );
      },
      restrictedMean(until) {
        requireKnown('until', until);
        requirePositive('survival', 'until', until);
        const corners = [0, ...times.filter((time) => time < until), until];
        const area = (k: number): number =>
          (corners[k + 1] - corners[k]) * (k === 0 ? 1 : shares[k - 1].estimate);
        let [beyond, variance] = [0, 0];
        for (let k = corners.length - 2; k >= 0; k--) {
          beyond += area(k);
          if (k > 0 && beyond > 0) variance += beyond ** 2 * growth[k - 1];
        }
        const half = z * Math.sqrt(variance);
        return { estimate: beyond, interval: [Math.max(0, beyond - half), Math.min(until, beyond + half)] };
      },
    },
    survivalCard,
  );
}

function sorted(times: ArrayLike<number>): Float64Array {
  for (let k = 0; k < times.length; k++) requireNonNegative('survival', 'a time', times[k]);
  return Float64Array.from(times).sort();
}

const survivalCard = ({ times, fractions: shares, atRisk, ended, median }: Survival) =>
  card(
    `Survival of ${numeral(atRisk[0])}`,
    {
      'seen to end': numeral(ended.reduce((sum, each) => sum + each, 0)),
      median: Number.isFinite(median.estimate)
        ? withInterval(median)
        : `above ${formatNumber(times.at(-1)!)}`,
      'left after the last end': withInterval(shares.at(-1)!),
    },
    shares.length > 1 && sparkline([shares.map(({ estimate }) => estimate)]),
    'share left, end by end',
  );
