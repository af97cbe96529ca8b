// Values of compiled text at the ends: quadrants and axes of atan2, quarter turns, angles beyond those that
// float32 resolves.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lower } from '../../src/codegen/language/lower.js';
import { scalar, tape, type Expression } from '../../src/expressions/index.js';
import { mapOnWasm } from './map.js';

const [x, y] = [scalar('x'), scalar('y')];
const run = (f: Expression, xs: readonly number[], ys: readonly number[] = xs): number[] => [
  ...mapOnWasm(
    [xs, ys].map((each) => Float32Array.from(each)),
    (code, columns) => lower(code, tape([f]), 1, (symbol) => columns[symbol === x ? 0 : 1])[0],
  )[0],
];

test('atan2 is that of the language in every quadrant, on the axes and at their ends', () => {
  const ends = [0, -0, 1, -1, 1e-30, -2.5, 1e30, Infinity, -Infinity];
  const pairs = ends.flatMap((a) => ends.map((b) => [a, b] as const));
  const values = run(
    y.atan2(x),
    pairs.map(([, b]) => b),
    pairs.map(([a]) => a),
  );
  pairs.forEach(([a, b], k) => {
    const exact = Math.atan2(a, b);
    const slack = Number.isFinite(a + b) ? 1e-38 : 1e-8; // infinity counts as 3e38
    assert.ok(
      Math.abs(values[k] - exact) <= 3e-7 * Math.abs(exact) + slack,
      `atan2(${a}, ${b}) is ${values[k]}, not ${exact}`,
    );
  });
  assert.ok(run(y.atan2(x), [NaN, 1], [1, NaN]).every(Number.isNaN));
});

test('quarter turns, and angles without an end', () => {
  assert.deepEqual(run(x.cos(), [0, -0, Math.PI]), [1, 1, -1]);
  assert.deepEqual(run(x.sin(), [0, Math.PI / 2, -Math.PI / 2]), [0, 1, -1]);
  for (const f of [x.sin(), x.cos()]) {
    assert.ok(run(f, [Infinity, -Infinity, NaN, NaN]).every(Number.isNaN));
    for (const value of run(f, [1.1e7, -3e8, 1e15, 3e38])) assert.ok(Math.abs(value) <= 1, `${value}`);
  }
});

test('a lane that is far does not change its neighbours', () => {
  const near = [0.3, -2.4, 7.7, 1234.5];
  near.forEach((_, k) => {
    const mixed = run(
      x.sin().add(x.cos()),
      near.map((value, j) => (j === k ? 1e6 : value)),
    );
    const alone = run(x.sin().add(x.cos()), near);
    mixed.forEach((value, j) => j === k || assert.equal(value, alone[j]));
  });
});
