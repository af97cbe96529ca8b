// What an operation's tensors are computed with: plain tfjs.
import type { Tensor3D } from '@tensorflow/tfjs';

/** Tensors are [rows, components, chains]; an axis along which all numbers are equal may have length 1. */
export interface Tensors {
  readonly tf: typeof import('@tensorflow/tfjs');
  /** Length of every vector. */
  readonly components: number;
  /** Sum and maximum over the components, [rows, 1, chains]. */
  sum(x: Tensor3D): Tensor3D;
  most(x: Tensor3D): Tensor3D;
  /** Both in their common shape: on wasm tfjs compares tensors of unlike shapes twenty times more slowly. */
  alike(x: Tensor3D, y: Tensor3D): [Tensor3D, Tensor3D];
}
