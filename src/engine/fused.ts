// A tape in one pass of our WebAssembly program over the inputs, whose gathered rows are read where they lie.
import type { Tensor3D, TensorInfo } from '@tensorflow/tfjs';
import type { Tape } from '../expression/index.js';
import type { Binding, Rows } from './bind.js';
import { lower, type Microcode } from './microcode.js';
import { BLOCK } from './program.js';
import { resident } from './resident.js';
import { tf } from './tf.js';
import { address, programOf, type WasmBackend } from './wasm.js';

interface Prepared extends Microcode {
  /** Room for the descriptions of inputs and outputs, then the registers. */
  readonly work: Int32Array;
}
const prepared = new WeakMap<Tape, Map<number, Prepared>>();
/** Bytes of an instruction, and of the description of an input and an output. */
const [INSTRUCTION, INPUT, OUTPUT] = [16, 20, 12];

export function evaluateOnWasm(tape: Tape, { rows, components, chains, inputs }: Binding): Tensor3D[] {
  const backend = tf.backend() as WasmBackend;
  const { code, constants, work, inputs: names, widths } = prepare(tape, components);
  const outputs = widths.map((width) => backend.makeOutput([rows, width, chains], 'float32'));
  if (rows * chains > 0) {
    const codeAt = address(backend, resident(backend, code));
    const inputsAt = address(backend, resident(backend, work));
    const outputsAt = inputsAt + names.length * INPUT;
    const registersAt = outputsAt + widths.length * OUTPUT;
    names.forEach((name, slot) => describeInput(backend, inputsAt + slot * INPUT, inputs.get(name)!));
    outputs.forEach((output, slot) => describeOutput(backend, outputsAt + slot * OUTPUT, output));
    const [body, end] = [codeAt + constants * INSTRUCTION, codeAt + code.byteLength];
    programOf(backend).runTape(codeAt, body, end, inputsAt, outputsAt, registersAt, rows, chains);
  }
  return outputs.map((output) => tf.engine().makeTensorFromTensorInfo(output, backend) as Tensor3D);
}

/** Address; bytes from row to row, component to component, chain to chain; address of the row numbers, or 0. */
function describeInput(backend: WasmBackend, to: number, { values, index }: Rows): void {
  const [rows, width, chains] = values.shape;
  const at = address(backend, values);
  const indexAt = index ? address(backend, resident(backend, index.targets)) : 0;
  const words = backend.wasm.HEAP32; // after all uploads: they may have grown the memory
  words[to >>> 2] = at;
  words[(to >>> 2) + 1] = rows === 1 && !index ? 0 : width * chains * 4;
  words[(to >>> 2) + 2] = width === 1 ? 0 : chains * 4;
  words[(to >>> 2) + 3] = chains === 1 ? 0 : 4;
  words[(to >>> 2) + 4] = indexAt;
}

/** Address; bytes from row to row, component to component. */
function describeOutput(backend: WasmBackend, to: number, output: TensorInfo): void {
  const [, width, chains] = output.shape;
  const words = backend.wasm.HEAP32;
  words[to >>> 2] = address(backend, output);
  words[(to >>> 2) + 1] = width * chains * 4;
  words[(to >>> 2) + 2] = chains * 4;
}

function prepare(tape: Tape, components: number): Prepared {
  let known = prepared.get(tape);
  if (!known) prepared.set(tape, (known = new Map()));
  let program = known.get(components);
  if (!program) {
    const microcode = lower(tape, components);
    const { inputs, widths, registers } = microcode;
    const work = new Int32Array((inputs.length * INPUT + widths.length * OUTPUT) / 4 + registers * BLOCK);
    known.set(components, (program = { ...microcode, work }));
  }
  return program;
}
