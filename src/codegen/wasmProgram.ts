// A stepper's program for WebAssembly: a fused pass over the nodes and what the gauge does after it, as one module.
import { tape } from '../expression/index.js';
import { meansCode, partialSumsCode, pinCode, shiftCode } from './gauge.js';
import type { LocalTerm } from './localTerm.js';
import { stepCode, type StepShape, type Update } from './step.js';
import { wasmFunction } from './wasmFunction.js';
import { wasmBytes, wasmText, type Entry } from './wasmModule.js';
import type { Code, Variable } from './code.js';

export type Gauge = 'free' | 'centred' | 'pinned';

export interface WasmProgram {
  /** For a memory that is shared, or not. */
  bytes(shared: boolean): Uint8Array<ArrayBuffer>;
  readonly text: string;
  /** What the job holds, eight bytes each: of a buffer its addresses in even and in odd steps, else one number twice. */
  readonly fields: readonly string[];
}

const programs = new Map<string, WasmProgram>();
const mostPrograms = 256;

/** The program of an energy's local terms; equal ones are made once. */
export function wasmProgram(terms: readonly LocalTerm[], update: Update, shape: StepShape, gauge: Gauge): WasmProgram {
  const key = JSON.stringify([terms.map(contentOf), update, shape, gauge]);
  let program = programs.get(key);
  if (!program) {
    if (programs.size >= mostPrograms) programs.delete(programs.keys().next().value!);
    programs.set(key, (program = make(terms, update, shape, gauge)));
  }
  return program;
}

const contentOf = (term: LocalTerm): unknown => [
  term.kind, term.parameters, term.kind === 'bond' && term.isSymmetric, tape([term.formula]),
];

function make(terms: readonly LocalTerm[], update: Update, shape: StepShape, gauge: Gauge): WasmProgram {
  const fields: string[] = [];
  const entry = (name: string, code: Code, result?: Variable): Entry => ({ name, ...wasmFunction(code, result, fields) });
  const { code, result } = stepCode(terms, update, shape);
  const lanes = shape.components * shape.chains;
  const entries = [entry('step', code, result)];
  if (gauge === 'pinned') entries.push(entry('pin', pinCode()));
  if (gauge === 'centred') {
    entries.push(entry('partialSums', partialSumsCode(lanes)), entry('means', meansCode(lanes)), entry('shift', shiftCode(lanes)));
  }
  let text: string | undefined;
  return {
    bytes: (shared) => wasmBytes(entries, shared),
    get text() {
      return (text ??= wasmText(entries, fields, false));
    },
    fields,
  };
}
