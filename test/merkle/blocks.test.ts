import { test } from 'node:test';
import assert from 'node:assert/strict';
import { fc } from '../property.js';
import { blockSet, intersection, merkleRoot, symmetricDifference } from '../../src/merkle/index.js';

const blocksOf = (ids: Iterable<number>) => blockSet([...ids].map((id) => Uint8Array.of(id)));
const ids = fc.uniqueArray(fc.nat(30), { maxLength: 20 });

test('the root forgets order and repeats, and nothing else', () => {
  fc.assert(
    fc.property(ids, ids, (a, b) => {
      assert.equal(blocksOf([...a].reverse()).root, blocksOf([...a, ...a]).root);
      const same = a.length === b.length && a.every((id) => b.includes(id));
      assert.equal(blocksOf(a).root === blocksOf(b).root, same);
    }),
    { seed: 5 },
  );
});

test('the root is the RFC 6962 root of the blocks in canonical order', () => {
  const [x, y] = [Uint8Array.of(1), Uint8Array.of(2)];
  // the root of one leaf is its leaf hash
  const inOrder = merkleRoot([x]) < merkleRoot([y]) ? [x, y] : [y, x];
  assert.equal(blockSet([y, x]).root, merkleRoot(inOrder));
  assert.equal(blockSet([]).root, merkleRoot([]));
});

test('intersection and symmetric difference are those of the sets', () => {
  fc.assert(
    fc.property(ids, ids, (a, b) => {
      const [A, B] = [blocksOf(a), blocksOf(b)];
      const shared = a.filter((id) => b.includes(id));
      const unshared = [...a.filter((id) => !b.includes(id)), ...b.filter((id) => !a.includes(id))];
      assert.deepEqual(intersection(A, B), blocksOf(shared));
      assert.deepEqual(symmetricDifference(A, B), blocksOf(unshared));
      assert.equal(symmetricDifference(A, B).size, A.size + B.size - 2 * intersection(A, B).size);
    }),
    { seed: 6 },
  );
});

test('the size of the symmetric difference is a metric', () => {
  const distance = (a: number[], b: number[]) => symmetricDifference(blocksOf(a), blocksOf(b)).size;
  fc.assert(
    fc.property(ids, ids, ids, (a, b, c) => {
      assert.equal(distance(a, a), 0);
      assert.equal(distance(a, b), distance(b, a));
      assert.ok(distance(a, c) <= distance(a, b) + distance(b, c));
    }),
    { seed: 7 },
  );
});

test('chi_ij: two nodes that hold different data agree on the root of what they share', () => {
  const [left, right] = [blocksOf([1, 2, 3, 7]), blocksOf([9, 3, 2, 1])];
  assert.notEqual(left.root, right.root);
  assert.equal(intersection(left, right).root, intersection(right, left).root);
  assert.equal(intersection(left, right).root, blocksOf([3, 1, 2]).root);
});
