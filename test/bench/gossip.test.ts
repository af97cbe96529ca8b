// The simulator's speed, at a tenth of what it must be, so that a busy machine does not fail it (npm run
// bench gossip measures); and that both contenders of the bench carry the same load.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { heapOfObjects, simulator } from '../../bench/gossip/load.js';
import { constantLatency, exponentialLatency } from '../../src/protocol/index.js';

test('at least 0.2 million events a second of processor time with 1e5 nodes', async () => {
  for (const latency of [constantLatency(0.1), exponentialLatency(10)]) {
    const { run } = simulator(1e5, latency);
    await run(1e5);
    const { steps, seconds } = await run(4e5);
    assert.ok(steps / seconds >= 0.2e6, `${latency.name}: ${Math.round(steps / seconds)} events a second`);
  }
});

test('the heap of objects carries the same load: half of its events are rings, each with one message', async () => {
  let last = 0;
  const seen: number[] = [];
  const latency = { name: 'watched', seconds: () => (seen.push(last++), 0.5) };
  await heapOfObjects(50, latency).run(4000);
  assert.ok(Math.abs(seen.length - 2000) < 60, `${seen.length}`);
});
