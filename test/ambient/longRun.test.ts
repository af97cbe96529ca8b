// Runs that are aborted, at a record, within one, or before they began: what they carry is the beginning of
// the run that was not, and resumed they become that run, to the last bit.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import {
  contactProcess,
  events,
  type LongRunOptions,
  presence,
  type Recorded,
  relax,
} from '../../src/ambient/index.js';
import { Aborted, jupyterDisplay } from '../../src/display/index.js';
import { ready } from '../../src/tensors/index.js';
import { fromEdges, smallWorld } from '../../src/graphs/index.js';
import { uniformGenerator } from '../../src/randomness/index.js';

before(() => ready());

const graph = smallWorld(20, 4, 0.2, { seed: 5 });
const random = uniformGenerator('weights');
const weighted = fromEdges(20, graph.endpoints, {
  couplings: Float64Array.from({ length: graph.edgeCount }, () => 0.1 + random()),
}); // sums that round
const uneven = presence(graph, {
  decay: 0.5,
  release: 0.1,
  participation: Float64Array.from({ length: 20 }, (_, i) => (i % 3) / 2),
});
const competing = presence(graph, {
  decay: 0.5,
  release: 0.1,
  states: 2,
  replacement: (m, u) => m.mul(3).softmax().mul(u),
});
const start = Float64Array.from({ length: 42 }, () => random());

type Options = Pick<LongRunOptions<never>, 'time' | 'every' | 'onProgress' | 'signal'> & {
  readonly resume?: unknown;
};
const runs: Readonly<Record<string, (options: Options) => Promise<Recorded>>> = {
  events: (options) =>
    events(uneven, {
      initial: new Float64Array(21).fill(5),
      quanta: 5,
      seed: 3,
      ...(options as object),
      time: options.time,
    }),
  'events, competing states': (options) =>
    events(competing, {
      initial: new Float64Array(42).fill(5),
      quanta: 5,
      seed: 3,
      ...(options as object),
      time: options.time,
    }),
  relax: (options) => relax(competing, start, { ...(options as object), time: options.time }),
  contactProcess: (options) =>
    contactProcess(weighted, { copying: 3, seed: 4, ...(options as object), time: options.time }),
};

async function abortedRun(running: Promise<Recorded>): Promise<Recorded> {
  const error = await running.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof Aborted, String(error));
  assert.equal(error.name, 'AbortError');
  assert.match(String(error[jupyterDisplay]()['text/plain']), /aborted after (no|one|\d+) record.*\n/);
  return error.partial as Recorded;
}

for (const [name, run] of Object.entries(runs)) {
  test(`${name}: aborted at a record and resumed, to the last bit`, async () => {
    const whole = await run({ time: 20, every: 1 });
    const stop = new AbortController();
    const seen: number[] = [];
    const part = await abortedRun(
      run({
        time: 20,
        every: 1,
        signal: stop.signal,
        onProgress: (done, total) => {
          seen.push(done / total);
          if (done === 8) stop.abort();
        },
      }),
    );
    assert.deepEqual(
      seen,
      Array.from({ length: 8 }, (_, k) => (k + 1) / 20),
    );
    assert.equal(part.times.length, 8);
    const rest: number[] = [];
    const joined = await run({ time: 20, every: 1, resume: part, onProgress: (done) => rest.push(done) });
    assert.deepEqual(joined, whole);
    assert.deepEqual(
      rest,
      Array.from({ length: 12 }, (_, k) => k + 9),
    );
    assert.deepEqual(
      await run({ time: 20, every: 1, resume: await run({ time: 8, every: 1 }) }),
      whole,
      'a run that ended goes on to a later time',
    );
    assert.equal(part.times.length, 8, 'and stays as it is');
  });

  test(`${name}: before it began there is nothing, and a run of other records is none to go on from`, async () => {
    const none = await abortedRun(run({ time: 5, every: 1, signal: AbortSignal.abort() }));
    assert.equal(none.times.length, 0);
    assert.deepEqual(await run({ time: 5, every: 1, resume: none }), await run({ time: 5, every: 1 }));
    await assert.rejects(
      run({ time: 6, every: 2, resume: await run({ time: 5, every: 1 }) }),
      /a resumed run must have at most 3 records, every 2, got 5, every 1/,
    );
    await assert.rejects(
      run({ time: 6, every: 1, resume: await run({ time: 5, every: 5 / 3 }) }),
      /a resumed run must have at most 6 records, every 1, got 3, every 1\.6/,
    );
  });
}

test('aborted within a record: it is left out, what its events changed too', async () => {
  for (const [name, time] of [
    ['events', 1e5],
    ['contactProcess', 1e6],
    ['relax', 1e5],
  ] as const) {
    // many seconds
    const none = await abortedRun(runs[name]({ time, signal: AbortSignal.abort() }));
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 60);
    assert.deepEqual(await abortedRun(runs[name]({ time, signal: stop.signal })), none);
  }
});
