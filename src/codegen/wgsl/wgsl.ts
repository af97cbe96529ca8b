// A program in the vector language as a program for the GPU: one invocation per row, in which every value is
// a scalar. Four lanes are four neighbouring invocations here: invocation `row` is lane `row % lanes` of the
// group that begins at `row
// - lane`. Arguments are
// fields of a uniform block, `step` has a block of its own; see src/runtime/gpu/gpuRun.ts.
// Source: W3C, WebGPU Shading Language (https://www.w3.org/TR/WGSL/). A compiler of WGSL may assume that no
// number is NaN or infinite: our code tests their bits instead.
import type { Buffer, Code, Variable } from '../language/code.js';
import { WgslBody } from './wgslBody.js';
import { WgslMemory } from './wgslMemory.js';
import { helpersOf } from './wgslValue.js';

export interface WgslProgram {
  readonly label: string;
  readonly code: string;
  readonly workgroup: number;
  /** Kinds of binding 0, the job, and of the buffers that follow it. */
  readonly bindings: readonly ('uniform' | 'read' | 'write')[];
  /** The fields of the job, of four bytes; the first is the number of rows. */
  readonly fields: readonly Buffer[];
  /**
   * The names of the buffers. If there is a result the last is `fault`: two words, the first step that failed
   * and the result.
   */
  readonly buffers: readonly string[];
}

export interface WgslOptions {
  /** Rows that the code processes together: 4 where rows stand in lanes, else 1. */
  readonly lanes?: 1 | 4;
}

const workgroup = 64;

/** @throws Error for an operation between lanes, which invocations of their own cannot do, and for float64 */
export function wgslProgram(
  label: string,
  code: Code,
  result?: Variable,
  { lanes = 1 }: WgslOptions = {},
): WgslProgram {
  const memory = new WgslMemory(lanes);
  const body = new WgslBody(code, memory).write(result);
  const has = (name: string): boolean => new RegExp(`\\b${name}\\b`).test(body);
  const declared = memory.buffers.map(
    ({ name, holds, access }, k) =>
      `@group(0) @binding(${k + 1}) var<storage, ${access === 'write' ? 'read_write' : 'read'}> ${name}: array<${holds === 'float' ? 'f32' : 'u32'}>;`,
  );
  if (result)
    declared.push(
      `@group(0) @binding(${declared.length + 1}) var<storage, read_write> fault: array<atomic<u32>>;`,
    );
  const lines = [
    `// ${label}`,
    `struct Job {\n${memory.fields.map(({ name, holds }) => `  ${name}: ${holds === 'float' ? 'f32' : 'u32'},`).join('\n')}\n}`,
    'struct Now { step: u32 }',
    '@group(0) @binding(0) var<uniform> job: Job;',
    '@group(1) @binding(0) var<uniform> now: Now;',
    ...declared,
    ...helpersOf(body),
    `@compute @workgroup_size(${workgroup})`,
    'fn main(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {',
    `  let row = id.x + id.y * groups.x * ${workgroup}u;`,
    `  if (row >= job.rows${result ? ' || atomicLoad(&fault[0]) < now.step' : ''}) { return; }`,
    ...(has('lane') || has('begin') ? [`  let lane = row % ${lanes}u;`] : []),
    ...(has('begin') ? ['  let begin = row - lane;'] : []),
    `${body}\n}`,
  ];
  return {
    label,
    workgroup,
    code: `${lines.join('\n')}\n`,
    bindings: [
      'uniform',
      ...memory.buffers.map(({ access }) => access),
      ...(result ? (['write'] as const) : []),
    ],
    fields: memory.fields,
    buffers: [...memory.buffers.map(({ name }) => name), ...(result ? ['fault'] : [])],
  };
}
