// Langevin steps of a Hamiltonian by its compiled program, on the calling thread or on all of them. The field lies in a
// memory of its own, two copies that change places with every step: the one before is there when a step goes wrong.
import { SUM_BLOCK, wasmProgram, wideLengths, type Gauge, type Update } from '../codegen/index.js';
import type { Hamiltonian } from '../energy/index.js';
import { stepTerms } from '../energy/localTerms.js';
import { farNeighbours, tablesOf } from '../energy/tables.js';
import { hasThreads, pool, runHere, ThreadDied, threadCount, type Outcome, type Phase, type Run, type WebAssembly } from '../machine/index.js';
import type { Key } from '../random/index.js';
import { Arena } from './arena.js';
import { moduleOf } from './moduleOf.js';

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

/** A thread has died: so many steps were done, after which the field is whole, and the noise to come is not. */
export class StepperDied extends Error {
  constructor(readonly steps: number, cause: ThreadDied) {
    super(cause.message, { cause });
  }
}

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
    let done = 0;
    while (done < steps) {
      const outcome = this.#settle(runHere(this.#run(Math.min(MOST_STEPS, steps - done), { ...drive, firstStep: drive.firstStep + done })));
      done += outcome.steps;
      if (outcome.code !== 0) return { steps: done, code: outcome.code };
    }
    return { steps: done, code: 0 };
  }

  /** Steps on all threads, where it is worth to wake them; fewer than asked when aborted or interrupted. */
  async run(steps: number, drive: Drive, signal?: AbortSignal): Promise<Outcome> {
    if (!hasThreads() || threadCount() === 1 || this.#length < WORTH_A_STEP || steps * this.#length < WORTH_A_RUN) return this.runHere(steps, drive);
    let done = 0;
    while (done < steps) {
      const count = Math.min(MOST_STEPS, steps - done);
      const run = this.#run(count, { ...drive, firstStep: drive.firstStep + done });
      const outcome = this.#settle(await pool.run(run, { signal }).catch((error: unknown) => {
        if (!(error instanceof ThreadDied)) throw error;
        this.#settle({ steps: error.steps, code: 0 }); // the step that was begun has written to the other copy only
        throw new StepperDied(done + error.steps, error);
      }));
      done += outcome.steps;
      if (outcome.code !== 0 || outcome.steps < count) return { steps: done, code: outcome.code };
    }
    return { steps: done, code: 0 };
  }

  #run(steps: number, { firstStep, key, purpose, numbers, amplitude }: Drive): Run {
    const arena = this.#arena;
    const [now, other] = [`field${this.#now}`, `field${1 - this.#now}`];
    arena.point('x', now, other);
    arena.point('next', other, now);
    arena.number('firstStep', firstStep % 2 ** 32, 'word');
    arena.number('purpose', purpose * 2 ** 24 + Math.floor(firstStep / 2 ** 32), 'word');
    arena.number('seed', key.seed, 'word');
    arena.number('stream', key.stream, 'word');
    for (const [name, value] of Object.entries(numbers)) arena.number(name, value, 'float');
    for (let s = 0; s < steps; s++) this.#amplitudes[s] = amplitude(firstStep + s);
    return { module: this.#module, memory: arena.memory, job: arena.job, steps, phases: this.#phases };
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
