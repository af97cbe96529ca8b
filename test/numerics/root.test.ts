// Bisection: roots and turning points that are known, to the last bit, whichever way the function goes.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lastWhere, zeroOf } from '../../src/numerics/root.js';
import { fc } from '../property.js';

const between = fc.double({ min: -100, max: 100, noNaN: true });

test('zeroOf finds the root of a function that rises, and of one that falls', () => {
  fc.assert(
    fc.property(between, (root) => {
      for (const sign of [1, -1]) {
        const found = zeroOf((x) => sign * (x - root), -101, 102);
        assert.ok(
          Math.abs(found - root) <= Number.EPSILON * Math.abs(root) + Number.MIN_VALUE,
          `${found}, root ${root}`,
        );
      }
    }),
  );
  assert.ok(Math.abs(zeroOf((x) => x * x - 2, 0, 2) - Math.SQRT2) <= 2 ** -52);
  assert.ok(Math.abs(zeroOf(Math.cos, 0, 3) - Math.PI / 2) <= 2 ** -52);
});

test('lastWhere: the end of the condition, to within the width; an end where it does not change', () => {
  fc.assert(
    fc.property(between, fc.double({ min: 1e-9, max: 1, noNaN: true }), (end, width) => {
      assert.ok(Math.abs(lastWhere((x) => x <= end, -101, 102, width) - end) <= width);
    }),
  );
  assert.equal(
    lastWhere(() => true, 1, 2),
    2,
  );
  assert.equal(
    lastWhere(() => false, 1, 2),
    1,
  );
});
