// Merkle trees, sketches and signatures: options without a rule and what are no leaves are refused by name;
// proofs give false.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  blockSet,
  consistencyProof,
  inclusionProof,
  merkleRoot,
  minHash,
  modelSignatures,
  verifyConsistency,
  verifyInclusion,
} from '../../src/merkle/index.js';

const leaves = [1, 2, 3, 4, 5].map((byte) => Uint8Array.of(byte));
const root = merkleRoot(leaves);

test('options and leaves', () => {
  assert.throws(
    () => minHash(blockSet(leaves), { hash: 4 } as never),
    /minHash: unknown option "hash"; did you mean "hashes"\?/,
  );
  assert.throws(
    () => minHash(blockSet(leaves), { seed: NaN }),
    /minHash: seed must be an integer in \[0, 2\^32\) or a string, got NaN/,
  );
  assert.throws(
    () => modelSignatures({ cost: 1 } as never),
    /modelSignatures: unknown option "cost"; known: signCost, verifyCost/,
  );
  assert.throws(
    () => merkleRoot('leaves' as never),
    /merkleRoot: leaves must be a list of Uint8Array, got "leaves"/,
  );
  assert.throws(
    () => inclusionProof(undefined as never, 0),
    /inclusionProof: leaves must be a list of Uint8Array, got undefined/,
  );
  assert.throws(
    () => consistencyProof(null as never, 1),
    /consistencyProof: leaves must be a list of Uint8Array, got null/,
  );
});

test('malformed proofs and claims give false', () => {
  const odd: unknown[] = [
    undefined,
    null,
    7,
    'proof',
    {},
    [null],
    new Array(3),
    [root.slice(1)],
    [7n],
    { length: 1, 0: root },
  ];
  const values = [...odd, NaN, -1, 0.5, 2 ** 53, Infinity];
  for (const proof of odd) {
    for (const value of values) {
      for (const name of ['leaf', 'index', 'size', 'root']) {
        assert.equal(
          verifyInclusion(
            { leaf: leaves[2], index: 2, size: 5, root, [name]: value } as never,
            proof as never,
          ),
          false,
        );
      }
      for (const name of ['firstSize', 'secondSize', 'firstRoot', 'secondRoot']) {
        assert.equal(
          verifyConsistency(
            { firstSize: 3, secondSize: 5, firstRoot: root, secondRoot: root, [name]: value } as never,
            proof as never,
          ),
          false,
        );
      }
    }
    assert.equal(verifyInclusion(proof as never, []), false);
    assert.equal(verifyConsistency(proof as never, []), false);
  }
});
