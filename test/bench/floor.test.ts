// The bench's floor, and the reference that it holds the compiled step to.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { floorRate } from '../../bench/engine/floor.js';
import { differenceFromReference } from '../../bench/engine/library.js';
import { smallWorld } from '../../src/graphs/index.js';

test('the floor is the normals of a node-update by the fastest C on as many threads or fewer', () => {
  const rows = [
    { threads: 1, unit: '1e6/s', best: 400 },
    { threads: 1, unit: '1e6/s', best: 1000 },
    { threads: 2, unit: '1e6/s', best: 900 },
    { threads: 2, unit: 'GB/s', best: 5000 },
    { threads: 4, unit: '1e6/s', best: 4000 },
  ];
  assert.deepEqual(
    [1, 2, 4].map((threads) => floorRate(rows, threads)),
    [500e6, 500e6, 2000e6],
  );
});

test('a compiled step is that of plain operations of tfjs to float32, and not the same program', async () => {
  for (const chains of [1, 64]) {
    const difference = await differenceFromReference(smallWorld(1000, 4, 0.1, { seed: 1 }), chains);
    assert.ok(difference > 0 && difference < 1e-5, `${difference}`);
  }
});
