// Threads that die in a run: the error says which, when and why, all others stop, and the next run has new
// ones. What the pool leaves behind: no process that does not end, no memory that nobody else holds.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { startThread, type StartThread, type Thread } from '../../src/runtime/threads/threadHost.js';
import { Pool, runHere, ThreadDied } from '../../src/runtime/index.js';
import { counted, rows, runOf } from './program.js';

/** The threads of the newest team, in order. */
let threads: Thread[] = [];
const remembering: StartThread = (script, events) => {
  const thread = startThread(script, events);
  threads.push(thread);
  return thread;
};
const pool = new Pool(remembering);
pool.threads = 3;
after(() => pool.close());
const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function death(running: Promise<unknown>): Promise<ThreadDied> {
  const began = performance.now();
  const error: unknown = await running.then(
    () => assert.fail('it was well'),
    (reason: unknown) => reason,
  );
  assert.ok(performance.now() - began < 20_000); // a second is meant
  assert.ok(error instanceof ThreadDied, String(error));
  return error;
}

async function worksAgain(): Promise<void> {
  const [run, here] = [runOf(), runOf()];
  assert.deepEqual(await pool.run(run), runHere(here));
  assert.deepEqual(rows(run), rows(here));
}

test('a trap fails the run with thread, step and reason; the next run works', async () => {
  for (const [place, thread] of [
    [0, 0],
    [500, 1],
    [999, 2],
  ]) {
    const error = await death(pool.run(runOf({ entries: ['there', 'trap', 'back'], step: 17, place })));
    assert.equal(
      error.message,
      `Pool.run: thread ${thread + 1} of 3 died in step 17: RuntimeError: divide by zero`,
    );
    assert.deepEqual([error.steps, error.thread], [17, thread]);
    await worksAgain();
  }
  const far = { ...runOf(), job: 2 ** 32 - 4 };
  assert.match(
    (await death(pool.run(far))).message,
    /died in step 0: RuntimeError: memory access out of bounds/,
  );
  assert.throws(() => runHere(runOf({ entries: ['trap'] })), /RuntimeError: divide by zero/);
});

test('a thread that is ended in the middle of a run fails it, and the others stop', async () => {
  threads = [];
  await pool.close();
  const run = runOf({ entries: ['there', 'back', 'hang'], step: 20 });
  await worksAgain();
  setTimeout(() => threads[1].end(), 200);
  const error = await death(pool.run(run));
  const before = counted(run);
  assert.equal(error.message, 'Pool.run: thread 2 of 3 died in step 20: it ended with exit code 1');
  assert.equal(error.steps, 20);
  await sleep(20);
  assert.ok(before > 0 && counted(run) === before, 'nobody works on');
  await worksAgain();
});

test('a thread that hangs in an entry is ended by closing the pool', async () => {
  const running = pool.run(runOf({ entries: ['hang'], step: 3 }));
  const failed = assert.rejects(running, /the pool was closed/);
  await sleep(50);
  await pool.close();
  await failed;
  await worksAgain();
});

test('threads that have ended between two runs are replaced', async () => {
  threads = [];
  await pool.close();
  await worksAgain();
  for (const place of [0, 4]) {
    threads[place].end();
    await sleep(100);
    await worksAgain();
  }
  assert.equal(threads.length, 9);
});

test('runs that wait behind a fatal one are done by the new threads', async () => {
  const [fatal, next] = [pool.run(runOf({ entries: ['trap'], step: 5 })), pool.run(runOf())];
  assert.equal((await death(fatal)).steps, 5);
  assert.deepEqual(await next, { steps: 100, code: 0 });
});

test('a thread that exits, or cannot be started, fails the run', async (t) => {
  const exiting = `
    const Instance = WebAssembly.Instance;
    WebAssembly.Instance = class { constructor(...it) {
      const { there, ...others } = new Instance(...it).exports;
      this.exports = { ...others, there: (job, step, begin, end) => (step === 4 && begin > 0 ? process.exit(9) : there(job, step, begin, end)) };
    } };
    await import(${JSON.stringify(new URL('../../src/runtime/threads/poolThread.js', import.meta.url).href)});`;
  const own = new Pool((_, events) =>
    startThread(new URL(`data:text/javascript,${encodeURIComponent(exiting)}`), events),
  );
  own.threads = 2;
  t.after(() => own.close());
  const error = await death(own.run(runOf()));
  assert.match(error.message, /thread 2 of 2 died in step 4: it ended with exit code 9/);
  const missing = new Pool((_, events) => startThread(new URL('./missing.js', import.meta.url), events));
  missing.threads = 1;
  assert.match(
    (await death(missing.run(runOf()))).message,
    /thread 1 of 1 died in step 0: .*Cannot find module/,
  );
  const refused = new Pool(() => {
    throw new Error('no threads today');
  });
  await assert.rejects(refused.run(runOf()), /no threads today/);
  await assert.rejects(refused.run(runOf()), /no threads today/);
});

const machine = JSON.stringify(new URL('../../src/runtime/index.js', import.meta.url).href);
const programs = JSON.stringify(new URL('./program.js', import.meta.url).href);
/** A process of its own that runs this; what it printed. */
async function script(code: string): Promise<string> {
  const child = spawn(
    process.execPath,
    [
      '--expose-gc',
      '--input-type=module',
      '--eval',
      `
    const { pool, setThreads } = await import(${machine});
    const { runOf, program } = await import(${programs});
    ${code}`,
    ],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
      timeout: 60_000,
      cwd: fileURLToPath(new URL('.', import.meta.url)),
    },
  );
  let printed = '';
  child.stdout.on('data', (text: Buffer) => (printed += String(text)));
  const [code_] = await once(child, 'close');
  assert.equal(code_, 0);
  return printed;
}

test('a process ends by itself while its pool is idle, and not while it runs', async () => {
  assert.equal(
    await script(`
    setThreads(2);
    await pool.run(runOf());
    pool.run(runOf({ entries: ['count'], size: 1, steps: 500 })).then(({ steps }) => console.log(steps));`),
    '500\n',
  );
});

test('memory that nobody holds any more is not held by the threads', async () => {
  const printed = await script(`
    setThreads(2);
    let most = 0;
    const small = runOf({ steps: 1, entries: ['nothing'] });
    for (let i = 0; i < 24; i++) {
      const memory = new WebAssembly.Memory({ initial: 256, maximum: 65536, shared: true }); // 16 MB
      new Uint8Array(memory.buffer).fill(1);
      await pool.run({ ...small, memory });
      gc();
      await new Promise((go) => setTimeout(go, 5));
      most = Math.max(most, process.memoryUsage.rss());
    }
    console.log(Math.round(most / 2 ** 20));`);
  assert.ok(Number(printed) < 300, `${printed} MB`); // with all 24 it would be more than 450
});
