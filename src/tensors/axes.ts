// Sums and repeats along the axes of [rows, components, chains] tensors.
import type { Tensor1D, Tensor3D } from '#tfjs';
import { differentiate, run } from './operation.js';
import { tf } from './tf.js';

export type Shape3D = readonly [rows: number, components: number, chains: number];

/**
 * s[c] = sum over rows and components of x[m, k, c], shape [chains], accumulated in float64.
 *
 * @example
 * await tensors.ready();
 * tensors.total(fields.toTensor(fieldFrom([1, 2, 3]))).dataSync(); // [6]
 */
export const total = (values: Tensor3D): Tensor1D => run('total', values, [values.shape[2]]);

differentiate('total', (g, { from, to }) => broadcast(g.reshape([1, 1, to[0]]), from as Shape3D));

/** x repeated along the axes where it has length 1, as a product: `tf.tile` takes a hundred times as long. */
export const broadcast = (values: Tensor3D, to: Shape3D): Tensor3D =>
  values.shape.every((length, axis) => length === to[axis])
    ? values.clone()
    : tf.mul(values, tf.ones([...to]));
