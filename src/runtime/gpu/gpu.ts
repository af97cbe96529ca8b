// The GPU as a machine of steppers: buffers, programs in WGSL and runs of many steps, with errors in words.
// It does not depend on energies or graphs. gpuAdapter.ts finds the device.
import { adapterName, findAdapter, isSoftware } from './gpuAdapter.js';
import { type BufferUse, type GpuBuffer, makeBuffer, type Words } from './gpuBuffer.js';
import { GpuDevice } from './gpuDevice.js';
import { compileProgram, type GpuProgram, type ProgramText } from './gpuProgram.js';
import { type GpuRun, runSteps } from './gpuRun.js';
import type { Outcome } from '../threads/run.js';

/** Limits that are requested as high as the adapter allows. */
const LIMITS = [
  'maxBufferSize',
  'maxStorageBufferBindingSize',
  'maxUniformBufferBindingSize',
  'maxStorageBuffersPerShaderStage',
  'maxComputeWorkgroupsPerDimension',
  'maxComputeInvocationsPerWorkgroup',
  'maxComputeWorkgroupSizeX',
  'maxComputeWorkgroupStorageSize',
] as const;

export class Gpu extends GpuDevice {
  readonly #programs = new Map<string, Promise<GpuProgram>>();
  #running: Promise<unknown> = Promise.resolve();

  /** Storage (or a uniform block) of `source` words, zero at first, or with a copy of the array `source`. */
  buffer(label: string, source: Words | number, use: BufferUse = 'storage'): Promise<GpuBuffer> {
    return makeBuffer(this, label, source, use);
  }

  /** Compiles a program, once for each text. */
  program(text: ProgramText): Promise<GpuProgram> {
    const key = JSON.stringify([text.entry, text.bindings, text.workgroup, text.code]);
    const known = this.#programs.get(key);
    if (known) return known;
    const made = compileProgram(this, text);
    this.#programs.set(key, made);
    made.catch(() => this.#programs.delete(key));
    return made;
  }

  /** Runs the steps; the host stays free. A run waits for the one before. */
  run(run: GpuRun): Promise<Outcome> {
    const outcome = this.#running.then(() => runSteps(this, run));
    this.#running = outcome.catch(() => {});
    return outcome;
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
  const requiredLimits = Object.fromEntries(LIMITS.map((name) => [name, adapter.limits[name]]));
  const device = await adapter.requestDevice({ requiredLimits }).catch((error: Error) => {
    throw new Error(
      `webgpu: ${adapterName(adapter)} gives no device: ${error.message}; the wasm engine runs everywhere`,
      { cause: error },
    );
  });
  return new Gpu(adapterName(adapter), isSoftware(adapter), device);
}

let shared: Promise<Gpu> | undefined;

/** The device of this program: opened at the first call, and again after a loss. */
export async function sharedGpu(): Promise<Gpu> {
  const gpu = await (shared ??= openGpu().catch((error: unknown) => {
    shared = undefined;
    throw error;
  }));
  if (!gpu.isLost) return gpu;
  shared = undefined;
  return sharedGpu();
}

/** Whether there is a GPU, and which; or why not, with the fix. */
export async function describeGpu(): Promise<{ readonly available: boolean; readonly text: string }> {
  try {
    return { available: true, text: adapterName(await findAdapter()) };
  } catch (error) {
    return { available: false, text: (error as Error).message.replace(/^webgpu: /, '') };
  }
}
