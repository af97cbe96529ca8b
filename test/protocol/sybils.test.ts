// Sybils: what an attacker gains by posing as many, in shares of the weight and in the draws of honest nodes.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { everybody, randomPeer, randomPeers, sybils, weighted } from '../../src/protocol/index.js';
import { aleaGenerator } from '../../src/randomness/index.js';

test('identities multiply the share by nodes, and neither bandwidth nor stake', () => {
  for (const identities of [1, 10, 100]) {
    assert.equal(
      sybils({ honest: 100, identities, weighting: 'node' }).fraction,
      identities / (identities + 100),
    );
    for (const weighting of ['bandwidth', 'stake'] as const) {
      const {
        fraction: share,
        weights,
        members,
      } = sybils({
        honest: 100,
        identities,
        weighting,
        bandwidth: 5,
        stake: 5,
      });
      assert.ok(Math.abs(share - 5 / 105) < 1e-15);
      const theirs = weights.reduce((sum, weight, node) => sum + (members[node] ? weight : 0), 0);
      assert.ok(Math.abs(theirs / weights.reduce((sum, weight) => sum + weight, 0) - share) < 1e-12);
    }
  }
});

test('peers are drawn by weight, without the node itself and without repeats', () => {
  const peers = weighted([1, 2, 3, 4]);
  const [random, counts, draws] = [aleaGenerator(3), new Float64Array(4), 60000];
  for (let k = 0; k < draws; k++) counts[randomPeer(peers, 0, random)]++;
  [0, 2 / 9, 3 / 9, 4 / 9].forEach((p, i) =>
    assert.ok(Math.abs(counts[i] / draws - p) < 5 * Math.sqrt((p * (1 - p)) / draws) + 1e-12, `${i}`),
  );
  for (let k = 0; k < 200; k++) {
    const drawn = randomPeers(peers, 1, 3, random);
    assert.deepEqual([...drawn].sort(), [0, 2, 3]);
  }
  assert.equal(randomPeers(weighted([1, 1, 0]), 0, 2, random).length, 1); // of those that have a weight
  assert.equal(everybody(3).draw, undefined);
});

test('named errors', () => {
  assert.throws(() => weighted([1, 0]), /weighted: needs at least two positive weights, got 1/);
  assert.throws(
    () => weighted([1, -1, 1]),
    /weighted: weight of node 1 must be finite and not negative, got -1/,
  );
  assert.throws(
    () => sybils({ honest: 0, identities: 1, weighting: 'node' }),
    /sybils: honest must be an integer in \[1, .*got 0/,
  );
  assert.throws(
    () => sybils({ honest: 1, identities: 1, weighting: 'stake', stake: 0 }),
    /sybils: stake must be positive and finite, got 0/,
  );
});
