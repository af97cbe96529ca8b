// The GPU as a machine of steppers: buffers, programs in WGSL and runs of many steps, with errors in words.
// It knows nothing of energies or graphs. See gpuAdapter.ts for where it comes from.
import { adapterName, findAdapter, isSoftware } from './gpuAdapter.js';
import { type BufferUse, type GpuBuffer, makeBuffer, type Words } from './gpuBuffer.js';
import { compileProgram, compute, type GpuProgram, type ProgramText } from './gpuProgram.js';
import { block, type GpuRun, mostSteps, runSteps } from './gpuRun.js';
import type { Outcome } from './run.js';

/** Limits that are asked for as high as the adapter has them. */
const LIMITS = [
  'maxBufferSize', 'maxStorageBufferBindingSize', 'maxUniformBufferBindingSize', 'maxStorageBuffersPerShaderStage',
  'maxComputeWorkgroupsPerDimension', 'maxComputeInvocationsPerWorkgroup', 'maxComputeWorkgroupSizeX', 'maxComputeWorkgroupStorageSize',
] as const;

export class Gpu {
  /** One place for the blocks of the steps of a submission, bound at a dynamic offset in group 1. */
  readonly stepLayout: GPUBindGroupLayout;
  readonly stepBlocks: GPUBuffer;
  readonly stepGroup: GPUBindGroup;
  readonly #programs = new Map<string, Promise<GpuProgram>>();
  #lost: string | undefined;
  #running: Promise<unknown> = Promise.resolve();

  /** @internal use openGpu */
  constructor(
    /** The adapter's name. */
    readonly adapter: string,
    /** Whether it is a program on the processor. */
    readonly software: boolean,
    readonly device: GPUDevice,
  ) {
    void device.lost.then(({ message }) => (this.#lost ??= message || 'no reason given'));
    const entry = { binding: 0, visibility: compute, buffer: { type: 'uniform', hasDynamicOffset: true } } as const;
    this.stepLayout = device.createBindGroupLayout({ label: 'step', entries: [entry] });
    this.stepBlocks = device.createBuffer({ label: 'step', size: block * mostSteps, usage: 0x40 | 0x08 }); // uniform, copied to
    const resource = { buffer: this.stepBlocks, size: block };
    this.stepGroup = device.createBindGroup({ label: 'step', layout: this.stepLayout, entries: [{ binding: 0, resource }] });
  }

  get isLost(): boolean {
    return this.#lost !== undefined;
  }

  /** Storage (or a uniform block) of so many words, zero at first, or with a copy of `source`. */
  buffer(label: string, source: Words | number, use: BufferUse = 'storage'): Promise<GpuBuffer> {
    return makeBuffer(this, label, source, use);
  }

  /** Compiled once for each text. */
  program(text: ProgramText): Promise<GpuProgram> {
    const key = JSON.stringify([text.entry, text.bindings, text.workgroup, text.code]);
    const known = this.#programs.get(key);
    if (known) return known;
    const made = compileProgram(this, text);
    this.#programs.set(key, made);
    made.catch(() => this.#programs.delete(key));
    return made;
  }

  /** Makes the steps; the host stays free. One run waits for the one before. */
  run(run: GpuRun): Promise<Outcome> {
    const outcome = this.#running.then(() => runSteps(this, run));
    this.#running = outcome.catch(() => {});
    return outcome;
  }

  /** @throws Error once the device is lost */
  requireAlive(what: string): void {
    if (this.#lost !== undefined) {
      throw new Error(`webgpu: ${what}: the device is lost (${this.#lost}); its buffers are gone: start again from a saved state`);
    }
  }

  /** Waits for something of the device, or for its loss. */
  async wait(what: string, work: Promise<unknown>): Promise<void> {
    const lost = this.device.lost.then(({ message }) => void (this.#lost ??= message || 'no reason given'));
    try {
      await Promise.race([work, lost]);
    } catch (error) {
      await new Promise((resolve) => setTimeout(resolve)); // the loss is told after those who wait for the work
      this.requireAlive(what);
      throw new Error(`webgpu: ${what}: ${(error as Error).message}`, { cause: error });
    }
    this.requireAlive(what);
  }

  /** @internal the bytes of a buffer that a submission has filled for reading; the buffer goes */
  async mapped(what: string, staging: GPUBuffer): Promise<ArrayBuffer> {
    try {
      await this.wait(what, staging.mapAsync(0x01)); // GPUMapMode.READ
      return staging.getMappedRange().slice(0);
    } finally {
      staging.destroy();
    }
  }

  /** Gives the device and all its memory back. */
  close(): void {
    this.#lost ??= 'it was closed';
    this.device.destroy();
  }
}

/**
 * A device of the best adapter.
 *
 * @throws Error without the package or an adapter, with the fix
 * @example
 * const gpu = await openGpu();
 * const x = await gpu.buffer('x', Float32Array.of(1, 2, 3));
 */
export async function openGpu(): Promise<Gpu> {
  const adapter = await findAdapter();
  const requiredLimits: Record<string, number> = {};
  for (const name of LIMITS) requiredLimits[name] = adapter.limits[name];
  const device = await adapter.requestDevice({ requiredLimits }).catch((error: Error) => {
    throw new Error(`webgpu: ${adapterName(adapter)} gives no device: ${error.message}; the wasm engine runs everywhere`, { cause: error });
  });
  return new Gpu(adapterName(adapter), isSoftware(adapter), device);
}

let shared: Promise<Gpu> | undefined;

/** The device of this program: opened by the first who asks, and again when it was lost. */
export async function sharedGpu(): Promise<Gpu> {
  const gpu = await (shared ??= openGpu().catch((error: unknown) => {
    shared = undefined;
    throw error;
  }));
  if (!gpu.isLost) return gpu;
  shared = undefined;
  return sharedGpu();
}

/** Whether there is one, and which; or why not, with the fix. */
export async function describeGpu(): Promise<{ readonly available: boolean; readonly said: string }> {
  try {
    return { available: true, said: adapterName(await findAdapter()) };
  } catch (error) {
    return { available: false, said: (error as Error).message.replace(/^webgpu: /, '') };
  }
}
