// Sweeps of single-site moves of a Hamiltonian by its compiled program, on the calling thread or on all of
// them. The values lie in a memory of their own and change in place; the program counts there too, and the
// counts are added up after each run.
import { GRAIN, LANES, SCRATCH, wasmMoves } from '../../codegen/index.js';
import type { Hamiltonian } from '../../energies/index.js';
import type { Phase, Run } from '../../runtime/index.js';
import { Machine } from './machine.js';
import { MoveRows, type MoveSetup } from './moveRows.js';
import type { Stepped } from './runs.js';
import { moveWords, swept, type MoveDrive } from './sweeps.js';

export class MoveStepper {
  readonly #machine: Machine;
  readonly #phases: readonly Phase[];
  readonly #rows: MoveRows;
  readonly #values: Float32Array;
  /** By place and counter. */
  readonly #counts: Uint32Array;
  /** Accepted moves by chain; of the heat bath, those that change the value. */
  readonly accepted: Float64Array;

  /**
   * @throws TypeError for a term that has no local form, naming the engine that runs it; RangeError for too
   * large a graph
   */
  constructor(caller: string, energy: Hamiltonian, setup: MoveSetup) {
    const rows = (this.#rows = new MoveRows(caller, energy, setup));
    const {
      arrangement: { free, classes, nodeOf },
      arrays,
      numbers: floats,
      layout: { sets, counters },
      length,
      shape: { order },
    } = rows;
    const counts = (order === 'colouring' ? Math.ceil(nodeOf.length / GRAIN) : 1) * counters;
    this.#machine = new Machine(
      caller,
      wasmMoves(rows.terms, rows.shape),
      {
        ...arrays,
        x: length,
        betas: rows.betas.length,
        draws: order === 'random' ? SCRATCH * sets : 0,
        counts,
      },
      { words: { rows: free, rowCount: nodeOf.length }, floats },
    );
    this.#values = this.#machine.view(Float32Array, 'x');
    this.#counts = this.#machine.view(Uint32Array, 'counts');
    this.#phases =
      order === 'colouring'
        ? classes.map(({ from, size }) => ({ entry: 'sweep', from, size, grain: GRAIN }))
        : [{ entry: 'sweep', size: free > 0 ? sets : 0, grain: 1 }];
    this.accepted = new Float64Array(setup.chains);
  }

  load(values: Float32Array): void {
    this.#rows.fill(this.#values, values);
  }

  read(): Float32Array {
    return this.#rows.read(this.#values);
  }

  /** Sweeps, on all threads where it is worth to wake them; fewer than asked when aborted or interrupted. */
  async run(count: number, drive: MoveDrive, signal?: AbortSignal): Promise<Stepped> {
    const {
      arrangement: { free },
      betas,
      layout: { nodesInLanes, counters },
    } = this.#rows;
    const countable = Math.max(1, Math.floor((2 ** 32 - 1) / Math.max(1, free))); // sweeps in which no counter goes round
    const { broken, ...outcome } = await swept(
      {
        count,
        first: drive.firstStep,
        most: Math.min(betas.steps, countable),
        values: this.#values,
        phases: this.#phases,
        moves: free * this.accepted.length,
        runOf: (steps, done) => this.#run(steps, done, drive),
        ran: (steps) =>
          this.#rows.addAccepted(this.accepted, steps, this.#counts, (at) =>
            nodesInLanes ? Math.floor((at % counters) / LANES) : at % counters,
          ),
      },
      signal,
    );
    return { ...outcome, ...(broken ? { broken: this.#rows.read(broken) } : {}) };
  }

  #run(count: number, done: number, { firstStep, key, temperature }: MoveDrive): Run {
    const first = firstStep + done;
    this.#machine.write({ words: moveWords(first, key) });
    this.#machine.set('betas', this.#rows.betasOf(first, count, temperature));
    this.#counts.fill(0);
    return this.#machine.run(count, this.#phases);
  }
}
