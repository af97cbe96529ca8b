// Where two measured curves cross: the root of d(x) = y_A(x) - y_B(x), with straight lines between the
// points, or d a polynomial fitted over the common range by least squares. Only roots in the range of both
// curves count, and several roots are not a crossing. Error: bootstrap. The groups of both curves are
// resampled with replacement; each draw has a lowest and a highest root, and the interval goes
// from a low quantile of the lowest to a high one of the highest. A draw without a root counts at minus or
// plus infinity, on the side to which the curves have moved, so that an interval may be open. Draws of n
// groups have a spread too small by sqrt((n - 1) / n), and their quantiles are those of the normal law: both
// are corrected. Source: Efron, Tibshirani, An Introduction to the Bootstrap (1993), DOI
// 10.1007/978-1-4899-4541-9, chapters 6, 12, 13.
import { Matrix, solve } from 'ml-matrix';
import { type MimeBundle, showAs } from '../../display/index.js';
import { requireInteger } from '../../numerics/check.js';
import { byDefault, type OptionsOf, readOptions } from '../../numerics/options.js';
import { integer, type LevelOption, levelOption } from '../../numerics/rules.js';
import { lowerBound } from '../../numerics/lowerBound.js';
import { ndtri } from '../../numerics/special.js';
import { studentCritical } from '../../numerics/student.js';
import {
  defaultSeed,
  randomInteger,
  type SeedOption,
  uniformGenerator,
  seedOption,
} from '../../randomness/index.js';
import { type Estimate, withInterval } from '../../statistics/index.js';
import { curveOf, type MeasuredCurve } from './measuredCurve.js';

const crossingOptions = {
  ...levelOption,
  /** Degree of the polynomial fitted to the difference; by default straight lines between the points. */
  degree: integer(1),
  /** How many bootstrap draws; 1000 by default. */
  resamples: byDefault(1000, integer(100)),
  ...seedOption,
};

/** Options of `crossing`. */
export interface CrossingOptions extends LevelOption, SeedOption, OptionsOf<typeof crossingOptions> {}

/** x of the one crossing, or NaN with the reason in words. */
export interface Crossing extends Estimate {
  readonly found: boolean;
  /** Why there is no crossing; '' where there is one. */
  readonly why: string;
  /** All x where the curves as measured cross within their common range. */
  readonly roots: readonly number[];
  /** Share of the draws that cross exactly once. */
  readonly once: number;
}

/**
 * The x at which two measured curves cross, with a bootstrap interval.
 *
 * @throws RangeError for fewer than 16 groups, x that do not ascend or share fewer than two points, or a
 * degree too high for the points
 * @example
 * const runs = { chains: 16, burnIn: 100, steps: 1000, seed: 1 };
 * const temperatures = [2.1, 2.3, 2.5];
 * const curve = async (L: number) => {
 *   const ising = hamiltonian(torus(L, L), [bond((a, b) => a.mul(b).sum().neg())]);
 *   const samples = await Promise.all(temperatures.map((temperature) => sample(dynamics.wolff(ising, { temperature }), runs)));
 *   return measure.binderCurve({ temperatures, magnetisations: samples.map((each) => observe(each, magnetisation)) });
 * };
 * measure.crossing(await curve(4), await curve(8), { seed: 1 }).interval; // [2.168, 2.236]
 */
export function crossing(a: MeasuredCurve, b: MeasuredCurve, options: CrossingOptions = {}): Crossing {
  const {
    level,
    degree,
    resamples,
    seed = defaultSeed(),
  } = readOptions('crossing', options, crossingOptions);
  [a, b].forEach(checkCurve);
  const x = commonPoints(a.x, b.x, degree);
  const rootsOf = (ya: ArrayLike<number>, yb: ArrayLike<number>): Roots => {
    const difference = x.map((at) => straight(a.x, ya, at) - straight(b.x, yb, at));
    return degree === undefined ? rootsOfLines(x, difference) : rootsOfPolynomial(x, difference, degree);
  };
  const { roots, sign } = rootsOf(curveOf(a), curveOf(b));
  const random = uniformGenerator(seed, 'crossing');
  const draw = ({ groups }: MeasuredCurve): ArrayLike<number>[] =>
    groups.map(() => groups[randomInteger(random, groups.length)]);
  const draws = Array.from({ length: resamples }, () => rootsOf(curveOf(a, draw(a)), curveOf(b, draw(b))));
  const once = draws.filter((draw) => draw.roots.length === 1).length / resamples;
  const result = { found: roots.length === 1, roots, once };
  if (!result.found) {
    const why =
      roots.length === 0
        ? `the curves do not cross between ${x[0]} and ${x.at(-1)}`
        : `the curves cross ${roots.length} times, at ${roots.map((root) => root.toPrecision(4)).join(', ')}`;
    return showAs<Crossing>({ ...result, estimate: NaN, interval: [-Infinity, Infinity], why }, crossingText);
  }
  // d has its left sign everywhere: the crossing has moved out to the right
  const away = (draw: Roots): number => (draw.sign === sign ? Infinity : -Infinity);
  const lows = draws.map((draw) => draw.roots[0] ?? away(draw)).sort(ascending);
  const highs = draws.map((draw) => draw.roots.at(-1) ?? away(draw)).sort(ascending);
  const freedom = Math.min(a.groups.length, b.groups.length) - 1;
  const widen =
    (studentCritical(1 - level, freedom) / ndtri((1 + level) / 2)) * Math.sqrt((freedom + 1) / freedom);
  const end = (sorted: readonly number[], share: number): number =>
    roots[0] + widen * (sorted[Math.min(resamples - 1, Math.floor(share * resamples))] - roots[0]);
  return showAs<Crossing>(
    {
      ...result,
      estimate: roots[0],
      interval: [end(lows, (1 - level) / 2), end(highs, (1 + level) / 2)],
      why: '',
    },
    crossingText,
  );
}

const ascending = (p: number, q: number): number => (p === q ? 0 : p - q);

/** Roots of d, ascending, and the sign of d at the left end. */
type Roots = { readonly roots: readonly number[]; readonly sign: number };

/** The points of both curves in their common range. */
function commonPoints(a: ArrayLike<number>, b: ArrayLike<number>, degree = 1): number[] {
  const [low, high] = [Math.max(a[0], b[0]), Math.min(a[a.length - 1], b[b.length - 1])];
  const x = [...new Set([low, high, ...Array.from(a), ...Array.from(b)])]
    .filter((at) => low <= at && at <= high)
    .sort(ascending);
  if (x.length < 2) {
    throw new RangeError(
      `crossing: the curves must share a range of x, got ${a[0]} ... ${a[a.length - 1]} and ${b[0]} ... ${b[b.length - 1]}`,
    );
  }
  requireInteger('crossing', 'degree', degree, 1, x.length - 1);
  return x;
}

/** y at x on the straight lines between the points. */
function straight(points: ArrayLike<number>, y: ArrayLike<number>, x: number): number {
  const k = Math.min(Math.max(1, lowerBound(points, x)), points.length - 1);
  return y[k - 1] + ((y[k] - y[k - 1]) * (x - points[k - 1])) / (points[k] - points[k - 1]);
}

function rootsOfLines(x: readonly number[], d: readonly number[]): Roots {
  const roots: number[] = [];
  let [last, sign] = [-1, 0]; // the last point where d is not 0
  let first = 0;
  d.forEach((value, k) => {
    if (value === 0) return;
    if (sign !== 0 && Math.sign(value) !== sign)
      roots.push(x[last] + ((x[k] - x[last]) * d[last]) / (d[last] - value));
    [last, sign] = [k, Math.sign(value)];
    first ||= sign;
  });
  return { roots, sign: first };
}

/** The fit in u in [-1, 1], and its roots on a grid of straight lines fine enough for any low degree. */
function rootsOfPolynomial(x: readonly number[], d: readonly number[], degree: number): Roots {
  const [low, high] = [x[0], x[x.length - 1]];
  const power = (at: number, k: number): number => ((2 * at - low - high) / (high - low)) ** k;
  const columns = Array.from({ length: degree + 1 }, (_, k) => k);
  const fit = solve(
    new Matrix(x.map((at) => columns.map((k) => power(at, k)))),
    Matrix.columnVector([...d]),
    true,
  ).getColumn(0);
  const grid = Array.from({ length: 401 }, (_, k) => low + ((high - low) * k) / 400);
  return rootsOfLines(
    grid,
    grid.map((at) => fit.reduce((sum, c, k) => sum + c * power(at, k), 0)),
  );
}

function checkCurve({ x, groups }: MeasuredCurve): void {
  if (groups.length < 16)
    throw new RangeError(`crossing: needs at least 16 groups per curve, got ${groups.length}`);
  for (let k = 1; k < x.length; k++) {
    if (!(x[k] > x[k - 1])) throw new RangeError(`crossing: x must ascend, got ${x[k - 1]} before ${x[k]}`);
  }
  if (x.length < 2) throw new RangeError(`crossing: a curve needs at least 2 points, got ${x.length}`);
}

const crossingText = (crossing: Crossing): MimeBundle => ({
  'text/plain': crossing.found ? `crossing at ${withInterval(crossing)}` : `no crossing: ${crossing.why}`,
});
