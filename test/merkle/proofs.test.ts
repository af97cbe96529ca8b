import { test } from 'node:test';
import assert from 'node:assert/strict';
import { fc } from '../property.js';
import {
  consistencyProof,
  inclusionProof,
  merkleRoot,
  verifyConsistency,
  verifyInclusion,
} from '../../src/merkle/index.js';
import { leaves, vectors } from './vectors.js';

const list = (n: number) => Array.from({ length: n }, (_, i) => Uint8Array.of(i, i >> 8));
const sizes = fc.integer({ min: 1, max: 40 });
const flipped = (digest: string) => (digest[0] === '0' ? '1' : '0') + digest.slice(1);

/** Each proof with one hash spoilt, dropped, added or swapped. */
function* tampered(proof: readonly string[]): Generator<string[]> {
  for (let i = 0; i < proof.length; i++) {
    yield proof.map((hash, j) => (i === j ? flipped(hash) : hash));
    yield proof.filter((_, j) => j !== i);
    if (i > 0) yield [...proof.slice(0, i - 1), proof[i], proof[i - 1], ...proof.slice(i + 1)];
  }
  yield [...proof, 'ab'.repeat(32)];
  yield ['ab'.repeat(32), ...proof];
  yield [...proof, 'not a hash'];
}

test('audit paths are the published ones and verify', () => {
  for (const { index, size, path } of vectors.inclusion) {
    assert.deepEqual(inclusionProof(leaves.slice(0, size), index), path);
    const claim = { leaf: leaves[index], index, size, root: vectors.roots[size] };
    assert.ok(verifyInclusion(claim, path));
    for (const forged of tampered(path)) assert.equal(verifyInclusion(claim, forged), false);
  }
});

test('every entry of every tree is provable, by at most ceil(log2 n) hashes, and only at its place', () => {
  fc.assert(
    fc.property(sizes, fc.nat(39), fc.nat(39), (size, a, b) => {
      const [index, other] = [a % size, b % size];
      const tree = list(size);
      const path = inclusionProof(tree, index);
      const claim = { leaf: tree[index], index, size, root: merkleRoot(tree) };
      assert.ok(path.length <= Math.ceil(Math.log2(size)));
      assert.ok(verifyInclusion(claim, path));
      assert.equal(verifyInclusion({ ...claim, index: other }, path), other === index);
      assert.equal(verifyInclusion({ ...claim, leaf: tree[other] }, path), other === index);
      assert.equal(verifyInclusion({ ...claim, root: flipped(claim.root) }, path), false);
    }),
    { seed: 3 },
  );
});

test('an inner node cannot be passed off as an entry with a shortened path', () => {
  const tree = list(4);
  const leafHashes = tree.slice(0, 2).map((leaf) => Buffer.from(merkleRoot([leaf]), 'hex'));
  // what the node above leaves 0 and 1 hashes, less its prefix
  const node = new Uint8Array(Buffer.concat(leafHashes));
  const path = inclusionProof(tree, 0).slice(1);
  for (const leaf of [node, Uint8Array.of(1, ...node)]) {
    assert.equal(verifyInclusion({ leaf, index: 0, size: 2, root: merkleRoot(tree) }, path), false);
  }
});

test('consistency proofs are the published ones and verify', () => {
  for (const { first, second, proof } of vectors.consistency) {
    assert.deepEqual(consistencyProof(leaves.slice(0, second), first), proof);
    const claim = {
      firstSize: first,
      secondSize: second,
      firstRoot: vectors.roots[first],
      secondRoot: vectors.roots[second],
    };
    assert.ok(verifyConsistency(claim, proof));
    for (const forged of tampered(proof)) assert.equal(verifyConsistency(claim, forged), false);
  }
});

test('every prefix of every tree is provable, and a rewritten history is not', () => {
  fc.assert(
    fc.property(sizes, fc.nat(39), fc.nat(39), (secondSize, a, b) => {
      const firstSize = 1 + (a % secondSize);
      const tree = list(secondSize);
      const proof = consistencyProof(tree, firstSize);
      const claim = {
        firstSize,
        secondSize,
        firstRoot: merkleRoot(tree.slice(0, firstSize)),
        secondRoot: merkleRoot(tree),
      };
      assert.ok(verifyConsistency(claim, proof));
      const rewritten = tree.map((leaf, i) => (i === b % firstSize ? Uint8Array.of(255, 255) : leaf));
      assert.equal(verifyConsistency({ ...claim, secondRoot: merkleRoot(rewritten) }, proof), false);
      const forged = consistencyProof(rewritten, firstSize);
      assert.equal(verifyConsistency({ ...claim, secondRoot: merkleRoot(rewritten) }, forged), false);
    }),
    { seed: 4 },
  );
});

test('an index or a size outside the tree is refused by name, and is false to a verifier', () => {
  const root = merkleRoot(leaves);
  for (const index of [-1, 8, 0.5, NaN]) {
    assert.throws(() => inclusionProof(leaves, index), {
      name: 'RangeError',
      message: `inclusionProof: index must be a whole number in [0, 8), got ${index}`,
    });
    for (const near of [0, 7]) {
      const claim = { leaf: leaves[near], index, size: 8, root };
      assert.equal(verifyInclusion(claim, inclusionProof(leaves, near)), false);
    }
  }
  for (const firstSize of [0, 9, 1.5, NaN]) {
    assert.throws(() => consistencyProof(leaves, firstSize), {
      name: 'RangeError',
      message: `consistencyProof: firstSize must be a whole number in [1, 8], got ${firstSize}`,
    });
    const claim = { firstSize, secondSize: 8, firstRoot: root, secondRoot: root };
    assert.equal(verifyConsistency(claim, []), false);
  }
});

test('whatever a stranger sends as a claim or a proof is false and never an error', () => {
  const root = merkleRoot(leaves);
  const holey = Array<string>(3);
  const anything = fc.oneof(
    fc.anything(),
    fc.constantFrom<unknown>(
      root,
      leaves[0],
      0,
      8,
      2 ** 53,
      -0,
      [],
      [root],
      [[root]],
      holey,
      inclusionProof(leaves, 0),
      consistencyProof(leaves, 3),
      Array(100).fill(root),
    ),
  ) as fc.Arbitrary<never>;
  fc.assert(
    fc.property(anything, anything, anything, anything, anything, (a, b, c, d, proof) => {
      const isTrue =
        a === leaves[0] &&
        b === 0 &&
        c === 8 &&
        d === root &&
        JSON.stringify(proof) === JSON.stringify(inclusionProof(leaves, 0));
      if (!isTrue) assert.equal(verifyInclusion({ leaf: a, index: b, size: c, root: d }, proof), false);
      const trivial = a === b && c === d && JSON.stringify(proof) === '[]';
      if (!trivial)
        assert.equal(
          verifyConsistency({ firstSize: a, secondSize: b, firstRoot: c, secondRoot: d }, proof),
          false,
        );
      assert.equal(verifyInclusion(a, proof), false);
      assert.equal(verifyConsistency(a, proof), false);
    }),
    { seed: 8, numRuns: 2000 },
  );
});

test('a doubled last leaf cannot be proved: not with the path of the honest one, nor one place further', () => {
  for (const size of [3, 5, 7]) {
    const [tree, doubled] = [list(size), [...list(size), list(size)[size - 1]]];
    const leaf = tree[size - 1];
    const path = inclusionProof(tree, size - 1);
    for (const forged of [
      path,
      inclusionProof(doubled, size),
      inclusionProof(doubled, size - 1),
      [merkleRoot([leaf]), ...path],
    ]) {
      assert.equal(
        verifyInclusion({ leaf, index: size, size: size + 1, root: merkleRoot(tree) }, forged),
        false,
      );
    }
    assert.equal(
      verifyInclusion({ leaf, index: size, size: size + 1, root: merkleRoot(doubled) }, path),
      false,
    );
  }
});

test('a proof that no tree can have is refused before it is read', { timeout: 2000 }, () => {
  const [a, b] = list(2);
  const claim = { leaf: a, index: 0, size: 2, root: merkleRoot([a, b]) };
  const endless = new Array<string>(20_000_000).fill('ab'.repeat(32));
  const begun = performance.now();
  assert.equal(verifyInclusion(claim, endless), false);
  assert.equal(
    verifyConsistency(
      { firstSize: 1, secondSize: 2, firstRoot: merkleRoot([a]), secondRoot: claim.root },
      endless,
    ),
    false,
  );
  assert.ok(performance.now() - begun < 100);
});
