// The Metropolis-adjusted Langevin algorithm: an Euler-Maruyama step of the whole field of a chain, g = grad
// H(x),
//   x' = x - g h + sqrt(2 T h) xi,
// taken with probability min(1, e^a), which makes exp(-H/T) exact at any h:
//   a = -(H(x') - H(x)) / T + ln q(x | x') - ln q(x' | x),
//   ln q(x | x') - ln q(x' | x) = (sqrt(2 T h) xi . G / 2 - h |G|^2 / 4) / T,   G = g(x) + g(x').
// At a given h fewer moves are taken the more nodes there are: for a constant fraction h must fall as
// N^(-1/3), the best one being about 0.57. Sources: Rossky, Doll, Friedman, J. Chem. Phys. 69 (1978) 4628,
// doi:10.1063/1.436415; Roberts and Tweedie, Bernoulli 2 (1996) 341, doi:10.2307/3318418; Roberts and
// Rosenthal, J. R. Stat. Soc. B 60 (1998) 255, doi:10.1111/1467-9868.00123.
import { malaInputs } from '../../codegen/index.js';
import {
  type Hamiltonian,
  notCompiled,
  notLocal,
  requireEnergy,
  requireFewComponents,
} from '../../energies/index.js';
import { needed, type Options, type OptionsOf, readOptions } from '../../numerics/options.js';
import { positive } from '../../numerics/rules.js';
import { Purpose } from '../../randomness/index.js';
import { type CompiledState, compiledSampler, MalaStepper, type MalaDrive } from '../compiled/index.js';
import { aTemperature } from '../check.js';
import { anEngine, onTensorsOnly, wholeFieldEngine } from '../engine.js';
import type { Sampler } from '../sampler.js';
import { asSchedule, type Schedule } from '../schedules/schedule.js';
import { requireContinuous } from './continuousField.js';
import { notANumber, positiveAt, standsStill, tensorMala, type TensorMalaState } from './tensorMala.js';

const malaOptions = {
  /** T, in units of energy; k_B = 1: a number, or a schedule. */
  temperature: needed(aTemperature),
  /** h, in units of (field squared) / energy. */
  timeStep: needed(positive),
  /** Not `webgpu`; `wasm` for energies of bonds and sites. `auto` by default. */
  engine: anEngine,
};

/** Options of `mala`. */
export interface MalaOptions extends Options, OptionsOf<typeof malaOptions> {}

/** Where a `mala` sampler stands. */
export type MalaState = TensorMalaState | CompiledState<MalaStepper>;

/**
 * A MALA sampler of exp(-H/T). `acceptance` is the fraction of steps that were taken, by chain. Compiled code
 * compares energies in float64; on tensors H is summed to float32, and a is right to about 1e-7 |H| / T.
 *
 * @throws RangeError unless timeStep is positive and, at every step, the temperature; at `init` TypeError for
 * spins and labels; Error in a run when 200 steps in a row are refused in all chains: the time step is too
 * large
 * @example
 * const energy = hamiltonian(smallWorld(50, 4, 0.1, { seed: 1 }), [interaction()]);
 * const samples = await sample(dynamics.mala(energy, { temperature: 1, timeStep: 0.05 }),
 *   { chains: 16, burnIn: 200, steps: 2000, every: 10, seed: 1 });
 * mean(samples.acceptance!); // 0.3813
 */
export function mala(energy: Hamiltonian, options: MalaOptions): Sampler<MalaState> {
  requireEnergy('mala', energy);
  const { timeStep, ...given } = readOptions('mala', options, malaOptions);
  const temperature = asSchedule('mala', given.temperature);
  const engine = wholeFieldEngine(given.engine, (compiled) => {
    const reason = notCompiled(energy.terms) ?? (compiled === 'wasm' ? notLocal(energy.terms) : undefined);
    if (reason || compiled === 'wasm') return onTensorsOnly('mala', reason && `${reason} and`);
    return new TypeError("mala: energies are compared in float64, on engines 'wasm' and 'tensors' only");
  });
  return (engine === 'wasm' ? compiledMala : tensorMala)(
    energy,
    `mala (dt = ${timeStep})`,
    temperature,
    timeStep,
  ) as Sampler<MalaState>;
}

/** Proposal, gradient, energy and decision of every chain by code compiled for the energy. */
function compiledMala(
  energy: Hamiltonian,
  name: string,
  temperature: Schedule,
  timeStep: number,
): Sampler<CompiledState<MalaStepper>> {
  return compiledSampler<MalaStepper, MalaDrive>({
    caller: 'mala',
    name,
    energy,
    temperature,
    needs: ['accepted'],
    madeFor: [energy],
    check: (field) => requireContinuous('mala', field, energy),
    stepperFor({ shape: [, components, chains], gauge }, { values, accepted }) {
      requireFewComponents('mala', components);
      const stepper = new MalaStepper('mala', energy, { components, chains, gauge });
      stepper.load(Float32Array.from(values), accepted);
      return stepper;
    },
    drive: ({ step, key }) => ({
      firstStep: step,
      key,
      purpose: Purpose.noise,
      numbers: { [malaInputs.timeStep.name]: timeStep },
      amplitude: (at) => Math.sqrt(2 * positiveAt(temperature, at) * timeStep),
      beta: (at) => 1 / positiveAt(temperature, at),
    }),
    failure: ({ step, shape }, stepper, { code, broken }) =>
      code === 1
        ? notANumber(energy, stepper.read(), broken!, shape, step)
        : standsStill(energy, stepper.read(), shape, step, timeStep),
  });
}
