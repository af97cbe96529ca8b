// From samples to a measurement: the ledger's intervals are the estimate plus and minus three standard
// errors.
import { formatNumber, type MimeBundle, showAs } from '../display/index.js';
import { requireFinite } from '../numerics/check.js';
import { each, finite } from '../numerics/rules.js';
import { binomialInterval, type Estimate, meanWithError } from '../statistics/index.js';
import { formatMeasurement, isCentred } from './format.js';

/** Probability that a normal variate stays within three standard errors. */
const level = 0.9973002039367398;

/**
 * A number without statistical error, as a measurement for `check`.
 *
 * @example claims.exactly(2); // { estimate: 2, interval: [2, 2] }
 */
export function exactly(value: number): Estimate {
  requireFinite('exactly', 'value', value);
  return showMeasurement({ estimate: value, interval: [value, value] });
}

/**
 * Mean over at least 4 independent runs (seeds), x ± 3 s / sqrt(n), as the ledger measures. For a band at a
 * level see `interval`.
 *
 * @throws with fewer than four runs, which give no usable error, and for values that are not finite.
 * @example claims.meanOver([1, 2, 3, 4]); // { estimate: 2.5, interval: [0.5635, 4.436] }
 */
export function meanOver(values: ArrayLike<number>): Estimate {
  each(finite)('meanOver', 'values', values as never);
  if (values.length < 4) throw new Error(`meanOver: needs at least 4 independent runs, got ${values.length}`);
  const { mean, standardError } = meanWithError(values);
  const half = 3 * standardError;
  return showMeasurement({ estimate: mean, interval: [mean - half, mean + half] });
}

/**
 * Binomial proportion with Wilson's score interval at three standard errors, which stays inside [0, 1] and is
 * valid at 0 and 1; see `binomialInterval`.
 *
 * @throws unless 0 <= successes <= trials are integers and trials >= 1.
 * @example claims.proportion(0, 91); // { estimate: 0, interval: [0, 0.09] }
 */
export function proportion(successes: number, trials: number): Estimate {
  return showMeasurement(binomialInterval(successes, trials, { level }));
}

/**
 * A measurement divided by an exact number, such as the value that theory predicts.
 *
 * @throws if the reference is zero or not finite.
 * @example claims.relativeTo({ estimate: 24, interval: [23, 25] }, 24.5).estimate; // 0.9796
 */
export function relativeTo({ estimate, interval: [low, high] }: Estimate, reference: number): Estimate {
  if (!Number.isFinite(reference) || reference === 0) {
    throw new Error(`relativeTo: the reference must be finite and not zero, got ${reference}`);
  }
  const [a, b] = [low / reference, high / reference];
  return showMeasurement({ estimate: estimate / reference, interval: [Math.min(a, b), Math.max(a, b)] });
}

function measurementText(measured: Estimate): MimeBundle {
  const [low, high] = measured.interval.map(formatNumber);
  const text = formatMeasurement(measured);
  return { 'text/plain': low === high || !isCentred(measured) ? text : `${text} [${low}, ${high}]` };
}

/** The measurement, displayed as "1.002 ± 0.004 [0.998, 1.006]". */
const showMeasurement = (measured: Estimate): Estimate => showAs(measured, measurementText);
