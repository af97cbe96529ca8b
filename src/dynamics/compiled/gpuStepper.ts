// Langevin steps of a Hamiltonian on the GPU. The field stays there, two copies that change places with every step;
// what is read comes back asynchronously.
import { gpuPhases, wideLengths, type GpuPhase, type Update } from '../../codegen/index.js';
import type { Hamiltonian } from '../../energy/index.js';
import { stepTerms } from '../../energy/localTerms.js';
import type { Dispatch, Gpu, GpuBuffer, GpuProgram, Words } from '../../runtime/index.js';
import { fieldTables, type StepperShape } from './fieldTables.js';
import { jobWords, together } from './gpuJob.js';
import { counterWords, inRuns, type Stepped } from './runs.js';
import { StepTable } from './stepTable.js';
import type { Drive } from './wasmStepper.js';

/** What changes places with every step: its two buffers, and whether it is the one after the step. */
const PAIRS: Readonly<Record<string, readonly [name: string, isAfter: 0 | 1]>> = {
  x: ['field', 0], next: ['field', 1], kept: ['noise', 0], drawn: ['noise', 1], velocity: ['velocity', 0], nextVelocity: ['velocity', 1],
};

/** A phase of the step with its own block of numbers. */
interface Loaded {
  readonly phase: GpuPhase;
  readonly program: GpuProgram;
  readonly job: GpuBuffer;
  readonly rows: number;
}

export class GpuStepper {
  /** Which of the two copies holds the field. */
  #now = 0;

  private constructor(
    readonly gpu: Gpu,
    readonly phases: readonly Loaded[],
    readonly buffers: ReadonlyMap<string, GpuBuffer>,
    readonly numbers: Readonly<Record<string, number>>,
    readonly amplitudes: StepTable,
  ) {}

  /**
   * @throws TypeError for a term that has no code, naming the engine that runs it; RangeError for a field that
   *         the device has no room for; Error for what the device says
   */
  static async create(caller: string, gpu: Gpu, energy: Hamiltonian, update: Update, shape: StepperShape): Promise<GpuStepper> {
    const terms = stepTerms(caller, energy.terms);
    const { arrays: tables, kind, width, sumBlocks, nodes, length, pinned, words: sizes, floats } = fieldTables(energy, shape);
    const phases = gpuPhases(terms, update, shape, kind);
    const amplitudes = new StepTable(shape.byNode, nodes);
    const { words, starts } = together(tables);
    const arrays: Record<string, Words | number> = {
      tables: words, field0: length, field1: length, amplitudes: amplitudes.length, pinned,
      partial: sumBlocks * width, means: width, fault: 2, ...wideLengths(terms, shape, nodes),
      ...(update.kept ? { noise0: length, noise1: length } : {}),
      ...(update.velocity ? { velocity0: length, velocity1: length } : {}),
    };
    const buffers = new Map<string, GpuBuffer>();
    const used = new Set(phases.flatMap(({ program }) => program.buffers)
      .flatMap((name) => (name in PAIRS ? [0, 1].map((copy) => `${PAIRS[name][0]}${copy}`) : [name])));
    for (const [name, source] of Object.entries(arrays)) if (used.has(name)) buffers.set(name, await gpu.buffer(name, source));
    const loaded = await Promise.all(phases.map(async (phase): Promise<Loaded> => ({
      phase,
      program: await gpu.program(phase.program),
      job: await gpu.buffer(`job of ${phase.program.label}`, phase.program.fields.length, 'uniform'),
      rows: phase.rows(nodes, pinned.length),
    })));
    return new GpuStepper(gpu, loaded, buffers, { ...floats, ...starts, ...sizes }, amplitudes);
  }

  /** The field, and the noise of the step to come and the velocities where the update has them; as [nodes, components, chains]. */
  load(values: Float32Array, noise?: Float32Array, velocity?: Float32Array): void {
    if (noise) this.#now = 0;
    this.buffers.get(`field${this.#now}`)!.write(values);
    if (noise) this.buffers.get('noise0')?.write(noise);
    if (velocity) this.buffers.get(`velocity${this.#now}`)?.write(velocity);
  }

  /** The field. */
  read(): Promise<Float32Array> {
    return this.buffers.get(`field${this.#now}`)!.read(Float32Array);
  }

  /** The noise of the step to come, if the update keeps it. */
  async readNoise(): Promise<Float32Array | undefined> {
    return this.buffers.get(`noise${this.#now}`)?.read(Float32Array);
  }

  /** The second field, if the update has one. */
  async readVelocity(): Promise<Float32Array | undefined> {
    return this.buffers.get(`velocity${this.#now}`)?.read(Float32Array);
  }

  /** Steps; fewer than asked when aborted or interrupted, or where a step left a field that is not finite: see WasmStepper. */
  async run(steps: number, drive: Drive, signal?: AbortSignal): Promise<Stepped> {
    const runs = { count: steps, first: drive.firstStep + this.#later, most: this.amplitudes.steps };
    const { steps: made, code } = await inRuns(runs, (count, done) => {
      this.#write(count, drive.firstStep + done, drive);
      return this.gpu.run({ steps: count, turns: [this.#turn(done), this.#turn(done + 1)], fault: this.buffers.get('fault'), signal });
    });
    const now = (this.#now + made) % 2;
    if (code === 0) {
      this.#now = now;
      return { steps: made, code };
    }
    this.#now = 1 - now;
    return { steps: made - 1, code, broken: await this.buffers.get(`field${now}`)!.read(Float32Array) };
  }

  /** Gives the memory on the device back. */
  dispose(): void {
    for (const buffer of this.buffers.values()) buffer.dispose();
    for (const { job } of this.phases) job.dispose();
  }

  /** Steps from one to that which it draws for: noise that is kept was drawn a step ago. */
  get #later(): number {
    return this.buffers.has('noise0') ? 1 : 0;
  }

  /** The dispatches of the step after `done` ones. */
  #turn(done: number): Dispatch[] {
    const bufferOf = (name: string): GpuBuffer => {
      const [pair, isAfter] = PAIRS[name] ?? [];
      return this.buffers.get(pair ? `${pair}${(this.#now + done + isAfter!) % 2}` : name)!;
    };
    return this.phases.map(({ phase, program, job, rows }) => ({ program, rows, buffers: [job, ...phase.program.buffers.map(bufferOf)] }));
  }

  /** The numbers of a run, each phase's own. */
  #write(count: number, first: number, drive: Drive): void {
    const all: Record<string, number> = { ...this.numbers, ...drive.numbers, ...counterWords(first, this.#later, drive) };
    for (const { phase, job, rows } of this.phases) job.write(jobWords(phase.program.fields, { ...all, rows }));
    const amplitudes = this.amplitudes.filled(first, count, (step) => drive.amplitude(step));
    if (amplitudes) this.buffers.get('amplitudes')?.write(amplitudes);
  }
}
