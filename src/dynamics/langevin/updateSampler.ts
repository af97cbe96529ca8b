// A sampler whose step is an update (src/codegen/passes/step.ts), as langevin, baoab and sgld are: on tensors, which take every energy, or
// as code compiled for the energy.
import type { Hamiltonian } from '../../energy/index.js';
import type { Engine } from '../engine.js';
import type { Sampler } from '../sampler.js';
import { compiledLangevin, type CompiledState } from './compiledLangevin.js';
import { inMemory, onGpu } from './heldField.js';
import { tensorLangevin, type TensorState } from './tensorLangevin.js';
import type { UpdateSetup } from './updateSetup.js';

export type UpdateState = TensorState | CompiledState;

export function updateSampler(energy: Hamiltonian, setup: UpdateSetup, engine: Exclude<Engine, 'auto'>): Sampler<UpdateState> {
  if (engine === 'tensors') return tensorLangevin(energy, setup) as Sampler<UpdateState>;
  return compiledLangevin(energy, setup, engine === 'wasm' ? inMemory : onGpu) as Sampler<UpdateState>;
}
