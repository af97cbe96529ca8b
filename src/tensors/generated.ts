// Calls of generated functions: their job, the values of the program's fields, is written to memory before.
import type { WasmProgram } from '../codegen/index.js';
import { entriesOf, WebAssembly, type Entry } from '../runtime/index.js';

const modules = new WeakMap<WasmProgram, WebAssembly.Module>();

export function moduleOf(program: WasmProgram): WebAssembly.Module {
  let module = modules.get(program);
  if (!module) modules.set(program, (module = new WebAssembly.Module(program.bytes(false))));
  return module;
}

/** Addresses and numbers in the order of the program's fields. */
export type Values = readonly number[];

/** Where a job can lie. */
export interface Place {
  readonly memory: WebAssembly.Memory;
  readonly words: Int32Array;
  readonly job: number;
}

/** Words of a job: fields of eight bytes, of which the first four count. */
export const jobWords = ({ fields }: WasmProgram): number => 2 * fields.length;

/** Runs the entry over [0, size). */
export function call(program: WasmProgram, { memory, words, job }: Place, values: Values, size: number): void {
  for (let slot = 0, at = job >>> 2; slot < values.length; slot++, at += 2) words[at] = values[slot];
  entryOf(program, memory)(job, 0, 0, size);
}

/** Of the memory that each was called on last. */
const entries = new WeakMap<WasmProgram, { readonly memory: WebAssembly.Memory; readonly run: Entry }>();

function entryOf(program: WasmProgram, memory: WebAssembly.Memory): Entry {
  let known = entries.get(program);
  if (known?.memory !== memory) entries.set(program, (known = { memory, run: entriesOf(moduleOf(program), memory).run }));
  return known.run;
}
