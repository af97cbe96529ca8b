// An array on the GPU: storage that programs read and write, or a uniform block. It is filled from typed
// arrays at once, in order with the work submitted, and read back asynchronously.
import type { GpuDevice } from './gpuDevice.js';
import { bytes, guard } from './gpuErrors.js';
import type { GPUBuffer, GPUCommandEncoder } from './webgpu.js';

export type Words = Float32Array | Int32Array | Uint32Array;
export type BufferUse = 'storage' | 'uniform';

/** Bits of GPUBufferUsage, which Node has no globals for. */
const [mapRead, copyFrom, copyTo, uniform, storage] = [0x01, 0x04, 0x08, 0x40, 0x80];

export class GpuBuffer {
  /** @internal use gpu.buffer */
  constructor(
    readonly gpu: GpuDevice,
    readonly label: string,
    readonly use: BufferUse,
    readonly byteLength: number,
    readonly handle: GPUBuffer,
  ) {}

  /** Copies the words to the device, before all work submitted later. `from` counts words. */
  write(data: Words, from = 0): void {
    this.#within('write', from, data.length);
    if (data.length === 0) return;
    const own = data.buffer instanceof ArrayBuffer ? data : data.slice(); // Dawn crashes on shared memory
    this.gpu.device.queue.writeBuffer(this.handle, 4 * from, own);
  }

  /**
   * The words from word `from` on, after all work submitted so far.
   *
   * @throws Error if the device is lost
   * @example const x = await state.read(Float32Array);
   */
  async read<W extends Words>(
    type: new (buffer: ArrayBuffer) => W,
    from = 0,
    count: number = this.byteLength / 4 - from,
  ): Promise<W> {
    this.#within('read', from, count);
    if (count === 0) return new type(new ArrayBuffer(0));
    const { device } = this.gpu;
    const copy = await guard(device, `read ${this.label}`, () => {
      const encoder = device.createCommandEncoder();
      const staging = this.copyOut(encoder, from, count);
      device.queue.submit([encoder.finish()]);
      return staging;
    });
    return new type(await this.gpu.mapToRead(`read ${this.label}`, copy));
  }

  /** @internal records a copy of words to a new buffer that can be mapped for reading */
  copyOut(encoder: GPUCommandEncoder, from = 0, count: number = this.byteLength / 4 - from): GPUBuffer {
    const staging = this.gpu.device.createBuffer({
      label: `${this.label}, read`,
      size: 4 * count,
      usage: mapRead | copyTo,
    });
    encoder.copyBufferToBuffer(this.handle, 4 * from, staging, 0, 4 * count);
    return staging;
  }

  /** Frees the memory; the buffer cannot be used afterwards. */
  dispose(): void {
    this.handle.destroy();
  }

  #within(name: string, from: number, count: number): void {
    const words = this.byteLength / 4;
    if (Number.isInteger(from) && Number.isInteger(count) && from >= 0 && count >= 0 && from + count <= words)
      return;
    throw new RangeError(
      `webgpu: ${name} ${this.label}: words must be within [0, ${words}), got [${from}, ${from + count})`,
    );
  }
}

/**
 * A buffer of `source` words, zero at first, or with a copy of the array `source`.
 *
 * @throws RangeError above the limits of the device, with the size needed; Error when it is out of memory
 */
export async function makeBuffer(
  gpu: GpuDevice,
  label: string,
  source: Words | number,
  use: BufferUse,
): Promise<GpuBuffer> {
  const words = typeof source === 'number' ? source : source.length;
  if (!Number.isInteger(words) || words < 0)
    throw new RangeError(`webgpu: buffer ${label}: words must be a count, got ${words}`);
  const size = 4 * words;
  const { maxBufferSize, maxStorageBufferBindingSize, maxUniformBufferBindingSize } = gpu.device.limits;
  const limit = Math.min(
    maxBufferSize,
    use === 'storage' ? maxStorageBufferBindingSize : maxUniformBufferBindingSize,
  );
  if (size > limit) {
    throw new RangeError(
      `webgpu: buffer ${label}: needs ${bytes(size)}, more than the ${bytes(limit)} that ${gpu.adapter} allows one ${use} ` +
        'buffer; use fewer nodes or chains, or the wasm engine',
    );
  }
  gpu.requireAlive(`buffer ${label}`);
  const usage = (use === 'storage' ? storage : uniform) | copyFrom | copyTo;
  const handle = await guard(
    gpu.device,
    `buffer ${label} of ${bytes(size)}`,
    () => gpu.device.createBuffer({ label, size: Math.max(size, 16), usage }), // an empty one can still be bound
  );
  const buffer = new GpuBuffer(gpu, label, use, size, handle);
  if (typeof source !== 'number') buffer.write(source);
  return buffer;
}
