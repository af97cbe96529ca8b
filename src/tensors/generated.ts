// Calls of generated functions. Before a call the job, the values of the program's fields, is written to
// memory.
import type { WasmProgram } from '../codegen/index.js';
import { entriesOf, WebAssembly, type Entry } from '../runtime/index.js';

const modules = new WeakMap<WasmProgram, WebAssembly.Module>();

export function moduleOf(program: WasmProgram): WebAssembly.Module {
  let module = modules.get(program);
  if (!module) modules.set(program, (module = new WebAssembly.Module(program.bytes(false))));
  return module;
}

/** A memory, its words, and the address of the job in it. */
interface Place {
  readonly memory: WebAssembly.Memory;
  readonly words: Int32Array;
  readonly job: number;
}

/** Words of a job: fields of eight bytes, of which a single call reads the first four. */
export const jobWords = ({ fields }: WasmProgram): number => 2 * fields.length;

/** Runs the entry over [0, size), with values in the order of the program's fields. */
export function call(
  program: WasmProgram,
  { memory, words, job }: Place,
  values: readonly number[],
  size: number,
): void {
  for (let slot = 0, at = job >>> 2; slot < values.length; slot++, at += 2) words[at] = values[slot];
  entryOf(program, memory)(job, 0, 0, size);
}

/** The entry of each program, for the memory of its last call. */
const entries = new WeakMap<WasmProgram, { readonly memory: WebAssembly.Memory; readonly run: Entry }>();

function entryOf(program: WasmProgram, memory: WebAssembly.Memory): Entry {
  let known = entries.get(program);
  if (known?.memory !== memory)
    entries.set(program, (known = { memory, run: entriesOf(moduleOf(program), memory).run }));
  return known.run;
}
