// Percolation on the Bethe lattice: z = 3 in closed form, the threshold, the fixed point.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bethePercolation } from '../../src/exact/index.js';
import { fc } from '../property.js';

test('the generating function: z = 3 in closed form, both ends, and the threshold', () => {
  fc.assert(
    fc.property(fc.double({ min: 0.501, max: 1, noNaN: true }), (p) => {
      const exact = 1 - ((1 - p) / p) ** 3;
      assert.ok(Math.abs(bethePercolation(3, { keep: p }).largest - exact) < 1e-9);
    }),
  );
  for (const z of [3, 4, 8]) {
    assert.equal(bethePercolation(z, { keep: 1 }).largest, 1);
    const { threshold } = bethePercolation(z, { keep: 0 });
    assert.equal(threshold, 1 / (z - 1));
    assert.equal(bethePercolation(z, { keep: threshold }).largest, 0);
    assert.ok(bethePercolation(z, { keep: threshold + 1e-3 }).largest > 0);
    const p = 0.9;
    const { largest: S } = bethePercolation(z, { keep: p });
    const u = (1 - S) ** (1 / z);
    assert.ok(Math.abs(1 - p + p * u ** (z - 1) - u) < 1e-7, 'the fixed point');
  }
});

test('what is wrong is named', () => {
  assert.throws(
    () => bethePercolation(2, { keep: 1 }),
    /bethePercolation: z must be an integer in \[3, .* got 2/,
  );
  assert.throws(
    () => bethePercolation(3, { keep: -1 }),
    /bethePercolation: keep must be in \[0, 1\], got -1/,
  );
});
