// Programs for WebAssembly, each one module: a stepper's, a fused pass over the nodes and what the gauge does after it;
// single-site moves; the energy of each chain.
import { tape } from '../expression/index.js';
import { energyCode, totalCode } from './energy.js';
import { globalSumsCode, lambdasCode } from './globals.js';
import { meansCode, partialSumsCode, pinCode, shiftCode } from './gauge.js';
import type { LocalTerm } from './localTerm.js';
import { multispinCode, type MultispinShape } from './multispin.js';
import { movesCode, type MoveShape } from './moves.js';
import { starsCode } from './stars.js';
import { stepCode, type Update } from './step.js';
import type { StepShape } from './vicinity.js';
import { wasmFunction } from './wasmFunction.js';
import { wasmBytes, wasmText, type Entry } from './wasmModule.js';
import type { StepTerm } from './wideTerm.js';
import type { Code, Variable } from './code.js';

export type Gauge = 'free' | 'centred' | 'pinned';

export interface WasmProgram {
  /** What runs after one another in a step. */
  readonly entries: readonly string[];
  /** For a memory that is shared, or not. */
  bytes(shared: boolean): Uint8Array<ArrayBuffer>;
  readonly text: string;
  /** What the job holds, eight bytes each: of a buffer its addresses in even and in odd steps, else one number twice. */
  readonly fields: readonly string[];
}

const programs = new Map<string, WasmProgram>();
const mostPrograms = 256;

/** The program of an energy's terms; equal ones are made once. */
export function wasmProgram(terms: readonly StepTerm[], update: Update, shape: StepShape, gauge: Gauge): WasmProgram {
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

const contentOf = (term: StepTerm): unknown =>
  term.kind === 'star' || term.kind === 'global'
    ? [term.kind, term.parameters, term.totals.map(({ shape }) => shape), term.tapes]
    : [term.kind, term.parameters, term.kind === 'bond' && [term.isSymmetric, term.slopes !== undefined], tape([term.formula])];

function stepEntries(fields: string[], terms: readonly StepTerm[], update: Update, shape: StepShape, gauge: Gauge): Entry[] {
  const entry = (name: string, code: Code, result?: Variable): Entry => ({ name, ...wasmFunction(code, result, fields) });
  const { code, result } = stepCode(terms, update, shape);
  const lanes = shape.components * shape.chains;
  const entries: Entry[] = [];
  if (terms.some(({ kind }) => kind === 'star')) entries.push(entry('stars', starsCode(terms, shape)));
  if (terms.some(({ kind }) => kind === 'global')) entries.push(entry('globalSums', globalSumsCode(terms, shape)), entry('lambdas', lambdasCode(terms, shape)));
  entries.push(entry('step', code, result));
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
    entries: entries.map(({ name }) => name),
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
