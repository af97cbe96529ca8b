// Langevin steps of a Hamiltonian by its compiled program, on the calling thread or on all of them. The field
// lies in a memory of its own, two copies that change places with every step: the one before is there when a
// step goes wrong.
import { wasmProgram, wideLengths, type Update } from '../../codegen/index.js';
import { type Hamiltonian, stepTerms, phasesOf, edgesOf, farNeighbours } from '../../energies/index.js';
import { runHere, type Phase, type Run } from '../../runtime/index.js';
import { stepWords, Purpose } from '../../randomness/index.js';
import { fieldTables, type StepperShape } from './fieldTables.js';
import { Machine } from './machine.js';
import { counterWords, type Draws, inRuns, isWorthThreads, runProgram, type Stepped } from './runs.js';
import { StepTable } from './stepTable.js';

/** What the steps of one call need to know. */
export interface Drive extends Draws {
  readonly purpose: number;
  /** Numbers of the update that stay, by symbol. */
  readonly numbers: Readonly<Record<string, number>>;
  /** sqrt(2 T dt) of a step, or [nodes] of them. */
  amplitude(step: number): number | ArrayLike<number>;
}

/**
 * With fewer numbers than these, a step ends before all threads have met, and a run before they are awake.
 */
export const WORTH_THREADS = [8192, 2 ** 19] as const;

export class WasmStepper {
  readonly #machine: Machine;
  readonly #phases: readonly Phase[];
  readonly #amplitudes: StepTable;
  readonly #length: number;
  /** Steps from one to that which it draws for: noise that is kept was drawn a step ago. */
  readonly #later: 0 | 1;
  /** Which of the two copies holds the field. */
  #now = 0;
  /** The noise that was loaded, until a step has been made. */
  #loaded: Float32Array | undefined;

  /**
   * @throws TypeError for a term that has no code, naming the engine that runs it; RangeError for too large a
   * graph
   */
  constructor(
    caller: string,
    readonly energy: Hamiltonian,
    readonly update: Update,
    shape: StepperShape,
  ) {
    const { graph } = energy;
    const { components, chains, byNode } = shape;
    const terms = stepTerms(caller, energy.terms);
    const { arrays, kind, width, sumBlocks, nodes, length, pinned, words, floats } = fieldTables(
      energy,
      shape,
    );
    const program = wasmProgram(terms, update, { components, chains, byNode }, kind);
    this.#length = length;
    this.#later = update.previousNoise ? 1 : 0;
    this.#amplitudes = new StepTable(byNode, nodes);
    this.#machine = new Machine(
      caller,
      program,
      {
        ...arrays,
        ...farNeighbours(graph, width),
        pinned,
        field0: length,
        field1: length,
        amplitudes: this.#amplitudes.length,
        noise: update.previousNoise ? length : 0,
        ...(update.velocity ? { velocity0: length, velocity1: length } : {}),
        ...(update.batch ? { edgeOf: edgesOf(graph, chains), weights: graph.edgeCount * chains } : {}),
        partial: kind === 'centred' ? sumBlocks * width : 0,
        means: width,
        ...wideLengths(terms, shape, nodes),
      },
      { words, floats },
    );
    for (const field of ['kept', 'drawn']) this.#machine.point(field, 'noise', 'noise');
    this.#phases = phasesOf(program.phases, { nodes, pinned: pinned.length, chains });
  }

  /**
   * The field [nodes, components, chains]; the noise of the step to come and the velocities stay as they are
   * by default.
   */
  load(values: Float32Array, noise?: Float32Array, velocity = this.readVelocity()): void {
    this.#now = 0;
    this.#machine.set('field0', values);
    if (velocity) this.#machine.set('velocity0', velocity);
    if (!noise || !this.update.previousNoise) return;
    this.#loaded = noise.slice();
    this.#machine.set('noise', this.#loaded);
  }

  read(): Float32Array {
    return this.#machine.copy(`field${this.#now}`);
  }

  /** A copy of the noise of the step to come, if the update keeps it. */
  readNoise(): Float32Array | undefined {
    return this.update.previousNoise && this.#machine.copy('noise');
  }

  /** A copy of the second field, if the update has one. */
  readVelocity(): Float32Array | undefined {
    return this.update.velocity && this.#machine.copy(`velocity${this.#now}`);
  }

  /**
   * Steps, on all threads where it is worth to wake them; fewer than asked when aborted or interrupted, or
   * where a step left a field that is not finite (code 1): then field and noise are those after `steps`.
   *
   * @throws StepperDied, field and noise after the steps that are whole
   */
  async run(steps: number, drive: Drive, signal?: AbortSignal): Promise<Stepped> {
    const onThreads = isWorthThreads(this.#length, steps, WORTH_THREADS);
    const runs = { count: steps, first: drive.firstStep + this.#later, most: this.#amplitudes.steps };
    // a step that was begun has written to the other copy only
    const mended = (whole: number): number => {
      this.#now = (this.#now + whole) % 2;
      this.#mendNoise(whole, drive);
      return whole;
    };
    const { steps: made, code } = await inRuns(runs, (count, done) =>
      runProgram(this.#run(count, done, drive), onThreads, (begun) => mended(done + begun), signal),
    );
    if (code === 0) {
      if (made > 0) this.#loaded = undefined;
      this.#now = (this.#now + made) % 2;
      return { steps: made, code };
    }
    const broken = this.#machine.copy(`field${(this.#now + made) % 2}`);
    return { steps: mended(made - 1), code, broken };
  }

  /**
   * The noise that is kept after so many steps of a drive, as the program draws it: by a step whose field is
   * not used.
   */
  #mendNoise(steps: number, drive: Drive): void {
    if (!this.update.previousNoise) return;
    if (steps === 0 && this.#loaded) this.#machine.set('noise', this.#loaded);
    else runHere(this.#run(1, 0, { ...drive, firstStep: drive.firstStep + steps - 1 }));
  }

  #run(count: number, done: number, drive: Drive): Run {
    const machine = this.#machine;
    const from = (this.#now + done) % 2;
    machine.swap('field', 'x', 'next', from);
    if (this.update.velocity) machine.swap('velocity', 'velocity', 'nextVelocity', from);
    const first = drive.firstStep + done;
    const words = {
      ...counterWords(first, this.#later, drive),
      batchPurpose: stepWords(first, Purpose.batch)[1],
    };
    machine.write({ words, floats: drive.numbers });
    machine.set(
      'amplitudes',
      this.#amplitudes.filled(first, count, (step) => drive.amplitude(step)),
    );
    return machine.run(count, this.#phases);
  }
}
