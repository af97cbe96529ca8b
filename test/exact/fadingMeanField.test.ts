// Spins that fade in mean field: the line of transitions and the equation of the order.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fadingMeanField } from '../../src/exact/index.js';

test('presence is 1 - decay / release, T_c is in proportion to it, and the order solves its equation', () => {
  assert.equal(fadingMeanField({ temperature: 0.74, decay: 0.5, release: 2 }).criticalTemperature, 0.75);
  const { order } = fadingMeanField({ temperature: 0.4, decay: 0.25 });
  assert.ok(Math.abs(order - 0.75 * Math.tanh(order / 0.4)) < 1e-12 && order > 0.69);
  assert.equal(fadingMeanField({ temperature: 1, decay: 2 }).presence, 0);
  assert.throws(
    () => fadingMeanField({ temperature: 1, decay: -1 }),
    /fadingMeanField: decay must be finite and not negative, got -1/,
  );
});
