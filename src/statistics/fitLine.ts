// The straight line y = intercept + slope x of weighted least squares: slope = sum w (x - mx)(y - my) / sum w
// (x - mx)^2. Its errors come from repetition: fit each independent run, and look at the spread of the fits.
import { formatNumber, type MimeBundle, showAs } from '../display/index.js';
import { requireOnePer } from '../numerics/check.js';
import { each, finite } from '../numerics/rules.js';

/** A fitted line. */
export interface Line {
  readonly slope: number;
  readonly intercept: number;
}

/**
 * The straight line y = intercept + slope x of weighted least squares.
 *
 * @param weights 1 by default
 * @throws RangeError for fewer than two points, numbers that are not finite, lists of different lengths, or x
 * that are all equal
 * @example
 * fitLine([1, 2, 3], [3, 5, 7]); // { slope: 2, intercept: 1 }
 */
export function fitLine(x: ArrayLike<number>, y: ArrayLike<number>, weights?: ArrayLike<number>): Line {
  for (const [name, values] of Object.entries({ x, y, weights }))
    if (values !== undefined) each(finite)('fitLine', name, values as never);
  if (x.length < 2 || x.length !== y.length) {
    throw new RangeError(
      `fitLine: needs at least 2 points, one y per x, got ${x.length} x and ${y.length} y`,
    );
  }
  if (weights !== undefined) requireOnePer('fitLine', 'weights', weights, x.length, 'point');
  const w = weights ?? new Float64Array(x.length).fill(1);
  const sum = (of: (k: number) => number): number =>
    Array.from(w).reduce((total, weight, k) => total + weight * of(k), 0);
  const all = sum(() => 1);
  const [mx, my] = [sum((k) => x[k]) / all, sum((k) => y[k]) / all];
  const across = sum((k) => (x[k] - mx) ** 2);
  if (!(across > 0)) throw new RangeError(`fitLine: x must differ, got ${x.length} times ${x[0]}`);
  const slope = sum((k) => (x[k] - mx) * (y[k] - my)) / across;
  return showAs({ slope, intercept: my - slope * mx }, lineText);
}

const lineText = ({ slope, intercept }: Line): MimeBundle => ({
  'text/plain': `${formatNumber(slope)} x ${intercept < 0 ? '-' : '+'} ${formatNumber(Math.abs(intercept))}`,
});
