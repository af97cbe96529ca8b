// Random tensors: the numbers of src/randomness, made where the tensor lives. A number depends only on (key,
// step, purpose, node, lane), lane = component x chains + chain. Philox is the same bit by bit on every
// backend, normals agree to float32 rounding.
import type { Tensor3D } from '#tfjs';
import { requireInteger } from '../numerics/check.js';
import { stepWords, type Key } from '../randomness/index.js';
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

/** What the implementations get. */
export interface NoiseAttributes extends NoiseRequest {
  readonly key: Key;
  readonly nodes: number;
  readonly lanes: number;
}

/** The words that all counters and keys share, in the order of a generated program's fields. */
export const counterValues = ({
  key: { seed, stream },
  step,
  purpose,
}: NoiseAttributes): readonly number[] => [...stepWords(step, purpose), seed, stream];

/**
 * Independent standard normals, shape [nodes, components, chains].
 * @throws RangeError for a step, purpose or shape outside the counter's range
 * @example randomness.normals(randomness.randomKey(7), { step: 0, purpose: randomness.Purpose.noise, shape: [1000, 2, 64] })
 */
export const normals = (key: Key, request: NoiseRequest): Tensor3D =>
  run('normals', undefined, request.shape, attributes('normals', key, request));

/** Independent uniforms in (0, 1), as {@link normals}. */
export const uniforms = (key: Key, request: NoiseRequest): Tensor3D =>
  run('uniforms', undefined, request.shape, attributes('uniforms', key, request));

function attributes(caller: string, key: Key, { step, purpose, shape }: NoiseRequest): NoiseAttributes {
  const [nodes, components, chains] = shape;
  requireInteger(caller, 'step', step, 0, 2 ** 53 - 1);
  requireInteger(caller, 'purpose', purpose, 0, 255);
  for (const [name, length] of Object.entries({ nodes, components, chains }))
    requireInteger(caller, name, length, 0);
  return { key, step, purpose, shape, nodes, lanes: components * chains };
}
