// MALA by code compiled for the energy: proposal, gradient, energy and decision of every chain.
import { malaInputs } from '../../codegen/index.js';
import type { Hamiltonian } from '../../energy/index.js';
import { requirePositive } from '../../numerics/check.js';
import { Purpose } from '../../random/index.js';
import { MalaStepper, StepperDied, type MalaDrive } from '../compiled/index.js';
import { makeSampler, type Place } from '../makeSampler.js';
import { SamplerStopped, type Sampler } from '../sampler.js';
import { requireContinuous } from './continuousField.js';
import { notANumber, standsStill, type MalaSetup } from './tensorMala.js';

export interface CompiledMalaState extends Place {
  readonly stepper: MalaStepper;
}

export function compiledMala(energy: Hamiltonian, { name, temperature, timeStep }: MalaSetup): Sampler<CompiledMalaState> {
  const temperatureAt = (step: number): number => {
    const T = temperature.at(step);
    requirePositive('mala', `the temperature at step ${step}`, T);
    return T;
  };
  const start = ({ shape: [, components, chains], gauge }: Place, values: Float32Array, accepted: ArrayLike<number>): MalaStepper => {
    const stepper = new MalaStepper('mala', energy, { components, chains, gauge });
    stepper.load(values, Float64Array.from(accepted));
    return stepper;
  };
  const drive = ({ step, key }: Place): MalaDrive => ({
    firstStep: step, key, purpose: Purpose.noise, numbers: { [malaInputs.timeStep.name]: timeStep },
    amplitude: (at) => Math.sqrt(2 * temperatureAt(at) * timeStep),
    beta: (at) => 1 / temperatureAt(at),
  });
  const own = (state: CompiledMalaState): CompiledMalaState =>
    (state.stepper.energy === energy ? state : { ...state, stepper: start(state, state.stepper.read(), state.stepper.accepted) });

  return makeSampler<CompiledMalaState>({
    caller: 'mala', name, energy, temperature,
    check: (field) => requireContinuous('mala', field),
    start: (place, { values, accepted }) => ({ stepper: start(place, Float32Array.from(values), accepted ?? new Float64Array(place.shape[2])) }),

    async advance(given, count, signal) {
      const state = own(given);
      const after = (steps: number): CompiledMalaState => ({ ...state, step: state.step + steps });
      const { steps, code, broken } = await state.stepper.run(count, drive(state), signal).catch((error: unknown) => {
        if (!(error instanceof StepperDied)) throw error;
        throw new SamplerStopped(error, after(error.steps));
      });
      if (code === 0) return after(steps);
      const { step, shape } = after(steps);
      throw new SamplerStopped(code === 1 ? notANumber(energy, broken!, shape, step) : standsStill(shape[2], step, timeStep), after(steps));
    },

    values: ({ stepper }) => stepper.read(),
    others: ({ stepper }) => ({ accepted: stepper.accepted }),
    load(state, values) {
      state.stepper.load(values);
      return state;
    },
    acceptance: ({ stepper, step }) => Array.from(stepper.accepted, (count) => count / step),
  });
}
