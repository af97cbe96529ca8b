// The seeds of a sweep: so many, or as many as an interval of the mean asks for.
//   add seeds at a point until   t s / sqrt(n) <= halfWidth,   s the standard deviation over n seeds.
// A stop that looks at the data makes the interval slightly too narrow: with 16 seeds or more, by a few per
// cent of its probability. Source: Chow and Robbins, Ann. Math. Stat. 36 (1965) 457, DOI
// 10.1214/aoms/1177700156, who prove that it is right in the limit of a small half-width.
import { formatNumber, showAs } from '../display/index.js';
import { requireInteger } from '../numerics/check.js';
import {
  byDefault,
  type Filled,
  needed,
  type Options,
  type OptionsOf,
  readOptions,
} from '../numerics/options.js';
import { aString, integer, openFraction, positive } from '../numerics/rules.js';

const most = 100_000;

/**
 * The seeds 1 to `count`, for the name `seed` of a sweep. Every point of the sweep gets the same seeds, so
 * that differences between points have less noise; the errors of two points are then not independent.
 *
 * @throws RangeError unless the count is a whole number, 1 or more
 * @example seeds(4); // [1, 2, 3, 4]
 */
export function seeds(count: number): number[] {
  requireInteger('seeds', 'count', count, 1);
  return Array.from({ length: count }, (_, k) => k + 1);
}

const untilOptions = {
  /** The name of the number in the records whose mean counts. */
  of: needed(aString),
  /** Seeds are added until the half-width of the mean's interval is at most this; in units of that number. */
  halfWidth: needed(positive),
  /** No point gets more seeds than these; 100,000 by default. */
  most: byDefault(most, integer(16)),
  /** The probability with which the interval covers the true mean; 0.95 by default. */
  level: byDefault(0.95, openFraction),
};

/** Options of `until`. */
export interface UntilOptions extends Options, OptionsOf<typeof untilOptions> {}

/** When a point of a sweep has enough seeds. */
export type Until = Filled<typeof untilOptions>;

/**
 * Says when a point of a sweep has enough seeds: when the interval of the mean over its seeds is narrow
 * enough. The sweep begins with the seeds that it is given, 16 or more, and adds as many again where needed.
 *
 * @throws RangeError for a half-width that is not positive, a level outside (0, 1), fewer than 16 seeds
 * @example
 * const coin = sweep({
 *   name: 'coin',
 *   over: { bias: [0.5], seed: seeds(16) },
 *   run: ({ bias, seed }) => ({ head: Number(uniformGenerator(seed)() < bias) }),
 *   until: sweeping.until({ of: 'head', halfWidth: 0.1 }),
 * });
 * (await coin.here()).runs; // 112
 */
export const until = (options: UntilOptions): Until =>
  showAs(readOptions('until', options, untilOptions), ({ of, halfWidth, level }) => ({
    'text/plain': `until the ${formatNumber(100 * level)} % interval of the mean of ${of} is ± ${formatNumber(halfWidth)} or less`,
  }));
