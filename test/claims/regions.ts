// Numbers made up for tests: an interval inside a region, or astride yes and no.
import {
  type ClosedInterval,
  type Decidable,
  type Evidence,
  isControl,
  type Measurements,
  type Region,
} from '../../src/claims/index.js';
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

/** An interval that reaches from yes to no. */
export function astride({ yes, no }: Evidence): Estimate {
  const ends = [inside(yes).estimate, inside(no).estimate];
  const interval: ClosedInterval = [Math.min(...ends), Math.max(...ends)];
  return { estimate: (interval[0] + interval[1]) / 2, interval };
}

/** All quantities in favour: controls met, evidence that says yes. */
export function favourable({ quantities }: Decidable): Measurements {
  return Object.fromEntries(
    Object.entries(quantities).map(([name, quantity]) => [
      name,
      inside(isControl(quantity) ? quantity.requires : quantity.yes),
    ]),
  );
}

/** What decides, by name. */
export function evidenceOf({ quantities }: Decidable): [string, Evidence][] {
  return Object.entries(quantities).flatMap(([name, quantity]) =>
    isControl(quantity) ? [] : [[name, quantity] as [string, Evidence]],
  );
}
