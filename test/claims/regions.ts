// Numbers made up for tests: an interval inside a region, or astride support and refutation.
import type { Claim, Evidence, ClosedInterval, Measurements, Region } from '../../src/claims/index.js';
import type { Estimate } from '../../src/statistics/index.js';

/** A short interval well inside the region's first interval. */
export function inside(region: Region): Estimate {
  const [low, high] = region[0]!;
  if (low === high) return { estimate: low, interval: [low, low] };
  const [a, b]: ClosedInterval =
    low === -Infinity
      ? [high - 2, high - 1]
      : high === Infinity
        ? [low + 1, low + 2]
        : [low + 0.4 * (high - low), low + 0.6 * (high - low)];
  return { estimate: (a + b) / 2, interval: [a, b] };
}

/** An interval that reaches from support to refutation. */
export function astride({ supports, refutes }: Evidence): Estimate {
  const ends = [inside(supports).estimate, inside(refutes).estimate];
  const interval: ClosedInterval = [Math.min(...ends), Math.max(...ends)];
  return { estimate: (interval[0] + interval[1]) / 2, interval };
}

/** All quantities of a claim in favour: controls met, evidence supporting. */
export function favourable(claim: Claim): Measurements {
  return Object.fromEntries(
    Object.entries(claim.quantities).map(([name, quantity]) => [
      name,
      inside(quantity.role === 'control' ? quantity.requires : quantity.supports),
    ]),
  );
}

/** The evidence of a claim by name. */
export function evidenceOf(claim: Claim): [string, Evidence][] {
  return Object.entries(claim.quantities).flatMap(([name, quantity]) =>
    quantity.role === 'evidence' ? [[name, quantity] as [string, Evidence]] : [],
  );
}
