// Philox and the laws of noise as WebAssembly: published words; the smallest and the largest words.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { normalsOf, philox, uniformOf } from '../../src/codegen/language/philoxWords.js';
import { mapOnWasm } from './map.js';

// kat_vectors of Random123 for philox4x32 of 10 rounds: counter and key, answer
const KNOWN = [
  [
    [0, 0, 0, 0, 0, 0],
    [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8],
  ],
  [
    [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff],
    [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd],
  ],
  [
    [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344, 0xa4093822, 0x299f31d0],
    [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1],
  ],
] as const;

test("Philox's words are those that its authors publish", () => {
  const inputs = Array.from({ length: 6 }, (_, k) => Uint32Array.from(KNOWN, ([words]) => words[k]));
  const columns = mapOnWasm(inputs, (_, [c0, c1, c2, c3, seed, stream]) => [
    ...philox([c0, c1, c2, c3], { seed, stream }),
  ]);
  KNOWN.forEach(([, answer], i) =>
    assert.deepEqual(
      columns.map(({ buffer }) => new Uint32Array(buffer)[i]),
      answer,
    ),
  );
});

test('normals and uniforms of the smallest and the largest words', () => {
  const ends = Uint32Array.of(0, 0xffffffff, 1, 0xfffffffe);
  const angles = Uint32Array.of(0, 0x20000000, 0x80000000, 0xffffffff);
  const [even, odd, uniform] = mapOnWasm([ends, angles], (_, [w, v]) => [
    ...normalsOf([w, v, w, v], 2),
    uniformOf(w),
  ]);
  ends.forEach((w, i) => {
    const [u, angle] = [(w + 0.5) / 2 ** 32, (2 * Math.PI * (angles[i] + 0.5)) / 2 ** 32];
    const radius = Math.sqrt(-2 * Math.log(u));
    assert.ok(Math.abs(even[i] - radius * Math.cos(angle)) < 1e-6 * radius, `${even[i]}`);
    assert.ok(Math.abs(odd[i] - radius * Math.sin(angle)) < 1e-6 * radius, `${odd[i]}`);
    assert.equal(uniform[i], Math.min(Math.fround(u), 1 - 2 ** -24));
  });
});
