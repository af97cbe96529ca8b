// Stop reaches the threads of the pool, and a loop inside WebAssembly on the cell's own thread; the next
// cell's run works.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { KernelClient } from '../../kernel/notebook/client.js';
import { assertInterrupted, printed, run, startLab } from './harness.js';

/** Ten times the half second that is meant, ms: machines may be busy. */
const limit = 5000;

let kernel: KernelClient;
before(async () => {
  kernel = await startLab();
  const { reply } = await run(
    kernel,
    `import { pool, runHere, setThreads } from './dist/src/runtime/index.js';
    import { runOf, rows, words } from './dist/test/runtime/program.js';
    setThreads(2);
    const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
    const long = runOf({ entries: ['count'], size: 2, grain: 1, steps: 1e9 });
    const short = runOf({ steps: 1 });
    const check = runOf(), expected = runOf();
    runHere(expected);
    let n = 0;
    const seen: { outcome?: unknown } = {};
    /** A run in a later cell gives the right bits. */
    async function works() {
      rows(check).forEach((_, i, row) => (row[i] = i));
      const { steps } = await pool.run(check);
      return steps === 100 && rows(check).every((x, i) => x === rows(expected)[i]);
    }
    await works()`,
  );
  assert.equal(reply['status'], 'ok', JSON.stringify(reply));
});
after(() => kernel.shutdown());

/** Runs a cell, interrupts it after a while; how long that took in ms. */
async function interrupted(code: string, after: number): Promise<number> {
  const begun = printed(kernel, 'begun');
  const running = run(kernel, `console.log('begun');\n${code}`);
  await begun;
  await new Promise((resolve) => setTimeout(resolve, after));
  const began = performance.now();
  await kernel.interrupt();
  const ran = await running;
  const took = performance.now() - began;
  assertInterrupted(kernel, ran);
  return took;
}

test('an interrupt stops the threads within half a second, after the same step; the next run works', async () => {
  const outcome = 'pool.run(long).then((value) => (seen.outcome = value)); await new Promise(() => {});';
  assert.ok((await interrupted(outcome, 200)) < limit);
  const { result } = await run(
    kernel,
    'await sleep(30); const calls = words(long)[3]; await sleep(30); [words(long)[3] - calls, seen.outcome]',
  );
  assert.match(String(result), /^\[ 0, \{ steps: [1-9]\d*, code: 0 \} \]$/);
  assert.equal((await run(kernel, 'await works()')).result, 'true');
});

test('an interrupt reaches an endless loop inside WebAssembly', async () => {
  const loop = "runHere(runOf({ entries: ['hang'] }));";
  for (let i = 0; i < 5; i++) assert.ok((await interrupted(loop, 20 * i)) < limit);
  assert.equal((await run(kernel, 'await works()')).result, 'true');
});

test('60 of 60 interrupts of runs long and short, at any moment', async () => {
  const kinds = [
    'await pool.run(long);',
    'for (;;) await pool.run(short);',
    'for (;;) await Promise.all([pool.run(short), pool.run(long), pool.run(short)]);',
    'for (;;) { pool.run(short); runHere(long); }',
  ];
  const slow: string[] = [];
  for (let i = 0; i < 60; i++) {
    const code = kinds[i % kinds.length]!;
    const took = await interrupted(code, (7 * i) % 30);
    if (took >= limit) slow.push(`${i}: ${took} ms, ${code}`);
    const { result, reply } = await run(kernel, 'await works()');
    assert.equal(result, 'true', `${i}, ${code}: ${JSON.stringify(reply)}`);
  }
  assert.deepEqual(slow, []);
});

test('every callback is called once an interrupt, also between cells; what one throws is printed', async () => {
  await run(
    kernel,
    `const interrupts = (globalThis as any)[Symbol.for('Jupyter.interrupts')] as Set<() => void>;
    const bad = () => { throw new Error('a bad callback'); }, good = () => void n++;
    interrupts.add(bad).add(good);
    n = 0;`,
  );
  const heard = printed(kernel, 'a bad callback');
  await interrupted('for (;;);', 10);
  await heard;
  assert.equal((await run(kernel, 'n')).result, '1');
  await kernel.interrupt();
  assert.equal(
    (
      await run(
        kernel,
        'await sleep(5); interrupts.delete(bad); interrupts.delete(good); [n, interrupts.size]',
      )
    ).result,
    '[ 2, 0 ]',
  );
});
