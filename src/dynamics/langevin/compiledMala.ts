// MALA by code compiled for the energy: proposal, gradient, energy and decision of every chain.
import { malaInputs } from '../../codegen/index.js';
import type { Hamiltonian } from '../../energy/index.js';
import { requirePositive } from '../../numerics/check.js';
import { Purpose } from '../../random/index.js';
import { MalaStepper, type MalaDrive } from '../compiled/index.js';
import { type CompiledState, compiledSampler } from '../compiledSampler.js';
import type { Sampler } from '../sampler.js';
import { requireContinuous } from './continuousField.js';
import { notANumber, standsStill, type MalaSetup } from './tensorMala.js';

export type CompiledMalaState = CompiledState<MalaStepper>;

export function compiledMala(energy: Hamiltonian, { name, temperature, timeStep }: MalaSetup): Sampler<CompiledMalaState> {
  const temperatureAt = (step: number): number => {
    const T = temperature.at(step);
    requirePositive('mala', `the temperature at step ${step}`, T);
    return T;
  };

  return compiledSampler<MalaStepper, MalaDrive>({
    caller: 'mala', name, energy, temperature, madeFor: [energy],
    check: (field) => requireContinuous('mala', field),
    stepperFor({ shape: [, components, chains], gauge }, { values, accepted }) {
      const stepper = new MalaStepper('mala', energy, { components, chains, gauge });
      stepper.load(Float32Array.from(values), accepted);
      return stepper;
    },
    drive: ({ step, key }) => ({
      firstStep: step, key, purpose: Purpose.noise, numbers: { [malaInputs.timeStep.name]: timeStep },
      amplitude: (at) => Math.sqrt(2 * temperatureAt(at) * timeStep),
      beta: (at) => 1 / temperatureAt(at),
    }),
    failure: ({ step, shape }, _, { code, broken }) =>
      (code === 1 ? notANumber(energy, broken!, shape, step) : standsStill(shape[2], step, timeStep)),
  });
}
