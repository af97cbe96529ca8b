// The overlap of a state with a pattern.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Field, randomSpins } from '../../src/fields/index.js';
import { overlap } from '../../src/measure/index.js';

test('1 with itself, -1 with its opposite, 1 - 2 d after d of N flips', () => {
  const pattern = randomSpins({ sites: 40, seed: 3 }).chain(0);
  assert.equal(overlap(pattern)(pattern, 1), 1);
  assert.equal(
    overlap(pattern)(
      pattern.map((s) => -s),
      1,
    ),
    -1,
  );
  const damaged = pattern.map((s, i) => (i < 6 ? -s : s));
  assert.equal(overlap(pattern)(damaged, 1), 1 - 12 / 40);
  assert.throws(
    () => overlap([1, 1])(pattern, 1),
    /overlap: the state must have the 2 numbers of the pattern, got 40/,
  );
});

test('of independent spins N m^2 has mean 1', () => {
  const field: Field = randomSpins({ sites: 30, chains: 4000, seed: 5 });
  const m = overlap(randomSpins({ sites: 30, seed: 6 }).chain(0));
  let sum = 0;
  for (let c = 0; c < 4000; c++) sum += (30 * m(field.chain(c), 1) ** 2) / 4000;
  assert.ok(Math.abs(sum - 1) < 4.5 * Math.sqrt(2 / 4000), `N <m^2> = ${sum}`);
});
