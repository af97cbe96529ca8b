// The operations on tfjs's wasm backend: generated code works in place on the tensors in tfjs's own memory.
import type { DataId, KernelBackend, TensorInfo } from '#tfjs';
import {
  gatherProgram,
  noiseProgram,
  scatterProgram,
  segmentSumProgram,
  sortedScatterProgram,
  totalProgram,
  widthClass,
  type WasmProgram,
} from '../codegen/index.js';
import type { WebAssembly } from '../runtime/index.js';
import { call, jobWords } from './generated.js';
import { counterValues, type NoiseAttributes } from './noise.js';
import { implement } from './operation.js';
import { resident } from './resident.js';
import type { RowIndex } from './rows.js';
import { tf } from './tf.js';

export interface WasmBackend extends KernelBackend {
  readonly wasm: { readonly asm: { readonly memory: WebAssembly.Memory }; readonly HEAP32: Int32Array };
  readonly dataIdMap: { get(id: DataId): { readonly memoryOffset: number } };
  makeOutput(shape: readonly number[], dtype: 'float32'): TensorInfo;
}

/**
 * The address of a tensor's numbers. tfjs does not check its allocations: address 0 means that one failed.
 */
export function address(backend: WasmBackend, { dataId, shape }: TensorInfo): number {
  const { memoryOffset } = backend.dataIdMap.get(dataId);
  if (memoryOffset === 0) throw new RangeError(`wasm: out of memory for a tensor [${shape.join(', ')}]`);
  return memoryOffset;
}

/** The address of a table, which is uploaded at first use. */
export const tableAt = (backend: WasmBackend, table: Int32Array): number =>
  address(backend, resident(backend, table));

/** Memory for the job of a call. */
let job: { readonly backend: WasmBackend; readonly table: Int32Array; readonly at: number } | undefined;

/**
 * Runs a program over [0, size) on tensors that are in memory already. (An upload moves no tensor, but may
 * grow the memory.)
 */
export function runOnWasm(
  backend: WasmBackend,
  program: WasmProgram,
  values: readonly number[],
  size: number,
): void {
  if (job?.backend !== backend || job.table.length < jobWords(program)) {
    const table = new Int32Array(Math.max(256, 2 * jobWords(program)));
    job = { backend, table, at: tableAt(backend, table) };
  }
  call(program, { memory: backend.wasm.asm.memory, words: backend.wasm.HEAP32, job: job.at }, values, size);
}

/**
 * A new tensor of that shape. Unless it is empty, it is filled by a program over [0, size), which gets its
 * address.
 */
function filled(
  backend: WasmBackend,
  shape: readonly number[],
  size: number,
  run: (out: number) => [program: WasmProgram, values: readonly number[]],
): TensorInfo {
  const out = backend.makeOutput(shape, 'float32');
  if (tf.util.sizeFromShape([...shape]) > 0) runOnWasm(backend, ...run(address(backend, out)), size);
  return out;
}

const widthOf = ([, components, chains]: readonly number[]): number => components * chains;

type Indexed = Readonly<{ index: RowIndex }>;

implement<WasmBackend, Indexed>('wasm', 'gather', (backend, { index, from, to }, input) =>
  filled(backend, to, to[0], (out) => {
    const width = widthOf(from);
    return [
      gatherProgram(widthClass(width)),
      [address(backend, input), tableAt(backend, index.targets), out, width],
    ];
  }),
);

implement<WasmBackend, Indexed>('wasm', 'scatter', (backend, { index, from, to }, input) =>
  filled(backend, to, to[0], (out) => {
    const width = widthOf(from);
    const values = [address(backend, input), tableAt(backend, index.starts), out, width];
    if (!index.order) return [sortedScatterProgram(widthClass(width)), values];
    return [scatterProgram(widthClass(width)), [...values, tableAt(backend, index.order)]];
  }),
);

implement<WasmBackend, object>('wasm', 'total', (backend, { from: [rows, components, width], to }, input) =>
  filled(backend, to, rows * components, (out) => [
    totalProgram(widthClass(width)),
    [address(backend, input), out, width],
  ]),
);

for (const law of ['normals', 'uniforms'] as const) {
  implement<WasmBackend, NoiseAttributes>('wasm', law, (backend, attributes) =>
    filled(backend, attributes.to, attributes.nodes, (out) => [
      noiseProgram[law](attributes.lanes),
      [out, ...counterValues(attributes)],
    ]),
  );
}

// tfjs's own sum by segments, which its wasm backend lacks. The gradient of tf.gather needs it, which a
// user's `custom` energy may call.
tf.registerKernel({
  kernelName: tf.UnsortedSegmentSum,
  backendName: 'wasm',
  kernelFunc: ({ inputs, backend, attrs }) => {
    const { x, segmentIds } = inputs as Record<string, TensorInfo>;
    const segments = attrs?.numSegments as number;
    const row = x.shape.slice(segmentIds.shape.length);
    return filled(
      backend as WasmBackend,
      [segments, ...row],
      tf.util.sizeFromShape(segmentIds.shape),
      (out) => {
        const [values, targets] = [x, segmentIds].map((tensor) => address(backend as WasmBackend, tensor));
        return [segmentSumProgram('any'), [values, targets, out, tf.util.sizeFromShape(row), segments]];
      },
    );
  },
});
