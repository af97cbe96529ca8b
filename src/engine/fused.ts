// A tape in one pass of our WebAssembly program over the inputs, whose gathered rows are read where they lie.
import type { Tensor3D } from '@tensorflow/tfjs';
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
const [INPUT, OUTPUT] = [5, 3]; // words of a description

export function evaluateOnWasm(tape: Tape, { rows, components, chains, inputs }: Binding): Tensor3D[] {
  const backend = tf.backend() as WasmBackend;
  const { code, constants, work, inputs: names, widths } = prepare(tape, components);
  const at = (table: Int32Array): number => address(backend, resident(backend, table));
  const outputs = widths.map((width) => backend.makeOutput([rows, width, chains], 'float32'));
  if (rows * chains > 0) {
    const [codeAt, workAt] = [at(code), at(work)];
    const words = [
      ...names.flatMap((name) => describe(backend, inputs.get(name)!, at)),
      ...outputs.flatMap((out) => [address(backend, out), out.shape[1] * chains * 4, chains * 4]),
    ];
    const program = programOf(backend);
    const outputsAt = workAt + names.length * INPUT * 4;
    const registersAt = outputsAt + widths.length * OUTPUT * 4;
    new Int32Array(backend.wasm.asm.memory.buffer, workAt, words.length).set(words);
    const [body, end] = [codeAt + constants * 16, codeAt + code.byteLength];
    program.runTape(codeAt, body, end, workAt, outputsAt, registersAt, rows, chains);
  }
  return outputs.map((out) => tf.engine().makeTensorFromTensorInfo(out, backend) as Tensor3D);
}

function prepare(tape: Tape, components: number): Prepared {
  let known = prepared.get(tape);
  if (!known) prepared.set(tape, (known = new Map()));
  let program = known.get(components);
  if (!program) {
    const microcode = lower(tape, components);
    const { inputs, widths, registers } = microcode;
    const work = new Int32Array(inputs.length * INPUT + widths.length * OUTPUT + registers * BLOCK);
    known.set(components, (program = { ...microcode, work }));
  }
  return program;
}

/** Address, bytes from row to row, component to component, chain to chain, address of the row numbers. */
function describe(backend: WasmBackend, { values, index }: Rows, at: (table: Int32Array) => number): number[] {
  const [rows, width, chains] = values.shape;
  const steps = [width * chains * 4, chains * 4, 4];
  return [
    address(backend, values),
    rows === 1 && !index ? 0 : steps[0],
    width === 1 ? 0 : steps[1],
    chains === 1 ? 0 : steps[2],
    index ? at(index.targets) : 0,
  ];
}
