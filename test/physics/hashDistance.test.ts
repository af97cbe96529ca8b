// A hash forgets distance: roots of ledgers that differ in one entry differ in as many bits as coins that
// fall heads, Bin(256, 1/2).
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { merkleRoot } from '../../src/merkle/index.js';
import { long, seedOf } from './scale.js';

const text = new TextEncoder();
const bitsApart = (a: string, b: string): number =>
  [...a].reduce(
    (sum, digit, k) =>
      sum + [0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4][parseInt(digit, 16) ^ parseInt(b[k], 16)],
    0,
  );

test('O38: the roots of two ledgers that differ in one entry are 128 +- 8 bits apart, binomially', () => {
  const pairs = long(100_000, 4000);
  const counts = new Float64Array(257);
  for (let pair = 0; pair < pairs; pair++) {
    const leaves = Array.from({ length: 4 }, (_, k) => text.encode(`${seedOf('O38')} ${pair} entry ${k}`));
    counts[
      bitsApart(merkleRoot(leaves), merkleRoot(leaves.with(pair % 4, text.encode(`another entry ${pair}`))))
    ]++;
  }
  const mean = counts.reduce((sum, count, bits) => sum + count * bits, 0) / pairs;
  const variance = counts.reduce((sum, count, bits) => sum + count * (bits - mean) ** 2, 0) / pairs;
  assert.ok(Math.abs(mean - 128) < (4 * 8) / Math.sqrt(pairs), `${mean}`);
  assert.ok(Math.abs(variance / 64 - 1) < 4 * Math.sqrt(2 / pairs), `${variance}`);

  // chi squared over bins of an expected count above five
  const law = new Float64Array(257).fill(2 ** -256);
  for (let k = 1; k <= 256; k++) law[k] = (law[k - 1] * (257 - k)) / k;
  let [chi, bins, seen, expected] = [0, 0, 0, 0];
  for (let bits = 0; bits <= 256; bits++) {
    seen += counts[bits];
    expected += pairs * law[bits];
    if (expected > 5 || bits === 256) {
      chi += (seen - expected) ** 2 / expected;
      bins++;
      [seen, expected] = [0, 0];
    }
  }
  assert.ok(Math.abs(chi - bins) < 5 * Math.sqrt(2 * bins), `${chi} over ${bins} bins`);
});
