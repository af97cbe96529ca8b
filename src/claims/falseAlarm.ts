// The probability that fresh seeds change any finding. A measurement's interval is three standard errors each
// way, and two independent runs differ by sqrt(2) standard errors. An end with slack m standard errors to the
// edge of its region crosses it with probability Q(x), x = m / sqrt 2, and Q(x) <= exp(-x^2 / 2) min(1/2, 1 /
// (x sqrt(2 pi))). The sum over all ends bounds the family.
import type { Estimate } from '../statistics/index.js';
import type { ClosedInterval, Quantity } from './claim.js';
import { claim } from './ledger.js';
import type { Verdicts } from './verdicts.js';

/**
 * Upper bound on the expected number of findings that change when every run is repeated with fresh seeds. The
 * lab keeps it below 0.01: for a hundred numbers it is enough that every region's edge is at least nine
 * standard errors from the estimate.
 *
 * @example claims.falseAlarmBound(claims.readVerdicts()) < 0.01; // true
 */
export function falseAlarmBound(verdicts: Verdicts): number {
  const bounds = Object.entries(verdicts).flatMap(([id, { quantities }]) =>
    Object.entries(quantities).map(([name, measured]) => changeBound(claim(id).quantities[name]!, measured)),
  );
  return bounds.reduce((sum, bound) => sum + bound, 0);
}

/** The same for one quantity. */
export function changeBound(quantity: Quantity, measured: Estimate): number {
  const {
    estimate,
    interval: [low, high],
  } = measured;
  const [below, above] = [(estimate - low) / 3, (high - estimate) / 3];
  // Shifts of the interval that put it inside a region's interval [from, to] run from `from - low` to `to -
  // high`.
  const region =
    quantity.role === 'control' ? quantity.requires : [...quantity.supports, ...quantity.refutes];
  const shifts = (isProportion(measured) ? region.map(withoutEnds) : region).map(
    ([from, to]): ClosedInterval => [from - low, to - high],
  );
  const holding = shifts.find(([left, right]) => left <= 0 && 0 <= right);
  if (holding) return tail(-holding[0], below) + tail(holding[1], above);
  return shifts
    .filter(([left, right]) => left <= right)
    .reduce((sum, [left, right]) => sum + (left > 0 ? tail(left, above) : tail(-right, below)), 0);
}

/**
 * Whether the interval is Wilson's, as from `proportion`: then (p - x)^2 / x (1 - x) is the same at both
 * ends.
 */
function isProportion({ estimate, interval }: Estimate): boolean {
  const [a, b] = interval.map((x) => (estimate - x) ** 2 / (x * (1 - x)));
  return interval.every((x) => x > 0 && x < 1) && Math.abs(a! - b!) < 0.01 * a!;
}

/** No proportion can cross an edge at 0 or 1. */
const withoutEnds = ([from, to]: ClosedInterval): ClosedInterval => [
  from === 0 ? -Infinity : from,
  to === 1 ? Infinity : to,
];

/** Bound on the probability that two runs differ by more than `slack` in one direction. */
function tail(slack: number, standardError: number): number {
  if (standardError === 0) return 0;
  const x = Math.abs(slack) / standardError / Math.SQRT2; // a slack of -0 is one of 0
  return Math.exp(-(x ** 2) / 2) * Math.min(1 / 2, 1 / (x * Math.sqrt(2 * Math.PI)));
}
