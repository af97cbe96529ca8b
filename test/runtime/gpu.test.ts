// The GPU on software Vulkan: results against plain arithmetic, every failure in words.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { type Dispatch, type Gpu, openGpu } from '../../src/runtime/index.js';
import { useSoftwareVulkan } from './softwareVulkan.js';

const missing = useSoftwareVulkan();
if (missing) console.error(`SKIPPED, WebGPU: ${missing}`);

const now = 'struct Now { step: u32, shift: f32 }\n@group(1) @binding(0) var<uniform> now: Now;';
const row = 'let row = id.x + id.y * groups.x * 64u;';
const main =
  '@compute @workgroup_size(64)\nfn main(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>)';
/** y = x + row + shift, from one buffer to another */
const add = {
  label: 'add',
  code: `${now}
@group(0) @binding(0) var<storage, read> x: array<f32>;
@group(0) @binding(1) var<storage, read_write> y: array<f32>;
${main} { ${row} if (row < arrayLength(&y)) { y[row] = x[row] + f32(row) + now.shift; } }`,
  bindings: ['read', 'write'],
  workgroup: 64,
} as const;
/** Counts its calls and writes down the last step; fails in one step. */
const count = (fails: string) => ({
  label: 'count',
  code: `${now}
@group(0) @binding(0) var<storage, read_write> x: array<u32>;
@group(0) @binding(1) var<storage, read_write> fault: array<atomic<u32>>;
${main} {
  ${row}
  if (row >= arrayLength(&x) || atomicLoad(&fault[0]) < now.step) { return; }
  x[row] += 1u;
  if (${fails}) { atomicMin(&fault[0], now.step); atomicMax(&fault[1], 7u); }
}`,
  bindings: ['write', 'write'] as const,
  workgroup: 64,
});

describe('the GPU', { skip: missing ?? false }, () => {
  let gpu: Gpu;
  before(async () => void (gpu = await openGpu()));
  after(() => gpu?.close());

  const counting = async (fails = 'false', rows = 100) => {
    const program = await gpu.program(count(fails));
    const [x, fault] = [await gpu.buffer('x', rows), await gpu.buffer('fault', 2)];
    return { x, fault, turns: [[{ program, buffers: [x, fault], rows }]] };
  };

  test('what is written comes back, whole and in part', async () => {
    const data = Float32Array.from({ length: 1000 }, (_, i) => Math.fround(Math.sin(i)));
    const buffer = await gpu.buffer('data', data);
    assert.deepEqual(await buffer.read(Float32Array), data);
    buffer.write(Float32Array.of(5, 6), 10);
    assert.deepEqual([...(await buffer.read(Float32Array, 9, 4))], [data[9], 5, 6, data[12]]);
    assert.deepEqual([...(await (await gpu.buffer('zero', 3)).read(Uint32Array))], [0, 0, 0]);
    const shared = new Int32Array(new SharedArrayBuffer(8)).fill(-3);
    assert.deepEqual([...(await (await gpu.buffer('shared', shared)).read(Int32Array))], [-3, -3]);
    assert.throws(
      () => buffer.write(Float32Array.of(1, 2), 999),
      /write data: words must be within \[0, 1000\), got \[999, 1001\)/,
    );
    await assert.rejects(buffer.read(Float32Array, 1001), /read data: words must be within/);
  });

  test('many steps with their parameters; two turns swap two buffers', async () => {
    const rows = 130;
    const [a, b] = [await gpu.buffer('a', rows), await gpu.buffer('b', rows)];
    const program = await gpu.program(add);
    const turns: Dispatch[][] = [[{ program, buffers: [a, b], rows }], [{ program, buffers: [b, a], rows }]];
    const steps = 3001; // odd, and more than one submission
    const shift = (step: number): number => (step % 7) - 2;
    const seen: number[] = [];
    const outcome = await gpu.run({
      steps,
      turns,
      parameters: (step, words, floats) => {
        assert.equal(words[0], step);
        floats[1] = shift(step);
      },
      onProgress: (done) => seen.push(done),
    });
    assert.deepEqual(outcome, { steps, code: 0 });
    assert.equal(seen.at(-1), steps);
    assert.ok(seen.length < steps / 10, `${seen.length} submissions`);
    const shifts = Array.from({ length: steps }, (_, step) => shift(step)).reduce((x, y) => x + y);
    assert.deepEqual(
      [...(await b.read(Float32Array))],
      Array.from({ length: rows }, (_, i) => steps * i + shifts),
    );
  });

  test('more rows than one dimension of groups', async () => {
    const rows = 65535 * 64 + 1000;
    const [x, y] = [await gpu.buffer('x', rows), await gpu.buffer('y', rows)];
    await gpu.run({ steps: 1, turns: [[{ program: await gpu.program(add), buffers: [x, y], rows }]] });
    const read = await y.read(Float32Array);
    assert.equal(
      read.findIndex((value, i) => value !== i),
      -1,
    );
    for (const buffer of [x, y]) buffer.dispose();
  });

  test('a fault stops the run at its step', async () => {
    const { x, fault, turns } = await counting('now.step == 700u && row == 3u');
    assert.deepEqual(await gpu.run({ steps: 5000, turns, fault }), { steps: 701, code: 7 });
    assert.ok((await x.read(Uint32Array)).every((calls) => calls === 701));
    // and the run after it starts anew
    assert.deepEqual(await gpu.run({ steps: 10, turns, fault }), { steps: 10, code: 0 });
    assert.equal((await x.read(Uint32Array))[50], 711);
  });

  test('an abort signal stops between submissions, with the steps that were done', {
    timeout: 30_000,
  }, async () => {
    const { x, fault, turns } = await counting();
    const abort = new AbortController();
    const { steps } = await gpu.run({
      steps: 1e8,
      turns,
      fault,
      signal: abort.signal,
      onProgress: (done) => done > 100 && abort.abort(),
    });
    assert.ok(steps > 100 && steps < 1e8, `${steps} steps`);
    assert.equal((await x.read(Uint32Array))[0], steps);
  });

  test("so does the interrupt of a notebook's kernel, and the next run works", {
    timeout: 30_000,
  }, async () => {
    const name = Symbol.for('Jupyter.interrupts');
    const interrupts = new Set<() => void>();
    Object.assign(globalThis, { [name]: interrupts });
    try {
      const { x, fault, turns } = await counting();
      const { steps } = await gpu.run({
        steps: 1e8,
        turns,
        fault,
        onProgress: () => interrupts.forEach((interrupt) => interrupt()),
      });
      assert.ok(steps > 0 && steps < 1e8, `${steps} steps`);
      assert.equal((await x.read(Uint32Array))[0], steps);
      assert.equal(interrupts.size, 0);
      assert.equal((await gpu.run({ steps: 5, turns, fault })).steps, 5);
    } finally {
      Reflect.deleteProperty(globalThis, name);
    }
  });

  test('more buffers than the device takes are counted', async () => {
    const most = gpu.device.limits.maxStorageBuffersPerShaderStage;
    await assert.rejects(
      gpu.program({
        ...add,
        label: 'wide',
        bindings: Array.from({ length: most + 1 }, () => 'read' as const),
      }),
      {
        name: 'RangeError',
        message: `webgpu: program wide needs ${most + 1} buffers, this device takes ${most}; the wasm engine runs everywhere`,
      },
    );
  });

  test('a program that does not compile says line and text', async () => {
    const broken = { ...add, label: 'broken', code: add.code.replace('f32(row)', 'f32(column)') };
    await assert.rejects(gpu.program(broken), ({ message }: Error) => {
      assert.match(
        message,
        /^webgpu: program broken does not compile\n {2}line 5: unresolved value 'column'\n {4}@compute|line 6/,
      );
      assert.match(message, /y\[row\] = x\[row\] \+ f32\(column\).*\n +\^$/);
      return true;
    });
    await assert.rejects(gpu.program({ ...add, entry: 'other' }), /webgpu: program add: .*other/);
    await assert.rejects(
      gpu.program({ ...add, bindings: ['read', 'read'] }),
      /webgpu: program add: .*(binding|storage)/i,
    );
  });

  test('wrong buffers are refused with what is wrong', async () => {
    const program = await gpu.program(add);
    const x = await gpu.buffer('x', 4);
    const uniform = await gpu.buffer('u', 4, 'uniform');
    const run = (...buffers: Dispatch['buffers']) =>
      gpu.run({ steps: 1, turns: [[{ program, buffers, rows: 4 }]] });
    await assert.rejects(run(x), /webgpu: program add: needs 2 buffers, got 1/);
    await assert.rejects(run(x, uniform), /webgpu: run: .*(usage|Storage)/);
    await assert.rejects(run(x, x), /webgpu: run: .*(usage|writable|read)/i); // read and written in one dispatch
    await assert.rejects(gpu.run({ steps: 0.5, turns: [[]] }), /webgpu: steps must be a count, got 0.5/);
    await assert.rejects(gpu.run({ steps: 1, turns: [] }), /a run needs a turn of dispatches, got none/);
  });

  test('a buffer above the limit is refused with the size needed', async () => {
    await assert.rejects(gpu.buffer('state', 2 ** 38), {
      name: 'RangeError',
      message:
        /^webgpu: buffer state: needs 1 TiB, more than the [\d.]+ [MG]iB that SwiftShader.* allows one storage buffer/,
    });
  });

  test('a lost device is said by what was under way and by all that comes after', async () => {
    const other = await openGpu();
    const buffer = await other.buffer('x', 4);
    const program = await other.program(count('false'));
    const run = other.run({
      steps: 1e8,
      turns: [[{ program, buffers: [buffer, await other.buffer('fault', 2)], rows: 4 }]],
      onProgress: (done) => done > 10 && other.close(),
    });
    await assert.rejects(run, /webgpu: run: the device is lost \(it was closed\); its buffers are gone/);
    await assert.rejects(buffer.read(Float32Array), /the device is lost/);
    await assert.rejects(other.buffer('y', 4), /webgpu: buffer y: the device is lost/);
    assert.ok(other.isLost);
  });
});

/** A fresh program that prints what a module of the machine says. */
function elsewhere(script: string, environment: Record<string, string>): string {
  const index = fileURLToPath(new URL('../../src/runtime/index.js', import.meta.url));
  const code = `const m = await import(${JSON.stringify(index)}); ${script}`;
  const env = { ...process.env, ...environment };
  return spawnSync(process.execPath, ['--input-type=module', '-e', code], { encoding: 'utf8', env }).stdout;
}

test('without an adapter the error names the fix, and the engine that needs none', {
  skip: process.platform !== 'linux',
}, () => {
  const said = elsewhere('await m.openGpu().catch((error) => console.log(error.message))', {
    VK_ICD_FILENAMES: '/nowhere',
    VK_DRIVER_FILES: '',
  });
  assert.match(
    said,
    /^webgpu: (no adapter found; install Vulkan|the optional package webgpu did not load).*; the wasm engine runs everywhere$/m,
  );
});

test('without the package the error names it', () => {
  const hidden = `import Module from 'node:module';
    const find = Module._resolveFilename;
    Module._resolveFilename = (name, ...rest) => { if (name === 'webgpu') throw new Error('Cannot find package'); return find(name, ...rest); };`;
  const said = elsewhere('await m.openGpu().catch((error) => console.log(error.message))', {
    NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(hidden)}`,
  });
  assert.match(
    said,
    /^webgpu: the optional package webgpu did not load \(it is not installed\); npm install webgpu@\S+ \(.*wasm engine/m,
  );
});

test('nothing of it is loaded before it is asked for', () => {
  const script = `import { createRequire } from 'node:module';
    const loaded = () => Object.keys(createRequire('/').cache).some((path) => path.endsWith('dawn.node'));
    const before = loaded(); const { text } = await m.describeGpu(); console.log(before, loaded() || text);`;
  assert.match(elsewhere(script, {}), /^false (true|the optional package)/m);
});
