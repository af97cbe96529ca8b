// Entropy production of runs in stages of constant temperature, k_B = 1: with Q_k the heat that the system
// absorbs from the bath of stage k at T_k (its change of energy at a fixed energy function),
//   Sigma = Delta S - sum over k of <Q_k> / T_k >= 0,
// Delta S the change of the system's own entropy from the first law to the last; 0 only for infinitely slow
// processes. Source: Seifert, Rep. Prog. Phys. 75 (2012) 126001, DOI 10.1088/0034-4885/75/12/126001, section
// 2; EMTD sections 3.2 and 4.3.
import { requireFinite, requirePositive } from '../../numerics/check.js';
import { type LevelOption, levelOf } from '../../numerics/rules.js';
import { type Estimate, interval } from '../../statistics/index.js';

/** The heat of one stage of a run, at one temperature. */
export interface HeatStage {
  readonly temperature: number;
  /** Heat absorbed, one value per independent run. */
  readonly heat: ArrayLike<number>;
}

/**
 * The entropy production Sigma = Delta S - sum of Q_k / T_k of independent runs, in nats; Q_k is heat taken
 * in at T_k.
 *
 * @param entropyChange Delta S in nats: closed form, or from `gaussianEntropy`, `isingDistribution`
 * @throws RangeError for no stages, fewer than 16 runs, different numbers of them, or temperatures that are
 * not positive
 * @example
 * const released = { temperature: 0.5, heat: new Float64Array(16).fill(-1) }; // heat 1 given off at T = 1/2 in each of 16 runs
 * measure.entropyProduction([released], -1.5).estimate; // 0.5 = -1.5 + 1 / 0.5
 */
export function entropyProduction(
  stages: readonly HeatStage[],
  entropyChange: number,
  options: LevelOption = {},
): Estimate {
  const level = levelOf('entropyProduction', options);
  if (stages.length === 0) throw new RangeError('entropyProduction: needs at least one stage, got 0');
  const runs = stages[0].heat.length;
  for (const { temperature, heat } of stages) {
    requirePositive('entropyProduction', 'temperature', temperature);
    if (heat.length !== runs)
      throw new RangeError(
        `entropyProduction: every stage needs the heat of ${runs} runs, got ${heat.length}`,
      );
  }
  requireFinite('entropyProduction', 'entropyChange', entropyChange);
  const production = Float64Array.from({ length: runs }, (_, run) =>
    stages.reduce((sum, { temperature, heat }) => sum - heat[run] / temperature, entropyChange),
  );
  return interval(production, { level });
}
