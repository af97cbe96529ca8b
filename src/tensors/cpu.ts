// The operations on tfjs's cpu backend: plain loops over typed arrays, the reference of the other backends.
import type { DataId, KernelBackend, TensorInfo } from '#tfjs';
import { normals, uniforms } from '../randomness/index.js';
import type { NoiseAttributes } from './noise.js';
import { implement, type Operation, type Shapes } from './operation.js';
import type { RowIndex } from './rows.js';
import { tf } from './tf.js';

interface CpuBackend extends KernelBackend {
  readonly data: { get(id: DataId): { readonly values: Float32Array } };
  makeTensorInfo(shape: readonly number[], dtype: 'float32', values: Float32Array): TensorInfo;
}

/** Fills the array of zeros `out` from the numbers `x` of the input, if there is one. */
type Fill<Attributes> = (out: Float32Array, x: Float32Array, attributes: Attributes & Shapes) => void;

function cpu<Attributes>(operation: Operation, fill: Fill<Attributes>): void {
  implement<CpuBackend, Attributes>('cpu', operation, (backend, attributes, input) => {
    const out = new Float32Array(tf.util.sizeFromShape([...attributes.to]));
    fill(out, input ? backend.data.get(input.dataId).values : out, attributes);
    return backend.makeTensorInfo(attributes.to, 'float32', out);
  });
}

/** The sum of each column, over rows of `columns` numbers. */
export function columnSums(x: Float32Array, columns: number): Float64Array {
  const sums = new Float64Array(columns);
  for (let at = 0; at < x.length; at += columns) for (let c = 0; c < columns; c++) sums[c] += x[at + c];
  return sums;
}

cpu<{ index: RowIndex }>('gather', (out, x, { index: { targets }, from }) => {
  const width = from[1] * from[2];
  for (let m = 0, to = 0; m < targets.length; m++) {
    for (let at = targets[m] * width, end = at + width; at < end; at++) out[to++] = x[at];
  }
});
cpu<{ index: RowIndex }>('scatter', (out, x, { index: { targets }, from }) => {
  const width = from[1] * from[2];
  for (let m = 0, at = 0; m < targets.length; m++) {
    for (let to = targets[m] * width, end = to + width; to < end; to++) out[to] += x[at++];
  }
});
cpu('total', (out, x, { from: [, , chains] }) => out.set(columnSums(x, chains)));
cpu<NoiseAttributes>('normals', (out, _, { key, ...draw }) => normals(out, key, draw));
cpu<NoiseAttributes>('uniforms', (out, _, { key, ...draw }) => uniforms(out, key, draw));
