// The result of a measurement: a number and its interval at the stated level, and how both read.
import { type MimeBundle, showAs } from '../display/index.js';

/** An estimate with its interval, both in the units of the quantity. */
export interface Estimate {
  readonly estimate: number;
  readonly interval: readonly [low: number, high: number];
}

/** Three significant digits, without an exponent where it reads better so. */
export const short = (x: number): string => {
  const size = Math.abs(x);
  if (!Number.isFinite(x) || x === 0) return String(x);
  return size >= 1e6 || size < 1e-3 ? x.toExponential(1) : String(Number(x.toPrecision(size >= 100 ? 4 : 3)));
};

export const withInterval = ({ estimate, interval: [low, high] }: Estimate): string =>
  `${short(estimate)} [${short(low)}, ${short(high)}]`;

export const estimateText = (estimate: Estimate): MimeBundle => ({ 'text/plain': withInterval(estimate) });

/** An estimate that shows itself. */
export const estimateOf = (estimate: number, interval: readonly [low: number, high: number]): Estimate =>
  showAs<Estimate>({ estimate, interval }, estimateText);

/** The interval of this half width around the estimate. */
export const plusMinus = (estimate: number, half: number): Estimate => estimateOf(estimate, [estimate - half, estimate + half]);
