// The operations on tfjs-node's backend: raw TensorFlow operations. Rows are summed by
// SparseSegmentSum, a gather and a sorted sum in one, at half the cost of UnsortedSegmentSum (`npm run bench
// engine` prints both). Noise is made by generated WebAssembly in a memory of its own and uploaded.
import type { DataId, KernelBackend, TensorInfo } from '@tensorflow/tfjs';
import { noiseArray } from './noiseArray.js';
import type { NoiseAttributes } from './noise.js';
import { implement } from './operation.js';
import { resident } from './resident.js';
import type { RowIndex } from './rows.js';

interface OperationAttribute {
  readonly name: string;
  readonly type: number;
  readonly value: number;
}
interface TensorflowBackend extends KernelBackend {
  readonly binding: { readonly TF_ATTR_TYPE: number; readonly TF_ATTR_INT: number; readonly TF_FLOAT: number; readonly TF_INT32: number };
  executeSingleOutput(name: string, attributes: readonly OperationAttribute[], inputs: readonly TensorInfo[]): TensorInfo;
  write(values: Float32Array | Int32Array, shape: readonly number[], dtype: 'float32' | 'int32'): DataId;
  readSync(id: DataId): Float32Array;
}

const NAME = 'tensorflow';

implement<TensorflowBackend, { index: RowIndex }>(NAME, 'gather', (backend, { index }, input) => {
  const { TF_ATTR_INT, TF_FLOAT, TF_INT32 } = backend.binding;
  const attributes = [
    type(backend, 'Taxis', TF_INT32), type(backend, 'Tindices', TF_INT32), type(backend, 'Tparams', TF_FLOAT),
    { name: 'batch_dims', type: TF_ATTR_INT, value: 0 },
  ];
  return backend.executeSingleOutput('GatherV2', attributes, [input, resident(backend, index.targets), scalar(backend, 0)]);
});

implement<TensorflowBackend, { index: RowIndex }>(NAME, 'scatter', (backend, { index }, input) => {
  const { TF_FLOAT, TF_INT32 } = backend.binding;
  const attributes = [
    type(backend, 'T', TF_FLOAT), type(backend, 'Tidx', TF_INT32), type(backend, 'Tnumsegments', TF_INT32),
    type(backend, 'Tsegmentids', TF_INT32),
  ];
  const { order, sorted } = sortedRows(index);
  const inputs = [input, resident(backend, order), resident(backend, sorted), scalar(backend, index.size)];
  return backend.executeSingleOutput('SparseSegmentSumWithNumSegments', attributes, inputs);
});

implement<TensorflowBackend, object>(NAME, 'total', (backend, { from: [, , chains], to }, input) => {
  const values = backend.readSync(input.dataId);
  const sums = new Float64Array(chains);
  for (let at = 0; at < values.length; at += chains) for (let c = 0; c < chains; c++) sums[c] += values[at + c];
  return upload(backend, Float32Array.from(sums), to);
});

for (const law of ['normals', 'uniforms'] as const) {
  implement<TensorflowBackend, NoiseAttributes>(NAME, law, (backend, attributes) =>
    upload(backend, noiseArray(law, attributes), attributes.to),
  );
}

const type = ({ binding }: TensorflowBackend, name: string, value: number): OperationAttribute => ({
  name, type: binding.TF_ATTR_TYPE, value,
});

function upload(backend: TensorflowBackend, values: Float32Array, shape: readonly number[]): TensorInfo {
  return { dataId: backend.write(values, shape, 'float32'), shape: [...shape], dtype: 'float32' };
}

const scalars = new Map<number, Int32Array>();

/** A whole number as a tensor, kept. */
function scalar(backend: KernelBackend, value: number): TensorInfo {
  let table = scalars.get(value);
  if (!table) scalars.set(value, (table = Int32Array.of(value)));
  return resident(backend, table, []);
}

const sortedTables = new WeakMap<RowIndex, { order: Int32Array; sorted: Int32Array }>();

/** The order of rows by target, and their targets in that order. */
function sortedRows(index: RowIndex): { order: Int32Array; sorted: Int32Array } {
  let tables = sortedTables.get(index);
  if (!tables) {
    const order = index.order ?? Int32Array.from(index.targets.keys());
    tables = { order, sorted: order.map((m) => index.targets[m]) };
    sortedTables.set(index, tables);
  }
  return tables;
}
