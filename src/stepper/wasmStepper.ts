// Langevin steps of a Hamiltonian by its compiled program, on the calling thread or on all of them. The field lies in a
// memory of its own, two copies that change places with every step: the one before is there when a step goes wrong.
import { SUM_BLOCK, wasmProgram, wideLengths, type Gauge, type Update } from '../codegen/index.js';
import type { Hamiltonian } from '../energy/index.js';
import { stepTerms } from '../energy/localTerms.js';
import { farNeighbours, tablesOf } from '../energy/tables.js';
import { hasThreads, threadCount, type Outcome, type Phase, type Run, type WebAssembly } from '../machine/index.js';
import type { Key } from '../random/index.js';
import { Arena } from './arena.js';
import { moduleOf } from './moduleOf.js';
import { counterWords, runsHere, runsOnThreads, type Steps } from './runs.js';

export interface StepperShape {
  readonly components: number;
  readonly chains: number;
  /** 'free', 'centred', or the nodes that are held. */
  readonly gauge: 'free' | 'centred' | { readonly pinned: readonly number[] };
}

/** What the steps of one call need to know. */
export interface Drive {
  /** The number of the first step: the noise follows from it. */
  readonly firstStep: number;
  readonly key: Key;
  readonly purpose: number;
  /** Numbers of the update that stay, by symbol. */
  readonly numbers: Readonly<Record<string, number>>;
  /** sqrt(2 T dt) of a step. */
  amplitude(step: number): number;
}

/** Steps of one run: a table of amplitudes holds one each. */
const MOST_STEPS = 4096;
/** Of fewer numbers than these a step is done before all threads have met, and a run before they are awake. */
const [WORTH_A_STEP, WORTH_A_RUN] = [8192, 2 ** 19];
/** Nodes that one thread takes at a time. */
const GRAIN = 64;

export class WasmStepper {
  readonly #arena: Arena;
  readonly #module: WebAssembly.Module;
  readonly #phases: readonly Phase[];
  readonly #amplitudes: Float32Array;
  readonly #keepsNoise: boolean;
  readonly #length: number;
  /** Which of the two copies holds the field. */
  #now = 0;

  /**
   * @throws TypeError for a term that has no code, naming the engine that runs it; RangeError for too large a graph
   */
  constructor(caller: string, readonly energy: Hamiltonian, update: Update, readonly shape: StepperShape) {
    const { graph } = energy;
    const { components, chains, gauge } = shape;
    const lanes = components * chains;
    this.#length = graph.nodeCount * lanes;
    this.#keepsNoise = update.kept !== undefined;
    const kind: Gauge = typeof gauge === 'object' ? 'pinned' : gauge;
    const terms = stepTerms(caller, energy.terms);
    const program = wasmProgram(terms, update, shape, kind);
    const tables = tablesOf(graph, energy.terms, chains);
    const arrays = { ...tables.arrays, ...farNeighbours(graph, lanes) };
    const { numbers } = tables;
    const pinned = typeof gauge === 'object' ? Int32Array.from(gauge.pinned) : new Int32Array();
    const sumBlocks = Math.ceil(graph.nodeCount / SUM_BLOCK);
    const own: Record<string, number> = {
      field0: this.#length, field1: this.#length, amplitudes: MOST_STEPS, pinned: pinned.length,
      noise: update.kept ? this.#length : 0,
      partial: kind === 'centred' ? sumBlocks * lanes : 0, means: lanes, ...wideLengths(terms, shape, graph.nodeCount),
    };
    const sizes = Object.fromEntries(Object.entries(arrays).map(([name, array]) => [name, array.length]));
    const shared = hasThreads();
    this.#arena = new Arena(caller, program.fields, { ...own, ...sizes }, shared);
    this.#module = moduleOf(program.bytes(shared));

    const arena = this.#arena;
    for (const [name, array] of Object.entries(arrays)) arena.set(name, array);
    arena.set('pinned', pinned);
    for (const name of [...Object.keys(arrays), 'amplitudes', 'pinned', 'partial', 'means', 'stars', 'globalSums', 'lambdas']) arena.point(name, name, name);
    for (const field of ['kept', 'drawn']) arena.point(field, 'noise', 'noise');
    for (const [name, value] of Object.entries({ width: lanes, sumBlocks })) arena.number(name, value, 'word');
    for (const [name, value] of Object.entries(numbers)) arena.number(name, value, 'float');
    arena.number('perNode', 1 / graph.nodeCount, 'float');
    this.#amplitudes = arena.floats('amplitudes', MOST_STEPS);
    this.#phases = program.entries.map((entry) => phaseOf(entry, graph.nodeCount, pinned.length));
  }

  /** The field, and the noise of the step to come where the update keeps it; as [nodes, components, chains]. */
  load(values: Float32Array, noise?: Float32Array): void {
    this.#now = 0;
    this.#arena.set('field0', values);
    if (noise && this.#keepsNoise) this.#arena.set('noise', noise);
  }

  /** A copy of the field. */
  read(): Float32Array {
    return this.#arena.floats(`field${this.#now}`, this.#length).slice();
  }
  /** A copy of the field one step ago. */
  readBefore(): Float32Array {
    return this.#arena.floats(`field${1 - this.#now}`, this.#length).slice();
  }
  /** A copy of the noise of the step to come, if the update keeps it. */
  readNoise(): Float32Array | undefined {
    if (!this.#keepsNoise) return undefined;
    return this.#arena.floats('noise', this.#length).slice();
  }

  /** Steps on this thread. */
  runHere(steps: number, drive: Drive): Outcome {
    return this.#settle(runsHere(this.#steps(steps, drive), (count, done) => this.#run(count, done, drive)));
  }

  /** Steps on all threads, where it is worth to wake them; fewer than asked when aborted or interrupted. */
  async run(steps: number, drive: Drive, signal?: AbortSignal): Promise<Outcome> {
    if (!hasThreads() || threadCount() === 1 || this.#length < WORTH_A_STEP || steps * this.#length < WORTH_A_RUN) return this.runHere(steps, drive);
    // a step that was begun has written to the other copy only
    const mended = (done: number, begun: number): number => this.#settle({ steps: done + begun, code: 0 }).steps;
    return this.#settle(await runsOnThreads(this.#steps(steps, drive), (count, done) => this.#run(count, done, drive), mended, signal));
  }

  /** Steps from one to that which it draws for: noise that is kept was drawn a step ago. */
  get #later(): number {
    return this.#keepsNoise ? 1 : 0;
  }

  #steps(count: number, { firstStep }: Drive): Steps {
    return { count, first: firstStep + this.#later, most: MOST_STEPS };
  }

  #run(count: number, done: number, drive: Drive): Run {
    const arena = this.#arena;
    const from = (this.#now + done) % 2;
    const [now, other] = [`field${from}`, `field${1 - from}`];
    arena.point('x', now, other);
    arena.point('next', other, now);
    const first = drive.firstStep + done;
    for (const [name, value] of Object.entries(counterWords(first, this.#later, drive))) arena.number(name, value, 'word');
    for (const [name, value] of Object.entries(drive.numbers)) arena.number(name, value, 'float');
    for (let s = 0; s < count; s++) this.#amplitudes[s] = drive.amplitude(first + s);
    return { module: this.#module, memory: arena.memory, job: arena.job, steps: count, phases: this.#phases };
  }

  #settle(outcome: Outcome): Outcome {
    this.#now = (this.#now + outcome.steps) % 2;
    return outcome;
  }
}

function phaseOf(entry: string, nodes: number, pinned: number): Phase {
  switch (entry) {
    case 'pin': return { entry, size: pinned, grain: 1 };
    case 'globalSums': case 'partialSums': return { entry, size: nodes, grain: SUM_BLOCK };
    case 'lambdas': case 'means': return { entry, size: 1, grain: 1 };
    default: return { entry, size: nodes, grain: GRAIN };
  }
}
