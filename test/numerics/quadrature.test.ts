// Integrals against closed forms.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { integral } from '../../src/numerics/quadrature.js';

const near = (actual: number, expected: number, relative = 1e-9): void =>
  assert.ok(Math.abs(actual - expected) <= relative * Math.abs(expected), `${actual}, expected ${expected}`);

test('integrals: polynomials, a peak far from the middle, a step', () => {
  near(
    integral((x) => x ** 22, -1, 1),
    2 / 23,
    1e-14,
  );
  near(
    integral((x) => Math.exp(-(((x - 0.123) / 3e-3) ** 2)), 0, 1),
    3e-3 * Math.sqrt(Math.PI),
    1e-14,
  );
  near(
    integral((x) => (x < 1 / 3 ? 1 : 0), 0, 1),
    1 / 3,
    1e-10,
  );
  near(integral(Math.exp, 1, 0), 1 - Math.E, 1e-14);
});
