// The jackknife against statistics whose bias and error it gives exactly.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { interval, jackknife, mean, variance } from '../../src/statistics/index.js';
import { averagesOf, jackknifeEstimate } from '../../src/statistics/overChains.js';
import { splitInHalf } from '../../src/statistics/splitChains.js';

const values = [3, -1, 4, 1, -5, 9, 2, 6, 5, 3, 5, -8, 9, 7, 9, 3];
const near = (actual: number, expected: number): void =>
  assert.ok(Math.abs(actual - expected) < 1e-9, `${actual}, expected ${expected}`);

test('the pseudo-values of a mean are the values', () => {
  jackknife(values, mean).forEach((pseudo, i) => near(pseudo, values[i]));
});

test('the mean square deviation loses its whole bias: the mean pseudo-value is the unbiased variance', () => {
  const biased = (some: readonly number[]): number => ((some.length - 1) / some.length) * variance(some);
  near(mean(jackknife(values, biased)), variance(values));
});

test('over chains: a mean has the interval of its values, and a squared mean loses its bias s^2 / n', () => {
  const rows = averagesOf(
    'test',
    values.map((x) => [x - 1, x + 1]),
    [(x) => x, (x) => x * x],
  );
  rows.forEach((row, i) => near(row[1], values[i] ** 2 + 1));
  const [low, high] = jackknifeEstimate(rows, 0.9, ([m]) => m).interval;
  const expected = interval(values, { level: 0.9 }).interval;
  near(low, expected[0]);
  near(high, expected[1]);
  const squared = jackknifeEstimate(rows, 0.9, ([m]) => m * m).estimate;
  near(squared, mean(values) ** 2 - variance(values) / values.length);
});

test('chains split in half leave out a middle record', () => {
  assert.deepEqual(
    splitInHalf([[1, 2, 3, 4, 5]]).map((half) => [...half]),
    [
      [1, 2],
      [4, 5],
    ],
  );
});
