// Runs on threads: the same numbers as one after another, what is there is not made again, and whatever ends
// a run or the process loses the runs under way at most.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { checkpointOf } from '../../src/sweeping/checkpoints.js';
import { seeds, sweep, until } from '../../src/sweeping/index.js';
import { callsOf, counting, folderFor, node, resultFiles, write } from './folder.js';

interface Walk {
  readonly steps: number;
  readonly seed: number;
}
const walk = ({ steps, seed }: Walk) => {
  let [x, state] = [0, seed];
  for (let k = 0; k < steps; k++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    x += state / 2 ** 32 - 0.5;
  }
  return { x, inverse: 1 / x };
};
const walkModule = `${counting}export const walk = ${String(walk)};\nexport const counted = (p) => (count(p), walk(p));\n`;
const over = { steps: [1, 10, 100], seed: seeds(10) };

/** A sweep of the function of that name in a module with this text. */
function sweepIn(
  folder: string,
  name: string,
  text: string,
  values: { readonly [name: string]: readonly number[] },
) {
  const run = { [name]: () => ({ x: 0 }) }[name];
  const module = write(folder, 'runs.mjs', text);
  return sweep({ name: 'test', over: values, run, module, folder: join(folder, 'out') });
}
const counted = (folder: string) => sweepIn(folder, 'counted', walkModule, over);

test('on threads the records are those of one after another in memory', async (t) => {
  const alone = sweep({ name: 'walk', over, run: walk });
  await alone.here();
  for (const threads of [1, 3]) {
    const runs = counted(folderFor(t));
    const status = await runs.here({ threads });
    assert.equal(status.done, 30);
    assert.deepEqual(runs.records, alone.records);
  }
});

test('a second call makes nothing, a longer list what is new, in any order of names', async (t) => {
  const folder = folderFor(t);
  await counted(folder).here();
  assert.equal(callsOf(folder).length, 30);
  const again = counted(folder);
  assert.equal(again.records.length, 30, 'they are there before any call');
  await again.here();
  assert.equal(callsOf(folder).length, 30);
  await sweepIn(folder, 'counted', walkModule, { seed: seeds(11), steps: over.steps }).here();
  assert.equal(callsOf(folder).length, 33);
});

test('an edit of the function makes new runs, and says that the old ones are not used', async (t) => {
  const folder = folderFor(t);
  await counted(folder).here();
  const other = sweepIn(folder, 'counted', walkModule.replace('- 0.5', '- 0.25'), over);
  assert.deepEqual(other.records, []);
  const status = await other.here();
  assert.equal(callsOf(folder).length, 60);
  assert.equal(status.others, 30);
  assert.match(String(status), /not used: 30 results of earlier code/);
});

const faulty = `export function run({ k }) {
  if (k === 1) throw new RangeError('k must not be 1');
  if (k === 2) process.exit(3);
  if (k === 3) return { x: 'text' };
  if (k === 4) return { k: 4 };
  if (k === 5) return 5;
  if (k === 6) { const all = []; for (;;) all.push(new Array(1e6).fill(k)); }
  return { x: k };
}`;

test('a run that fails, ends its thread or gives no numbers is named and blocks nothing', async (t) => {
  const folder = folderFor(t);
  const warn = t.mock.method(console, 'warn', () => {});
  const runs = sweepIn(folder, 'run', faulty, { k: [0, 1, 2, 3, 4, 5, 7, 8] });
  const { done, failed, missing } = await runs.here({ threads: 2 });
  assert.deepEqual([done, missing], [3, 0]);
  assert.deepEqual(
    runs.records,
    [0, 7, 8].map((k) => ({ k, x: k })),
  );
  const errors = Object.fromEntries(failed.map(({ parameters, error }) => [parameters['k'], error]));
  assert.match(errors[1], /RangeError: k must not be 1/);
  assert.match(errors[2], /the thread of the run ended: .*3/);
  assert.match(errors[3], /must give a record of numbers, got x = "text"/);
  assert.match(errors[4], /gives k, which is the name of a parameter/);
  assert.match(errors[5], /must give a record of numbers, got 5/);
  assert.match(String(warn.mock.calls[0].arguments[0]), /a run of test failed, {"k":\d}/);
  assert.equal(runs.retry(), 5);
  assert.equal(runs.status.missing, 5);
});

test('a function or module that is not there is named at once', async (t) => {
  const folder = folderFor(t);
  await assert.rejects(sweepIn(folder, 'gone', walkModule, over).here(), /exports no function gone/);
  await assert.rejects(
    sweepIn(folder, 'run', "throw new Error('no such data');\nexport const run = 1;", over).here(),
    /no such data/,
  );
});

test('the signal stops the runs under way; the same call goes on', async (t) => {
  const folder = folderFor(t);
  const text = `${counting}export async function run({ k }, { signal }) {
    count(k);
    await new Promise((resolve, reject) => {
      const timer = setTimeout(resolve, 30);
      signal.onabort = () => (clearTimeout(timer), reject(Object.assign(new Error('stop'), { name: 'AbortError' })));
    });
    return { x: k };
  }`;
  const values = { k: Array.from({ length: 40 }, (_, k) => k) };
  const runs = sweepIn(folder, 'run', text, values);
  const stop = new AbortController();
  const first = runs.here({ threads: 2, signal: stop.signal });
  while (callsOf(folder).length < 5) await delay(5);
  stop.abort();
  await assert.rejects(first, {
    name: 'AbortError',
    message: /test stopped after \d+ of 40 runs; the same call/,
  });
  const done = runs.status.done;
  assert.ok(done > 0 && done < 40);
  assert.equal(runs.status.failed.length, 0, 'a run that was stopped has not failed');
  await runs.here({ threads: 2 });
  assert.ok(callsOf(folder).length - 40 <= 2, 'the two under way were made again');
  assert.equal(runs.records.length, 40);
});

/** A script that holds the run, the sweep and the call. */
const script = (count: number): string => `${counting}
import { sweep } from 'emtd-lab';
export async function slow({ k }) {
  await new Promise((resolve) => setTimeout(resolve, 20));
  count({ k });
  return { x: k * k };
}
const k = Array.from({ length: ${count} }, (_, k) => k);
const runs = sweep({ name: 'slow', over: { k }, run: slow, module: import.meta.url, folder: process.argv[2] });
console.log(String(await runs.here({ threads: 2 })));
console.log(JSON.stringify(runs.records));
`;
const squares = (count: number) => Array.from({ length: count }, (_, k) => ({ k, x: k * k }));

/** Waits for a number of calls, then kills the process. */
async function killAfter(t: TestContext, folder: string, calls: number): Promise<void> {
  const { child, ended } = node(folder, ['slow.mjs', 'out']);
  t.after(() => child.kill('SIGKILL'));
  while (callsOf(folder).length < calls) await delay(5);
  child.kill('SIGKILL');
  await ended;
}

test('kill -9 loses the runs under way at most, and a torn line at the end', async (t) => {
  const folder = folderFor(t);
  write(folder, 'slow.mjs', script(60));
  await killAfter(t, folder, 10);
  await killAfter(t, folder, 30);
  const [file] = resultFiles(join(folder, 'out'));
  writeFileSync(file, readFileSync(file).subarray(0, -10)); // as if the last write had been cut
  const { stdout, code, stderr } = await node(folder, ['slow.mjs', 'out']).ended;
  assert.equal(code, 0, stderr);
  const [first] = stdout.split('\n');
  assert.match(first, /slow: 60 of 60 runs done, 0 missing, 0 failed/);
  assert.match(stdout, /fault: .*its last line is torn/);
  assert.deepEqual(JSON.parse(stdout.trim().split('\n').at(-1)!), squares(60));
  assert.ok(callsOf(folder).length <= 60 + 2 * 2 + 1, `${callsOf(folder).length} calls`);
});

test('two coordinators at once do no harm, and share the work', async (t) => {
  const folder = folderFor(t);
  write(folder, 'slow.mjs', script(200));
  const both = await Promise.all([1, 2].map(() => node(folder, ['slow.mjs', 'out']).ended));
  for (const { stdout, code, stderr } of both) {
    assert.equal(code, 0, stderr);
    assert.deepEqual(JSON.parse(stdout.trim().split('\n').at(-1)!), squares(200));
    assert.doesNotMatch(stdout, /fault/);
  }
  assert.ok(callsOf(folder).length < 320, `${callsOf(folder).length} calls for 200 runs`);
});

test('until adds seeds at the points that need them', async (t) => {
  const folder = folderFor(t);
  const text = `export const run = ({ width, seed }) => ({ x: width * (seed % 2 === 0 ? 1 : -1) });`;
  const module = write(folder, 'runs.mjs', text);
  const runs = sweep({
    name: 'test',
    over: { width: [0.01, 1], seed: seeds(16) },
    run: function run({ width, seed }) {
      return { x: width * seed };
    },
    module: pathToFileURL(module),
    folder: join(folder, 'out'),
    until: until({ of: 'x', halfWidth: 0.25 }),
  });
  const status = await runs.here();
  const counts = [0.01, 1].map((width) => runs.records.filter((one) => one.width === width).length);
  assert.deepEqual(
    counts,
    [16, 80],
    'n = (1.99 / 0.25)^2 = 63.4, and a multiple of 16 with s^2 = n / (n - 1)',
  );
  assert.equal(status.runs, 96);
});

test('a checkpoint is there for the next process, and gone when the run is done', async (t) => {
  const folder = folderFor(t);
  const text = `export async function run({ k }, { checkpoint, signal }) {
    const begun = Number(checkpoint.read('step') ?? 0);
    for (let step = begun; step < 50; step++) {
      await new Promise((resolve) => setTimeout(resolve, 10));
      if (checkpoint.isDue) checkpoint.write('step', String(step + 1));
      if (signal.aborted) throw Object.assign(new Error('stop'), { name: 'AbortError' });
    }
    return { begun };
  }`;
  const runs = sweepIn(folder, 'run', text, { k: [1] });
  const stop = new AbortController();
  const first = runs.here({ signal: stop.signal, checkpointSeconds: 0.05 });
  while (!existsSync(join(folder, 'out', 'checkpoints'))) await delay(5);
  stop.abort();
  await assert.rejects(first, { name: 'AbortError' });
  await runs.here();
  assert.ok(runs.records[0]['begun' as never] > 0);
  assert.deepEqual(
    (await import('node:fs'))
      .readdirSync(join(folder, 'out', 'checkpoints'))
      .filter((name) => name.endsWith('.json')),
    [],
  );
});

test('a checkpoint that was changed does not count', (t) => {
  const folder = folderFor(t);
  const { signal } = new AbortController();
  checkpointOf(folder, 'key', 1, signal).write('step', '41');
  assert.equal(checkpointOf(folder, 'key', 1, signal).read('step'), '41');
  const file = join(folder, 'checkpoints', 'key.json');
  writeFileSync(file, readFileSync(file, 'utf8').replace('41', '42'));
  assert.equal(checkpointOf(folder, 'key', 1, signal).read('step'), undefined);
});

test('of two sweeps of one name, each has its own function', async (t) => {
  const folder = folderFor(t);
  const text = `
import { sweep } from 'emtd-lab';
const one = ({ k }) => ({ x: k });
const two = ({ k }) => ({ x: 2 * k });
const make = (run) => sweep({ name: 'same', over: { k: [1, 2] }, run, module: import.meta.url, folder: 'out' });
const [first, second] = [make(one), make(two)];
await first.here();
await second.here();
console.log(JSON.stringify([first, second].map(({ records }) => records.map(({ x }) => x))));
`;
  write(folder, 'same.mjs', text);
  const { stdout, stderr } = await node(folder, ['same.mjs']).ended;
  assert.equal(stdout, '[[1,2],[2,4]]\n', stderr);
});
