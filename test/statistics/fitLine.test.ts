import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fitLine } from '../../src/statistics/index.js';
import { fc } from '../property.js';

const number = fc.double({ min: -100, max: 100, noNaN: true });

test('a line is found again, and its residuals are orthogonal to 1 and x', () => {
  fc.assert(
    fc.property(
      number,
      number,
      fc.array(number, { minLength: 3, maxLength: 20 }),
      (slope, intercept, noise) => {
        const x = noise.map((_, k) => k - 2);
        const exact = fitLine(
          x,
          x.map((at) => intercept + slope * at),
        );
        assert.ok(Math.abs(exact.slope - slope) < 1e-9 && Math.abs(exact.intercept - intercept) < 1e-9);
        const fit = fitLine(x, noise);
        const left = noise.map((y, k) => y - fit.intercept - fit.slope * x[k]);
        assert.ok(Math.abs(left.reduce((sum, r) => sum + r, 0)) < 1e-9);
        assert.ok(Math.abs(left.reduce((sum, r, k) => sum + r * x[k], 0)) < 1e-7);
      },
    ),
    { seed: 1 },
  );
});

test('a point of weight 2 counts as two points', () => {
  const weighted = fitLine([0, 1, 3], [1, 5, 2], [1, 2, 1]);
  const repeated = fitLine([0, 1, 1, 3], [1, 5, 5, 2]);
  assert.ok(Math.abs(weighted.slope - repeated.slope) < 1e-14);
  assert.ok(Math.abs(weighted.intercept - repeated.intercept) < 1e-14);
});

test('Anscombe: four data sets of one line, y = 3.00 + 0.500 x', () => {
  const x = [10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5];
  const fit = fitLine(x, [8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68]);
  assert.ok(Math.abs(fit.intercept - 3.0001) < 1e-4 && Math.abs(fit.slope - 0.5001) < 1e-4);
});

test('names what cannot be fitted', () => {
  assert.throws(() => fitLine([1], [1]), /at least 2 points/);
  assert.throws(() => fitLine([1, 2], [1]), /got 2 x and 1 y/);
  assert.throws(() => fitLine([1, 1], [1, 2]), /x must differ, got 2 times 1/);
});
