// Total variation distance and its noise floor: by hand, by summing over all counts, and by drawing.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from '../property.js';
import { isingDistribution, totalVariationDistance, totalVariationFloor } from '../../src/exact/index.js';
import { ring } from '../../src/graphs/index.js';
import { uniformGenerator } from '../../src/randomness/index.js';
import { assertClose } from '../graphs/fixtures.js';

const law = fc
  .array(fc.double({ min: 0.001, max: 1, noNaN: true }), { minLength: 2, maxLength: 12 })
  .map((weights) => weights.map((w) => w / weights.reduce((sum, x) => sum + x)));

test('distance: 0 to itself, 1 for laws that share no state, symmetric', () => {
  assert.equal(totalVariationDistance([1, 0], [0, 1]), 1);
  fc.assert(
    fc.property(law, (p) => {
      const uniform = p.map(() => 1 / p.length);
      assert.equal(totalVariationDistance(p, p), 0);
      assert.equal(totalVariationDistance(p, uniform), totalVariationDistance(uniform, p));
    }),
    { seed: 1 },
  );
  assert.throws(() => totalVariationDistance([1], [0.5, 0.5]), /got 1 and 2/);
});

/** E|k/n - p| summed over all k. */
function bySum(p: number, n: number): number {
  let [chance, sum] = [(1 - p) ** n, 0];
  for (let k = 0; k <= n; k++) {
    sum += chance * Math.abs(k / n - p);
    chance *= ((n - k) / (k + 1)) * (p / (1 - p));
  }
  return sum;
}

test('floor: the binomial mean deviation, summed over all counts', () => {
  fc.assert(
    fc.property(law, fc.integer({ min: 1, max: 60 }), (p, n) => {
      assertClose(totalVariationFloor(p, n), p.reduce((sum, x) => sum + bySum(x, n), 0) / 2, 1e-10);
    }),
    { seed: 2 },
  );
  assertClose(totalVariationFloor([1, 0], 5), 0, 1e-15);
});

test('floor: falls to sum sqrt(p (1 - p) / 2 pi n) for many draws', () => {
  const p = isingDistribution(ring(6), { temperature: 3 });
  const limit = p.reduce((sum, x) => sum + Math.sqrt(x * (1 - x)), 0) / Math.sqrt(2 * Math.PI * 1e6);
  assertClose(totalVariationFloor(p, 1e6) / limit, 1, 1e-3);
});

test('floor: what independent draws show on average', () => {
  const p = isingDistribution(ring(6), { temperature: 3 });
  const random = uniformGenerator(3);
  const [runs, draws] = [400, 50];
  const distances = Array.from({ length: runs }, () => {
    const f = new Float64Array(p.length);
    for (let k = 0; k < draws; k++) {
      let [state, left] = [0, random()];
      while (left > p[state]) left -= p[state++];
      f[state] += 1 / draws;
    }
    return totalVariationDistance(f, p);
  });
  const mean = distances.reduce((sum, x) => sum + x) / runs;
  const error = Math.sqrt(distances.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (runs - 1) / runs);
  const expected = totalVariationFloor(p, draws);
  assert.ok(Math.abs(mean - expected) < 4 * error, `${mean} +- ${error} against ${expected}`);
  assert.ok(error < 0.005 * expected);
});
