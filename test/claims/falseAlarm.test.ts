import assert from 'node:assert/strict';
import { test } from 'node:test';
import { check, claim, exactly, falseAlarmBound, proportion, readVerdicts } from '../../src/claims/index.js';
import { verdictsOf } from '../../src/claims/verdicts.js';
import { finding } from '../../src/claims/verdict.js';
import { changeBound } from '../../src/claims/falseAlarm.js';
import { uniformGenerator } from '../../src/randomness/index.js';

const equipartition = claim('EMTD-1.7').quantities['equipartition']!;
const measured = (estimate: number, standardError: number) => ({
  estimate,
  interval: [estimate - 3 * standardError, estimate + 3 * standardError] as const,
});
const near = (actual: number, expected: number) =>
  assert.ok(Math.abs(actual - expected) < 1e-9, `${actual}, expected ${expected}`);

test('the bound holds, and is not idle, for simulated repetitions of a run', () => {
  const random = uniformGenerator(1, 'false alarm');
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  for (const standardError of [0.005, 0.007, 0.009]) {
    const runs = Array.from({ length: 20000 }, () => [
      1 + standardError * normal(),
      1 + standardError * normal(),
    ]);
    const changed =
      runs.filter(
        ([a, b]) =>
          finding(equipartition, measured(a!, standardError).interval) !==
          finding(equipartition, measured(b!, standardError).interval),
      ).length / runs.length;
    const bound =
      runs.reduce((sum, [a]) => sum + changeBound(equipartition, measured(a!, standardError)), 0) /
      runs.length;
    assert.ok(changed <= bound + 3 * Math.sqrt(bound / runs.length), `${changed} within ${bound}`);
    assert.ok(bound < 1.2);
    if (standardError === 0.009) assert.ok(changed > 0.05);
  }
});

test('nine standard errors to the edge keep a hundred quantities below one percent', () => {
  assert.ok(100 * changeBound(equipartition, measured(1, 0.04 / 9)) < 0.01);
  assert.ok(100 * changeBound(equipartition, measured(1, 0.04 / 8)) > 0.01);
  assert.ok(changeBound(equipartition, measured(1, 0.04 / 5)) > 0.1);
});

test('an interval that touches the edge of its region crosses it in one half of the repetitions', () => {
  const edge = 1.04;
  const touching = { estimate: edge - 3e-3, interval: [edge - 6e-3, edge] as const };
  near(changeBound(equipartition, touching), 1 / 2); // Q(0)
  near(changeBound(equipartition, { estimate: 0.963, interval: [0.96, 0.966] }), 1 / 2); // at the lower edge
});

test('exact numbers raise no alarm; an open finding can become decided', () => {
  assert.equal(changeBound(equipartition, exactly(1)), 0);
  assert.ok(changeBound(equipartition, measured(0.964, 0.002)) > 0.1);
  assert.ok(changeBound(equipartition, measured(0.93, 0.002)) < 1e-3);
});

test('a proportion cannot cross 0 or 1, another number can', () => {
  const passing = claim('EMTD-4.8').quantities['forgeryPassRate']!;
  assert.ok(changeBound(passing, proportion(103, 104)) < 1e-6);
  assert.ok(changeBound(passing, measured(0.99, 0.002)) > 0.1);
  assert.ok(changeBound(passing, proportion(60, 104)) > 0.1);
});

test('the committed verdicts stay below one percent as a family', () => {
  assert.equal(falseAlarmBound({}), 0);
  const loose = verdictsOf('02-hamiltonian', [check('EMTD-1.7', { equipartition: measured(1, 0.012) })]);
  assert.ok(falseAlarmBound(loose) > 0.01);
  const bound = falseAlarmBound(readVerdicts());
  assert.ok(bound < 0.01, `fresh seeds would change ${bound} findings`);
});
