// The pool: the same bits on any number of threads, a barrier that is one, runs in a row, aborted, stopped,
// refused.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { Pool, runHere, setThreads, threadCount } from '../../src/runtime/index.js';
import { calls, jobOf, rows, runOf, words } from './program.js';

const pool = new Pool();
pool.threads = 2;
after(() => pool.close());
const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

test('1 to 5 threads and the calling thread give the same bits', async () => {
  const jobs = [1, 3, 64, 1001].map((size) => ({ size, steps: 20, grain: 16 }));
  const here = jobs.map((job) => {
    const runs = [runOf(job), runOf({ ...job, isShared: false })];
    for (const run of runs) assert.deepEqual(runHere(run), { steps: 20, code: 0 });
    assert.deepEqual(rows(runs[1]), rows(runs[0]));
    return rows(runs[0]);
  });
  for (let threads = 1; threads <= 5; threads++) {
    pool.threads = threads;
    for (const [i, job] of jobs.entries()) {
      const run = runOf(job);
      assert.deepEqual(await pool.run(run), { steps: 20, code: 0 });
      assert.deepEqual(rows(run), here[i], `${job.size} places, ${threads} threads`);
    }
  }
});

test('thousands of steps in which every thread reads what others have just written', async () => {
  for (const threads of [2, 3]) {
    pool.threads = threads;
    const job = { size: 12, grain: 1, steps: threads === 2 ? 10_000 : 1000 };
    const [run, here] = [runOf(job), runOf(job)];
    assert.deepEqual(await pool.run(run), runHere(here));
    assert.deepEqual(rows(run), rows(here));
  }
});

test('a code stops all after its step; it is that of the first phase and the lowest part', async () => {
  for (const threads of [1, 2, 4]) {
    pool.threads = threads;
    const job = { step: 7, place: 300, entries: ['there', 'refuse', 'back'], steps: 1000 };
    const [run, here] = [runOf(job), runOf(job)];
    assert.deepEqual(await pool.run(run), { steps: 8, code: 301 });
    assert.deepEqual(runHere(here), { steps: 8, code: 301 });
    assert.deepEqual(rows(run), rows(here), 'the step is done to its end');
  }
});

test('an abort stops all threads after the same step, and the run can go on from there', async () => {
  pool.threads = 2;
  const abort = new AbortController();
  const run = runOf({ size: 100_000, steps: 1e6 });
  const seen: number[] = [];
  setTimeout(() => abort.abort(), 350);
  const { steps, code } = await pool.run(run, {
    signal: abort.signal,
    onProgress: (done) => seen.push(done),
  });
  assert.ok(steps > 0 && steps < 1e6 && code === 0);
  assert.ok(
    seen.length >= 2 && seen.every((done, i) => done >= (seen[i - 1] ?? 0) && done <= steps),
    String(seen),
  );
  const here = runOf({ size: 100_000, steps });
  runHere(here);
  assert.deepEqual(rows(run), rows(here));
});

test('an aborted run that waits does nothing, nor does one that comes aborted', async () => {
  const abort = new AbortController();
  const first = runOf({ entries: ['count'], size: 1, steps: 200 });
  const [under, waiting, late] = [first, runOf(), runOf()].map((run, i) =>
    pool.run(run, i === 1 ? { signal: abort.signal } : {}),
  );
  abort.abort();
  assert.deepEqual(await waiting, { steps: 0, code: 0 });
  assert.ok(calls(first) < 200, 'it did not wait for the first');
  assert.deepEqual(await pool.run(runOf(), { signal: abort.signal }), { steps: 0, code: 0 });
  assert.deepEqual(await Promise.all([under, late]), [
    { steps: 200, code: 0 },
    { steps: 100, code: 0 },
  ]);
});

test('runs asked for at once are done one after another', async () => {
  const run = runOf({ size: 10_000, steps: 30 });
  const outcomes = await Promise.all([pool.run(run), pool.run(run), pool.run(run)]);
  assert.deepEqual(
    outcomes.map(({ steps }) => steps),
    [30, 30, 30],
  );
  const here = runOf({ size: 10_000, steps: 30 });
  for (let i = 0; i < 3; i++) runHere(here);
  assert.deepEqual(rows(run), rows(here));
});

test('hundreds of runs in a row, of two programs in turn', async () => {
  const job = { size: 64, steps: 3 };
  const [a, b, here] = [runOf(job), runOf({ ...job, size: 65 }), runOf(job)];
  for (let i = 0; i < 200; i++) {
    assert.deepEqual(await pool.run(i % 2 === 0 ? a : b), { steps: 3, code: 0 });
    if (i % 2 === 0) runHere(here);
  }
  assert.deepEqual(rows(a), rows(here));
});

test('memory that has grown is seen by all threads', async () => {
  const run = runOf({ size: 1000 });
  await pool.run(run);
  run.memory.grow(2);
  const far = { ...run, job: 2 * 65536 };
  words(far).set(jobOf({ size: 1000, step: 0, place: 0 }, far.job));
  const here = runOf({ size: 1000 });
  rows(far).set(rows(runOf({ size: 1000 })));
  runHere(here);
  assert.deepEqual(await pool.run(far), { steps: 100, code: 0 });
  assert.deepEqual(rows(far), rows(here));
});

test('the calling thread stays free', async () => {
  let turns = 0;
  const timer = setInterval(() => turns++, 1);
  await pool.run(runOf({ entries: ['count'], size: 1, steps: 1000 }));
  clearInterval(timer);
  assert.ok(turns > 20, String(turns));
});

test('what onProgress throws stops the run and comes out of it', async () => {
  const run = runOf({ entries: ['count'], size: 1, steps: 1e6 });
  const failure = new Error('no more');
  await assert.rejects(
    pool.run(run, {
      onProgress: () => {
        throw failure;
      },
    }),
    failure,
  );
  const before = calls(run);
  await sleep(30);
  assert.equal(calls(run), before);
});

test('work that has not been done when the pool is closed is rejected', async () => {
  const own = new Pool();
  own.threads = 2;
  const runs = [own.run(runOf({ entries: ['hang'] })), own.run(runOf())];
  const failed = runs.map((run) =>
    assert.rejects(run, /Pool.close: the pool was closed before the run was done/),
  );
  await sleep(20);
  await own.close();
  await Promise.all(failed);
  assert.deepEqual(await own.run(runOf()), { steps: 100, code: 0 });
  await own.close();
});

test('what is wrong with a run is said before it starts', async () => {
  const run = runOf();
  const [phase] = run.phases;
  const wrong: [object, RegExp][] = [
    [{ steps: 1.5 }, /RangeError: NAME: steps must be a whole number from 0 to 2147483647, got 1.5/],
    [{ steps: NaN }, /steps must be/],
    [{ job: -4 }, /RangeError: NAME: job must be a whole number from 0 to 4294967295, got -4/],
    [{ phases: [] }, /RangeError: NAME: a run needs a phase, got none/],
    [{ phases: [{ ...phase, size: -1 }] }, /size of there must be a whole number from 0/],
    [{ phases: [{ ...phase, grain: 0 }] }, /grain of there must be a whole number from 1/],
    [
      { phases: [{ ...phase, entry: 'their' }] },
      /TypeError: NAME: entry must be one of there, back, .*, got their/,
    ],
  ];
  for (const [part, message] of wrong) {
    const bad = { ...run, ...part };
    const said = (name: string) => (error: unknown) =>
      new RegExp(message.source.replace('NAME', name)).test(String(error));
    await assert.rejects(pool.run(bad), said('Pool.run'));
    assert.throws(() => runHere(bad), said('runHere'));
  }
  await assert.rejects(
    pool.run(runOf({ isShared: false })),
    /TypeError: Pool.run: the memory must be shared/,
  );
  assert.deepEqual(await pool.run({ ...run, steps: 0 }), { steps: 0, code: 0 });
});

test('the number of threads is as many as there are cores until it is set, and must be one', () => {
  assert.ok(threadCount() >= 1);
  for (const threads of [0, -1, 1.5, NaN, 257]) {
    assert.throws(
      () => setThreads(threads),
      new RangeError(`setThreads: threads must be a whole number from 1 to 256, got ${threads}`),
    );
  }
  setThreads(3);
  assert.equal(threadCount(), 3);
});
