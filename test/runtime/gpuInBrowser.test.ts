// The same files in a browser: Chromium with its software adapter runs steps on `navigator.gpu`.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { chromium } from 'playwright-core';
import { findChromium } from '../jupyterlab/chromium.js';

const executablePath = findChromium();
if (!executablePath) console.error('SKIPPED, WebGPU in a browser: no Chromium on this machine');

const script = `import('/runtime/gpu/gpu.js').then(async ({ openGpu }) => {
  const gpu = await openGpu();
  const program = await gpu.program({
    label: 'count', bindings: ['write'], workgroup: 64,
    code: \`struct Now { step: u32 }
      @group(0) @binding(0) var<storage, read_write> x: array<u32>;
      @group(1) @binding(0) var<uniform> now: Now;
      @compute @workgroup_size(64) fn main(@builtin(global_invocation_id) id: vec3<u32>) {
        if (id.x < arrayLength(&x)) { x[id.x] += now.step; }
      }\`,
  });
  const x = await gpu.buffer('x', Uint32Array.of(1, 2, 3, 4));
  const outcome = await gpu.run({ steps: 101, turns: [[{ program, buffers: [x], rows: 4 }]] });
  const found = [...(await x.read(Uint32Array))];
  const refusal = await gpu.program({ label: 'broken', bindings: [], workgroup: 1, code: 'let x;' }).catch((error) => error.message);
  gpu.close();
  return { adapter: gpu.adapter, outcome, found, refusal };
})`;

test('a browser runs the steps', { skip: !executablePath, timeout: 120_000 }, async () => {
  const server = createServer(async ({ url }, response) => {
    const code = await readFile(new URL(`../../src${url}`, import.meta.url)).catch(() => undefined);
    response
      .writeHead(code || url === '/' ? 200 : 404, {
        'content-type': url === '/' ? 'text/html' : 'text/javascript',
      })
      .end(code ?? '');
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const args = ['--no-sandbox', '--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'];
  const browser = await chromium.launch({ executablePath, args });
  try {
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    const said = (await page.evaluate(script)) as {
      adapter: string;
      outcome: unknown;
      found: number[];
      refusal: string;
    };
    assert.match(said.adapter, /swiftshader.*\(software\)/i);
    assert.deepEqual(said.outcome, { steps: 101, code: 0 });
    assert.deepEqual(
      said.found,
      [1, 2, 3, 4].map((x) => x + 5050),
    );
    assert.match(said.refusal, /^webgpu: program broken does not compile\n {2}line 1: /);
  } finally {
    await browser.close();
    server.close();
  }
});
