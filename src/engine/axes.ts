// Sums and repeats along the axes of [rows, components, chains] tensors. tfjs has them all, at 3 (sum) to 60
// times the cost (broadcast, one component) on its wasm backend: `npm run bench engine` prints both.
import type { Tensor1D, Tensor3D } from '@tensorflow/tfjs';
import { differentiate, run } from './operation.js';
import { tf } from './tf.js';

export type Shape3D = readonly [rows: number, components: number, chains: number];

/** s[c] = sum over rows and components of x[m, k, c], shape [chains], accumulated in float64. */
export const total = (values: Tensor3D): Tensor1D => run('total', values, [values.shape[2]]);

/** y[m, c] = sum over k of x[m, k, c], shape [rows, 1, chains]. */
export const sumComponents = (values: Tensor3D): Tensor3D => run('sum', values, withComponents(values, 1));

/** y[m, c] = max over k of x[m, k, c]. Its gradient is taken as zero: it serves as a shift that cancels. */
export const maxComponents = (values: Tensor3D): Tensor3D => run('max', values, withComponents(values, 1));

/** y[m, c] = x[m, k, c]. */
export const pickComponent = (values: Tensor3D, k: number): Tensor3D =>
  run('pick', values, withComponents(values, 1), { k });

/** y[m, k, c] = x[m, c] in a tensor of `components` that is zero elsewhere. */
export const placeComponent = (values: Tensor3D, k: number, components: number): Tensor3D =>
  run('place', values, withComponents(values, components), { k });

/** x repeated along the axes where it has length 1. */
export const broadcast = (values: Tensor3D, to: Shape3D): Tensor3D =>
  values.shape.every((length, axis) => length === to[axis]) ? values.clone() : run('broadcast', values, to);

const withComponents = ({ shape }: Tensor3D, components: number): Shape3D => [shape[0], components, shape[2]];

/** The component that `pick` and `place` work on. */
export interface Component {
  readonly k: number;
}

differentiate('total', (g, { from, to }) => broadcast(g.reshape([1, 1, to[0]]), from as Shape3D));
differentiate('sum', (g, { from }) => broadcast(g, from as Shape3D));
differentiate('max', (_, { from }) => tf.zeros([...from]));
differentiate<Component>('pick', (g, { from, k }) => placeComponent(g, k, from[1]));
differentiate<Component>('place', (g, { k }) => pickComponent(g, k));
differentiate('broadcast', (g, { from, to }) => g.sum([0, 1, 2].filter((axis) => from[axis] !== to[axis]), true));
