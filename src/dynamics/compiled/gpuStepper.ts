// Langevin steps of a Hamiltonian on the GPU. The field stays there, two copies that change places with every
// step; what is read comes back asynchronously.
import { gpuPhases, wideLengths, type Update } from '../../codegen/index.js';
import { type Hamiltonian, stepTerms } from '../../energies/index.js';
import type { Dispatch, Gpu, Words } from '../../runtime/index.js';
import { fieldTables, type StepperShape } from './fieldTables.js';
import { GpuPrograms } from './gpuPrograms.js';
import { counterWords, inRuns, type Stepped } from './runs.js';
import { StepTable } from './stepTable.js';
import type { Drive } from './wasmStepper.js';

/** What changes places with every step: its two buffers, and whether it is the one after the step. */
const PAIRS: Readonly<Record<string, readonly [name: string, isAfter: 0 | 1]>> = {
  x: ['field', 0],
  next: ['field', 1],
  kept: ['noise', 0],
  drawn: ['noise', 1],
  velocity: ['velocity', 0],
  nextVelocity: ['velocity', 1],
};

export class GpuStepper {
  /** Which of the two copies holds the field. */
  #now = 0;
  /** Steps from one to that which it draws for: noise that is kept was drawn a step ago. */
  readonly #later: 0 | 1;

  private constructor(
    readonly programs: GpuPrograms,
    readonly amplitudes: StepTable,
  ) {
    this.#later = programs.buffers.has('noise0') ? 1 : 0;
  }

  /**
   * @throws TypeError for a term that has no code, naming the engine that runs it; RangeError for a field
   * that the device has no room for; Error for what the device says
   */
  static async create(
    caller: string,
    gpu: Gpu,
    energy: Hamiltonian,
    update: Update,
    shape: StepperShape,
  ): Promise<GpuStepper> {
    const terms = stepTerms(caller, energy.terms);
    const {
      arrays: tables,
      kind,
      width,
      sumBlocks,
      nodes,
      length,
      pinned,
      words,
      floats,
    } = fieldTables(energy, shape);
    const amplitudes = new StepTable(shape.byNode, nodes);
    const parts = gpuPhases(terms, update, shape, kind).map(({ program, rows }) => ({
      text: program,
      rows: rows(nodes, pinned.length),
    }));
    const copies = (name: string): string[] =>
      name in PAIRS ? [0, 1].map((copy) => `${PAIRS[name][0]}${copy}`) : [name];
    const used = new Set(parts.flatMap(({ text }) => text.buffers).flatMap(copies));
    const arrays: Record<string, Words | number> = {
      field0: length,
      field1: length,
      amplitudes: amplitudes.length,
      pinned,
      partial: sumBlocks * width,
      means: width,
      fault: 2,
      ...wideLengths(terms, shape, nodes),
      noise0: length,
      noise1: length,
      velocity0: length,
      velocity1: length,
    };
    const needed = Object.fromEntries(Object.entries(arrays).filter(([name]) => used.has(name)));
    return new GpuStepper(
      await GpuPrograms.open(gpu, parts, tables, needed, { ...words, ...floats }),
      amplitudes,
    );
  }

  /**
   * The field, and the noise of the step to come and the velocities where the update has them; as [nodes,
   * components, chains].
   */
  load(values: Float32Array, noise?: Float32Array, velocity?: Float32Array): void {
    const { buffers } = this.programs;
    if (noise) this.#now = 0;
    buffers.get(`field${this.#now}`)!.write(values);
    if (noise) buffers.get('noise0')?.write(noise);
    if (velocity) buffers.get(`velocity${this.#now}`)?.write(velocity);
  }

  async read(): Promise<Float32Array> {
    return (await this.#read('field'))!;
  }

  /** The noise of the step to come, if the update keeps it. */
  readNoise(): Promise<Float32Array | undefined> {
    return this.#read('noise');
  }

  /** The second field, if the update has one. */
  readVelocity(): Promise<Float32Array | undefined> {
    return this.#read('velocity');
  }

  /**
   * Steps; fewer than asked when aborted or interrupted, or where a step left a field that is not finite: see
   * WasmStepper.
   */
  async run(steps: number, drive: Drive, signal?: AbortSignal): Promise<Stepped> {
    const { gpu, buffers } = this.programs;
    const runs = { count: steps, first: drive.firstStep + this.#later, most: this.amplitudes.steps };
    const { steps: made, code } = await inRuns(runs, (count, done) => {
      const first = drive.firstStep + done;
      this.programs.write({ ...drive.numbers, ...counterWords(first, this.#later, drive) });
      const amplitudes = this.amplitudes.filled(first, count, (step) => drive.amplitude(step));
      if (amplitudes) buffers.get('amplitudes')?.write(amplitudes);
      return gpu.run({
        steps: count,
        turns: [this.#turn(done), this.#turn(done + 1)],
        fault: buffers.get('fault'),
        signal,
      });
    });
    this.#now = (this.#now + made) % 2;
    if (code === 0) return { steps: made, code };
    const broken = await this.read();
    this.#now = 1 - this.#now;
    return { steps: made - 1, code, broken };
  }

  dispose(): void {
    this.programs.dispose();
  }

  async #read(name: string): Promise<Float32Array | undefined> {
    return this.programs.buffers.get(`${name}${this.#now}`)?.read(Float32Array);
  }

  /** The dispatches of the step after `done` ones. */
  #turn(done: number): Dispatch[] {
    return this.programs.dispatches((name) => {
      const [pair, isAfter] = PAIRS[name] ?? [];
      return pair ? `${pair}${(this.#now + done + isAfter!) % 2}` : name;
    });
  }
}
