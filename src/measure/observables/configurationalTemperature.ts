// The configurational temperature, from positions alone,
//   T = <|grad H|^2> / <laplacian H>,
// with an interval from independent replicas. It detects a wrong noise, a wrong gradient, a scaled energy and
// the bias of a coarse time step, without knowing the sampler. Source: Rugh, Phys. Rev. Lett. 78 (1997) 772,
// DOI 10.1103/PhysRevLett.78.772; Butler, Ayton, Jepps, Evans, J. Chem. Phys. 109 (1998) 6519, DOI
// 10.1063/1.477301.
import { type LevelOption, levelOf } from '../../numerics/rules.js';
import { type Estimate, estimateOf } from '../../statistics/index.js';
import { disagreement, energyOf } from './observables.js';
import { ratioInterval, ratioOf, type Ratio } from '../chains/ratio.js';
import { replicasBy } from '../chains/replicas.js';
import { responsesOf, type Responses } from './responses.js';
import { requireLaw, type ChainSamples, type LocalEnergy } from '../chains/samples.js';

/**
 * The configurational temperature <|grad H|^2> / <laplacian H> of continuous samples, in units of energy.
 *
 * @param samples at least 2 independent replicas: chains, or one chain of 40 autocorrelation times
 * @param energy twice differentiable: finite differences miss the curvature of a kink such as that of |x|
 * @throws RangeError for fewer replicas, a level outside (0, 1), temperatures by node, spins or labels, or
 * another energy than the samples'
 * @example
 * const energy = hamiltonian(ring(50), [interaction()]);
 * const samples = await sample(langevin(energy, { temperature: 1, timeStep: 0.05 }),
 *   { chains: 16, burnIn: 500, steps: 2000, every: 20, seed: 1 });
 * measure.configurationalTemperature(samples, energy); // { estimate: 0.9993, interval: [0.9887, 1.010] }
 */
export function configurationalTemperature(
  samples: ChainSamples,
  energy: LocalEnergy,
  options: LevelOption = {},
): Estimate {
  const level = levelOf('configurationalTemperature', options);
  requireLaw('configurationalTemperature', samples, energy);
  if (samples.states.every((values) => values.every(Number.isInteger))) {
    throw new RangeError(
      'configurationalTemperature: the field must be continuous, got whole numbers; of spins and labels: spinTemperature',
    );
  }
  const replicas = replicasBy('configurationalTemperature', samples, [energyOf(energy), disagreement]);
  const ratio = temperatureOf(responsesOf(samples, energy, replicas));
  return estimateOf(ratio.estimate, ratioInterval(ratio, level));
}

/**
 * The temperature of some coordinates, all by default: the sum of their squared slopes over that of their
 * curvatures.
 */
export function temperatureOf(replicas: readonly Responses[], coordinates?: readonly number[]): Ratio {
  const sum = (values: Float64Array): number => {
    let total = 0;
    for (const at of coordinates ?? values.keys()) total += values[at];
    return total;
  };
  return ratioOf(
    replicas.map(({ squaredSlope }) => sum(squaredSlope)),
    replicas.map(({ curvature }) => sum(curvature)),
  );
}
