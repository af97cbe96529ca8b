// How an estimate reads: the interval says how many digits the numbers have.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from '../property.js';
import { withInterval } from '../../src/statistics/estimate.js';

const text = (estimate: number, low: number, high: number): string =>
  withInterval({ estimate, interval: [low, high] });

test('the interval is seen, and no digits that mean nothing', () => {
  assert.equal(text(-97.996, -98.021, -97.97), '-98.00 [-98.02, -97.97]');
  assert.equal(text(24.487, 24.392, 24.583), '24.49 [24.39, 24.58]');
  assert.equal(text(24.487, 24.37, 24.61), '24.5 [24.4, 24.6]');
  assert.equal(text(1.0021, 0.9951, 1.0099), '1.002 [0.995, 1.010]');
  assert.equal(text(2.41, 1.2, 5.7), '2.4 [1.2, 5.7]');
  assert.equal(text(6810, 6510, 7110), '6810 [6510, 7110]');
  assert.equal(text(1234567, 1234501, 1234633), '1.23457e+6 [1.23450e+6, 1.23463e+6]');
  assert.equal(text(3e-5, 2.9e-5, 3.1e-5), '3.00e-5 [2.90e-5, 3.10e-5]');
  assert.equal(text(-0.001, -0.1, 0.1), '0.00 [-0.10, 0.10]');
  assert.equal(text(2, 1.5, Infinity), '2 [1.5, Infinity]');
  assert.equal(text(5, 5, 5), '5 [5, 5]');
  assert.equal(text(950_000, 950_000, 950_000), '950000 [950000, 950000]');
  assert.equal(text(1e6, 1e6, 1e6), '1.0e+6 [1.0e+6, 1.0e+6]');
});

test('an interval of some width never reads as one number, and each number is right within it', () => {
  const exponents = fc.integer({ min: -12, max: 12 });
  fc.assert(
    fc.property(
      fc.double({ min: -10, max: 10, noNaN: true }),
      fc.double({ min: 1, max: 9.99, noNaN: true }),
      exponents,
      fc.integer({ min: 0, max: 8 }),
      (x, width, e, finer) => {
        const [centre, half] = [x * 10 ** e, width * 10 ** (e - finer)];
        const numbers = text(centre, centre - half, centre + half)
          .split(/ \[|, |\]/)
          .slice(0, 3)
          .map(Number);
        [centre, centre - half, centre + half].forEach((exact, k) =>
          assert.ok(Math.abs(numbers[k] - exact) <= 0.51 * half, `${numbers}`),
        );
        assert.ok(numbers[1] < numbers[2], `${numbers}`);
      },
    ),
  );
});
