import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { fc } from '../property.js';
import { checkTerm, computationalCost } from '../../src/energies/index.js';
import { RunningSums } from '../../src/energies/terms/runningSums.js';
import { ready } from '../../src/tensors/index.js';

before(() => ready());

test('what remains after large summands have left is as good as a sum made anew', () => {
  const eps = Number.EPSILON;
  const total = (summands: readonly number[]): number =>
    summands.toSorted((a, b) => a - b).reduce((sum, x) => sum + x, 0);
  const size = fc
    .tuple(fc.double({ min: 1, max: 2, noNaN: true }), fc.integer({ min: -30, max: 40 }))
    .map(([m, e]) => m * 2 ** e);
  fc.assert(
    fc.property(
      fc.array(size, { minLength: 1, maxLength: 20 }),
      fc.array(size, { maxLength: 20 }),
      (stay, leave) => {
        const sums = new RunningSums(1);
        for (const x of [...stay, ...leave]) sums.add([x]);
        for (const x of leave) sums.add([x], -1);
        const [exact, additions] = [total(stay), stay.length + 2 * leave.length];
        const bound = stay.length * eps * exact + additions ** 2 * eps ** 2 * total([...stay, ...leave]);
        assert.ok(Math.abs(sums.into(new Float64Array(1))[0] - exact) <= bound);
      },
    ),
    { numRuns: 1000 },
  );
});

test('moves that take a dominating workload away keep the energy change right', () => {
  // each of these drew a workload e^x that outweighs the rest by orders of magnitude and then moved it
  for (const seed of [1493676517, 2021201461, 3246351663, 1910333739]) {
    const report = checkTerm(computationalCost('load-balancing'), { components: 3, seed });
    assert.deepEqual(report.failures, [], String(report));
  }
});
