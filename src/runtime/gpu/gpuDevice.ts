// The device: its limits, its loss, and the buffer of the step blocks. Buffers, programs and runs
// (gpuBuffer.ts, gpuProgram.ts, gpuRun.ts) use it.
import type { GPUBindGroup, GPUBindGroupLayout, GPUBuffer, GPUDevice } from './webgpu.js';

/** Bytes of a step's block: dynamic offsets are multiples of it on every device. */
export const block = 256;
/** Most steps of one submission, and the block of each in one buffer. */
export const mostSteps = 1024;
/** GPUShaderStage.COMPUTE */
export const compute = 0x4;

export class GpuDevice {
  /** One place for the blocks of the steps of a submission, bound at a dynamic offset in group 1. */
  readonly stepLayout: GPUBindGroupLayout;
  readonly stepBlocks: GPUBuffer;
  readonly stepGroup: GPUBindGroup;
  #lost: string | undefined;

  /** @internal use openGpu */
  constructor(
    /** The adapter's name. */
    readonly adapter: string,
    /** Whether the adapter is software that runs on the CPU. */
    readonly software: boolean,
    readonly device: GPUDevice,
  ) {
    void device.lost.then(({ message }) => (this.#lost ??= message || 'no reason given'));
    const entry = {
      binding: 0,
      visibility: compute,
      buffer: { type: 'uniform', hasDynamicOffset: true },
    } as const;
    this.stepLayout = device.createBindGroupLayout({ label: 'step', entries: [entry] });
    this.stepBlocks = device.createBuffer({ label: 'step', size: block * mostSteps, usage: 0x40 | 0x08 }); // uniform, copied to
    const resource = { buffer: this.stepBlocks, size: block };
    this.stepGroup = device.createBindGroup({
      label: 'step',
      layout: this.stepLayout,
      entries: [{ binding: 0, resource }],
    });
  }

  get isLost(): boolean {
    return this.#lost !== undefined;
  }

  /** @throws Error once the device is lost */
  requireAlive(what: string): void {
    if (this.#lost !== undefined) {
      throw new Error(
        `webgpu: ${what}: the device is lost (${this.#lost}); its buffers are gone: start again from a saved state`,
      );
    }
  }

  /** Waits for work of the device, or for its loss. */
  async wait(what: string, work: Promise<unknown>): Promise<void> {
    const lost = this.device.lost.then(({ message }) => void (this.#lost ??= message || 'no reason given'));
    try {
      await Promise.race([work, lost]);
    } catch (error) {
      await new Promise((resolve) => setTimeout(resolve)); // the device reports its loss after the promises of its work settle
      this.requireAlive(what);
      throw new Error(`webgpu: ${what}: ${(error as Error).message}`, { cause: error });
    }
    this.requireAlive(what);
  }

  /** @internal the bytes of a buffer that a submission has filled for reading; destroys the buffer */
  async mapToRead(what: string, staging: GPUBuffer): Promise<ArrayBuffer> {
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
