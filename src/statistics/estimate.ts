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

/**
 * The three numbers with the same decimals: to the first digit of the interval's half width, or one more
 * where three significant digits of the estimate need it.
 */
export function withInterval({ estimate, interval: [low, high] }: Estimate): string {
  const first = -Math.floor(Math.log10((high - low) / 2));
  const size = Math.max(Math.abs(low), Math.abs(high), Math.abs(estimate));
  if (!(Number.isFinite(first) && Number.isFinite(size)))
    return `${short(estimate)} [${short(low)}, ${short(high)}]`;
  const order = (x: number): number => Math.floor(Math.log10(Math.abs(x)));
  const decimals = estimate !== 0 && 2 - order(estimate) > first ? first + 1 : first;
  const shown = (x: number): string => {
    if (size >= 1e6 || size < 1e-3)
      return x === 0 ? '0' : x.toExponential(Math.min(Math.max(order(x) + decimals, 0), 15));
    const text = x.toFixed(Math.min(Math.max(decimals, 0), 15));
    return Number(text) === 0 ? text.replace('-', '') : text;
  };
  return `${shown(estimate)} [${shown(low)}, ${shown(high)}]`;
}

export const estimateText = (estimate: Estimate): MimeBundle => ({ 'text/plain': withInterval(estimate) });

/** An estimate that shows itself. */
export const estimateOf = (estimate: number, interval: readonly [low: number, high: number]): Estimate =>
  showAs<Estimate>({ estimate, interval }, estimateText);

/** The interval of this half width around the estimate. */
export const plusMinus = (estimate: number, half: number): Estimate =>
  estimateOf(estimate, [estimate - half, estimate + half]);
