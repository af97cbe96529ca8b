// Fields in and out of tfjs: the values of a field, in their order, are the tensor [sites, components,
// chains].
import { tf } from '../tensors/index.js';
import type { Field } from './field.js';

/**
 * The values as a float32 tensor [sites, components, chains]; the caller disposes of it.
 *
 * @example
 * await tensors.ready();
 * fields.toTensor(fieldFrom([[1, 2], [3, 4]])).shape; // [2, 2, 1]
 */
export const toTensor = (field: Field): tf.Tensor3D =>
  tf.tensor3d(field.values, [field.sites, field.components, field.chains], 'float32');

/**
 * A tensor's values under the declaration of `like`; the number of chains may differ. It waits for the
 * backend and does not dispose of the tensor.
 *
 * @throws RangeError when the tensor is not [sites, components, chains] of `like`, or its values are not of
 * the codomain
 * @example
 * const spins = randomSpins({ sites: 4, seed: 7 });
 * (await fields.fromTensor(fields.toTensor(spins).neg(), spins)).values; // [1, -1, 1, -1]
 */
export async function fromTensor(tensor: tf.Tensor3D, like: Field): Promise<Field> {
  const [sites, components, chains] = tensor.shape;
  if (tensor.shape.length !== 3 || sites !== like.sites || components !== like.components) {
    throw new RangeError(
      `fromTensor: tensor must have shape [${like.sites}, ${like.components}, chains], got [${tensor.shape}]`,
    );
  }
  return like.with(Float32Array.from(await tensor.data()), { chains });
}
