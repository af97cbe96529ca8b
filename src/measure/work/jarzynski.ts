// The free energy difference from the work of runs that start in equilibrium and are driven at any speed:
//   dF = - T ln <exp(-W / T)>.
// The logarithm of an average of n runs is too high by about T Var(e^(-W/T)) / (2 n <e^(-W/T)>^2), which the
// jackknife removes; for Gaussian work that is T (e^(2 D / T) - 1) / 2n, D = <W> - dF the dissipated work.
// The few runs of least work dominate the average: with far fewer than exp(D / T) runs these are missing, the
// estimate is too high by up to D, and its interval does not show it. `effectiveRuns` = (sum w)^2 / sum w^2,
// w = e^(-W/T), is their number. Sources: Jarzynski, Phys. Rev. Lett. 78 (1997) 2690, DOI
// 10.1103/PhysRevLett.78.2690; Gore, Ritort, Bustamante, Proc. Natl. Acad. Sci. 100 (2003) 12564, DOI
// 10.1073/pnas.1635159100 (bias); Jarzynski, Phys. Rev. E 73 (2006) 046105,
// DOI 10.1103/PhysRevE.73.046105.
import { type MimeBundle, showAs } from '../../display/index.js';
import { requirePositive } from '../../numerics/check.js';
import { type LevelOption, levelOf } from '../../numerics/rules.js';
import { type Estimate, short, withInterval, jackknifeEstimate } from '../../statistics/index.js';

/** A free energy difference from work, with its bias. */
export interface WorkEstimate extends Estimate {
  /** The correction by the jackknife: -T ln of the plain average minus the estimate. */
  readonly bias: number;
  /** Effective number of runs in the exponential average. */
  readonly effectiveRuns: number;
}

/**
 * The free energy difference dF = -T ln <exp(-W/T)> from the work of independent runs, in units of energy.
 *
 * @param work W of each run, at least 16
 * @throws RangeError for fewer runs, work that is not finite, or a temperature that is not positive
 * @example
 * const work = dynamics.rampWork(complete(6), { temperature: 1, from: 1, to: 2, jumps: 10, duration: 1, runs: 4000, seed: 1 });
 * measure.jarzynski(work, 1).interval; // [1.731, 1.754]
 * exact.rampFreeEnergy({ temperature: 1, nodeCount: 6, from: 1, to: 2 }); // 1.733
 */
export function jarzynski(
  work: ArrayLike<number>,
  temperature: number,
  options: LevelOption = {},
): WorkEstimate {
  const level = levelOf('jarzynski', options);
  requirePositive('jarzynski', 'temperature', temperature);
  requireWork('jarzynski', work);
  const least = Array.from(work).reduce((a, b) => Math.min(a, b)); // subtracted, so that nothing overflows
  const weights = Array.from(work, (W) => [Math.exp((least - W) / temperature)]);
  const freeEnergy = (average: number): number => least - temperature * Math.log(average);
  const { estimate, interval } = jackknifeEstimate(weights, level, ([average]) => freeEnergy(average));
  const sum = weights.reduce((total, [w]) => total + w, 0);
  const squares = weights.reduce((total, [w]) => total + w * w, 0);
  return showAs<WorkEstimate>(
    { estimate, interval, bias: freeEnergy(sum / work.length) - estimate, effectiveRuns: sum ** 2 / squares },
    workText,
  );
}

/** Throws unless there are at least 16 runs of finite work. */
export function requireWork(caller: string, work: ArrayLike<number>): void {
  if (work.length < 16)
    throw new RangeError(`${caller}: needs the work of at least 16 runs, got ${work.length}`);
  for (let run = 0; run < work.length; run++) {
    if (!Number.isFinite(work[run]))
      throw new RangeError(`${caller}: work must be finite, got ${work[run]} in run ${run}`);
  }
}

/** The same of both directions, with a positive temperature and a level in (0, 1). */
export function requireBothWorks(
  caller: string,
  forward: ArrayLike<number>,
  reverse: ArrayLike<number>,
  temperature: number,
): void {
  requirePositive(caller, 'temperature', temperature);
  requireWork(caller, forward);
  requireWork(caller, reverse);
}

const workText = (work: WorkEstimate): MimeBundle => ({
  'text/plain': `${withInterval(work)}, from ${short(work.effectiveRuns)} effective runs`,
});
