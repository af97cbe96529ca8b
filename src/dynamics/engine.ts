// What runs a sampler: tensors, which take every energy and are the reference, or code compiled for
// the energy: WebAssembly on all cores, or the GPU.
import { type Hamiltonian, notCompiled, stepTerms } from '../energies/index.js';
import { tf } from '../tensors/index.js';
import { oneOf } from '../numerics/rules.js';

/**
 * `auto` is wasm for energies made of expressions, unless another backend of tensors than the default was
 * chosen; else tensors.
 */
export type Engine = 'auto' | 'tensors' | 'wasm' | 'webgpu';

export const anEngine = oneOf('auto', 'tensors', 'wasm', 'webgpu');

/** @throws TypeError for a term that the engine cannot run */
export function engineFor(
  caller: string,
  energy: Hamiltonian,
  engine: Engine = 'auto',
): Exclude<Engine, 'auto'> {
  const isCompiled = !notCompiled(energy.terms) && !['cpu', 'tensorflow'].includes(tf.getBackend());
  if (engine === 'auto') return isCompiled ? 'wasm' : 'tensors';
  if (engine !== 'tensors') stepTerms(caller, energy.terms);
  return engine;
}
