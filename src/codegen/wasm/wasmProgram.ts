// Programs for WebAssembly, each one module: a stepper's, which is a fused pass over the nodes and what the
// gauge does after it; single-site moves; the energy of each chain; one operation on tensors.
import { tape, type Expression, type Tape } from '../../expressions/index.js';
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

/** What the range of a phase counts: `blocks` are nodes by SUM_BLOCK, `chainSets` sets of four chains. */
export type PhaseRange = 'nodes' | 'blocks' | 'pinned' | 'chainSets' | 'one';

/** A phase of a step, or of an energy. */
export interface StepPhase {
  readonly entry: string;
  readonly over: PhaseRange;
  /** Where it runs: when a field is loaded, or in steps. In both by default. */
  readonly only?: 'load' | 'step';
}

export interface WasmProgram<Phase extends { readonly entry: string } = { readonly entry: string }> {
  /** In the order in which a step runs them. */
  readonly phases: readonly Phase[];
  /** For a memory that is shared, or not. */
  bytes(shared: boolean): Uint8Array<ArrayBuffer>;
  readonly text: string;
  /**
   * The fields of the job, of eight bytes: the two addresses of a buffer, in even and in odd steps, or one
   * number twice.
   */
  readonly fields: readonly string[];
}

type Add<Phase> = (phase: Phase, code: Code) => void;

/** The program of a step under these terms. */
export function wasmProgram(
  terms: readonly StepTerm[],
  update: Update,
  shape: StepShape,
  gauge: Gauge,
): WasmProgram<StepPhase> {
  return once([terms.map(contentOf), update, shape, gauge], (add) => {
    if (terms.some(({ kind }) => kind === 'star'))
      add({ entry: 'stars', over: 'nodes' }, starsCode(terms, shape));
    if (terms.some(({ kind }) => kind === 'global')) {
      add({ entry: 'globalSums', over: 'blocks' }, globalSumsCode(terms, shape));
      add({ entry: 'lambdas', over: 'one' }, lambdasCode(terms, shape));
    }
    if (update.batch !== undefined)
      add({ entry: 'batch', over: 'chainSets' }, batchCode(shape, update.batch));
    add({ entry: 'step', over: 'nodes' }, stepCode(terms, update, shape));
    addGauge(add, shape, gauge, NEXT, '', X);
    if (update.velocity) addGauge(add, shape, gauge, NEXT_VELOCITY, 'OfVelocity');
  });
}

/** The program of single-site moves, its entry `sweep`. */
export const wasmMoves = (terms: readonly StepTerm[], shape: MoveShape): WasmProgram =>
  once(['moves', terms.map(contentOf), shape], (add) => add({ entry: 'sweep' }, movesCode(terms, shape)));

/** The program of the energies: sums over each block of nodes, then their total. */
export function energyProgram(terms: readonly LocalTerm[], shape: StepShape): WasmProgram<StepPhase> {
  return once(['energy', terms.map(contentOf), shape], (add) => {
    add({ entry: 'blockSums', over: 'blocks' }, energyCode(terms, shape));
    add({ entry: 'total', over: 'one' }, totalCode(shape));
  });
}

/** The program of multi-spin coding, one entry for each colour of the checkerboard. */
export function wasmMultispin(shape: Omit<MultispinShape, 'colour'>): WasmProgram {
  return once(['multispin', shape], (add) => {
    add({ entry: 'even' }, multispinCode({ ...shape, colour: 0 }));
    add({ entry: 'odd' }, multispinCode({ ...shape, colour: 1 }));
  });
}

/**
 * The program of MALA steps: the proposal, its gradient and energy, and the decision. A field that is loaded
 * stands in place of a proposal, and is settled without a decision.
 */
export function malaProgram(
  terms: readonly LocalTerm[],
  shape: StepShape,
  gauge: Gauge,
): WasmProgram<StepPhase> {
  return once(['mala', terms.map(contentOf), shape, gauge], (add) => {
    add({ entry: 'propose', over: 'nodes', only: 'step' }, proposeCode(shape));
    addGauge(add, shape, gauge, X, 'OfProposal', { name: 'field', holds: 'float' }, 'step');
    const slope = stepCode(terms, slopeOnly, shape);
    slope.result = undefined; // a proposal that is not finite is refused by its energy
    add({ entry: 'slope', over: 'nodes' }, slope);
    addGauge(add, shape, gauge, NEXT, 'OfSlope');
    add({ entry: 'blockSums', over: 'blocks' }, energyCode(terms, shape));
    add({ entry: 'ratios', over: 'blocks', only: 'step' }, ratioCode(shape));
    add({ entry: 'decide', over: 'one', only: 'step' }, decideCode(shape));
    add({ entry: 'settle', over: 'one', only: 'load' }, settleCode(shape));
    add({ entry: 'take', over: 'nodes' }, takeCode(shape));
  });
}

function addGauge(
  add: Add<StepPhase>,
  { components, chains }: StepShape,
  gauge: Gauge,
  field: Buffer,
  what: string,
  before?: Buffer,
  only?: StepPhase['only'],
): void {
  const phase = (entry: string, over: PhaseRange): StepPhase => ({
    entry: entry + what,
    over,
    ...(only && { only }),
  });
  const lanes = components * chains;
  if (gauge === 'pinned') add(phase('pin', 'pinned'), pinCode([field, before]));
  if (gauge !== 'centred') return;
  add(phase('partialSums', 'blocks'), partialSumsCode(lanes, field));
  add(phase('means', 'one'), meansCode(lanes));
  add(phase('shift', 'nodes'), shiftCode(lanes, field));
}

/** One function, its entry `run`, whose job begins with these fields. */
export const programOf = (content: unknown, fields: readonly string[], code: () => Code): WasmProgram =>
  once(content, (add) => add({ entry: 'run' }, code()), fields);

const programs = new Map<string, WasmProgram>();
const mostPrograms = 256;

/** Programs of equal content are made once. */
function once<Phase extends { readonly entry: string }>(
  content: unknown,
  write: (add: Add<Phase>) => void,
  known: readonly string[] = [],
): WasmProgram<Phase> {
  const key = JSON.stringify(content, exactly);
  const made = programs.get(key);
  if (made) return made as WasmProgram<Phase>; // of the same content, and so of the same phases
  if (programs.size >= mostPrograms) programs.delete(programs.keys().next().value!);
  const [fields, phases, entries]: [string[], Phase[], Entry[]] = [[...known], [], []];
  write((phase, code) => {
    phases.push(phase);
    entries.push({ name: phase.entry, ...wasmFunction(code, code.result, fields) });
  });
  let text: string | undefined;
  const program: WasmProgram<Phase> = {
    phases,
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
