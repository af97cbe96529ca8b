// Steps on the GPU. The state stays in its buffers; many steps, each of one or more programs, go to the
// device as one command buffer, and two of these are under way at a time, so that the device never waits for
// the host. The number of steps per command buffer follows from their time: long enough to be efficient,
// short enough to be stopped.
import type { GpuBuffer } from './gpuBuffer.js';
import { block, type GpuDevice, mostSteps } from './gpuDevice.js';
import { guard } from './gpuErrors.js';
import type { GpuProgram } from './gpuProgram.js';
import { interrupts } from '../threads/interrupts.js';
import type { Outcome } from '../threads/run.js';

/** One program over `rows` invocations: row = id.x + id.y * (number of groups along x) * workgroup. */
export interface Dispatch {
  readonly program: GpuProgram;
  /** In the order of the program's bindings. */
  readonly buffers: readonly GpuBuffer[];
  readonly rows: number;
}

export interface GpuRun {
  readonly steps: number;
  /** Step s makes the dispatches turns[s % turns.length], one after another: two turns swap two buffers. */
  readonly turns: readonly (readonly Dispatch[])[];
  /** Fills the block of a step, 256 bytes seen as words and as floats; words[0] holds the step already. */
  readonly parameters?: (step: number, words: Uint32Array, floats: Float32Array) => void;
  /**
   * Two words of storage: programs put the first step that failed in the first (atomicMin; 2^32 - 1 for none)
   * and a code in the second, and do nothing in later steps. They are reset before the first step and read
   * between submissions.
   */
  readonly fault?: GpuBuffer;
  /** It stops the run between submissions; so does the interrupt of a notebook's kernel. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, steps: number) => void;
}

/** Desired milliseconds per submission. */
const aim = 40;
const none = 0xffffffff;

/**
 * The code of the outcome is the number that a program has written beside the step of the fault, else 0.
 *
 * @throws RangeError for too many rows or wrong buffers; Error for an error of the device, or if it is lost
 */
export async function runSteps(
  gpu: GpuDevice,
  { steps, turns, parameters, fault, signal, onProgress }: GpuRun,
): Promise<Outcome> {
  if (!Number.isInteger(steps) || steps < 0 || steps >= none)
    throw new RangeError(`webgpu: steps must be a count, got ${steps}`);
  if (turns.length === 0) throw new RangeError('webgpu: a run needs a turn of dispatches, got none');
  gpu.requireAlive('run');
  const bound = await guard(gpu.device, 'run', () =>
    turns.map((turn) => turn.map((each) => bind(gpu, each))),
  );
  fault?.write(Uint32Array.of(none, 0));

  let stopped = false;
  const stop = (): void => void (stopped = true);
  interrupts()?.add(stop);
  const words = new Uint32Array((block / 4) * mostSteps);
  const floats = new Float32Array(words.buffer);
  const underWay: { steps: number; since: number; fault: Promise<Uint32Array> }[] = [];
  let [sent, done, size, idleSince] = [0, 0, 1, performance.now()];
  try {
    while (done < steps) {
      while (sent < steps && underWay.length < 2 && !stopped && !signal?.aborted) {
        const count = Math.min(size, steps - sent);
        for (let k = 0; k < count; k++) {
          const [from, to] = [(k * block) / 4, ((k + 1) * block) / 4];
          words[from] = sent + k;
          parameters?.(sent + k, words.subarray(from, to), floats.subarray(from, to));
        }
        underWay.push({
          steps: count,
          since: performance.now(),
          fault: submit(gpu, bound, sent, count, words, fault),
        });
        sent += count;
      }
      const oldest = underWay.shift();
      if (!oldest) break;
      const [failed, code] = await oldest.fault;
      if (failed !== none) return { steps: failed + 1, code };
      done += oldest.steps;
      const now = performance.now();
      const took = now - Math.max(oldest.since, idleSince);
      idleSince = now;
      if (took < aim / 2 && oldest.steps === size) size = Math.min(2 * size, mostSteps);
      if (took > 2 * aim) size = Math.max(size >> 1, 1);
      onProgress?.(done, steps);
    }
  } finally {
    interrupts()?.delete(stop);
    await Promise.allSettled(underWay.map((each) => each.fault));
  }
  return { steps: done, code: 0 };
}

type Bound = ReturnType<typeof bind>;

function bind(gpu: GpuDevice, { program, buffers, rows }: Dispatch) {
  const { label, bindings, workgroup } = program;
  if (buffers.length !== bindings.length) {
    throw new RangeError(`webgpu: program ${label}: needs ${bindings.length} buffers, got ${buffers.length}`);
  }
  const group = gpu.device.createBindGroup({
    label,
    layout: program.buffers,
    entries: buffers.map(({ handle }, binding) => ({ binding, resource: { buffer: handle } })),
  });
  return { pipeline: program.pipeline, buffers: group, grid: grid(gpu, label, rows, workgroup) };
}

/** Groups along x and y: the number of groups along x is limited. */
function grid(gpu: GpuDevice, label: string, rows: number, workgroup: number): [number, number] {
  const most = gpu.device.limits.maxComputeWorkgroupsPerDimension;
  const groups = Math.ceil(rows / workgroup);
  if (!Number.isInteger(rows) || rows < 0 || groups > most ** 2) {
    throw new RangeError(
      `webgpu: program ${label}: rows must be a count up to ${most ** 2 * workgroup}, got ${rows}`,
    );
  }
  const y = Math.max(Math.ceil(groups / most), 1);
  return [Math.ceil(groups / y), y];
}

/** Sends steps [first, first + count); resolves when they are done, with the two words of the fault. */
async function submit(
  gpu: GpuDevice,
  turns: readonly (readonly Bound[])[],
  first: number,
  count: number,
  words: Uint32Array,
  fault: GpuBuffer | undefined,
): Promise<Uint32Array> {
  const { device } = gpu;
  const copy = await guard(device, 'run', () => {
    device.queue.writeBuffer(gpu.stepBlocks, 0, words, 0, (block / 4) * count);
    const encoder = device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    let [pipeline, buffers]: [GPUComputePipeline?, GPUBindGroup?] = [];
    for (let k = 0; k < count; k++) {
      pass.setBindGroup(1, gpu.stepGroup, [k * block]);
      for (const dispatch of turns[(first + k) % turns.length]) {
        if (dispatch.pipeline !== pipeline) pass.setPipeline((pipeline = dispatch.pipeline));
        if (dispatch.buffers !== buffers) pass.setBindGroup(0, (buffers = dispatch.buffers));
        if (dispatch.grid[0] > 0) pass.dispatchWorkgroups(...dispatch.grid);
      }
    }
    pass.end();
    const read = fault?.copyOut(encoder);
    device.queue.submit([encoder.finish()]);
    return read;
  });
  if (copy) return new Uint32Array(await gpu.mapToRead('run', copy));
  await gpu.wait('run', device.queue.onSubmittedWorkDone());
  return Uint32Array.of(none, 0);
}
