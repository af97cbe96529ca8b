// Numbers, measurements and regions as short text, and rounded for a file.
import { formatNumber } from '../display/index.js';
import type { Estimate } from '../statistics/index.js';
import type { ClosedInterval, Measurements, Quantity, Region } from './claim.js';

/**
 * "1.002 ± 0.004", where the second number is half the interval's width; a bare number if that is zero; "2.27
 * (≥ 2.24)" for an interval with an open end.
 */
export function formatMeasurement({ estimate, interval: [low, high] }: Estimate): string {
  const half = (high - low) / 2;
  if (half === 0) return formatNumber(estimate);
  if (half === Infinity) return `${formatNumber(estimate)} (${openInterval([low, high])})`;
  const digits = Math.max(0, Math.min(12, 1 - Math.floor(Math.log10(half))));
  return `${Number(estimate.toFixed(digits))} ± ${Number(half.toPrecision(2))}`;
}

const openInterval = ([low, high]: ClosedInterval): string =>
  low === -Infinity && high === Infinity
    ? 'open'
    : formatInterval([Number(low.toPrecision(3)), Number(high.toPrecision(3))]);

/** "[0.97, 1.03]", "≤ 0.9 or ≥ 1.1". */
const formatRegion = (region: Region): string => region.map(formatInterval).join(' or ');

/** "supports [0.97, 1.03]; refutes ≤ 0.9; expected 1". */
export function describeRegions(quantity: Quantity): string {
  const expected = quantity.expected === null ? '' : `; expected ${formatNumber(quantity.expected)}`;
  return quantity.role === 'control'
    ? `requires ${formatRegion(quantity.requires)}${expected}`
    : `supports ${formatRegion(quantity.supports)}; refutes ${formatRegion(quantity.refutes)}${expected}`;
}

function formatInterval([low, high]: ClosedInterval): string {
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
