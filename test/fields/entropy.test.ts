// Entropy of weights and counts.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from '../property.js';
import { countValues, millerMadow, shannonEntropy } from '../../src/fields/entropy.js';
import { uniformGenerator } from '../../src/randomness/index.js';

test('known values', () => {
  assert.equal(shannonEntropy([0.5, 0.5]), Math.LN2);
  assert.equal(shannonEntropy([3, 0]), 0);
  assert.ok(Math.abs(shannonEntropy([2, 1, 1]) - 1.5 * Math.LN2) < 1e-15);
  assert.equal(millerMadow([8, 8]), Math.LN2 + 1 / 32);
  assert.equal(millerMadow([5, 0]), 0);
  assert.deepEqual(countValues([1, -1, 1, 1]).sort(), [1, 3]);
});

test('bounds, symmetry, and zero exactly for one label', () => {
  const lists = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(lists, (counts) => {
      const s = shannonEntropy(counts);
      assert.ok(s >= 0 && s <= Math.log(counts.length) + 1e-14);
      assert.equal(s === 0, counts.length === 1);
      assert.ok(Math.abs(s - shannonEntropy([...counts].reverse())) < 1e-14);
    }),
  );
});

test('grouping: S(p) = S(merged) + P S(within)', () => {
  const [p, q] = [
    [0.1, 0.3, 0.6],
    [0.4, 0.6],
  ];
  assert.ok(Math.abs(shannonEntropy(p) - (shannonEntropy(q) + 0.4 * shannonEntropy([1, 3]))) < 1e-15);
});

test('bad weights', () => {
  for (const weights of [[], [0], [-1, 2], [NaN], [Infinity]]) {
    assert.throws(() => shannonEntropy(weights), /shannonEntropy: weights must be >= 0/);
  }
});

test('Miller-Madow takes away the bias to first order: n = 20 draws of a fair die', () => {
  const random = uniformGenerator(6);
  const [n, q, runs] = [20, 6, 4000];
  let [plugIn, corrected] = [0, 0];
  for (let run = 0; run < runs; run++) {
    const counts = countValues(Array.from({ length: n }, () => Math.floor(q * random())));
    plugIn += shannonEntropy(counts) / runs;
    corrected += millerMadow(counts) / runs;
  }
  const bias = (q - 1) / (2 * n);
  assert.ok(Math.abs(plugIn - (Math.log(q) - bias)) < 0.1 * bias, `plug-in ${plugIn}`);
  assert.ok(Math.abs(corrected - Math.log(q)) < 0.15 * bias, `corrected ${corrected}`);
});
