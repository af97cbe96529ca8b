// The barrier of a law: where there is one, and at the transitions of Ising (none) and of three ledgers.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { barrier, completePotts } from '../../src/exact/index.js';

test('two peaks and a dip: the logarithm of the lower peak over the dip; one peak: none', () => {
  assert.ok(Math.abs(barrier([1, 4, 2, 8, 3]) - Math.log(2)) < 1e-15);
  assert.equal(barrier([1, 2, 3, 3, 2]), 0);
  assert.equal(barrier([3, 0, 5]), Infinity);
  assert.throws(() => barrier([1, -1]), /barrier: law/);
});

test('three ledgers have a barrier that grows with N, as Wu’s free energy has it; two have none', () => {
  const most = (N: number, q: number, T: number): number => {
    const laws = [0.96, 0.97, 0.98, 0.985, 0.99, 0.995, 1].map(
      (x) => completePotts(N, q, { temperature: x * T }).majorityLaw,
    );
    return Math.max(...laws.map((law) => barrier(Array.from(law).slice(Math.ceil(N / q) + 1))));
  };
  const three = [60, 120].map((N) => most(N, 3, 1 / (4 * Math.log(2))));
  assert.ok(three[0]! > 0.05 && three[1]! / three[0]! > 1.5 && three[1]! / three[0]! < 2.2, three.join());
  assert.deepEqual(
    [60, 120].map((N) => most(N, 2, 1 / 2)),
    [0, 0],
  );
});
