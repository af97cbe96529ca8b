// Sweeps of single-site moves on the GPU, class by class of a colouring. The values are there while a run lasts, and in between
// here too, so that they can be read at any time and outlive the device.
import { gpuMoves, movePlaces, SUM_BLOCK, type WgslProgram } from '../../codegen/index.js';
import type { Hamiltonian } from '../../energy/index.js';
import { sharedGpu, type Dispatch, type Gpu, type GpuBuffer, type GpuProgram, type Outcome } from '../../runtime/index.js';
import { jobWords, together } from './gpuJob.js';
import { MoveRows, type MoveSetup } from './moveRows.js';
import { inRuns, type Stepped } from './runs.js';
import { moveWords, type MoveDrive } from './sweeps.js';

/** The block of numbers of a program, and those that stay. */
interface Job {
  readonly program: GpuProgram;
  readonly fields: WgslProgram['fields'];
  readonly job: GpuBuffer;
  readonly rows: number;
  readonly numbers: Readonly<Record<string, number>>;
}

/** What lies on the device. */
interface Device {
  readonly gpu: Gpu;
  /** By name; `fault` is where a sweep says that an energy change was not a number. */
  readonly buffers: Readonly<Record<string, GpuBuffer>>;
  /** One for each class, and one for the sums of the counts. */
  readonly jobs: readonly Job[];
  readonly sweep: readonly Dispatch[];
  readonly sums: readonly Dispatch[];
}

export class GpuMoveStepper {
  readonly #rows: MoveRows;
  readonly #values: Float32Array;
  #device: Promise<Device> | undefined;
  /** Accepted moves by chain; of the heat bath, those that change the value. */
  readonly accepted: Float64Array;

  /** Of a setup in colouring order. */
  constructor(caller: string, energy: Hamiltonian, setup: MoveSetup) {
    this.#rows = new MoveRows(caller, energy, setup);
    this.#values = new Float32Array(this.#rows.length);
    this.accepted = new Float64Array(setup.chains);
  }

  /** [nodes, 1, chains] */
  load(values: Float32Array): void {
    this.#rows.fill(this.#values, values);
  }

  /** A copy: [nodes, 1, chains]. */
  read(): Float32Array {
    return this.#rows.read(this.#values);
  }

  /** Sweeps; fewer than asked when aborted or interrupted. @throws Error for what the device says */
  async run(steps: number, drive: MoveDrive, signal?: AbortSignal): Promise<Stepped> {
    const device = await (this.#device ??= this.#open());
    const accepted = this.accepted.slice();
    device.buffers['x'].write(this.#values);
    const { steps: made, code } = await inRuns({ count: steps, first: drive.firstStep, most: this.#rows.betas.steps }, (count, done) =>
      this.#sweep(device, count, drive.firstStep + done, drive, signal));
    const values = await device.buffers['x'].read(Float32Array);
    if (code === 0) {
      this.#values.set(values);
      return { steps: made, code };
    }
    // the sweeps before the one that failed, again
    const whole = made - 1;
    this.accepted.set(accepted);
    if (whole > 0) await this.run(whole, drive);
    return { steps: whole, code, broken: this.#rows.read(values) };
  }

  async #sweep(device: Device, count: number, first: number, drive: MoveDrive, signal: AbortSignal | undefined): Promise<Outcome> {
    for (const { fields, job, numbers } of device.jobs) job.write(jobWords(fields, { ...numbers, ...moveWords(first, drive.key) }));
    const betas = this.#rows.betasOf(first, count, drive.temperature);
    if (betas) device.buffers['betas'].write(betas);
    const ran = await device.gpu.run({ steps: count, turns: [device.sweep], fault: device.buffers['fault'], signal });
    await device.gpu.run({ steps: 1, turns: [device.sums] });
    const { layout: { width } } = this.#rows;
    this.#rows.addAccepted(this.accepted, ran.steps, await device.buffers['countSums'].read(Uint32Array), (at) => at % width);
    return ran;
  }

  /** Gives the memory on the device back. */
  dispose(): void {
    void this.#device?.then(({ buffers, jobs }) => {
      for (const buffer of [...Object.values(buffers), ...jobs.map(({ job }) => job)]) buffer.dispose();
    }, () => {}); // an error has been reported by `run`
    this.#device = undefined;
  }

  async #open(): Promise<Device> {
    const gpu = await sharedGpu();
    const { arrays, terms, shape, numbers, length, layout: { width }, arrangement: { classes, nodeOf } } = this.#rows;
    const { sweep, countSums } = gpuMoves(terms, shape);
    const [moving, summing] = [await gpu.program(sweep), await gpu.program(countSums)];
    const { words, starts } = together(arrays);
    const blocks = Math.ceil(nodeOf.length / SUM_BLOCK);
    const buffers: Record<string, GpuBuffer> = {};
    const sizes = { tables: words, x: length, betas: this.#rows.betas.length, counts: length, countSums: blocks * width, fault: 2 };
    for (const [name, source] of Object.entries(sizes)) buffers[name] = await gpu.buffer(name, source);
    const jobOf = async (program: GpuProgram, { fields }: WgslProgram, rows: number, first: number): Promise<Job> => ({
      program, fields, rows, job: await gpu.buffer(`job of ${program.label}`, fields.length, 'uniform'),
      numbers: { ...numbers, ...starts, rows, rowCount: nodeOf.length, width, first },
    });
    const swept = classes.filter(({ size }) => size > 0);
    const jobs = [
      ...(await Promise.all(swept.map(({ from, size }) => jobOf(moving, sweep, size * movePlaces(shape), from)))),
      await jobOf(summing, countSums, blocks * width, 0),
    ];
    const dispatches = jobs.map(({ program, job, rows }): Dispatch =>
      ({ program, rows, buffers: [job, ...(program === moving ? sweep : countSums).buffers.map((name) => buffers[name])] }));
    return { gpu, jobs, buffers, sweep: dispatches.slice(0, -1), sums: dispatches.slice(-1) };
  }
}
