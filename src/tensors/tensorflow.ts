// The operations on tfjs-node's backend: raw TensorFlow operations. Rows are summed by SparseSegmentSum, a
// gather and a sorted sum in one, which takes half the time of UnsortedSegmentSum (`npm run bench engine`
// prints both). Noise is made by generated WebAssembly in a memory of its own and uploaded.
import type { DataId, KernelBackend, TensorInfo } from '#tfjs';
import { noiseProgram, type Law } from '../codegen/index.js';
import { WebAssembly } from '../runtime/index.js';
import { columnSums } from './cpu.js';
import { call } from './generated.js';
import { counterValues, type NoiseAttributes } from './noise.js';
import { implement } from './operation.js';
import { resident } from './resident.js';
import type { RowIndex } from './rows.js';

type OperationAttribute = Readonly<{ name: string; type: number; value: number }>;
interface TensorflowBackend extends KernelBackend {
  readonly binding: {
    readonly TF_ATTR_TYPE: number;
    readonly TF_ATTR_INT: number;
    readonly TF_FLOAT: number;
    readonly TF_INT32: number;
  };
  executeSingleOutput(
    name: string,
    attributes: readonly OperationAttribute[],
    inputs: readonly TensorInfo[],
  ): TensorInfo;
  write(values: Float32Array | Int32Array, shape: readonly number[], dtype: 'float32' | 'int32'): DataId;
  readSync(id: DataId): Float32Array;
}

const NAME = 'tensorflow';

implement<TensorflowBackend, { index: RowIndex }>(NAME, 'gather', (backend, { index }, input) => {
  const { TF_ATTR_INT, TF_FLOAT, TF_INT32 } = backend.binding;
  const types = typesOf(backend, { Taxis: TF_INT32, Tindices: TF_INT32, Tparams: TF_FLOAT });
  const attributes = [...types, { name: 'batch_dims', type: TF_ATTR_INT, value: 0 }];
  return backend.executeSingleOutput('GatherV2', attributes, [
    input,
    resident(backend, index.targets),
    scalar(backend, 0),
  ]);
});

implement<TensorflowBackend, { index: RowIndex }>(NAME, 'scatter', (backend, { index }, input) => {
  const { TF_FLOAT, TF_INT32 } = backend.binding;
  const attributes = typesOf(backend, {
    T: TF_FLOAT,
    Tidx: TF_INT32,
    Tnumsegments: TF_INT32,
    Tsegmentids: TF_INT32,
  });
  const { order, sorted } = sortedRows(index);
  const inputs = [input, resident(backend, order), resident(backend, sorted), scalar(backend, index.size)];
  return backend.executeSingleOutput('SparseSegmentSumWithNumSegments', attributes, inputs);
});

implement<TensorflowBackend, object>(NAME, 'total', (backend, { from: [, , chains], to }, input) =>
  upload(backend, Float32Array.from(columnSums(backend.readSync(input.dataId), chains)), to),
);

for (const law of ['normals', 'uniforms'] as const) {
  implement<TensorflowBackend, NoiseAttributes>(NAME, law, (backend, attributes) =>
    upload(backend, noiseArray(law, attributes), attributes.to),
  );
}

const PAGE = 65536;
/** Where the numbers begin; the job lies before. */
const START = 1024;
let memory: WebAssembly.Memory | undefined;

function noiseArray(law: Law, attributes: NoiseAttributes): Float32Array {
  const { nodes, lanes } = attributes;
  memory ??= new WebAssembly.Memory({ initial: 1 });
  const pages = Math.ceil((START + 4 * nodes * lanes - memory.buffer.byteLength) / PAGE);
  if (pages > 0) memory.grow(pages);
  const place = { memory, words: new Int32Array(memory.buffer), job: 0 };
  if (nodes * lanes > 0) call(noiseProgram[law](lanes), place, [START, ...counterValues(attributes)], nodes);
  return new Float32Array(memory.buffer, START, nodes * lanes).slice();
}

const typesOf = (
  { binding }: TensorflowBackend,
  types: Readonly<Record<string, number>>,
): OperationAttribute[] =>
  Object.entries(types).map(([name, value]) => ({ name, type: binding.TF_ATTR_TYPE, value }));

const upload = (backend: TensorflowBackend, values: Float32Array, shape: readonly number[]): TensorInfo => ({
  dataId: backend.write(values, shape, 'float32'),
  shape: [...shape],
  dtype: 'float32',
});

const scalars = new Map<number, Int32Array>();

/** A whole number as a tensor, which is kept. */
function scalar(backend: KernelBackend, value: number): TensorInfo {
  const table = scalars.get(value) ?? Int32Array.of(value);
  scalars.set(value, table);
  return resident(backend, table, []);
}

const sortedTables = new WeakMap<RowIndex, { order: Int32Array; sorted: Int32Array }>();

/** The order of rows by target, and their targets in that order. */
function sortedRows(index: RowIndex): { order: Int32Array; sorted: Int32Array } {
  const known = sortedTables.get(index);
  if (known) return known;
  const order = index.order ?? Int32Array.from(index.targets.keys());
  const tables = { order, sorted: order.map((m) => index.targets[m]) };
  sortedTables.set(index, tables);
  return tables;
}
