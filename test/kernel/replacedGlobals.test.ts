// A cell that replaces objects of the language, and a worker that Node cannot run: the kernel goes on, and
// says what it is.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { run, startKernel, temporaryFolder } from './harness.js';

test('later cells run, and know their variables', async (t) => {
  const kernel = await startKernel();
  t.after(() => kernel.shutdown());
  await run(kernel, 'const kept = 5;');
  for (const name of ['Promise', 'Map', 'Set', 'Object', 'Error', 'Uint8Array', 'JSON.stringify', 'JSON']) {
    await run(kernel, `(globalThis as any).${name} = () => { throw 1; };`);
    const { result, reply } = await run(kernel, 'await 1;\nkept + 1');
    assert.equal(result, '6', `after ${name}: ${String(reply['evalue'])}`);
    assert.equal((await run(kernel, 'throw 7')).reply['ename'], 'Thrown', name);
  }
});

const runsTypeScript = 'typescript' in process.features && process.features.typescript !== false;

test('a worker in TypeScript, on a Node without it, is told what to do', {
  skip: runsTypeScript,
}, async (t) => {
  const folder = temporaryFolder();
  t.after(() => folder.remove());
  writeFileSync(join(folder.path, 'w.ts'), 'export {};');
  const kernel = await startKernel({ folder: folder.path });
  t.after(() => kernel.shutdown());
  const { reply } = await run(
    kernel,
    `import { Worker } from 'node:worker_threads';
const worker = new Worker(new URL('./w.ts', import.meta.url));
await new Promise((_, reject) => worker.on('error', reject));`,
  );
  assert.match(String(reply['evalue']), /Unknown file extension ".ts"[^]*a worker must be JavaScript/);
});
