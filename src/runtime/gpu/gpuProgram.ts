// A program in WGSL, compiled: one entry, its buffers in group 0 by number, and in group 1 the block of the
// step.
//
//   @group(0) @binding(k)  the k-th buffer, of the kind `bindings[k]`
//   @group(1) @binding(0) var<uniform>  a struct of at most 256 bytes, whose first u32 is the step; see
// gpuRun.ts
//
// Source: W3C, WebGPU Shading Language (https://www.w3.org/TR/WGSL/).
import { compute, type GpuDevice } from './gpuDevice.js';
import { firstLine } from './gpuErrors.js';
import type { GPUBindGroupLayout, GPUComputePipeline } from './webgpu.js';

/** How a program uses a buffer: `var<storage, read>`, `var<storage, read_write>` or `var<uniform>`. */
export type Binding = 'read' | 'write' | 'uniform';

export interface ProgramText {
  /** For messages. */
  readonly label: string;
  readonly code: string;
  /** The function with @compute; `main` by default. */
  readonly entry?: string;
  readonly bindings: readonly Binding[];
  /** Its @workgroup_size. */
  readonly workgroup: number;
}

export interface GpuProgram extends ProgramText {
  readonly pipeline: GPUComputePipeline;
  readonly buffers: GPUBindGroupLayout;
}

const TYPES = { read: 'read-only-storage', write: 'storage', uniform: 'uniform' } as const;

/**
 * @throws Error with the compiler's messages, each with its line of the text; RangeError for more buffers
 * than the device allows
 */
export async function compileProgram(gpu: GpuDevice, text: ProgramText): Promise<GpuProgram> {
  const { device } = gpu;
  const { label, code, entry = 'main', bindings } = text;
  gpu.requireAlive(`program ${label}`);
  device.pushErrorScope('validation'); // the messages contain the errors of the text
  const module = device.createShaderModule({ label, code });
  await device.popErrorScope().catch(() => null);
  const { messages } = await module.getCompilationInfo();
  const errors = messages.filter(({ type }) => type === 'error');
  if (errors.length > 0) {
    throw new Error(
      `webgpu: program ${label} does not compile\n${errors.map((error) => markLine(code, error)).join('\n')}`,
    );
  }
  const [storage, most] = [
    bindings.filter((use) => use !== 'uniform').length,
    device.limits.maxStorageBuffersPerShaderStage,
  ];
  if (storage > most) {
    throw new RangeError(
      `webgpu: program ${label} needs ${storage} buffers, this device takes ${most}; the wasm engine runs everywhere`,
    );
  }
  device.pushErrorScope('validation');
  const buffers = device.createBindGroupLayout({
    label,
    entries: bindings.map((use, binding) => ({ binding, visibility: compute, buffer: { type: TYPES[use] } })),
  });
  const layout = device.createPipelineLayout({ label, bindGroupLayouts: [buffers, gpu.stepLayout] });
  const creation = device.createComputePipelineAsync({
    label,
    layout,
    compute: { module, entryPoint: entry },
  });
  const scope = device.popErrorScope().catch(() => null);
  const refusal = (error: Error | GPUError): Error =>
    new Error(`webgpu: program ${label}: ${firstLine(error.message)}`);
  const pipeline = await creation.catch((error: Error) => {
    gpu.requireAlive(`program ${label}`);
    throw refusal(error);
  });
  const error = await scope;
  if (error) throw refusal(error);
  return { ...text, pipeline, buffers };
}

function markLine(code: string, { lineNum, linePos, message }: GPUCompilationMessage): string {
  const line = code.split('\n')[lineNum - 1] ?? '';
  return `  line ${lineNum}: ${message}\n    ${line}\n    ${' '.repeat(Math.max(linePos - 1, 0))}^`;
}
