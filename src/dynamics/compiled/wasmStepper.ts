// Langevin steps of a Hamiltonian by its compiled program, on the calling thread or on all of them. The field lies in a
// memory of its own, two copies that change places with every step: the one before is there when a step goes wrong.
import { SUM_BLOCK, wasmProgram, wideLengths, type ByNode, type Gauge, type Update } from '../../codegen/index.js';
import type { Hamiltonian } from '../../energy/index.js';
import { stepTerms } from '../../energy/localTerms.js';
import { edgesOf, farNeighbours, tablesOf } from '../../energy/tables.js';
import { hasThreads, runHere, threadCount, type Outcome, type Phase, type Run, type WebAssembly } from '../../runtime/index.js';
import { stepWords } from '../../random/counter.js';
import { Purpose, type Key } from '../../random/index.js';
import { Arena } from './arena.js';
import { moduleOf } from './moduleOf.js';
import { counterWords, inRuns, runOnThreads } from './runs.js';
import { StepTable } from './stepTable.js';

export interface StepperShape {
  readonly components: number;
  readonly chains: number;
  /** 'free', 'centred', or the nodes that are held. */
  readonly gauge: 'free' | 'centred' | { readonly pinned: readonly number[] };
  readonly byNode?: ByNode | undefined;
}

/** What the steps of one call need to know. */
export interface Drive {
  /** The number of the first step: the noise follows from it. */
  readonly firstStep: number;
  readonly key: Key;
  readonly purpose: number;
  /** Numbers of the update that stay, by symbol. */
  readonly numbers: Readonly<Record<string, number>>;
  /** sqrt(2 T dt) of a step, or [nodes] of them. */
  amplitude(step: number): number | ArrayLike<number>;
}

export interface Stepped extends Outcome {
  /** The field that is not finite, after the step that is not counted. */
  readonly broken?: Float32Array;
}

/** Of fewer numbers than these a step is done before all threads have met, and a run before they are awake. */
const [WORTH_A_STEP, WORTH_A_RUN] = [8192, 2 ** 19];
/** Nodes that one thread takes at a time. */
const GRAIN = 64;

/** @param numbers of the field */
export const isWorthThreads = (numbers: number, steps: number): boolean =>
  hasThreads() && threadCount() > 1 && numbers >= WORTH_A_STEP && steps * numbers >= WORTH_A_RUN;

export class WasmStepper {
  readonly #arena: Arena;
  readonly #module: WebAssembly.Module;
  readonly #phases: readonly Phase[];
  readonly #amplitudes: StepTable;
  readonly #keepsNoise: boolean;
  readonly #hasVelocity: boolean;
  readonly #length: number;
  /** Which of the two copies holds the field. */
  #now = 0;
  /** The noise that was loaded, until a step has been made. */
  #loaded: Float32Array | undefined;

  /**
   * @throws TypeError for a term that has no code, naming the engine that runs it; RangeError for too large a graph
   */
  constructor(caller: string, readonly energy: Hamiltonian, update: Update, readonly shape: StepperShape) {
    const { graph } = energy;
    const { components, chains, gauge, byNode } = shape;
    const lanes = components * chains;
    this.#amplitudes = new StepTable(byNode, graph.nodeCount);
    this.#length = graph.nodeCount * lanes;
    this.#keepsNoise = update.kept !== undefined;
    this.#hasVelocity = update.velocity !== undefined;
    const kind: Gauge = typeof gauge === 'object' ? 'pinned' : gauge;
    const terms = stepTerms(caller, energy.terms);
    const program = wasmProgram(terms, update, { components, chains, ...(byNode ? { byNode } : {}) }, kind);
    const tables = tablesOf(graph, energy.terms, chains);
    const arrays = { ...tables.arrays, ...farNeighbours(graph, lanes), ...(update.batch ? { edgeOf: edgesOf(graph, chains) } : {}) };
    const { numbers } = tables;
    const pinned = typeof gauge === 'object' ? Int32Array.from(gauge.pinned) : new Int32Array();
    const sumBlocks = Math.ceil(graph.nodeCount / SUM_BLOCK);
    const own: Record<string, number> = {
      field0: this.#length, field1: this.#length, amplitudes: this.#amplitudes.length, pinned: pinned.length,
      noise: update.kept ? this.#length : 0,
      ...(update.velocity ? { velocity0: this.#length, velocity1: this.#length } : {}),
      weights: update.batch ? graph.edgeCount * chains : 0,
      partial: kind === 'centred' ? sumBlocks * lanes : 0, means: lanes, ...wideLengths(terms, shape, graph.nodeCount),
    };
    const sizes = Object.fromEntries(Object.entries(arrays).map(([name, array]) => [name, array.length]));
    const shared = hasThreads();
    this.#arena = new Arena(caller, program.fields, { ...own, ...sizes }, shared);
    this.#module = moduleOf(program.bytes(shared));

    const arena = this.#arena;
    for (const [name, array] of Object.entries(arrays)) arena.set(name, array);
    arena.set('pinned', pinned);
    for (const name of [...Object.keys(arrays), 'amplitudes', 'pinned', 'partial', 'means', 'stars', 'globalSums', 'lambdas', 'weights']) arena.point(name, name, name);
    for (const field of ['kept', 'drawn']) arena.point(field, 'noise', 'noise');
    for (const [name, value] of Object.entries({ width: lanes, sumBlocks, nodes: graph.nodeCount, edges: graph.edgeCount })) arena.number(name, value, 'word');
    for (const [name, value] of Object.entries(numbers)) arena.number(name, value, 'float');
    arena.number('perNode', 1 / graph.nodeCount, 'float');
    this.#phases = program.entries.map((entry) => phaseOf(entry, graph.nodeCount, pinned.length, chains));
  }

  /** The field; and the noise of the step to come and the velocities where the update has them, by default those of before; as [nodes, components, chains]. */
  load(values: Float32Array, noise?: Float32Array, velocity = this.readVelocity()): void {
    this.#now = 0;
    this.#arena.set('field0', values);
    if (velocity) this.#arena.set('velocity0', velocity);
    if (!noise || !this.#keepsNoise) return;
    this.#loaded = noise.slice();
    this.#arena.set('noise', this.#loaded);
  }

  /** A copy of the field. */
  read(): Float32Array {
    return this.#arena.floats(`field${this.#now}`, this.#length).slice();
  }
  /** A copy of the noise of the step to come, if the update keeps it. */
  readNoise(): Float32Array | undefined {
    if (!this.#keepsNoise) return undefined;
    return this.#arena.floats('noise', this.#length).slice();
  }

  /** A copy of the second field, if the update has one. */
  readVelocity(): Float32Array | undefined {
    if (!this.#hasVelocity) return undefined;
    return this.#arena.floats(`velocity${this.#now}`, this.#length).slice();
  }

  /**
   * Steps, on all threads where it is worth to wake them; fewer than asked when aborted or interrupted, or where a step left a
   * field that is not finite (code 1): then `steps` are whole, and field and noise are those after them.
   *
   * @throws StepperDied, field and noise after the steps that are whole
   */
  async run(steps: number, drive: Drive, signal?: AbortSignal): Promise<Stepped> {
    const onThreads = isWorthThreads(this.#length, steps);
    const runs = { count: steps, first: drive.firstStep + this.#later, most: this.#amplitudes.steps };
    // a step that was begun has written to the other copy only
    const mended = (whole: number): number => {
      this.#now = (this.#now + whole) % 2;
      this.#mendNoise(whole, drive);
      return whole;
    };
    const { steps: made, code } = await inRuns(runs, async (count, done) => {
      const run = this.#run(count, done, drive);
      return onThreads ? runOnThreads(run, (begun) => mended(done + begun), signal) : runHere(run);
    });
    if (code === 0) {
      if (made > 0) this.#loaded = undefined;
      this.#now = (this.#now + made) % 2;
      return { steps: made, code };
    }
    const broken = this.#arena.floats(`field${(this.#now + made) % 2}`, this.#length).slice();
    return { steps: mended(made - 1), code, broken };
  }

  /** The noise that is kept after so many steps of a drive, as the program draws it: by a step whose field is not used. */
  #mendNoise(steps: number, drive: Drive): void {
    if (!this.#keepsNoise) return;
    if (steps === 0 && this.#loaded) this.#arena.set('noise', this.#loaded);
    else runHere(this.#run(1, 0, { ...drive, firstStep: drive.firstStep + steps - 1 }));
  }

  /** Steps from one to that which it draws for: noise that is kept was drawn a step ago. */
  get #later(): number {
    return this.#keepsNoise ? 1 : 0;
  }

  #run(count: number, done: number, drive: Drive): Run {
    const arena = this.#arena;
    const from = (this.#now + done) % 2;
    const [now, other] = [`field${from}`, `field${1 - from}`];
    arena.point('x', now, other);
    arena.point('next', other, now);
    if (this.#hasVelocity) {
      arena.point('velocity', `velocity${from}`, `velocity${1 - from}`);
      arena.point('nextVelocity', `velocity${1 - from}`, `velocity${from}`);
    }
    const first = drive.firstStep + done;
    for (const [name, value] of Object.entries(counterWords(first, this.#later, drive))) arena.number(name, value, 'word');
    arena.number('batchPurpose', stepWords(first, Purpose.batch)[1], 'word');
    for (const [name, value] of Object.entries(drive.numbers)) arena.number(name, value, 'float');
    const amplitudes = this.#amplitudes.filled(first, count, (step) => drive.amplitude(step));
    if (amplitudes) arena.set('amplitudes', amplitudes);
    return { module: this.#module, memory: arena.memory, job: arena.job, steps: count, phases: this.#phases };
  }
}

/** What the range of an entry counts; a gauge's entry has the name of what it acts on behind its own. */
export function phaseOf(entry: string, nodes: number, pinned: number, chains: number): Phase {
  switch (entry.replace(/Of.*/, '')) {
    case 'pin': return { entry, size: pinned, grain: 1 };
    case 'batch': return { entry, size: Math.ceil(chains / 4), grain: 1 };
    case 'globalSums': case 'partialSums': case 'blockSums': case 'ratios': return { entry, size: nodes, grain: SUM_BLOCK };
    case 'lambdas': case 'means': case 'decide': case 'settle': return { entry, size: 1, grain: 1 };
    default: return { entry, size: nodes, grain: GRAIN };
  }
}
