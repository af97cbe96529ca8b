import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from '../property.js';
import { exactly, meanOver, proportion, relativeTo } from '../../src/claims/index.js';

test('a mean over runs carries three standard errors each way', () => {
  const {
    estimate,
    interval: [low, high],
  } = meanOver([1, 2, 3, 4]);
  const half = 3 * Math.sqrt((2.25 + 0.25 + 0.25 + 2.25) / 3 / 4);
  assert.equal(estimate, 2.5);
  assert.ok(Math.abs(low - (2.5 - half)) < 1e-12 && Math.abs(high - (2.5 + half)) < 1e-12);
  assert.throws(() => meanOver([1, 2, 3]), /at least 4 independent runs, got 3/);
});

test("a proportion carries Wilson's interval: the values of p at which the count is three standard errors off", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5000 }), fc.double({ min: 0, max: 1, noNaN: true }), (n, share) => {
      const k = Math.round(share * n);
      const {
        estimate,
        interval: [low, high],
      } = proportion(k, n);
      assert.ok(0 <= low && low <= estimate && estimate <= high && high <= 1);
      for (const p of [low, high]) {
        if (p <= 1e-12 || p >= 1 - 1e-12) continue;
        assert.ok(Math.abs(Math.abs(estimate - p) / Math.sqrt((p * (1 - p)) / n) - 3) < 1e-6);
      }
    }),
  );
  const none = proportion(0, 91).interval;
  assert.ok(none[0] === 0 && Math.abs(none[1] - 0.09) < 1e-12);
  assert.throws(() => proportion(3, 2), /successes must be an integer in \[0, 2\], got 3/);
  assert.throws(() => proportion(0, 0), /trials must be an integer in \[1, .*\], got 0/);
});

test('a measurement relative to theory keeps its interval in order', () => {
  assert.deepEqual(relativeTo({ estimate: 24, interval: [23, 25] }, 24), {
    estimate: 1,
    interval: [23 / 24, 25 / 24],
  });
  assert.deepEqual(relativeTo({ estimate: -2, interval: [-3, -1] }, -2), {
    estimate: 1,
    interval: [0.5, 1.5],
  });
  assert.throws(() => relativeTo(exactly(1), 0), /must be finite and not zero, got 0/);
});

test('what is no finite number is no measurement', () => {
  assert.throws(() => exactly(NaN), /exactly: value must be finite, got NaN/);
  assert.throws(() => meanOver([1, 2, 3, NaN]), /meanOver: values\[3\] must be finite, got NaN/);
});
