// Random tensors: the numbers of src/random, made where the tensor lives. A number depends on (key, step,
// purpose, node, lane) alone, lane = component x chains + chain; Philox is the same bit by bit on every
// backend, normals agree to float32 rounding.
import type { Tensor3D } from '@tensorflow/tfjs';
import { stepWords } from '../random/counter.js';
import type { Key } from '../random/index.js';
import type { Shape3D } from './axes.js';
import { run } from './operation.js';

export interface NoiseRequest {
  /** Time step, an integer in [0, 2^53). */
  readonly step: number;
  /** One of `Purpose`, or another integer below 256. */
  readonly purpose: number;
  /** [nodes, components, chains]. */
  readonly shape: Shape3D;
}

/** What the implementations get: the counter's words that are the same for all numbers. */
export interface NoiseAttributes extends NoiseRequest {
  readonly key: Key;
  readonly nodes: number;
  readonly lanes: number;
  /** c0 of the counter. */
  readonly stepLow: number;
  /** c3 of the counter. */
  readonly purposeAndStepHigh: number;
}

/**
 * Independent standard normals, shape [nodes, components, chains].
 * @throws RangeError for a step, purpose or shape outside the counter's range
 * @example normals(randomKey(7), { step: 0, purpose: Purpose.noise, shape: [1000, 2, 64] })
 */
export const normals = (key: Key, request: NoiseRequest): Tensor3D =>
  run('normals', undefined, request.shape, attributes('normals', key, request));

/** Independent uniforms in (0, 1), as {@link normals}. */
export const uniforms = (key: Key, request: NoiseRequest): Tensor3D =>
  run('uniforms', undefined, request.shape, attributes('uniforms', key, request));

function attributes(caller: string, key: Key, { step, purpose, shape }: NoiseRequest): NoiseAttributes {
  const [nodes, components, chains] = shape;
  checkCount(caller, 'step', step, 2 ** 53);
  checkCount(caller, 'purpose', purpose, 256);
  checkCount(caller, 'nodes', nodes, 2 ** 31);
  checkCount(caller, 'components', components, 2 ** 31);
  checkCount(caller, 'chains', chains, 2 ** 31);
  const [stepLow, purposeAndStepHigh] = stepWords(step, purpose);
  return { key, step, purpose, shape, nodes, lanes: components * chains, stepLow, purposeAndStepHigh };
}

function checkCount(caller: string, name: string, value: number, below: number): void {
  if (Number.isInteger(value) && value >= 0 && value < below) return;
  throw new RangeError(`${caller}: ${name} must be an integer in [0, ${below}), got ${String(value)}`);
}
