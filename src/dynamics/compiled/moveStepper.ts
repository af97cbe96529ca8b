// Sweeps of single-site moves of a Hamiltonian by its compiled program, on the calling thread or on all of them. The
// values lie in a memory of their own and change in place; there the program counts, in the places of its calls, what is
// added up after each run.
import { GRAIN, LANES, SCRATCH, wasmMoves } from '../../codegen/index.js';
import type { Hamiltonian } from '../../energy/index.js';
import { hasThreads, type Phase, type Run, type WebAssembly } from '../../runtime/index.js';
import { Arena } from './arena.js';
import { moduleOf } from './moduleOf.js';
import { MoveRows, type MoveSetup } from './moveRows.js';
import type { Steps } from './runs.js';
import { isWorthThreads, moveWords, swept, type MoveDrive, type Swept } from './sweeps.js';

export class MoveStepper {
  readonly #arena: Arena;
  readonly #module: WebAssembly.Module;
  readonly #phases: readonly Phase[];
  readonly #rows: MoveRows;
  /** Of all chains in one sweep. */
  readonly #moves: number;
  /** Sweeps of one run: no counter goes round. */
  readonly #most: number;
  /** Accepted moves by chain; of the heat bath, those that change the value. */
  readonly accepted: Float64Array;

  /** @throws TypeError for a term that has no local form, naming the engine that runs it; RangeError for too large a graph */
  constructor(caller: string, readonly energy: Hamiltonian, readonly setup: MoveSetup) {
    const { chains } = setup;
    const { arrangement: { free, classes, nodeOf }, arrays, numbers, layout, length, terms, shape } = (this.#rows = new MoveRows(caller, energy, setup));
    const { order } = shape;
    const program = wasmMoves(terms, shape);
    const shared = hasThreads();
    this.#arena = new Arena(caller, program.fields, {
      ...Object.fromEntries(Object.entries(arrays).map(([name, array]) => [name, array.length])),
      x: length, betas: this.#rows.betas.length, draws: order === 'random' ? SCRATCH * layout.sets : 0, counts: this.#counters,
    }, shared);
    this.#module = moduleOf(program.bytes(shared));
    const arena = this.#arena;
    for (const [name, array] of Object.entries(arrays)) arena.set(name, array);
    for (const name of [...Object.keys(arrays), 'x', 'betas', 'draws', 'counts']) arena.point(name, name, name);
    for (const [name, value] of Object.entries(numbers)) arena.number(name, value, 'float');
    arena.number('rows', free, 'word');
    arena.number('rowCount', nodeOf.length, 'word');
    this.#phases = order === 'colouring'
      ? classes.map(({ from, size }) => ({ entry: 'sweep', from, size, grain: GRAIN }))
      : [{ entry: 'sweep', size: free > 0 ? layout.sets : 0, grain: 1 }];
    this.#moves = free * chains;
    this.#most = Math.min(this.#rows.betas.steps, Math.max(1, Math.floor((2 ** 32 - 1) / Math.max(1, free))));
    this.accepted = new Float64Array(chains);
  }

  /** [nodes, 1, chains] */
  load(values: Float32Array): void {
    this.#rows.fill(this.#values(), values);
  }

  /** A copy: [nodes, 1, chains]. */
  read(): Float32Array {
    return this.#rows.read(this.#values());
  }

  /** Sweeps, on all threads where it is worth to wake them; fewer than asked when aborted or interrupted. */
  async run(steps: number, drive: MoveDrive, signal?: AbortSignal): Promise<Swept<Float32Array>> {
    const onThreads = isWorthThreads(this.#phases, this.#moves, steps);
    const { broken, ...outcome } = await swept(this.#sweeps(steps, drive), (count, done) => this.#run(count, done, drive), this.#values(), onThreads, signal);
    return { ...outcome, ...(broken ? { broken: this.#rows.read(broken) } : {}) };
  }

  #sweeps(count: number, { firstStep }: MoveDrive): Steps {
    return { count, first: firstStep, most: this.#most, ran: (steps) => this.#addUp(steps) };
  }

  #run(count: number, done: number, { firstStep, key, temperature }: MoveDrive): Run {
    const arena = this.#arena;
    const first = firstStep + done;
    for (const [name, value] of Object.entries(moveWords(first, key))) arena.number(name, value, 'word');
    const betas = this.#rows.betasOf(first, count, temperature);
    if (betas) arena.set('betas', betas);
    this.#counts().fill(0);
    return { module: this.#module, memory: arena.memory, job: arena.job, steps: count, phases: this.#phases };
  }

  /** What the program has counted: moves that are taken, of the heat bath those that leave the value. */
  #addUp(steps: number): void {
    const { accepted, setup: { rule, chains } } = this;
    const { layout: { nodesInLanes, counters }, arrangement: { free } } = this.#rows;
    const [attempts, sign] = rule === 'heat bath' ? [steps * free, -1] : [0, 1];
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
    const { arrangement: { nodeOf }, layout: { counters } } = this.#rows;
    return (this.#rows.shape.order === 'colouring' ? Math.ceil(nodeOf.length / GRAIN) : 1) * counters;
  }

  #values(): Float32Array {
    return this.#arena.floats('x', this.#rows.length);
  }
}
