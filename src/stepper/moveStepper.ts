// Sweeps of single-site moves of a Hamiltonian by its compiled program, on the calling thread or on all of them. The
// values lie in a memory of their own and change in place.
import { LANES, moveLayout, SCRATCH, wasmMoves, type MoveLayout, type MoveOrder, type MoveRule, type States } from '../codegen/index.js';
import type { Hamiltonian } from '../energy/index.js';
import { localTerms } from '../energy/localTerms.js';
import { tablesOf } from '../energy/tables.js';
import { hasThreads, type Outcome, type Phase, type Run, type WebAssembly } from '../machine/index.js';
import { Purpose, type Key } from '../random/index.js';
import { Arena } from './arena.js';
import { arrange, arrangedTerm, type Arrangement } from './arrangement.js';
import { moduleOf } from './moduleOf.js';
import { isWorthThreads, sweepsHere, sweepsOnThreads } from './sweeps.js';

export interface MoveSetup {
  readonly rule: MoveRule;
  readonly order: MoveOrder;
  readonly states: States;
  readonly chains: number;
  /** Nodes that are held. */
  readonly pinned: readonly number[];
}

/** What the sweeps of one call need to know. */
export interface MoveDrive {
  /** The number of the first sweep: the random words follow from it. */
  readonly firstStep: number;
  readonly key: Key;
  temperature(step: number): number;
}

/** Sweeps of one run: a table of inverse temperatures holds one each. */
const MOST_STEPS = 4096;
const GRAIN = 64;
/** At T = 0 energies that differ are told apart, and those that do not stay equal: 0 times it is 0. */
const COLDEST = 1e30;

export class MoveStepper {
  readonly #arena: Arena;
  readonly #module: WebAssembly.Module;
  readonly #phases: readonly Phase[];
  readonly #rows: Arrangement;
  readonly #layout: MoveLayout;
  readonly #moves: number;

  /** @throws TypeError for a term that has no local form, naming the engine that runs it; RangeError for too large a graph */
  constructor(caller: string, readonly energy: Hamiltonian, readonly setup: MoveSetup) {
    const { rule, order, states, chains, pinned } = setup;
    const shape = { rule, order, states, chains };
    const program = wasmMoves(localTerms(caller, energy.terms, 'interpreter'), shape);
    const rows = (this.#rows = arrange(energy.graph, order, pinned));
    const layout = (this.#layout = moveLayout(shape));
    const terms = energy.terms.map((term) => arrangedTerm(term, rows));
    const { arrays, numbers } = tablesOf(rows.graph, terms, layout.nodesInLanes ? chains : LANES);
    const all: Record<string, Int32Array | Float32Array> = { ...arrays, nodes: rows.nodeOf };
    const shared = hasThreads();
    this.#arena = new Arena(caller, program.fields, {
      ...Object.fromEntries(Object.entries(all).map(([name, array]) => [name, array.length])),
      x: rows.nodeOf.length * layout.width, betas: MOST_STEPS, draws: order === 'random' ? SCRATCH * layout.sets : 0,
    }, shared);
    this.#module = moduleOf(program.bytes(shared));
    const arena = this.#arena;
    for (const [name, array] of Object.entries(all)) arena.set(name, array);
    for (const name of [...Object.keys(all), 'x', 'betas', 'draws']) arena.point(name, name, name);
    for (const [name, value] of Object.entries(numbers)) arena.number(name, value, 'float');
    const swept = rows.classes.reduce((sum, { size }) => sum + size, 0);
    arena.number('rows', order === 'random' ? rows.free : swept, 'word');
    this.#phases = order === 'colouring'
      ? rows.classes.map(({ from, size }) => ({ entry: 'sweep', from, size, grain: GRAIN }))
      : [{ entry: 'sweep', size: rows.free > 0 ? layout.sets : 0, grain: 1 }];
    this.#moves = rows.free * chains;
  }

  /** [nodes, 1, chains] */
  load(values: Float32Array): void {
    const { chains, states } = this.setup;
    const { nodeOf } = this.#rows;
    const { width } = this.#layout;
    const rows = this.#values().fill(states === 'spin' ? 1 : 0);
    for (let row = 0; row < nodeOf.length; row++) {
      const from = nodeOf[row] * chains;
      if (from >= 0) for (let c = 0; c < chains; c++) rows[row * width + c] = values[from + c];
    }
  }

  /** A copy: [nodes, 1, chains]. */
  read(): Float32Array {
    const { setup: { chains }, energy: { graph: { nodeCount } } } = this;
    const { rowOf } = this.#rows;
    const { width } = this.#layout;
    const rows = this.#values();
    const out = new Float32Array(nodeCount * chains);
    for (let i = 0; i < nodeCount; i++) {
      const from = rowOf[i] * width;
      for (let c = 0; c < chains; c++) out[i * chains + c] = rows[from + c];
    }
    return out;
  }

  /** Sweeps on this thread. */
  runHere(steps: number, drive: MoveDrive): Outcome {
    return sweepsHere(steps, MOST_STEPS, (count, done) => this.#run(count, drive, done));
  }

  /** Sweeps on all threads, where it is worth to wake them; fewer than asked when aborted or interrupted. */
  async run(steps: number, drive: MoveDrive, signal?: AbortSignal): Promise<Outcome> {
    if (!isWorthThreads(this.#phases, this.#moves, steps)) return this.runHere(steps, drive);
    return sweepsOnThreads(steps, MOST_STEPS, (count, done) => this.#run(count, drive, done), this.#values(), signal);
  }

  #run(steps: number, { firstStep, key, temperature }: MoveDrive, done: number): Run {
    const arena = this.#arena;
    const first = firstStep + done;
    const high = Math.floor(first / 2 ** 32);
    const words = {
      firstStep: first % 2 ** 32, seed: key.seed, stream: key.stream,
      purpose: Purpose.acceptance * 2 ** 24 + high, orderPurpose: Purpose.order * 2 ** 24 + high,
    };
    for (const [name, value] of Object.entries(words)) arena.number(name, value, 'word');
    arena.set('betas', Float32Array.from({ length: steps }, (_, s) => Math.min(1 / temperature(first + s), COLDEST)));
    return { module: this.#module, memory: arena.memory, job: arena.job, steps, phases: this.#phases };
  }

  #values(): Float32Array {
    return this.#arena.floats('x', this.#rows.nodeOf.length * this.#layout.width);
  }
}
