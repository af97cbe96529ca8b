// Sweeps of single-site moves of a Hamiltonian by its compiled program, on the calling thread or on all of them. The
// values lie in a memory of their own and change in place; there the program counts, in the places of its calls, what is
// added up after each run.
import { GRAIN, LANES, moveLayout, SCRATCH, wasmMoves, type MoveLayout, type MoveOrder, type MoveRule, type States } from '../codegen/index.js';
import type { Hamiltonian } from '../energy/index.js';
import { localTerms } from '../energy/localTerms.js';
import { tablesOf } from '../energy/tables.js';
import { hasThreads, type Outcome, type Phase, type Run, type WebAssembly } from '../machine/index.js';
import { Arena } from './arena.js';
import { arrange, arrangedTerm, type Arrangement } from './arrangement.js';
import { moduleOf } from './moduleOf.js';
import { runsHere, type Steps } from './runs.js';
import { isWorthThreads, moveWords, sweepsOnThreads, type MoveDrive } from './sweeps.js';

export interface MoveSetup {
  readonly rule: MoveRule;
  readonly order: MoveOrder;
  readonly states: States;
  readonly chains: number;
  /** Nodes that are held. */
  readonly pinned: readonly number[];
}

/** Sweeps of one run: a table of inverse temperatures holds one each. */
const MOST_STEPS = 4096;
/** At T = 0 energies that differ are told apart, and those that do not stay equal: 0 times it is 0. */
const COLDEST = 1e30;

export class MoveStepper {
  readonly #arena: Arena;
  readonly #module: WebAssembly.Module;
  readonly #phases: readonly Phase[];
  readonly #rows: Arrangement;
  readonly #layout: MoveLayout;
  /** Of all chains in one sweep. */
  readonly #moves: number;
  /** Sweeps of one run: no counter goes round. */
  readonly #most: number;
  /** Accepted moves by chain; of the heat bath, those that change the value. */
  readonly accepted: Float64Array;

  /** @throws TypeError for a term that has no local form, naming the engine that runs it; RangeError for too large a graph */
  constructor(caller: string, readonly energy: Hamiltonian, readonly setup: MoveSetup) {
    const { rule, order, states, chains, pinned } = setup;
    const shape = { rule, order, states, chains };
    const program = wasmMoves(localTerms(caller, energy.terms, 'interpreter'), shape);
    const layout = (this.#layout = moveLayout(shape));
    const rows = (this.#rows = arrange(energy.graph, order, pinned, layout.nodesInLanes ? LANES : 1));
    const terms = energy.terms.map((term) => arrangedTerm(term, rows));
    const { arrays, numbers } = tablesOf(rows.graph, terms, layout.nodesInLanes ? chains : LANES);
    const all: Record<string, Int32Array | Float32Array> = { ...arrays, nodes: rows.nodeOf };
    const shared = hasThreads();
    this.#arena = new Arena(caller, program.fields, {
      ...Object.fromEntries(Object.entries(all).map(([name, array]) => [name, array.length])),
      x: rows.nodeOf.length * layout.width, betas: MOST_STEPS, draws: order === 'random' ? SCRATCH * layout.sets : 0,
      counts: this.#counters,
    }, shared);
    this.#module = moduleOf(program.bytes(shared));
    const arena = this.#arena;
    for (const [name, array] of Object.entries(all)) arena.set(name, array);
    for (const name of [...Object.keys(all), 'x', 'betas', 'draws', 'counts']) arena.point(name, name, name);
    for (const [name, value] of Object.entries(numbers)) arena.number(name, value, 'float');
    arena.number('rows', rows.free, 'word');
    this.#phases = order === 'colouring'
      ? rows.classes.map(({ from, size }) => ({ entry: 'sweep', from, size, grain: GRAIN }))
      : [{ entry: 'sweep', size: rows.free > 0 ? layout.sets : 0, grain: 1 }];
    this.#moves = rows.free * chains;
    this.#most = Math.min(MOST_STEPS, Math.max(1, Math.floor((2 ** 32 - 1) / Math.max(1, rows.free))));
    this.accepted = new Float64Array(chains);
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
    return runsHere(this.#sweeps(steps, drive), (count, done) => this.#run(count, done, drive));
  }

  /** Sweeps on all threads, where it is worth to wake them; fewer than asked when aborted or interrupted. */
  async run(steps: number, drive: MoveDrive, signal?: AbortSignal): Promise<Outcome> {
    if (!isWorthThreads(this.#phases, this.#moves, steps)) return this.runHere(steps, drive);
    return sweepsOnThreads(this.#sweeps(steps, drive), (count, done) => this.#run(count, done, drive), this.#values(), signal);
  }

  #sweeps(count: number, { firstStep }: MoveDrive): Steps {
    return { count, first: firstStep, most: this.#most, ran: (steps) => this.#addUp(steps) };
  }

  #run(count: number, done: number, { firstStep, key, temperature }: MoveDrive): Run {
    const arena = this.#arena;
    const first = firstStep + done;
    for (const [name, value] of Object.entries(moveWords(first, key))) arena.number(name, value, 'word');
    arena.set('betas', Float32Array.from({ length: count }, (_, s) => Math.min(1 / temperature(first + s), COLDEST)));
    this.#counts().fill(0);
    return { module: this.#module, memory: arena.memory, job: arena.job, steps: count, phases: this.#phases };
  }

  /** What the program has counted: moves that are taken, of the heat bath those that leave the value. */
  #addUp(steps: number): void {
    const { accepted, setup: { rule, chains } } = this;
    const { nodesInLanes, counters } = this.#layout;
    const [attempts, sign] = rule === 'heat bath' ? [steps * this.#rows.free, -1] : [0, 1];
    for (let c = 0; c < chains; c++) accepted[c] += attempts;
    const counts = this.#counts();
    for (let at = 0; at < counts.length; at++) {
      const counter = at % counters;
      const chain = nodesInLanes ? Math.floor(counter / LANES) : counter;
      if (chain < chains) accepted[chain] += sign * counts[at];
    }
  }

  /** By place and counter. */
  #counts(): Uint32Array {
    const { buffer, byteOffset } = this.#arena.floats('counts', 0);
    return new Uint32Array(buffer, byteOffset, this.#counters);
  }

  get #counters(): number {
    const places = this.setup.order === 'colouring' ? Math.ceil(this.#rows.nodeOf.length / GRAIN) : 1;
    return places * this.#layout.counters;
  }

  #values(): Float32Array {
    return this.#arena.floats('x', this.#rows.nodeOf.length * this.#layout.width);
  }
}
