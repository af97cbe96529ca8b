// Numbers, measurements and regions as short text, and rounded for a file.
import { formatNumber } from '../display/index.js';
import type { Estimate } from '../statistics/index.js';
import { type ClosedInterval, isControl, type Measurements, type Quantity, type Region } from './quantity.js';

/**
 * "1.002 ± 0.004", where the second number is half the interval's width; a bare number if that is zero; "2.27
 * (≥ 2.24)" for an interval with an open end; "0 [0, 0.09]" where the estimate is not in the middle.
 */
export function formatMeasurement(measured: Estimate): string {
  const {
    estimate,
    interval: [low, high],
  } = measured;
  const half = (high - low) / 2;
  if (half === 0) return formatNumber(estimate);
  if (half === Infinity) return `${formatNumber(estimate)} (${openInterval([low, high])})`;
  if (!isCentred(measured)) return formatInterval(measured);
  const digits = Math.max(0, Math.min(12, 1 - Math.floor(Math.log10(half))));
  return `${Number(estimate.toFixed(digits))} ± ${Number(half.toPrecision(2))}`;
}

/** Whether the estimate is in the middle of its interval, to a tenth of the width. */
export const isCentred = ({ estimate, interval: [low, high] }: Estimate): boolean =>
  Math.abs((low + high) / 2 - estimate) <= (high - low) / 10;

/** "0.93 [0.91, 0.95]": the estimate and both ends, to the digit that the interval leaves. */
export function formatInterval({ estimate, interval: [low, high] }: Estimate): string {
  if (low === high) return formatNumber(estimate);
  const digits = Math.max(0, Math.min(12, 1 - Math.floor(Math.log10((high - low) / 2))));
  const [middle, from, to] = [estimate, low, high].map((x) => Number(x.toFixed(digits)));
  return `${middle} [${from}, ${to}]`;
}

const openInterval = ([low, high]: ClosedInterval): string =>
  low === -Infinity && high === Infinity
    ? 'open'
    : formatBounds([Number(low.toPrecision(3)), Number(high.toPrecision(3))]);

/** "[0.97, 1.03]", "≤ 0.9 or ≥ 1.1". */
const formatRegion = (region: Region): string => region.map(formatBounds).join(' or ');

/** "yes [0.97, 1.03]; no ≤ 0.9; expected 1". */
export function describeRegions(quantity: Quantity): string {
  const expected = quantity.expected === null ? '' : `; expected ${formatNumber(quantity.expected)}`;
  return isControl(quantity)
    ? `requires ${formatRegion(quantity.requires)}${expected}`
    : `yes ${formatRegion(quantity.yes)}; no ${formatRegion(quantity.no)}${expected}`;
}

function formatBounds([low, high]: ClosedInterval): string {
  if (low === high) return `= ${low}`;
  if (low === -Infinity) return `≤ ${high}`;
  return high === Infinity ? `≥ ${low}` : `[${low}, ${high}]`;
}

/** Estimates and intervals to six significant digits. */
export function roundedMeasurements(measured: Measurements): Measurements {
  const six = (x: number): number => Number(x.toPrecision(6));
  return Object.fromEntries(
    Object.entries(measured).map(
      ([
        name,
        {
          estimate,
          interval: [low, high],
        },
      ]): [string, Estimate] => [name, { estimate: six(estimate), interval: [six(low), six(high)] }],
    ),
  );
}
