// Bennett's acceptance ratio: the free energy difference from n_F forward runs (work W) and n_R reverse runs
// (work V), both from equilibrium, the estimate of least variance from both. dF solves
//   sum over forward runs of f(W - dF + M) = sum over reverse runs of f(V + dF - M),   f(x) = 1 / (1 +
// e^(x/T)), M = T ln(n_F / n_R),
// and its variance is T^2 [(<f^2> / <f>^2 - 1) / n] summed over both directions. Where the work of both
// directions does not overlap, this error is too small (compare with `crooksLine`, which refuses).
// Sources: Bennett, J. Comput. Phys. 22 (1976) 245, DOI 10.1016/0021-9991(76)90078-4, eqs. 10, 12; Shirts,
// Bair, Hooker, Pande, Phys. Rev. Lett. 91 (2003) 140601, DOI 10.1103/PhysRevLett.91.140601.
import { logSum } from '../../numerics/logSum.js';
import { lastWhere } from '../../numerics/root.js';
import { studentCritical } from '../../numerics/student.js';
import { type LevelOption, levelOf } from '../../numerics/rules.js';
import { type Estimate, plusMinus } from '../../statistics/index.js';
import { requireBothWorks } from './jarzynski.js';

/**
 * The free energy difference dF of the forward process by Bennett's acceptance ratio, from work forwards and
 * backwards; in units of energy.
 *
 * @param forward W of independent forward runs, at least 16
 * @param reverse V of independent reverse runs, at least 16
 * @throws RangeError for fewer runs, work that is not finite, a temperature that is not positive, or a level
 * outside (0, 1)
 * @example
 * const ramp = { temperature: 1, jumps: 4, duration: 1, runs: 1000 };
 * const there = dynamics.rampWork(complete(6), { ...ramp, from: 1, to: 2, seed: 1 });
 * const back = dynamics.rampWork(complete(6), { ...ramp, from: 2, to: 1, seed: 2 });
 * measure.bennett(there, back, 1); // { estimate: 1.743, interval: [1.718, 1.768] }
 * exact.rampFreeEnergy({ temperature: 1, nodeCount: 6, from: 1, to: 2 }); // 1.733
 */
export function bennett(
  forward: ArrayLike<number>,
  reverse: ArrayLike<number>,
  temperature: number,
  options: LevelOption = {},
): Estimate {
  const level = levelOf('bennett', options);
  requireBothWorks('bennett', forward, reverse, temperature);
  const [there, back] = [forward.length, reverse.length];
  const shift = temperature * Math.log(there / back);
  /** ln f(W + by) of all runs: f itself underflows where the work is some 700 T. */
  const logFermi = (work: ArrayLike<number>, by: number): Float64Array =>
    Float64Array.from(work, (W) => {
      const x = (W + by) / temperature;
      return -Math.max(x, 0) - Math.log1p(Math.exp(-Math.abs(x)));
    });
  /** The logarithms of both sides: the left one grows with dF, the right one falls. */
  const sides = (dF: number): readonly [Float64Array, Float64Array] => [
    logFermi(forward, shift - dF),
    logFermi(reverse, dF - shift),
  ];
  const isBelow = (dF: number): boolean => {
    const [left, right] = sides(dF);
    return logSum(left) < logSum(right);
  };
  const ends = [...Array.from(forward), ...Array.from(reverse, (V) => -V)].reduce(
    ([low, high], W) => [Math.min(low, W), Math.max(high, W)],
    [Infinity, -Infinity],
  );
  const margin = Math.abs(shift) + temperature * Math.log(there + back);
  const estimate = lastWhere(isBelow, ends[0] - margin, ends[1] + margin);
  /** (<f^2> / <f>^2 - 1) / n */
  const relative = (log: Float64Array): number =>
    Math.exp(logSum(log.map((x) => 2 * x)) - 2 * logSum(log)) - 1 / log.length;
  const [left, right] = sides(estimate).map(relative);
  const error = temperature * Math.sqrt(Math.max(0, left + right));
  return plusMinus(estimate, studentCritical(1 - level, Math.min(there, back) - 1) * error);
}
