// The detection curve (receiver operating characteristic): a score should separate two kinds; the share of the first kind above a
// threshold against the share of the second, as the threshold goes down. The area under it is the probability that one of the
// first scores more than one of the second, ties half. Its error is that of two independent means of placements.
// Sources: Mann, Whitney, Ann. Math. Statist. 18 (1947) 50, doi:10.1214/aoms/1177730491; DeLong, DeLong, Clarke-Pearson, Biometrics 44
// (1988) 837, doi:10.2307/2531595.
import { captioned, card, counted, type MimeBundle, sparkline, summarised } from '../../display/index.js';
import { ndtri } from '../../numerics/special.js';
import { checkLevel, type Estimate } from '../../statistics/estimate.js';
import { variance } from '../../statistics/mean.js';
import { ranks } from '../../statistics/ranks.js';
import { withInterval } from '../../statistics/words.js';

export interface DetectionCurve {
  /** Shares of the second kind at or above a threshold, from 0 to 1. */
  readonly falseAlarms: Float64Array;
  /** Shares of the first kind, at the same thresholds. */
  readonly detections: Float64Array;
  readonly area: Estimate;
}

/**
 * @param present scores of the first kind, to be detected @param absent scores of the second kind
 * @throws RangeError for fewer than two scores of a kind, scores that are NaN, or a level outside (0, 1)
 * @example
 * detectionCurve([3, 4, 5], [1, 2, 4]).area.estimate; // 7.5 of 9 pairs
 */
export function detectionCurve(present: ArrayLike<number>, absent: ArrayLike<number>, { level = 0.95 } = {}): DetectionCurve {
  checkLevel('detectionCurve', level);
  const [m, n] = [present.length, absent.length];
  if (m < 2 || n < 2) throw new RangeError(`detectionCurve: needs at least 2 scores of each kind, got ${m} and ${n}`);
  const all = Float64Array.from([...Array.from(present), ...Array.from(absent)]);
  if (all.some(Number.isNaN)) throw new RangeError('detectionCurve: scores must be numbers, got NaN');
  const [together, first, second] = [ranks(all), ranks(present), ranks(absent)];
  const detectionShares = first.map((rank, i) => (together[i] - rank) / n); // by score: share of the other kind below it
  const rejectionShares = second.map((rank, j) => 1 - (together[m + j] - rank) / m);
  const area = detectionShares.reduce((sum, x) => sum + x, 0) / m;
  const half = ndtri((1 + level) / 2) * Math.sqrt(variance(detectionShares) / m + variance(rejectionShares) / n);
  return summarised<DetectionCurve>({
    ...thresholds(present, absent),
    area: { estimate: area, interval: [Math.max(0, area - half), Math.min(1, area + half)] },
  }, detectionCard);
}

function thresholds(present: ArrayLike<number>, absent: ArrayLike<number>): Pick<DetectionCurve, 'falseAlarms' | 'detections'> {
  const [up, down] = [present, absent].map((scores) => Float64Array.from(scores).sort().reverse());
  const [falseAlarms, detections] = [[0], [0]];
  for (let [i, j] = [0, 0]; i < up.length || j < down.length; ) {
    const threshold = Math.max(up[i] ?? -Infinity, down[j] ?? -Infinity);
    while (i < up.length && up[i] >= threshold) i++;
    while (j < down.length && down[j] >= threshold) j++;
    falseAlarms.push(j / down.length);
    detections.push(i / up.length);
  }
  return { falseAlarms: Float64Array.from(falseAlarms), detections: Float64Array.from(detections) };
}

const detectionCard = ({ area, falseAlarms, detections }: DetectionCurve): MimeBundle =>
  card(`Detection curve of ${counted(falseAlarms.length, 'threshold')}`, { 'area under it': withInterval(area) }, {
    picture: captioned(sparkline([detections, falseAlarms]), ['share found, and falsely found, by threshold']),
  });
