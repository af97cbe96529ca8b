// The bench's floor, and the reference that it holds the compiled step to.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { floorRate } from '../../bench/engine/floor.js';
import { differenceFromReference } from '../../bench/engine/library.js';
import { smallWorld } from '../../src/graph/index.js';

test('the floor is two normals or sixteen bytes per node-update, whichever takes longer, by the fastest C on as many threads', () => {
  const rows = (copy: number) => [
    { threads: 1, unit: '1e6/s', best: 400 }, { threads: 1, unit: '1e6/s', best: 1000 }, { threads: 2, unit: '1e6/s', best: 2000 },
    { threads: 1, unit: 'GB/s', best: copy }, { threads: 2, unit: 'GB/s', best: copy },
  ];
  assert.deepEqual([1, 2].map((threads) => floorRate(rows(32), threads)), [500e6, 1000e6]);
  assert.equal(floorRate(rows(4), 1), 250e6);
});

test('a compiled step is that of plain operations of tfjs to float32, and not the same program', async () => {
  for (const chains of [1, 64]) {
    const difference = await differenceFromReference(smallWorld(1000, 4, 0.1, { seed: 1 }), chains);
    assert.ok(difference > 0 && difference < 1e-5, `${difference}`);
  }
});
