// MALA steps of a Hamiltonian by its compiled program, on the calling thread or on all of them. What a step
// changes has two copies, which change places with every step: those before are there when a step goes wrong.
import { malaProgram, sumLanes } from '../../codegen/index.js';
import { type Hamiltonian, localTerms, phasesOf, farNeighbours } from '../../energies/index.js';
import { stepWords, Purpose } from '../../randomness/index.js';
import { runHere, type Phase, type Run } from '../../runtime/index.js';
import { fieldTables, type StepperShape } from './fieldTables.js';
import { Machine } from './machine.js';
import { counterWords, inRuns, isWorthThreads, runProgram, type Stepped } from './runs.js';
import { StepTable } from './stepTable.js';
import { WORTH_THREADS, type Drive } from './wasmStepper.js';

export interface MalaDrive extends Drive {
  /** 1 / T of a step. */
  beta(step: number): number;
}

export class MalaStepper {
  readonly #machine: Machine;
  /** Of a load and of a step. */
  readonly #phases: Readonly<Record<'load' | 'step', readonly Phase[]>>;
  readonly #table = new StepTable(undefined, 1);
  readonly #length: number;
  readonly #chains: number;
  /** Which of the two copies holds the field. */
  #now = 0;

  /** @throws TypeError for a term that is neither a bond nor a site; RangeError for too large a graph */
  constructor(
    caller: string,
    readonly energy: Hamiltonian,
    shape: StepperShape,
  ) {
    const { components, chains } = shape;
    const { arrays, kind, width, sumBlocks, nodes, length, pinned, words, floats } = fieldTables(
      energy,
      shape,
    );
    const program = malaProgram(localTerms(caller, energy.terms), { components, chains }, kind);
    const sums = 2 * sumLanes(shape);
    const pairs = Object.entries({ field: length, slope: length, energy: sums, counts: sums, refusals: 4 });
    [this.#length, this.#chains] = [length, chains];
    this.#machine = new Machine(
      caller,
      program,
      {
        ...arrays,
        ...farNeighbours(energy.graph, width),
        pinned,
        x: length,
        next: length,
        noise: length,
        taken: sums,
        amplitudes: this.#table.length,
        betas: this.#table.length,
        blockSums: sums * sumBlocks,
        ratios: sums * sumBlocks,
        partial: sumBlocks * width,
        means: width,
        ...Object.fromEntries(
          pairs.flatMap(([name, size]) => [0, 1].map((copy) => [`${name}${copy}`, size])),
        ),
      },
      { words, floats },
    );
    const phasesIn = (when: 'load' | 'step'): Phase[] =>
      phasesOf(
        program.phases.filter(({ only = when }) => only === when),
        { nodes, pinned: pinned.length, chains },
      );
    this.#phases = { load: phasesIn('load'), step: phasesIn('step') };
  }

  /**
   * The field as [nodes, components, chains], and the accepted steps by chain, by default those of before.
   */
  load(values: Float32Array, accepted = this.accepted): void {
    this.#machine.set('x', values);
    this.#machine.set(`counts${this.#now}`, Int32Array.from(accepted));
    runHere(this.#run(1, 0, this.#phases.load));
    this.#now = 1 - this.#now;
  }

  read(): Float32Array {
    return this.#machine.copy(`field${this.#now}`);
  }

  get accepted(): Float64Array {
    return Float64Array.from(this.#machine.view(Uint32Array, `counts${this.#now}`).subarray(0, this.#chains));
  }

  /**
   * Steps, fewer than asked when aborted or interrupted, or where an energy was not a number (code 1) or no
   * chain has moved for long (code 2): then the field is that after `steps`, and `broken` is the proposal of
   * the one after.
   *
   * @throws StepperDied, the field after the steps that are whole
   */
  async run(steps: number, drive: MalaDrive, signal?: AbortSignal): Promise<Stepped> {
    const onThreads = isWorthThreads(this.#length, steps, WORTH_THREADS);
    const settled = (whole: number): number => {
      this.#now = (this.#now + whole) % 2;
      return whole;
    };
    const { steps: made, code } = await inRuns(
      { count: steps, first: drive.firstStep, most: this.#table.steps },
      (count, done) => {
        this.#drive(drive.firstStep + done, count, drive);
        return runProgram(
          this.#run(count, done, this.#phases.step),
          onThreads,
          (begun) => settled(done + begun),
          signal,
        );
      },
    );
    if (code === 0) return { steps: settled(made), code };
    return { steps: settled(made - 1), code, broken: this.#machine.copy('x') };
  }

  #drive(first: number, count: number, drive: MalaDrive): void {
    const words = {
      ...counterWords(first, 0, drive),
      acceptancePurpose: stepWords(first, Purpose.acceptance)[1],
    };
    this.#machine.write({ words, floats: drive.numbers });
    this.#machine.set('amplitudes', this.#table.filled(first, count, drive.amplitude));
    this.#machine.set('betas', this.#table.filled(first, count, drive.beta));
  }

  #run(count: number, done: number, phases: readonly Phase[]): Run {
    const from = (this.#now + done) % 2;
    for (const pair of ['field', 'slope', 'energy', 'counts', 'refusals'])
      this.#machine.swap(pair, pair, `${pair}After`, from);
    return this.#machine.run(count, phases);
  }
}
