// One kernel for some notebooks: `restart` makes it as one that has just started.
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { KernelClient } from '../../kernel/notebook/client.js';
import { executeNotebook, nextKernel, startKernel } from '../../kernel/notebook/notebook.js';
import { formatNotebook, writeNotebook } from '../../kernel/notebook/notebookFile.js';
import { printed, run, temporaryFolder, traceback } from './harness.js';

const folder = temporaryFolder();
const other = join(folder.path, 'other');
let kernel: KernelClient;
before(async () => {
  mkdirSync(other);
  kernel = await startKernel(join(folder.path, 'a.ipynb'));
});
after(async () => {
  await kernel.shutdown();
  folder.remove();
});

function saved(name: string, ...sources: string[]): string {
  const path = join(folder.path, name);
  const cells = sources.map((source, k) => ({
    cell_type: 'code' as const,
    id: `cell-${k}`,
    metadata: k === 0 ? { tags: ['parameters'] } : {},
    execution_count: null,
    outputs: [],
    source,
  }));
  writeNotebook(path, { cells, metadata: {}, nbformat: 4, nbformat_minor: 5 });
  return path;
}

test('a notebook in a restarted kernel gives the bytes that it gives in a fresh one, whatever ran before', async () => {
  const first = saved(
    'first.ipynb',
    'const seed = 1;',
    "import * as tslab from 'tslab';\nlet leaked = 1; type Leaked = number; class ring {}\n(globalThis as any).leaked = tslab.display;",
    'declare global { interface Array<T> { leaked: T } }\nArray.prototype.leaked = 1; await setBackend("cpu"); setDefaultSeed(5);',
    "display('shown'); check('EMTD-0.1');",
    '%types off\nconst wrong: number = "a";',
    '%prelude off\nleaked',
  );
  const second = saved(
    'second.ipynb',
    'const seed = 2;',
    "console.log(typeof leaked, typeof (globalThis as any).leaked, 'leaked' in Array.prototype, tensors.backendName());".replace(
      'typeof leaked',
      "eval('typeof leaked')",
    ),
    'const leaked = "free";\nring(5).nodeCount',
    'const energy = hamiltonian(ring(8), [bond((a, b) => a.sub(b).squaredNorm()), site((x) => x.squaredNorm())]);\n' +
      '(await sample(langevin(energy, { temperature: 1, timeStep: 0.1 }), { steps: 3, chains: 2 })).states[2]',
    "throw new Error('at the end')",
  );
  const parameters = { seed: 3 };
  const expected = await executeNotebook(second, { parameters });
  assert.equal(expected.failure?.evalue, 'at the end');
  assert.equal((await executeNotebook(first, { kernel: Promise.resolve(kernel) })).failure, undefined);
  assert.equal(await nextKernel(second, { path: first, kernel: Promise.resolve(kernel) }), kernel);
  const reused = await executeNotebook(second, { parameters, kernel: Promise.resolve(kernel) });
  assert.equal(formatNotebook(reused.notebook), formatNotebook(expected.notebook));
  assert.match(formatNotebook(reused.notebook), /undefined undefined false wasm/);
});

test('variables, types and magics of before are unknown, and so are types that a module before has brought', async () => {
  await kernel.restart();
  writeFileSync(
    join(folder.path, 'model.ts'),
    'declare global { interface Brought { a: 1 } }\nexport const one = 1;',
  );
  const ran = await run(
    kernel,
    "%types off\n%prelude off\nimport { one } from './model'; let leaked = one; interface Kept { a: Brought }",
  );
  assert.equal(ran.reply['status'], 'ok');
  await kernel.restart();
  assert.match(traceback(await run(kernel, 'leaked + 1')), /cell\[1\]:1:1 - error TS2304/);
  assert.match(traceback(await run(kernel, 'const kept: Kept = 1;')), /cell\[2\]:1:13 - error TS2304/);
  assert.match(traceback(await run(kernel, 'const brought: Brought = 1;')), /cell\[3\]:1:16 - error TS2304/);
  assert.equal((await run(kernel, 'ring(4).nodeCount')).result, '4');
  const { history } = (
    await kernel.request('shell', 'history_request', { hist_access_type: 'tail', output: false, raw: true })
  ).content;
  assert.equal((history as unknown[]).length, 4);
});

test('a running cell is stopped, waiting ones do not run, and what the old process leaves behind prints nothing', async () => {
  await kernel.restart();
  const child = "setTimeout(() => console.log('late'), 1500); setTimeout(() => {}, 2500);";
  const leaving = `spawn(process.execPath, ['-e', ${JSON.stringify(child)}], { stdio: 'inherit', detached: true });`;
  const going = printed(kernel, 'going');
  const running = run(
    kernel,
    `import { spawn } from 'node:child_process';\n${leaving}\nconsole.log('going'); while (true);`,
  );
  const waiting = run(kernel, "throw new Error('must not run')");
  await going;
  await kernel.restart();
  assert.equal((await running).reply['status'], 'error');
  assert.equal((await waiting).reply['status'], 'aborted');
  const { stdout, reply } = await run(kernel, 'await new Promise((resolve) => setTimeout(resolve, 2500))');
  assert.deepEqual([stdout, reply['execution_count']], ['', 1]);
});

test('a kernel that died, and one of another folder, are replaced', async () => {
  const path = join(folder.path, 'a.ipynb');
  const elsewhere = await nextKernel(join(other, 'b.ipynb'), { path, kernel: Promise.resolve(kernel) });
  assert.deepEqual(
    [kernel.kernel.hasEnded, (await run(elsewhere, 'process.cwd()')).result],
    [true, `'${other}'`],
  );
  await run(elsewhere, "process.kill(process.ppid, 'SIGKILL'); while (true);").catch(() => {});
  kernel = await nextKernel(join(other, 'c.ipynb'), {
    path: join(other, 'b.ipynb'),
    kernel: Promise.resolve(elsewhere),
  });
  assert.equal((await run(kernel, '1 + 1')).result, '2');
});
