// A text of the vector language run over rows, on WebAssembly and on the GPU: y_k[row] = f(x_0[row],
// x_1[row], ...)_k.
import assert from 'node:assert/strict';
import { Code, type Value } from '../../src/codegen/language/code.js';
import { wasmFunction } from '../../src/codegen/wasm/wasmFunction.js';
import { wasmBytes } from '../../src/codegen/wasm/wasmModule.js';
import { wgslProgram, type WgslOptions, type WgslProgram } from '../../src/codegen/wgsl/wgsl.js';
import { type Gpu, WebAssembly, type Words } from '../../src/runtime/index.js';

export type Rows = (code: Code, xs: Value[]) => Value[];

function mapCode(inputs: readonly Words[], f: Rows, lanes: number): { code: Code; width: number } {
  const code = new Code();
  let width = 0;
  code.loop('i', code.argument('begin'), code.argument('end'), lanes, (i) => {
    const ys = f(
      code,
      inputs.map((input, k) =>
        code.load({ name: `x${k}`, holds: input instanceof Float32Array ? 'float' : 'word' }, i),
      ),
    );
    width = ys.length;
    ys.forEach((y, k) => code.store({ name: `y${k}`, holds: y.type === 'float' ? 'float' : 'word' }, i, y));
  });
  return { code, width };
}

/** On four lanes of SIMD. */
export function mapOnWasm(inputs: readonly Words[], f: Rows): Float32Array[] {
  const { code, width } = mapCode(inputs, f, 4);
  const rows = inputs[0].length;
  const fields: string[] = [];
  const entry = { name: 'map', ...wasmFunction(code, undefined, fields) };
  const length = 4 * Math.ceil(rows / 4);
  const bytes = 8 * fields.length + 16;
  const memory = new WebAssembly.Memory({
    initial: Math.ceil((bytes + 4 * length * (inputs.length + width)) / 65536),
  });
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(wasmBytes([entry], false)), {
    env: { memory },
  });
  const addressOf = (name: string): number =>
    bytes + 4 * length * (Number(name.slice(1)) + (name.startsWith('y') ? inputs.length : 0));
  fields.forEach((name, k) => new Uint32Array(memory.buffer).fill(addressOf(name), 2 * k, 2 * k + 2));
  inputs.forEach((input, k) =>
    new Uint8Array(memory.buffer).set(
      new Uint8Array(input.buffer, input.byteOffset, input.byteLength),
      addressOf(`x${k}`),
    ),
  );
  (exports['map'] as (...job: number[]) => number)(0, 0, 0, rows);
  return Array.from({ length: width }, (_, k) =>
    new Float32Array(memory.buffer, addressOf(`y${k}`), rows).slice(),
  );
}

/** One row an invocation. */
export async function mapOnGpu(
  gpu: Gpu,
  inputs: readonly Words[],
  f: Rows,
  options?: WgslOptions,
): Promise<{ program: WgslProgram; columns: Float32Array[] }> {
  const { code, width } = mapCode(inputs, f, options?.lanes ?? 1);
  const rows = inputs[0].length;
  const data = Object.fromEntries(inputs.map((input, k) => [`x${k}`, input]));
  for (let k = 0; k < width; k++) data[`y${k}`] = new Float32Array(rows);
  const program = wgslProgram('map', code, undefined, options);
  const { after } = await runOnGpu(gpu, program, rows, data);
  return { program, columns: Array.from({ length: width }, (_, k) => after[`y${k}`] as Float32Array) };
}

/** Runs the program over rows, its buffers and job by name; what the buffers hold afterwards. */
export async function runOnGpu(
  gpu: Gpu,
  program: WgslProgram,
  rows: number,
  data: Record<string, Words>,
  job: Record<string, number> = {},
  steps = 1,
) {
  const fields = new Uint32Array(program.fields.length);
  program.fields.forEach(({ name, holds }, k) => {
    const value = name === 'rows' ? rows : job[name];
    assert.ok(value !== undefined, name);
    if (holds === 'float') new Float32Array(fields.buffer)[k] = value;
    else fields[k] = value;
  });
  const buffers = await Promise.all(program.buffers.map((name) => gpu.buffer(name, data[name] ?? 2)));
  const fault = buffers[program.buffers.indexOf('fault')];
  const dispatch = {
    program: await gpu.program(program),
    buffers: [await gpu.buffer('job', fields, 'uniform'), ...buffers],
    rows,
  };
  const outcome = await gpu.run({ steps, turns: [[dispatch]], fault });
  const read = await Promise.all(
    buffers.map((buffer, k) => {
      const source = data[program.buffers[k]];
      return source instanceof Float32Array ? buffer.read(Float32Array) : buffer.read(Uint32Array);
    }),
  );
  return { ...outcome, after: Object.fromEntries(program.buffers.map((name, k) => [name, read[k]])) };
}
