// The operations on tfjs's wasm backend: our program works in place on the tensors in tfjs's own memory.
import type { DataId, KernelBackend, TensorInfo } from '@tensorflow/tfjs';
import type { WebAssembly } from '../machine/index.js';
import type { Component } from './axes.js';
import type { NoiseAttributes } from './noise.js';
import { implement, type Operation, type Shapes } from './operation.js';
import { instantiate, type Program } from './program.js';
import { resident } from './resident.js';
import type { RowIndex } from './rows.js';
import { tf } from './tf.js';

export interface WasmBackend extends KernelBackend {
  readonly wasm: { readonly asm: { readonly memory: WebAssembly.Memory }; readonly HEAP32: Int32Array };
  readonly dataIdMap: { get(id: DataId): { readonly memoryOffset: number } };
  makeOutput(shape: readonly number[], dtype: 'float32'): TensorInfo;
}

const programs = new WeakMap<WasmBackend, Program>();

export function programOf(backend: WasmBackend): Program {
  let program = programs.get(backend);
  if (!program) programs.set(backend, (program = instantiate(backend.wasm.asm.memory)));
  return program;
}

/** Where a tensor's numbers start. tfjs does not check its allocations: address 0 is a failed one. */
export function address(backend: WasmBackend, { dataId, shape }: TensorInfo): number {
  const { memoryOffset } = backend.dataIdMap.get(dataId);
  if (memoryOffset === 0) throw new RangeError(`wasm: out of memory for a tensor [${shape.join(', ')}]`);
  return memoryOffset;
}

/** How to fill the new tensor at address `out` from the input at address `x` (if any). */
type Fill<Attributes> = (
  program: Program, out: number, x: number, attributes: Attributes & Shapes, at: (table: Int32Array) => number,
) => void;

function wasm<Attributes>(operation: Operation, fill: Fill<Attributes>): void {
  implement<WasmBackend, Attributes>('wasm', operation, (backend, attributes, input) => {
    const out = backend.makeOutput(attributes.to, 'float32');
    if (tf.util.sizeFromShape(out.shape) === 0) return out;
    const at = (table: Int32Array): number => address(backend, resident(backend, table));
    fill(programOf(backend), address(backend, out), input ? address(backend, input) : 0, attributes, at);
    return out;
  });
}

wasm<{ index: RowIndex }>('gather', (program, out, x, { index, from }, at) =>
  program.gatherRows(x, at(index.targets), out, index.targets.length, from[1] * from[2]),
);
wasm<{ index: RowIndex }>('scatter', (program, out, x, { index, from }, at) =>
  program.scatterRows(x, index.order ? at(index.order) : 0, at(index.starts), out, index.size, from[1] * from[2]),
);
wasm('total', (program, out, x, { from }) => program.totalRows(x, out, from[0] * from[1], from[2]));
wasm('sum', (program, out, x, { from }) => program.sumComponents(x, out, from[0], from[1], from[2]));
wasm('max', (program, out, x, { from }) => program.maxComponents(x, out, from[0], from[1], from[2]));
wasm<Component>('pick', (program, out, x, { from, k }) =>
  program.pickComponent(x, out, from[0], from[1], from[2], k),
);
wasm<Component>('place', (program, out, x, { to, k }) => program.placeComponent(x, out, to[0], to[1], to[2], k));
wasm('broadcast', (program, out, x, { from, to }) => {
  const [rowStep, componentStep, chainStep] = [from[1] * from[2], from[2], 1].map((step, axis) =>
    from[axis] === 1 ? 0 : step,
  );
  program.broadcast(x, out, to[0], to[1], to[2], rowStep, componentStep, chainStep);
});
for (const law of ['normals', 'uniforms'] as const) {
  wasm<NoiseAttributes>(law, (program, out, _, { key, nodes, lanes, stepLow, purposeAndStepHigh }) =>
    program[law](out, nodes, lanes, stepLow, purposeAndStepHigh, key.seed, key.stream),
  );
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
    const out = wasmBackend.makeOutput([segments, ...row], 'float32');
    const at = (tensor: TensorInfo): number => address(wasmBackend, tensor);
    programOf(wasmBackend).segmentSum(at(x), at(segmentIds), at(out), rows, segments, tf.util.sizeFromShape(row));
    return out;
  },
});
