// Errors of the GPU as errors of the program: WebGPU itself reports them to scopes and continues.
// Source: W3C, WebGPU, section 22, Errors and Debugging.
import type { GPUDevice } from './webgpu.js';

/**
 * Runs an action on the device and waits for its error scopes.
 *
 * @throws Error `webgpu: WHAT: ...` if the device reports an error or is out of memory
 */
export async function guard<T>(device: GPUDevice, what: string, action: () => T): Promise<T> {
  const filters = ['validation', 'out-of-memory', 'internal'] as const;
  for (const filter of filters) device.pushErrorScope(filter);
  let result: T;
  let scopes: Promise<GPUError | null>[];
  try {
    result = action();
  } finally {
    scopes = filters.map(() => device.popErrorScope()); // the innermost first
    for (const scope of scopes) scope.catch(() => {}); // also when the action has thrown
  }
  const [internal, memory, validation] = await Promise.all(scopes.map((scope) => scope.catch(() => null))); // a loss is reported elsewhere
  if (memory) throw new Error(`webgpu: ${what}: out of memory on the device (${firstLine(memory.message)})`);
  const error = validation ?? internal;
  if (error) throw new Error(`webgpu: ${what}: ${firstLine(error.message)}`);
  return result;
}

export const firstLine = (message: string): string => message.split('\n')[0];

/** 1536 is 1.5 KiB. */
export function bytes(count: number): string {
  const unit = Math.min(Math.floor(Math.log2(Math.max(count, 1)) / 10), 4);
  return `${Number((count / 1024 ** unit).toPrecision(4))} ${['B', 'KiB', 'MiB', 'GiB', 'TiB'][unit]}`;
}
