// What runs a sampler: its reference, which takes every energy, or code compiled for the energy: WebAssembly on
// all cores, or the GPU.
import { tf } from '../tensors/index.js';
import { byDefault } from '../numerics/options.js';
import { oneOf } from '../numerics/rules.js';

/**
 * `tensors` is the reference, which takes every energy: operations on tensors where a sampler moves the whole
 * field, float64 in plain JavaScript where it moves one node after another. `wasm` and `webgpu` are code
 * compiled for the energy. `auto` is `wasm` where that can run the sampler, else `tensors`; samplers of whole
 * fields also take `tensors` where another backend than the default was chosen.
 */
export type Engine = 'auto' | 'tensors' | 'wasm' | 'webgpu';

export const anEngine = byDefault<Engine>('auto', oneOf('auto', 'tensors', 'wasm', 'webgpu'));

/**
 * @param refusal why compiled code cannot run the sampler, if it cannot
 * @throws the refusal of an engine that was asked for
 */
export function engineFor(
  engine: Engine,
  refusal: (engine: 'wasm' | 'webgpu') => Error | undefined,
): Exclude<Engine, 'auto'> {
  if (engine === 'tensors') return engine;
  const compiled = engine === 'auto' ? 'wasm' : engine;
  const error = refusal(compiled);
  if (error && engine !== 'auto') throw error;
  return error ? 'tensors' : compiled;
}

/** That of a sampler of whole fields. */
export const wholeFieldEngine = (
  engine: Engine,
  refusal: Parameters<typeof engineFor>[1],
): Exclude<Engine, 'auto'> =>
  engineFor(
    engine === 'auto' && ['cpu', 'tensorflow'].includes(tf.getBackend()) ? 'tensors' : engine,
    refusal,
  );

/** The error of a sampler that compiled code cannot run, by the reason. */
export const onTensorsOnly = (caller: string, reason: string | undefined): TypeError | undefined =>
  reason === undefined ? undefined : new TypeError(`${caller}: ${reason} runs on engine 'tensors' only`);
