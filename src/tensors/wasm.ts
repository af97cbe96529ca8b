// The operations on tfjs's wasm backend: generated code works in place on the tensors in tfjs's own memory.
import type { DataId, KernelBackend, TensorInfo } from '@tensorflow/tfjs';
import {
  gatherProgram, noiseProgram, scatterProgram, segmentSumProgram, sortedScatterProgram, totalProgram, widthClass, type WasmProgram,
} from '../codegen/index.js';
import type { WebAssembly } from '../runtime/index.js';
import { call, jobWords, type Values } from './generated.js';
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

/** Where a tensor's numbers start. tfjs does not check its allocations: address 0 is a failed one. */
export function address(backend: WasmBackend, { dataId, shape }: TensorInfo): number {
  const { memoryOffset } = backend.dataIdMap.get(dataId);
  if (memoryOffset === 0) throw new RangeError(`wasm: out of memory for a tensor [${shape.join(', ')}]`);
  return memoryOffset;
}

/** Where a table lies, uploaded at first use. */
export const tableAt = (backend: WasmBackend, table: Int32Array): number => address(backend, resident(backend, table));

/** Room for the job of the call that is made. */
let job: { readonly backend: WasmBackend; readonly table: Int32Array; readonly at: number } | undefined;

/** Runs a program over [0, size) on tensors, after all that it needs is in memory: uploads may move nothing, but grow it. */
export function runOnWasm(backend: WasmBackend, program: WasmProgram, values: Values, size: number): void {
  if (job?.backend !== backend || job.table.length < jobWords(program)) {
    const table = new Int32Array(Math.max(256, 2 * jobWords(program)));
    job = { backend, table, at: tableAt(backend, table) };
  }
  call(program, { memory: backend.wasm.asm.memory, words: backend.wasm.HEAP32, job: job.at }, values, size);
}

interface Indexed {
  readonly index: RowIndex;
}

const widthOf = ([, components, chains]: readonly number[]): number => components * chains;

implement<WasmBackend, Indexed>('wasm', 'gather', (backend, { index, from, to }, input) => {
  const [out, width] = [backend.makeOutput(to, 'float32'), widthOf(from)];
  if (to[0] * width === 0) return out;
  const values = [address(backend, input), tableAt(backend, index.targets), address(backend, out), width];
  runOnWasm(backend, gatherProgram(widthClass(width)), values, to[0]);
  return out;
});

implement<WasmBackend, Indexed>('wasm', 'scatter', (backend, { index, from, to }, input) => {
  const [out, width] = [backend.makeOutput(to, 'float32'), widthOf(from)];
  if (to[0] * width === 0) return out;
  const values = [address(backend, input), tableAt(backend, index.starts), address(backend, out), width];
  if (index.order) runOnWasm(backend, scatterProgram(widthClass(width)), [...values, tableAt(backend, index.order)], to[0]);
  else runOnWasm(backend, sortedScatterProgram(widthClass(width)), values, to[0]);
  return out;
});

implement<WasmBackend, object>('wasm', 'total', (backend, { from: [rows, components, width], to }, input) => {
  const out = backend.makeOutput(to, 'float32');
  if (width === 0) return out;
  runOnWasm(backend, totalProgram(widthClass(width)), [address(backend, input), address(backend, out), width], rows * components);
  return out;
});

for (const law of ['normals', 'uniforms'] as const) {
  implement<WasmBackend, NoiseAttributes>('wasm', law, (backend, attributes) => {
    const { nodes, lanes, to } = attributes;
    const out = backend.makeOutput(to, 'float32');
    if (nodes * lanes > 0) runOnWasm(backend, noiseProgram[law](lanes), [address(backend, out), ...counterValues(attributes)], nodes);
    return out;
  });
}

// tfjs's own sum by segments, which its wasm backend lacks: the gradient of tf.gather needs it, and a user's
// `custom` energy may well call that.
tf.registerKernel({
  kernelName: tf.UnsortedSegmentSum,
  backendName: 'wasm',
  kernelFunc: ({ inputs, backend, attrs }) => {
    const { x, segmentIds } = inputs as Record<string, TensorInfo>;
    const wasmBackend = backend as WasmBackend;
    const segments = attrs?.numSegments as number;
    const rows = tf.util.sizeFromShape(segmentIds.shape);
    const row = x.shape.slice(segmentIds.shape.length);
    const [out, width] = [wasmBackend.makeOutput([segments, ...row], 'float32'), tf.util.sizeFromShape(row)];
    if (segments * width === 0) return out;
    const places = [x, segmentIds, out].map((tensor) => address(wasmBackend, tensor));
    runOnWasm(wasmBackend, segmentSumProgram('any'), [...places, width, segments], rows);
    return out;
  },
});
