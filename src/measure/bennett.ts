// Bennett's acceptance ratio: the free energy difference from runs there (work W, n_F of them) and back (work V, n_R),
// both from equilibrium, the best estimate that both make together. dF solves
//   sum over runs there of f(W - dF + M) = sum over runs back of f(V + dF - M),   f(x) = 1 / (1 + e^(x/T)), M = T ln(n_F / n_R),
// and its variance is T^2 [(<f^2> / <f>^2 - 1) / n] summed over both directions. Work without overlap has an error that is
// too small: then neither direction knows the other's end (compare with `crooksLine`, which refuses).
// Sources: Bennett, J. Comput. Phys. 22 (1976) 245, DOI 10.1016/0021-9991(76)90078-4, eqs. 10, 12; Shirts, Bair, Hooker, Pande,
// Phys. Rev. Lett. 91 (2003) 140601, DOI 10.1103/PhysRevLett.91.140601.
import { shown } from '../display/index.js';
import { requirePositive } from '../graph/check.js';
import { bisect } from './bisect.js';
import { estimateText } from './display.js';
import { checkLevel, type Estimate } from './estimate.js';
import { requireWork } from './jarzynski.js';
import { mean } from './mean.js';
import { studentCritical } from './student.js';

/**
 * dF of the way there, in units of energy.
 *
 * @param forward W of independent runs there, at least 16
 * @param reverse V of independent runs back, at least 16
 * @throws RangeError for fewer runs, work that is not finite, a temperature that is not positive, or a level outside (0, 1)
 * @example
 * bennett([1.1, 0.9, ...], [-0.7, -1.2, ...], 1); // { estimate: 0.94, interval: [0.8, 1.1] }
 */
export function bennett(forward: ArrayLike<number>, reverse: ArrayLike<number>, temperature: number, { level = 0.95 } = {}): Estimate {
  checkLevel('bennett', level);
  requirePositive('bennett', 'temperature', temperature);
  requireWork('bennett', forward);
  requireWork('bennett', reverse);
  const [there, back] = [forward.length, reverse.length];
  const shift = temperature * Math.log(there / back);
  const fermi = (work: ArrayLike<number>, by: number): Float64Array =>
    Float64Array.from(work, (W) => 1 / (1 + Math.exp((W + by) / temperature)));
  const total = (values: Float64Array): number => values.reduce((sum, f) => sum + f, 0);
  // the left side grows with dF, the right one falls
  const excess = (dF: number): number => total(fermi(forward, shift - dF)) - total(fermi(reverse, dF - shift));
  const ends = [...Array.from(forward), ...Array.from(reverse, (V) => -V)].reduce(
    ([low, high], W) => [Math.min(low, W), Math.max(high, W)], [Infinity, -Infinity]);
  const margin = Math.abs(shift) + temperature * Math.log(there + back);
  const estimate = bisect(excess, ends[0] - margin, ends[1] + margin);
  const relative = (f: Float64Array): number => (mean(f.map((x) => x * x)) / mean(f) ** 2 - 1) / f.length;
  const error = temperature * Math.sqrt(relative(fermi(forward, shift - estimate)) + relative(fermi(reverse, estimate - shift)));
  const half = studentCritical(1 - level, Math.min(there, back) - 1) * error;
  return shown<Estimate>({ estimate, interval: [estimate - half, estimate + half] }, estimateText);
}
