// Sweeps of single-site moves on the GPU, class by class of a colouring. The values are there while a run
// lasts, and in between here too, so that they can be read at any time and outlive the device.
import { gpuMoves, movePlaces, SUM_BLOCK } from '../../codegen/index.js';
import type { Hamiltonian } from '../../energies/index.js';
import { sharedGpu, type Outcome } from '../../runtime/index.js';
import { GpuPrograms } from './gpuPrograms.js';
import { MoveRows, type MoveSetup } from './moveRows.js';
import { inRuns, type Stepped } from './runs.js';
import { moveWords, type MoveDrive } from './sweeps.js';

export class GpuMoveStepper {
  readonly #rows: MoveRows;
  readonly #values: Float32Array;
  #device: Promise<GpuPrograms> | undefined;
  /** Accepted moves by chain; of the heat bath, those that change the value. */
  readonly accepted: Float64Array;

  /** The setup must be in colouring order. */
  constructor(caller: string, energy: Hamiltonian, setup: MoveSetup) {
    this.#rows = new MoveRows(caller, energy, setup);
    this.#values = new Float32Array(this.#rows.length);
    this.accepted = new Float64Array(setup.chains);
  }

  load(values: Float32Array): void {
    this.#rows.fill(this.#values, values);
  }

  read(): Float32Array {
    return this.#rows.read(this.#values);
  }

  /** Sweeps; fewer than asked when aborted or interrupted. @throws Error for what the device says */
  async run(steps: number, drive: MoveDrive, signal?: AbortSignal): Promise<Stepped> {
    const device = await (this.#device ??= this.#open());
    const accepted = this.accepted.slice();
    device.buffers.get('x')!.write(this.#values);
    const { steps: made, code } = await inRuns(
      { count: steps, first: drive.firstStep, most: this.#rows.betas.steps },
      (count, done) => this.#sweep(device, count, drive.firstStep + done, drive, signal),
    );
    const values = await device.buffers.get('x')!.read(Float32Array);
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

  dispose(): void {
    void this.#device?.then(
      (device) => device.dispose(),
      () => {},
    ); // `run` has reported the error
    this.#device = undefined;
  }

  async #sweep(
    device: GpuPrograms,
    count: number,
    first: number,
    drive: MoveDrive,
    signal: AbortSignal | undefined,
  ): Promise<Outcome> {
    const { gpu, buffers } = device;
    const {
      layout: { width },
    } = this.#rows;
    device.write(moveWords(first, drive.key));
    const betas = this.#rows.betasOf(first, count, drive.temperature);
    if (betas) buffers.get('betas')!.write(betas);
    const programs = device.dispatches();
    const ran = await gpu.run({
      steps: count,
      turns: [programs.slice(0, -1)],
      fault: buffers.get('fault'),
      signal,
    });
    await gpu.run({ steps: 1, turns: [programs.slice(-1)] });
    this.#rows.addAccepted(
      this.accepted,
      ran.steps,
      await buffers.get('countSums')!.read(Uint32Array),
      (at) => at % width,
    );
    return ran;
  }

  /** A program for each class, and one for the sums of the counts. */
  async #open(): Promise<GpuPrograms> {
    const {
      arrays,
      terms,
      shape,
      numbers,
      length,
      layout: { width },
      arrangement: { classes, nodeOf },
      betas,
    } = this.#rows;
    const { sweep, countSums } = gpuMoves(terms, shape);
    const sums = Math.ceil(nodeOf.length / SUM_BLOCK) * width;
    const swept = classes.filter(({ size }) => size > 0);
    const parts = swept.map(({ from, size }) => ({
      text: sweep,
      rows: size * movePlaces(shape),
      own: { first: from },
    }));
    const lengths = { x: length, betas: betas.length, counts: length, countSums: sums, fault: 2 };
    const all = { ...numbers, rowCount: nodeOf.length, width };
    return GpuPrograms.open(
      await sharedGpu(),
      [...parts, { text: countSums, rows: sums }],
      arrays,
      lengths,
      all,
    );
  }
}
