import { test } from 'node:test';
import assert from 'node:assert/strict';
import { fc } from '../property.js';
import {
  ancestorDistance,
  blockSet,
  type DagBlock,
  dagBlock,
  distanceTable,
  jaccardDistance,
  merkleDag,
  minHash,
  minHashDistance,
} from '../../src/merkle/index.js';

const setOf = (ids: Iterable<number>) => blockSet(Array.from(ids, (id) => Uint8Array.of(id, id >> 8)));
const ids = fc.uniqueArray(fc.nat(20), { maxLength: 12 });
const range = (from: number, to: number) => Array.from({ length: to - from }, (_, k) => from + k);

test('Jaccard distance is 1 - |A and B| / |A or B|, and a metric', () => {
  assert.equal(jaccardDistance(setOf([]), setOf([])), 0);
  assert.equal(jaccardDistance(setOf([]), setOf([1])), 1);
  fc.assert(
    fc.property(ids, ids, ids, (a, b, c) => {
      const both = a.filter((id) => b.includes(id)).length;
      const d = (x: number[], y: number[]) => jaccardDistance(setOf(x), setOf(y));
      if (a.length + b.length > 0)
        assert.ok(Math.abs(d(a, b) - (1 - both / (a.length + b.length - both))) < 1e-12);
      assert.equal(d(a, b), d(b, a));
      assert.ok(d(a, c) <= d(a, b) + d(b, c) + 1e-12);
    }),
    { seed: 1 },
  );
});

test('MinHash is unbiased with standard error sqrt(d (1 - d) / k): mean and spread over 200 seeds', () => {
  const [hashes, seeds] = [64, 200];
  for (const [a, b] of [
    [range(0, 60), range(20, 80)],
    [range(0, 30), range(27, 57)],
    [range(0, 100), range(5, 100)],
  ]) {
    const [A, B] = [setOf(a), setOf(b)];
    const d = jaccardDistance(A, B);
    const error = Math.sqrt((d * (1 - d)) / hashes);
    const estimates = range(0, seeds).map(
      (seed) => minHashDistance(minHash(A, { hashes, seed }), minHash(B, { hashes, seed })).distance,
    );
    const mean = estimates.reduce((sum, x) => sum + x, 0) / seeds;
    const spread = Math.sqrt(estimates.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (seeds - 1));
    assert.ok(Math.abs(mean - d) < (4 * error) / Math.sqrt(seeds), `mean ${mean} of ${d}`);
    assert.ok(Math.abs(spread / error - 1) < 4 / Math.sqrt(2 * seeds), `spread ${spread} of ${error}`);
  }
});

test('a MinHash knows the set only, and says its own standard error', () => {
  const [a, b] = [minHash(setOf([1, 2, 3])), minHash(setOf([3, 1, 2, 2]))];
  assert.deepEqual(a.smallest, b.smallest);
  assert.equal(minHashDistance(a, b).distance, 0);
  const { distance, standardError } = minHashDistance(
    minHash(setOf(range(0, 10))),
    minHash(setOf(range(5, 15))),
  );
  assert.equal(standardError, Math.sqrt((distance * (1 - distance)) / 128));
  assert.equal(minHashDistance(minHash(setOf([])), minHash(setOf([1]))).distance, 1);
});

test('MinHashes of other seeds or lengths are not compared, and a bad count is refused', () => {
  const set = setOf([1]);
  assert.throws(() => minHashDistance(minHash(set, { seed: 1 }), minHash(set, { seed: 2 })), {
    message: 'minHashDistance: both must have the same seed, got keys 1 and 2',
  });
  assert.throws(() => minHashDistance(minHash(set, { hashes: 4 }), minHash(set)), {
    message: 'minHashDistance: both must have the same number of hashes, got 4 and 128',
  });
  assert.throws(() => minHash(set, { hashes: 0 }), {
    name: 'RangeError',
    message: 'minHash: hashes must be an integer in [1, 1048576], got 0',
  });
});

test('on trees the ancestor distance is that of the tree, a metric', () => {
  const tree = fc.array(fc.nat(), { minLength: 2, maxLength: 20 });
  fc.assert(
    fc.property(tree, fc.nat(), fc.nat(), fc.nat(), (choices, x, y, z) => {
      const blocks: DagBlock[] = [];
      const parentOf: number[] = [];
      choices.forEach((choice, k) => {
        parentOf.push(k === 0 ? -1 : choice % k);
        blocks.push(dagBlock(k, k === 0 ? [] : [blocks[choice % k].cid]));
      });
      const lineOf = (k: number): number[] => (k < 0 ? [] : [k, ...lineOf(parentOf[k])]);
      const ledger = (k: number) => merkleDag(lineOf(k % blocks.length).map((b) => blocks[b]));
      const walk = (a: number, b: number) => {
        const [up, down] = [lineOf(a % blocks.length), lineOf(b % blocks.length)];
        const meeting = up.findIndex((k) => down.includes(k));
        return meeting + down.indexOf(up[meeting]);
      };
      const d = (a: number, b: number) => ancestorDistance(ledger(a), ledger(b));
      assert.equal(d(x, y), walk(x, y));
      assert.equal(d(x, y), d(y, x));
      assert.ok(d(x, z) <= d(x, y) + d(y, z));
    }),
    { seed: 2 },
  );
});

test('with several heads it is that of the farthest; without a common ancestor, as after pruning, it is infinite', () => {
  const start = merkleDag().append('genesis');
  const [a, b] = [start.append('a'), start.append('b').append('c')];
  assert.equal(ancestorDistance(a, a.merge(b)), 3);
  assert.equal(ancestorDistance(a.merge(b), a.merge(b)), 0);
  assert.equal(ancestorDistance(a.merge(b).append('join'), a), 1);
  assert.equal(ancestorDistance(a.prune(0), b.prune(0)), Infinity);
  assert.equal(ancestorDistance(merkleDag(), a), Infinity);
  assert.equal(ancestorDistance(merkleDag(), merkleDag()), 0);
  assert.deepEqual(distanceTable([start, a, b], ancestorDistance), [
    [0, 1, 2],
    [1, 0, 3],
    [2, 3, 0],
  ]);
});
