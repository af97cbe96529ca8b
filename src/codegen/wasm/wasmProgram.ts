// Programs for WebAssembly, each one module: a stepper's, which is a fused pass over the nodes and what the
// gauge does after it;
// single-site moves; the energy of each chain; one operation on tensors.
import { tape, type Expression, type Tape } from '../../expression/index.js';
import { energyCode, totalCode } from '../passes/energyPass.js';
import { globalSumsCode, lambdasCode } from '../terms/globalSums.js';
import { batchCode } from '../passes/batch.js';
import { slopeOnly } from '../passes/updates.js';
import { decideCode, proposeCode, ratioCode, settleCode, takeCode } from '../passes/malaPass.js';
import {
  meansCode,
  NEXT,
  NEXT_VELOCITY,
  partialSumsCode,
  pinCode,
  shiftCode,
  X,
} from '../passes/gaugePass.js';
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
import type { Buffer, Code } from '../language/code.js';

export type Gauge = 'free' | 'centred' | 'pinned';

export interface WasmProgram {
  /** The entries, in the order in which a step runs them. */
  readonly entries: readonly string[];
  /** For a memory that is shared, or not. */
  bytes(shared: boolean): Uint8Array<ArrayBuffer>;
  readonly text: string;
  /**
   * The fields of the job, of eight bytes: the two addresses of a buffer, in even and in odd steps, or one
   * number twice.
   */
  readonly fields: readonly string[];
}

type Add = (name: string, code: Code) => void;

/** The program of a step under these terms. */
export function wasmProgram(
  terms: readonly StepTerm[],
  update: Update,
  shape: StepShape,
  gauge: Gauge,
): WasmProgram {
  return once([terms.map(contentOf), update, shape, gauge], (add) => {
    if (terms.some(({ kind }) => kind === 'star')) add('stars', starsCode(terms, shape));
    if (terms.some(({ kind }) => kind === 'global')) {
      add('globalSums', globalSumsCode(terms, shape));
      add('lambdas', lambdasCode(terms, shape));
    }
    if (update.batch !== undefined) add('batch', batchCode(shape, update.batch));
    add('step', stepCode(terms, update, shape));
    addGauge(add, shape, gauge, NEXT, '', X);
    if (update.velocity) addGauge(add, shape, gauge, NEXT_VELOCITY, 'OfVelocity');
  });
}

/** The program of single-site moves, its entry `sweep`. */
export const wasmMoves = (terms: readonly StepTerm[], shape: MoveShape): WasmProgram =>
  once(['moves', terms.map(contentOf), shape], (add) => add('sweep', movesCode(terms, shape)));

/** The program of the energies: `blockSums` over the nodes, in grains of `SUM_BLOCK`, then `total` over 1. */
export function energyProgram(terms: readonly LocalTerm[], shape: StepShape): WasmProgram {
  return once(['energy', terms.map(contentOf), shape], (add) => {
    add('blockSums', energyCode(terms, shape));
    add('total', totalCode(shape));
  });
}

/** The program of multi-spin coding, one entry for each colour of the checkerboard. */
export function wasmMultispin(shape: Omit<MultispinShape, 'colour'>): WasmProgram {
  return once(['multispin', shape], (add) => {
    add('even', multispinCode({ ...shape, colour: 0 }));
    add('odd', multispinCode({ ...shape, colour: 1 }));
  });
}

/**
 * The program of MALA steps: the proposal, its gradient and energy, and the decision; `settle` instead for
 * the first field.
 */
export function malaProgram(terms: readonly LocalTerm[], shape: StepShape, gauge: Gauge): WasmProgram {
  return once(['mala', terms.map(contentOf), shape, gauge], (add) => {
    add('propose', proposeCode(shape));
    addGauge(add, shape, gauge, X, 'OfProposal', { name: 'field', holds: 'float' });
    const slope = stepCode(terms, slopeOnly, shape);
    slope.result = undefined; // a proposal that is not finite is refused by its energy
    add('slope', slope);
    addGauge(add, shape, gauge, NEXT, 'OfSlope');
    add('blockSums', energyCode(terms, shape));
    add('ratios', ratioCode(shape));
    add('decide', decideCode(shape));
    add('settle', settleCode(shape));
    add('take', takeCode(shape));
  });
}

function addGauge(
  add: Add,
  { components, chains }: StepShape,
  gauge: Gauge,
  field: Buffer,
  what: string,
  before?: Buffer,
): void {
  const lanes = components * chains;
  if (gauge === 'pinned') add(`pin${what}`, pinCode([field, before]));
  if (gauge !== 'centred') return;
  add(`partialSums${what}`, partialSumsCode(lanes, field));
  add(`means${what}`, meansCode(lanes));
  add(`shift${what}`, shiftCode(lanes, field));
}

/** One function, its entry `run`, whose job begins with these fields. */
export const programOf = (content: unknown, fields: readonly string[], code: () => Code): WasmProgram =>
  once(content, (add) => add('run', code()), fields);

const programs = new Map<string, WasmProgram>();
const mostPrograms = 256;

/** Programs of equal content are made once. */
function once(content: unknown, write: (add: Add) => void, known: readonly string[] = []): WasmProgram {
  const key = JSON.stringify(content, exactly);
  const made = programs.get(key);
  if (made) return made;
  if (programs.size >= mostPrograms) programs.delete(programs.keys().next().value!);
  const [fields, entries]: [string[], Entry[]] = [[...known], []];
  write((name, code) => void entries.push({ name, ...wasmFunction(code, code.result, fields) }));
  let text: string | undefined;
  const program: WasmProgram = {
    entries: entries.map(({ name }) => name),
    bytes: (shared) => wasmBytes(entries, shared),
    get text() {
      return (text ??= wasmText(entries, fields));
    },
    fields,
  };
  programs.set(key, program);
  return program;
}

/** All that the code of a term depends on. Symbols count by their roles, not by their names. */
function contentOf(term: StepTerm): unknown {
  const parameters = term.parameters.map(({ symbol }) => symbol);
  const common = [term.kind, term.parameters.map(({ varies }) => varies)];
  const content = (tape: Tape, symbols: readonly Expression[]): unknown => [
    tape.inputs.map((symbol) => symbols.indexOf(symbol)),
    tape.instructions,
    tape.outputs,
  ];
  switch (term.kind) {
    case 'site':
      return [...common, content(tape([term.formula]), [term.own, ...parameters])];
    case 'bond':
      return [
        ...common,
        term.isSymmetric,
        term.slopes !== undefined,
        content(tape([term.formula]), [term.own, term.other, ...parameters]),
      ];
    case 'star':
    case 'global': {
      const {
        own,
        totals,
        lambdas,
        tapes: { bodies, outer, pull },
      } = term;
      const others = term.kind === 'star' ? [term.other, term.coupling, term.degree] : [term.count];
      const symbols = [own, ...others, ...totals, ...lambdas, ...parameters];
      return [
        ...common,
        totals.map(({ shape }) => shape),
        [bodies, outer, pull].map((tape) => content(tape, symbols)),
      ];
    }
  }
}

/** JSON has no infinities, no NaN and no -0: constants that differ must not look the same. */
const exactly = (_: string, value: unknown): unknown =>
  typeof value === 'number' && (!Number.isFinite(value) || Object.is(value, -0))
    ? `number ${Object.is(value, -0) ? '-0' : value}`
    : value;
