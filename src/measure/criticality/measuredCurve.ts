// A measured curve: y at a list of x, from independent groups of data (chains, seeds, graphs), each with
// values at every x. The curve can be computed from any choice of its groups: this gives the errors of all
// quantities derived from it, whether or not the points of one group are correlated.
import { card, countText, printAs, rangeText, sparkline } from '../../display/index.js';
import { requirePositive } from '../../numerics/check.js';
import { binderMoments, binderOf } from './binderCumulant.js';
import { averagesOf, meanRow, requireChains } from '../../statistics/index.js';
import { requireOverlap, weightsOf } from './reweight.js';

/** Groups are rows of numbers; without `y` these are values at each x, and the curve is their mean. */
export interface MeasuredCurve {
  /** Ascending. */
  readonly x: ArrayLike<number>;
  /** Independent of each other, at least 16. */
  readonly groups: readonly ArrayLike<number>[];
  /** y at every x from the mean of the chosen rows. */
  readonly y?: (mean: Float64Array) => ArrayLike<number>;
}

/** y at every x from some of the groups. */
export function curveOf(
  { groups, y }: MeasuredCurve,
  chosen: readonly ArrayLike<number>[] = groups,
): ArrayLike<number> {
  const mean = meanRow(chosen);
  return y ? y(mean) : mean;
}

/** The runs from which a Binder curve is measured. */
export interface BinderData {
  /** Temperatures of the runs, ascending. */
  readonly temperatures: readonly number[];
  /** By temperature and chain, one m per record; at least 16 chains, equally many at every temperature. */
  readonly magnetisations: readonly (readonly ArrayLike<number>[])[];
  /** H of the same records; required with `at`. */
  readonly energies?: readonly (readonly ArrayLike<number>[])[];
  /**
   * Temperatures of the curve, ascending, each from the nearest run by `reweight`: those of the runs by
   * default.
   */
  readonly at?: readonly number[];
}

/** With a smaller effective share of records, a temperature is too far from every run. */
const LEAST_SHARE = 0.1;

/**
 * Binder's cumulant against temperature, for `crossing`. Chain g of every temperature makes group g.
 *
 * @throws RangeError for fewer than 16 chains, different numbers of them, `at` without energies, or too far
 * from the runs
 * @example
 * const temperatures = [2.1, 2.3, 2.5];
 * const ising = hamiltonian(torus(8, 8), [bond((a, b) => a.mul(b).sum().neg())]);
 * const runs = { chains: 16, burnIn: 100, steps: 500, seed: 1 };
 * const samples = await Promise.all(temperatures.map((temperature) => sample(dynamics.wolff(ising, { temperature }), runs)));
 * const { x, groups } = measure.binderCurve({ temperatures, magnetisations: samples.map((each) => observe(each, magnetisation)) });
 * x; // [2.1, 2.3, 2.5]
 * groups.length; // 16
 */
export function binderCurve({ temperatures, magnetisations, energies, at }: BinderData): MeasuredCurve {
  if (
    magnetisations.length !== temperatures.length ||
    (energies ?? temperatures).length !== temperatures.length
  ) {
    throw new RangeError(
      `binderCurve: needs series for each of ${temperatures.length} temperatures, got ${magnetisations.length}`,
    );
  }
  if (at && !energies)
    throw new RangeError(
      'binderCurve: other temperatures than those of the runs need the energies, got none',
    );
  const points = (at ?? temperatures).map((T, k): Float64Array[] => {
    if (!at)
      return averagesOf('binderCurve', magnetisations[k], binderMoments).map(([m2, m4]) =>
        Float64Array.of(1, m2, m4),
      );
    const run = nearest(temperatures, T);
    return weightedMoments(magnetisations[run], energies![run], temperatures[run], T);
  });
  if (new Set(points.map((rows) => rows.length)).size !== 1) {
    throw new RangeError(
      `binderCurve: every temperature needs as many chains, got ${points.map((rows) => rows.length).join(', ')}`,
    );
  }
  return printAs<MeasuredCurve>(
    {
      x: at ?? temperatures,
      groups: points[0].map((_, g) => Float64Array.from(points.flatMap((rows) => [...rows[g]]))),
      y: (mean) =>
        points.map((_, k) => binderOf(mean[3 * k + 1] / mean[3 * k], mean[3 * k + 2] / mean[3 * k])),
    },
    (curve) => curveCard(curve.x, curveOf(curve), curve.groups.length),
  );
}

/** sum w, sum w m^2, sum w m^4 along each chain. */
function weightedMoments(
  m: readonly ArrayLike<number>[],
  energies: readonly ArrayLike<number>[],
  from: number,
  to: number,
): Float64Array[] {
  requireChains('binderCurve', m);
  const weights = weightsOf('binderCurve', energies, from, to);
  requireOverlap('binderCurve', weights, from, to, LEAST_SHARE);
  return weights.map((w, c) =>
    Float64Array.from([0, 2, 4], (power) => w.reduce((sum, x, r) => sum + x * m[c][r] ** power, 0)),
  );
}

function nearest(temperatures: readonly number[], T: number): number {
  requirePositive('binderCurve', 'temperature', T);
  const distance = (k: number): number => Math.abs(1 / temperatures[k] - 1 / T);
  return temperatures.reduce((best, _, k) => (distance(k) < distance(best) ? k : best), 0);
}

const curveCard = (x: ArrayLike<number>, y: ArrayLike<number>, groups: number) =>
  card(
    `Curve of ${countText(x.length, 'point')} from ${countText(groups, 'group')}`,
    { x: rangeText(x), y: rangeText(y) },
    sparkline([y]),
    'y by point',
  );
