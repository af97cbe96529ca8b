// What runs a sampler: tensors, which take every energy and are the reference, or code compiled for
// the energy: WebAssembly on all cores, or the GPU.
import type { Hamiltonian } from '../energy/index.js';
import { notCompiled, stepTerms } from '../energy/localTerms.js';
import { tf } from '../engine/index.js';
import { isByNode, type NodeSchedule } from './nodeTemperature.js';

export type Engine = 'auto' | 'tensors' | 'wasm' | 'webgpu';
const ENGINES: readonly Engine[] = ['auto', 'tensors', 'wasm', 'webgpu'];

/**
 * `auto` is wasm for energies made of expressions at one temperature, unless another backend of tensors than the default was chosen.
 *
 * @throws RangeError for an unknown engine; TypeError for a term or temperatures that it cannot run
 */
export function engineFor(caller: string, energy: Hamiltonian, temperature: NodeSchedule, engine: Engine = 'auto'): Exclude<Engine, 'auto'> {
  if (!ENGINES.includes(engine)) {
    throw new RangeError(`${caller}: engine must be one of ${ENGINES.join(', ')}, got ${String(engine)}`);
  }
  const isCompiled = !notCompiled(energy.terms) && !isByNode(temperature) && !['cpu', 'tensorflow'].includes(tf.getBackend());
  if (engine === 'auto') return isCompiled ? 'wasm' : 'tensors';
  if (engine === 'tensors') return engine;
  stepTerms(caller, energy.terms);
  if (isByNode(temperature)) throw new TypeError(`${caller}: engine '${engine}' takes one temperature for all nodes; engine 'tensors' takes one a node`);
  return engine;
}
