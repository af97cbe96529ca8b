// Programs for WebAssembly, each one module: a stepper's, a fused pass over the nodes and what the gauge does after it;
// single-site moves; the energy of each chain.
import { tape } from '../expression/index.js';
import { energyCode, totalCode } from './energy.js';
import { meansCode, partialSumsCode, pinCode, shiftCode } from './gauge.js';
import type { LocalTerm } from './localTerm.js';
import { multispinCode, type MultispinShape } from './multispin.js';
import { movesCode, type MoveShape } from './moves.js';
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
  return once([terms.map(contentOf), update, shape, gauge], (fields) => stepEntries(fields, terms, update, shape, gauge));
}

/** The program of single-site moves, its entry `sweep`. */
export function wasmMoves(terms: readonly LocalTerm[], shape: MoveShape): WasmProgram {
  return once(['moves', terms.map(contentOf), shape], (fields) => [{ name: 'sweep', ...wasmFunction(movesCode(terms, shape), undefined, fields) }]);
}

/** The program of their energies, to be run as `blockSums` over the nodes, in grains of `SUM_BLOCK`, then `total` over 1. */
export function energyProgram(terms: readonly LocalTerm[], shape: StepShape): WasmProgram {
  const codes = { blockSums: () => energyCode(terms, shape), total: () => totalCode(shape) };
  return once(['energy', terms.map(contentOf), shape], (fields) =>
    Object.entries(codes).map(([name, code]) => ({ name, ...wasmFunction(code(), undefined, fields) })),
  );
}

/** The program of multi-spin coding, an entry for each colour of the checkerboard. */
export function wasmMultispin(shape: Omit<MultispinShape, 'colour'>): WasmProgram {
  return once(['multispin', shape], (fields) => (['even', 'odd'] as const).map((name, colour) =>
    ({ name, ...wasmFunction(multispinCode({ ...shape, colour: colour as 0 | 1 }), undefined, fields) })));
}

function once(content: unknown, entries: (fields: string[]) => Entry[]): WasmProgram {
  const key = JSON.stringify(content, exactly);
  let program = programs.get(key);
  if (!program) {
    if (programs.size >= mostPrograms) programs.delete(programs.keys().next().value!);
    programs.set(key, (program = make(entries)));
  }
  return program;
}

const contentOf = (term: LocalTerm): unknown => [
  term.kind, term.parameters, term.kind === 'bond' && term.isSymmetric, tape([term.formula]),
];

function stepEntries(fields: string[], terms: readonly LocalTerm[], update: Update, shape: StepShape, gauge: Gauge): Entry[] {
  const entry = (name: string, code: Code, result?: Variable): Entry => ({ name, ...wasmFunction(code, result, fields) });
  const { code, result } = stepCode(terms, update, shape);
  const lanes = shape.components * shape.chains;
  const entries = [entry('step', code, result)];
  if (gauge === 'pinned') entries.push(entry('pin', pinCode()));
  if (gauge === 'centred') {
    entries.push(entry('partialSums', partialSumsCode(lanes)), entry('means', meansCode(lanes)), entry('shift', shiftCode(lanes)));
  }
  return entries;
}

function make(write: (fields: string[]) => Entry[]): WasmProgram {
  const fields: string[] = [];
  const entries = write(fields);
  let text: string | undefined;
  return {
    bytes: (shared) => wasmBytes(entries, shared),
    get text() {
      return (text ??= wasmText(entries, fields, false));
    },
    fields,
  };
}

/** JSON has no infinities, no NaN and no -0: constants that differ must not look the same. */
const exactly = (_: string, value: unknown): unknown =>
  typeof value === 'number' && (!Number.isFinite(value) || Object.is(value, -0)) ? `number ${Object.is(value, -0) ? '-0' : value}` : value;
