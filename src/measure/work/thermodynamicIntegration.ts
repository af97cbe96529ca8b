// Free energy differences from averages in equilibrium along a path of energies H_x:
//   F(b) - F(a) = integral from a to b of <dH/dx>_x dx,
// by the trapezoidal rule. With x = 1/T and H instead of dH/dx it gives F/T. Two errors: that of the
// averages, which are independent from point to point, and that of the discretisation, taken as half of the
// change of the integral when every second point is left out (a third for points close by: Richardson); the
// latter widens the interval on both sides. Source: Kirkwood, J. Chem. Phys. 3 (1935) 300, DOI
// 10.1063/1.1749657.
import { type MimeBundle, showAs } from '../../display/index.js';
import { ndtri } from '../../numerics/special.js';
import { type LevelOption, levelOf } from '../../numerics/rules.js';
import { type Estimate, plusMinus, short, withInterval, mean, variance } from '../../statistics/index.js';

/** One point of a thermodynamic integration. */
export interface PathPoint {
  readonly x: number;
  /** dH/dx, one value per independent chain, at least 16. */
  readonly values: ArrayLike<number>;
}

/** A free energy difference by integration, with its interval. */
export interface Integral extends Estimate {
  /** Error by the distance of the points. */
  readonly discretisation: number;
}

/**
 * The free energy difference along a path, the integral of <dH/dx> by the trapezoidal rule, in units of
 * energy.
 *
 * @param points at least 3, an odd number, x ascending
 * @throws RangeError for other numbers of points, x that do not ascend, fewer than 16 values per point, or a
 * level outside (0, 1)
 * @example
 * const points = [0, 0.5, 1].map((x) => ({ x, values: Array.from({ length: 16 }, () => x) })); // dH/dx of 16 chains at each x
 * measure.thermodynamicIntegration(points).estimate; // 0.5
 */
export function thermodynamicIntegration(points: readonly PathPoint[], options: LevelOption = {}): Integral {
  const level = levelOf('thermodynamicIntegration', options);
  check(points);
  const means = points.map(({ values }) => mean(values));
  const weights = trapezia(points);
  const integral = (w: readonly number[], y: readonly number[]): number =>
    w.reduce((sum, weight, k) => sum + weight * y[k], 0);
  const estimate = integral(weights, means);
  const even = (_: unknown, k: number): boolean => k % 2 === 0;
  const discretisation = Math.abs(estimate - integral(trapezia(points.filter(even)), means.filter(even))) / 2;
  const error = Math.sqrt(
    points.reduce((sum, { values }, k) => sum + (weights[k] ** 2 * variance(values)) / values.length, 0),
  );
  const half = ndtri((1 + level) / 2) * error + discretisation;
  return showAs<Integral>({ ...plusMinus(estimate, half), discretisation }, integralText);
}

/** Half the distance between the neighbours of each point. */
const trapezia = (points: readonly PathPoint[]): number[] =>
  points.map(({ x }, k) => ((points[k + 1]?.x ?? x) - (points[k - 1]?.x ?? x)) / 2);

function check(points: readonly PathPoint[]): void {
  if (points.length < 3 || points.length % 2 === 0) {
    throw new RangeError(
      `thermodynamicIntegration: needs an odd number of points, at least 3, got ${points.length}`,
    );
  }
  points.forEach(({ x, values }, k) => {
    if (k > 0 && !(x > points[k - 1].x)) {
      throw new RangeError(`thermodynamicIntegration: x must ascend, got ${points[k - 1].x} before ${x}`);
    }
    if (values.length < 16) {
      throw new RangeError(
        `thermodynamicIntegration: needs at least 16 values per point, got ${values.length} at x = ${x}`,
      );
    }
  });
}

const integralText = (integral: Integral): MimeBundle => ({
  'text/plain': `${withInterval(integral)}, ${short(integral.discretisation)} of it may be the points' distance`,
});
