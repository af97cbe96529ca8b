import { test } from 'node:test';
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { fc } from '../property.js';
import { hexToBytes } from '@noble/hashes/utils.js';
import { merkleRoot } from '../../src/merkle/index.js';
import { leaves, vectors } from './vectors.js';

const bytes = (text: string) => new TextEncoder().encode(text);

/** MTH(D[n]) straight from RFC 6962 with another SHA-256, for lists of any length. */
function peerRoot(entries: readonly Uint8Array[]): Buffer {
  const sha256 = (...parts: Uint8Array[]) => createHash('sha256').update(Buffer.concat(parts)).digest();
  if (entries.length === 0) return sha256();
  if (entries.length === 1) return sha256(Uint8Array.of(0), entries[0]);
  const k = 2 ** Math.ceil(Math.log2(entries.length) - 1);
  return sha256(Uint8Array.of(1), peerRoot(entries.slice(0, k)), peerRoot(entries.slice(k)));
}

test('roots of 0 to 8 leaves are the published ones', () => {
  assert.equal(vectors.roots.length, 9);
  vectors.roots.forEach((root, n) => assert.equal(merkleRoot(leaves.slice(0, n)), root, `n = ${n}`));
  assert.equal(merkleRoot(leaves), '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328');
});

test('the root agrees with a second implementation on another SHA-256', () => {
  const entries = fc.array(fc.uint8Array({ maxLength: 8 }), { maxLength: 40 });
  fc.assert(
    fc.property(entries, (list) => merkleRoot(list) === peerRoot(list).toString('hex')),
    { seed: 1 },
  );
});

test('second preimage: the inner nodes of a tree, offered as leaves, do not give its root', () => {
  const [left, right] = [merkleRoot(leaves.slice(0, 2)), merkleRoot(leaves.slice(2, 4))].map(hexToBytes);
  const root = merkleRoot(leaves.slice(0, 4));
  assert.notEqual(merkleRoot([left!, right!]), root);
  assert.notEqual(merkleRoot([Uint8Array.of(...left!, ...right!)]), root);
  assert.notEqual(merkleRoot([Uint8Array.of(1, ...left!, ...right!)]), root);
});

test('CVE-2012-2459: repeating the trailing leaves of an odd tree changes the root', () => {
  const [a, b, c, d, e, f] = ['a', 'b', 'c', 'd', 'e', 'f'].map(bytes) as [
    Uint8Array,
    Uint8Array,
    Uint8Array,
    Uint8Array,
    Uint8Array,
    Uint8Array,
  ];
  assert.notEqual(merkleRoot([a, b, c]), merkleRoot([a, b, c, c]));
  assert.notEqual(merkleRoot([a, b, c, d, e, f]), merkleRoot([a, b, c, d, e, f, e, f]));
  assert.notEqual(merkleRoot([a]), merkleRoot([a, a]));
});

test('distinct lists have distinct roots', () => {
  const list = fc.array(fc.uint8Array({ maxLength: 2 }), { maxLength: 6 });
  const same = (a: Uint8Array[], b: Uint8Array[]) => JSON.stringify(a) === JSON.stringify(b);
  fc.assert(
    fc.property(list, list, (a, b) => (merkleRoot(a) === merkleRoot(b)) === same(a, b)),
    {
      seed: 2,
      numRuns: 500,
    },
  );
});

test('a leaf that is not bytes is refused by name', () => {
  assert.throws(() => merkleRoot(['a' as unknown as Uint8Array]), {
    name: 'TypeError',
    message: 'merkleRoot: leaf 0 must be a Uint8Array, got "a"',
  });
});
