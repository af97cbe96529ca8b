// The Random123 known answers for Philox4x32-10, and the map's structure.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from '../property.js';
import { philox4x32 } from '../../src/randomness/philox.js';

const word = fc.integer({ min: 0, max: 0xffffffff });
const counters = fc.tuple(word, word, word, word);
const keys = fc.tuple(word, word);

test('the three published vectors of Random123', () => {
  const ones = 0xffffffff;
  const vectors = [
    { counter: [0, 0, 0, 0], key: [0, 0], words: [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8] },
    {
      counter: [ones, ones, ones, ones],
      key: [ones, ones],
      words: [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd],
    },
    {
      counter: [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
      key: [0xa4093822, 0x299f31d0],
      words: [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1],
    },
  ];
  for (const { counter, key, words } of vectors) assert.deepEqual([...philox4x32(counter, key)], words);
});

test('agrees with ten rounds in exact integers', () => {
  const mask = 0xffffffffn;
  const rounds = (counter: readonly number[], key: readonly number[]): number[] => {
    let [c0, c1, c2, c3] = counter.map(BigInt);
    let [k0, k1] = key.map(BigInt);
    for (let round = 0; round < 10; round++) {
      const p0 = 0xd2511f53n * c0;
      const p1 = 0xcd9e8d57n * c2;
      [c0, c1, c2, c3] = [(p1 >> 32n) ^ c1 ^ k0, p1 & mask, (p0 >> 32n) ^ c3 ^ k1, p0 & mask];
      [k0, k1] = [(k0 + 0x9e3779b9n) & mask, (k1 + 0xbb67ae85n) & mask];
    }
    return [c0, c1, c2, c3].map(Number);
  };
  fc.assert(
    fc.property(counters, keys, (counter, key) => {
      assert.deepEqual([...philox4x32(counter, key)], rounds(counter, key));
    }),
    { seed: 1 },
  );
});

test('one flipped counter or key bit flips half of the 128 output bits', () => {
  const trials = 64;
  for (let bit = 0; bit < 192; bit++) {
    let sum = 0;
    for (let t = 0; t < trials; t++) sum += flipped([t, 3 * t, 5, 7], [11, t * t], bit);
    const error = Math.sqrt(128 / 4 / trials);
    assert.ok(Math.abs(sum / trials - 64) < 4.5 * error, `bit ${bit}: ${sum / trials} of 128`);
  }
});

test('writes into the array that it is given', () => {
  const out = new Uint32Array(4);
  assert.equal(philox4x32([1, 2, 3, 4], [5, 6], out), out);
  assert.deepEqual(out, philox4x32([1, 2, 3, 4], [5, 6]));
});

test('names a counter or key of the wrong length', () => {
  assert.throws(() => philox4x32([0, 0, 0], [0, 0]), /philox4x32: counter must be 4 words, got 3/);
  assert.throws(() => philox4x32([0, 0, 0, 0], [0]), /philox4x32: key must be 2 words, got 1/);
  assert.throws(() => philox4x32([0, 0, 0, 0], [0, 0], new Uint32Array(2)), /out must be 4 words, got 2/);
});

/** How many output bits change with one input bit: bits 0 to 127 are the counter's, 128 to 191 the key's. */
function flipped(counter: number[], key: number[], bit: number): number {
  const input = [...counter, ...key];
  input[bit >> 5] ^= 1 << (bit & 31);
  const before = philox4x32(counter, key);
  const after = philox4x32(input.slice(0, 4), input.slice(4));
  let distance = 0;
  for (let i = 0; i < 4; i++) {
    for (let x = before[i] ^ after[i]; x !== 0; x &= x - 1) distance++;
  }
  return distance;
}
