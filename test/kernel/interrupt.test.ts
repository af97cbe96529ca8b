// Stop: whatever runs ends at once, and the variables stay.
// The kinds that people meet are stopped a hundred times over.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { KernelClient } from '../../kernel/notebook/client.js';
import { assertInterrupted, printed, run, startKernel, startLab, temporaryFolder } from './harness.js';

/** Ten times the half second that is meant, ms: machines may be busy. */
const limit = 5000;

let kernel: KernelClient;
before(async () => {
  kernel = await startLab();
  await run(
    kernel,
    'let n = 0;\nconst sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));',
  );
});
after(() => kernel.shutdown());

test('what the lab asks of Node at its first use is loaded before any cell', async () => {
  const source = fileURLToPath(new URL('../../../src', import.meta.url));
  const asked = readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.startsWith('cli'))
    .map((name) => readFileSync(join(source, name), 'utf8'))
    .flatMap((text) => [...text.matchAll(/(?:builtin|need)\([^)]*'node:(\w+)'/g)].map(([, name]) => name!))
    .filter((name) => name !== 'process');
  assert.ok(asked.includes('os'));
  const { result } = await run(
    kernel,
    `const { moduleLoadList } = process as any;\n${JSON.stringify(asked)}.filter((name) => !moduleLoadList.includes('NativeModule ' + name))`,
  );
  assert.equal(result, '[]');
});

const endless = {
  'a loop': 'while (true) n++;',
  'a loop that catches': 'while (true) { try { while (true) n++; } catch {} finally { n++; } }',
  'a loop after an await': 'await sleep(5); while (true) n++;',
  'a promise that never settles': 'await new Promise(() => {});',
  'awaits without end': 'while (true) await Promise.resolve();',
  'a loop in a timer': 'setTimeout(() => { while (true) n++; }, 1); await new Promise(() => {});',
  'a loop that waits for another to end':
    'await Promise.all([1, 2].map(async (ms) => { await sleep(ms); while (true) n++; }));',
  'a loop in a microtask': 'queueMicrotask(() => { while (true) n++; }); await new Promise(() => {});',
  'a loop in native code':
    'const big = Array.from({ length: 1e5 }, (_, i) => (i * 7919) % 1e5); for (;;) big.slice().sort((a, b) => a - b);',
};

for (const [what, code] of Object.entries(endless)) {
  test(`an interrupt stops ${what} within half a second and keeps the variables`, async () => {
    await run(kernel, 'n = 1;');
    const begun = printed(kernel, 'begun');
    const running = run(kernel, `console.log('begun');\n${code}`);
    await begun;
    await new Promise((resolve) => setTimeout(resolve, 20)); // let it get into its loop
    const began = performance.now();
    const { content } = await kernel.interrupt();
    const { reply, order } = await running;
    const took = performance.now() - began;
    assert.ok(took < limit, `${took} ms`);
    assert.deepEqual(
      [content['status'], reply['status'], reply['ename']],
      ['ok', 'error', 'KeyboardInterrupt'],
    );
    assert.deepEqual(order.slice(-2), ['error', 'status:idle']);
    assert.equal((await run(kernel, 'await sleep(1); n > 0')).result, 'true');
  });
}

for (const loop of [
  'for (;;) { await sleep(1); n++; }',
  'for (;;) { try { await sleep(1); n++; } catch {} }',
  'const step = async () => { await sleep(1); n++; }; for (;;) await step().catch(() => {});',
  'async function* ticks() { for (;;) { await sleep(1); yield 1; } } for (;;) { try { for await (const t of ticks()) n += t; } catch {} }',
]) {
  test(`does not go on unseen after the interrupt: ${loop}`, async () => {
    const begun = printed(kernel, 'begun');
    const running = run(kernel, `console.log('begun'); ${loop}`);
    await begun;
    await new Promise((resolve) => setTimeout(resolve, 20));
    await kernel.interrupt();
    await running;
    await run(kernel, 'await sleep(20);'); // what was being caught is caught by now
    assert.equal((await run(kernel, 'const then = n; await sleep(50); n - then')).result, '0');
  });
}

for (const [what, code] of Object.entries({
  'a loop': 'while (true) n++;',
  'a loop in a timer': endless['a loop in a timer'],
})) {
  test(`async hooks of a cell survive the interrupt of ${what}`, async () => {
    await run(
      kernel,
      `import { createHook } from 'node:async_hooks';
      let seen = 0; const hook = createHook({ init: () => void seen++, before() {}, after() {} }).enable();`,
    );
    await interruptOnce(code);
    await interruptOnce(code); // the stack of contexts was clear
    assert.equal((await run(kernel, 'seen = 0; await sleep(1); hook.disable(); seen > 0')).result, 'true');
  });
}

test('60 of 60 interrupts, most of them within a callback of an async hook, keep the process', async () => {
  await run(
    kernel,
    `n = 7;
    const busy = createHook({ init() { for (let i = 0; i < 30_000; i++) seen++; }, before() {}, after() {} }).enable();`,
  );
  for (let i = 0; i < 60; i++) await interruptOnce('for (;;) await Promise.resolve();');
  assert.equal((await run(kernel, 'busy.disable(); n')).result, '7');
});

test('where a cell captures all exceptions, an interrupt says that async hooks are off, and keeps the variables', async () => {
  await run(kernel, 'n = 5; hook.enable(); process.setUncaughtExceptionCaptureCallback(() => {});');
  const said = printed(kernel, 'kernel: async hooks are off since the Stop');
  await interruptOnce('await new Promise(() => {});');
  await said;
  const { result } = await run(
    kernel,
    'process.setUncaughtExceptionCaptureCallback(null); hook.disable(); n',
  );
  assert.equal(result, '5');
});

test('an interrupt needs none of the timers that a cell has replaced', async () => {
  await run(
    kernel,
    'const kept = globalThis.setImmediate; n = 6; (globalThis as any).setImmediate = () => {};',
  );
  await interruptOnce('while (true) n++;');
  assert.equal((await run(kernel, 'globalThis.setImmediate = kept; n > 5')).result, 'true');
});

async function interruptOnce(code: string): Promise<void> {
  const begun = printed(kernel, 'begun');
  const running = run(kernel, `console.log('begun'); ${code}`);
  await begun;
  await new Promise((resolve) => setTimeout(resolve, 20));
  await kernel.interrupt();
  assertInterrupted(kernel, await running);
}

test('the finally blocks of an interrupted cell run', async () => {
  const begun = printed(kernel, 'begun');
  const running = run(
    kernel,
    "let closed = false; try { console.log('begun'); for (;;) await sleep(300); } finally { closed = true; }",
  );
  await begun;
  await new Promise((resolve) => setTimeout(resolve, 20)); // it waits now: code that runs is terminated, and its blocks with it
  await kernel.interrupt();
  await running;
  assert.equal((await run(kernel, 'await sleep(400); closed')).result, 'true');
});

test('a cell that was interrupted while its modules were loaded may be run again at once', {
  timeout: 20_000,
}, async (t) => {
  const folder = temporaryFolder();
  t.after(folder.remove);
  writeFileSync(
    join(folder.path, 'slow.mjs'),
    "console.log('loading'); await new Promise((go) => setTimeout(go, 1000)); export const slow = 1;",
  );
  const own = await startKernel({ folder: folder.path });
  t.after(() => own.shutdown());
  const code = "import { slow } from './slow.mjs';\nconsole.log('runs'); slow";
  const loading = printed(own, 'loading');
  const first = run(own, code);
  await loading;
  await own.interrupt();
  assertInterrupted(kernel, await first);
  const between = await run(own, 'await new Promise((go) => setTimeout(go, 20)); 2'); // while they still are
  const second = await run(own, code);
  assert.deepEqual(
    [between.result, second.reply['status'], second.stdout, second.result],
    ['2', 'ok', 'runs\n', '1'],
  );
});

test('an interrupt between cells hits nothing', async () => {
  for (let i = 0; i < 20; i++) {
    const [ran] = await Promise.all([run(kernel, `n = ${i}`), i % 2 === 0 ? kernel.interrupt() : undefined]);
    if (ran.reply['status'] !== 'ok') assertInterrupted(kernel, ran);
  }
  assert.equal((await run(kernel, 'n = 5; n')).result, '5');
});

test('an interrupt also aborts the cells that were queued', async () => {
  const begun = printed(kernel, 'begun');
  const cells = ["console.log('begun'); while (true);", '1'].map((code) => run(kernel, code));
  await begun;
  await kernel.interrupt();
  assert.deepEqual(
    (await Promise.all(cells)).map(({ reply }) => reply['status']),
    ['error', 'aborted'],
  );
});

test('100 of 100 interrupts stop the cell within half a second and keep all variables', async () => {
  await run(
    kernel,
    `import { bond, hamiltonian, langevin, ring, sample } from 'emtd-lab';
    const energy = hamiltonian(ring(12), [bond((a, b, J) => a.sub(b).squaredNorm().mul(J), { J: 1 })]);
    const sampler = langevin(energy, { temperature: 1, timeStep: 0.01 });
    let stops = 0;`,
  );
  const kinds = [
    'while (true) n++;',
    'await sleep(1); for (;;) n++;',
    'for (;;) { try { for (;;) n++; } catch {} finally { n++; } }',
    'await new Promise(() => {});',
    'await sample(sampler, { steps: 1e9, every: 1e9, seed: 1 });',
  ];
  const slow: string[] = [];
  const times: number[] = [];
  for (let i = 0; i < 100; i++) {
    const code = kinds[i % kinds.length]!;
    const begun = printed(kernel, 'begun');
    const running = run(kernel, `stops = ${i};\nconsole.log('begun');\n${code}`);
    await begun;
    await new Promise((resolve) => setTimeout(resolve, 5 * (i % 7)));
    const began = performance.now();
    await kernel.interrupt();
    const { reply } = await running;
    const took = performance.now() - began;
    times.push(took);
    if (reply['ename'] !== 'KeyboardInterrupt' || took >= limit)
      slow.push(`${i}: ${took} ms, ${code}, ${JSON.stringify(reply)}`);
    if (i % 10 === 9)
      assert.equal(
        (await run(kernel, '[stops, sampler.name.split(" ")[0], ring(4).nodeCount]')).result,
        `[ ${i}, 'langevin', 4 ]`,
      );
  }
  assert.deepEqual(slow, [], `${100 - slow.length} of 100`);
  const median = times.sort((a, b) => a - b)[50]!;
  assert.ok(median < 500, `median ${median} ms`); // one slow Stop is the machine, fifty are the kernel
});
