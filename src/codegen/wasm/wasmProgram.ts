// Programs for WebAssembly, each one module: a stepper's, a fused pass over the nodes and what the gauge does after it;
// single-site moves; the energy of each chain; one operation on tensors.
import { tape, type Expression, type Tape } from '../../expression/index.js';
import { energyCode, totalCode } from '../passes/energyPass.js';
import { globalSumsCode, lambdasCode } from '../terms/globalSums.js';
import { batchCode } from '../passes/batch.js';
import { slopeOnly } from '../passes/langevinUpdate.js';
import { decideCode, proposeCode, ratioCode, settleCode, takeCode } from '../passes/malaPass.js';
import { meansCode, NEXT, NEXT_VELOCITY, partialSumsCode, pinCode, shiftCode, X } from '../passes/gaugePass.js';
import type { LocalTerm } from '../terms/localTerm.js';
import { multispinCode, type MultispinShape } from '../moves/multispinSweep.js';
import type { MoveShape } from '../moves/moveLayout.js';
import { movesCode } from '../moves/moves.js';
import { starsCode } from '../terms/stars.js';
import { stepCode, type Update } from '../passes/step.js';
import type { StepShape } from '../terms/vicinity.js';
import { wasmFunction } from './wasmFunction.js';
import { wasmBytes, wasmText, type Entry } from './wasmModule.js';
import type { StepTerm } from '../terms/wideTerm.js';
import type { Buffer, Code, Variable } from '../language/code.js';

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
export function wasmMoves(terms: readonly StepTerm[], shape: MoveShape): WasmProgram {
  return once(['moves', terms.map(contentOf), shape], (fields) => {
    const { code, result } = movesCode(terms, shape);
    return [{ name: 'sweep', ...wasmFunction(code, result, fields) }];
  });
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

/** The program of MALA steps: `propose`, the gradient and the energy of the proposal, and what becomes of it; `settle` for the first field. */
export function malaProgram(terms: readonly LocalTerm[], shape: StepShape, gauge: Gauge): WasmProgram {
  return once(['mala', terms.map(contentOf), shape, gauge], (fields) => {
    const entry = (name: string, code: Code, result?: Variable): Entry => ({ name, ...wasmFunction(code, result, fields) });
    const decide = decideCode(shape);
    return [
      entry('propose', proposeCode(shape)), ...gaugeEntries(entry, shape, gauge, X, FIELD, 'OfProposal'),
      entry('slope', stepCode(terms, slopeOnly, shape).code), ...gaugeEntries(entry, shape, gauge, NEXT, undefined, 'OfSlope'),
      entry('blockSums', energyCode(terms, shape)), entry('ratios', ratioCode(shape)),
      entry('decide', decide.code, decide.result), entry('settle', settleCode(shape)), entry('take', takeCode(shape)),
    ];
  });
}

const FIELD: Buffer = { name: 'field', holds: 'float' };

/** What a gauge does to a field after a pass. */
function gaugeEntries(
  entry: (name: string, code: Code) => Entry, { components, chains }: StepShape, gauge: Gauge, field: Buffer, before: Buffer | undefined, what: string,
): Entry[] {
  const lanes = components * chains;
  if (gauge === 'pinned') return [entry(`pin${what}`, pinCode([field, before]))];
  if (gauge === 'free') return [];
  return [entry(`partialSums${what}`, partialSumsCode(lanes, field)), entry(`means${what}`, meansCode(lanes)), entry(`shift${what}`, shiftCode(lanes, field))];
}
/** One function, its entry `run`, whose job begins with these fields. */
export const programOf = (content: unknown, known: readonly string[], code: () => Code): WasmProgram =>
  once(content, (fields) => {
    fields.push(...known);
    return [{ name: 'run', ...wasmFunction(code(), undefined, fields) }];
  });

function once(content: unknown, entries: (fields: string[]) => Entry[]): WasmProgram {
  const key = JSON.stringify(content, exactly);
  let program = programs.get(key);
  if (!program) {
    if (programs.size >= mostPrograms) programs.delete(programs.keys().next().value!);
    programs.set(key, (program = make(entries)));
  }
  return program;
}

/** All that the text of a term depends on: of its symbols what they stand for, not what they are called. */
function contentOf(term: StepTerm): unknown {
  const parameters = term.parameters.map(({ symbol }) => symbol);
  const common = [term.kind, term.parameters.map(({ varies }) => varies)];
  const content = (tape: Tape, symbols: readonly Expression[]): unknown => [tape.inputs.map((symbol) => symbols.indexOf(symbol)), tape.instructions, tape.outputs];
  switch (term.kind) {
    case 'site': return [...common, content(tape([term.formula]), [term.own, ...parameters])];
    case 'bond':
      return [...common, term.isSymmetric, term.slopes !== undefined, content(tape([term.formula]), [term.own, term.other, ...parameters])];
    case 'star': case 'global': {
      const { own, totals, lambdas, tapes: { bodies, outer, pull } } = term;
      const others = term.kind === 'star' ? [term.other, term.coupling, term.degree] : [term.count];
      const symbols = [own, ...others, ...totals, ...lambdas, ...parameters];
      return [...common, totals.map(({ shape }) => shape), [bodies, outer, pull].map((tape) => content(tape, symbols))];
    }
  }
}

function stepEntries(fields: string[], terms: readonly StepTerm[], update: Update, shape: StepShape, gauge: Gauge): Entry[] {
  const entry = (name: string, code: Code, result?: Variable): Entry => ({ name, ...wasmFunction(code, result, fields) });
  const { code, result } = stepCode(terms, update, shape);
  const entries: Entry[] = [];
  if (terms.some(({ kind }) => kind === 'star')) entries.push(entry('stars', starsCode(terms, shape)));
  if (terms.some(({ kind }) => kind === 'global')) entries.push(entry('globalSums', globalSumsCode(terms, shape)), entry('lambdas', lambdasCode(terms, shape)));
  if (update.batch !== undefined) entries.push(entry('batch', batchCode(shape, update.batch)));
  entries.push(entry('step', code, result));
  entries.push(...gaugeEntries(entry, shape, gauge, NEXT, X, ''));
  if (update.velocity) entries.push(...gaugeEntries(entry, shape, gauge, NEXT_VELOCITY, undefined, 'OfVelocity'));
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
