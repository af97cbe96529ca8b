// The detection curve (receiver operating characteristic): a score should separate two kinds; the share of
// the first kind above a threshold against the share of the second, as the threshold goes down. The area
// under it is the probability that one of the first scores more than one of the second, ties half. Its error
// is that of two independent means of placements. Sources: Mann, Whitney, Ann. Math. Statist. 18 (1947) 50,
// doi:10.1214/aoms/1177730491; DeLong, DeLong, Clarke-Pearson, Biometrics 44
// (1988) 837, doi:10.2307/2531595.
import { card, countText, printAs, sparkline } from '../../display/index.js';
import { lowerBound } from '../../numerics/lowerBound.js';
import { ndtri } from '../../numerics/special.js';
import { type LevelOption, levelOf } from '../../numerics/rules.js';
import { type Estimate, withInterval, variance, ranks } from '../../statistics/index.js';

/** Detections against false alarms over all thresholds, and the area below. */
export interface DetectionCurve {
  /** Shares of the second kind at or above a threshold, from 0 to 1. */
  readonly falseAlarms: Float64Array;
  /** Shares of the first kind, at the same thresholds. */
  readonly detections: Float64Array;
  readonly area: Estimate;
}

/**
 * How often a score detects, against how often it gives a false alarm, with the area under the curve.
 *
 * @param present scores of the first kind, to be detected @param absent scores of the second kind
 * @throws RangeError for fewer than two scores of a kind, scores that are NaN, or a level outside (0, 1)
 * @example measure.detectionCurve([3, 4, 5], [1, 2, 4]).area.estimate; // 0.8333 = 7.5 of 9 pairs
 */
export function detectionCurve(
  present: ArrayLike<number>,
  absent: ArrayLike<number>,
  options: LevelOption = {},
): DetectionCurve {
  const level = levelOf('detectionCurve', options);
  const [m, n] = [present.length, absent.length];
  if (m < 2 || n < 2)
    throw new RangeError(`detectionCurve: needs at least 2 scores of each kind, got ${m} and ${n}`);
  const all = [...Array.from(present), ...Array.from(absent)];
  const [together, first, second] = [all, present, absent].map((scores) => ranks(scores, 'detectionCurve'));
  const detectionShares = first.map((rank, i) => (together[i] - rank) / n); // by score: share of the other kind below it
  const rejectionShares = second.map((rank, j) => 1 - (together[m + j] - rank) / m);
  const area = detectionShares.reduce((sum, x) => sum + x, 0) / m;
  const half =
    ndtri((1 + level) / 2) * Math.sqrt(variance(detectionShares) / m + variance(rejectionShares) / n);
  const [up, down] = [present, absent].map((scores) => Float64Array.from(scores).sort());
  const thresholds = [
    ...new Set(
      Float64Array.from([...up, ...down])
        .sort()
        .reverse(),
    ),
  ];
  const reached = (scores: Float64Array): Float64Array =>
    Float64Array.from([
      0,
      ...thresholds.map((threshold) => (scores.length - lowerBound(scores, threshold)) / scores.length),
    ]);
  return printAs<DetectionCurve>(
    {
      falseAlarms: reached(down),
      detections: reached(up),
      area: { estimate: area, interval: [Math.max(0, area - half), Math.min(1, area + half)] },
    },
    detectionCard,
  );
}

const detectionCard = ({ area, falseAlarms, detections }: DetectionCurve) =>
  card(
    `Detection curve of ${countText(falseAlarms.length, 'threshold')}`,
    { 'area under it': withInterval(area) },
    sparkline([detections, falseAlarms]),
    'share found, and falsely found, by threshold',
  );
