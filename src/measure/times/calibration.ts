// Whether predicted probabilities agree with frequencies: in bins of equal width, the share of events beside
// the mean prediction, and the expected calibration error, the mean of |share - prediction| weighted by the
// predictions in a bin. The shares of perfect predictions fluctuate too: `noise` is their expected error, for
// the same bins. Sources: Murphy, J. Appl. Meteorol. 12 (1973) 595 (reliability); Guo, Pleiss, Sun,
// Weinberger, ICML 2017, arXiv:1706.04599 (ECE).
import { card, countText, formatNumber, printAs } from '../../display/index.js';
import { requireFraction } from '../../numerics/check.js';
import { byDefault, type OptionsOf, readOptions } from '../../numerics/options.js';
import { integer } from '../../numerics/rules.js';
import { binomialInterval, type Estimate, withInterval } from '../../statistics/index.js';

/** Predictions of similar size, and how often they came true. */
export interface CalibrationBin {
  readonly count: number;
  readonly predicted: number;
  /** Share of events, with Wilson's interval. */
  readonly observed: Estimate;
}

/** How well predicted probabilities agree with what happened. */
export interface Calibration {
  /** Expected calibration error. */
  readonly error: number;
  /** Expected error of perfect predictions: sum over bins of sqrt(2 p (1 - p) / (pi n)), weighted. */
  readonly noise: number;
  /** Bins with predictions in them, ascending. */
  readonly bins: readonly CalibrationBin[];
}

const calibrationOptions = {
  /** How many bins of equal width [0, 1] is cut into; 10 by default. */
  bins: byDefault(10, integer(1)),
};

/**
 * Predicted probabilities beside the frequencies of what happened, by bins.
 *
 * @param predicted probabilities @param happened whether each event happened
 * @throws RangeError unless there is one event per prediction, predictions are in [0, 1], and bins is a
 * positive integer
 * @example
 * measure.calibration([0.1, 0.9, 0.9], [false, true, true]).error; // 0.1
 */
export function calibration(
  predicted: ArrayLike<number>,
  happened: ArrayLike<boolean>,
  options: OptionsOf<typeof calibrationOptions> = {},
): Calibration {
  const { bins } = readOptions('calibration', options, calibrationOptions);
  const n = predicted.length;
  if (n === 0 || happened.length !== n) {
    throw new RangeError(`calibration: needs one event per prediction, got ${happened.length} for ${n}`);
  }
  const [counts, sums, events] = [0, 0, 0].map(() => new Float64Array(bins));
  for (let k = 0; k < n; k++) {
    const p = predicted[k];
    requireFraction('calibration', `predicted[${k}]`, p);
    const bin = Math.min(bins - 1, Math.floor(p * bins));
    counts[bin]++;
    sums[bin] += p;
    events[bin] += Number(happened[k]);
  }
  const filled = [...counts.keys()].filter((bin) => counts[bin] > 0);
  const weighted = (of: (bin: number) => number): number =>
    filled.reduce((sum, bin) => sum + (counts[bin] / n) * of(bin), 0);
  const mean = (bin: number): number => sums[bin] / counts[bin];
  return printAs<Calibration>(
    {
      error: weighted((bin) => Math.abs(events[bin] / counts[bin] - mean(bin))),
      noise: weighted((bin) => Math.sqrt((2 * mean(bin) * (1 - mean(bin))) / (Math.PI * counts[bin]))),
      bins: filled.map((bin) => ({
        count: counts[bin],
        predicted: mean(bin),
        observed: binomialInterval(events[bin], counts[bin]),
      })),
    },
    calibrationCard,
  );
}

const calibrationCard = ({ error, noise, bins }: Calibration) =>
  card(
    `Calibration of ${countText(
      bins.reduce((sum, { count }) => sum + count, 0),
      'prediction',
    )}`,
    {
      'expected calibration error': formatNumber(error),
      'of perfect predictions': formatNumber(noise),
      ...Object.fromEntries(
        bins.map(({ predicted, observed }) => [
          `predicted ${formatNumber(predicted)}`,
          `happened ${withInterval(observed)}`,
        ]),
      ),
    },
  );
