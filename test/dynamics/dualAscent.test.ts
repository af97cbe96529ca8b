// Dual ascent on independent spins, H = m sum of n_i: <cost> = N / (1 + e^(m / T)), so that the budget C has
// the multiplier m = T ln(N / C - 1), and a budget below 0 or above N has none.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { dualAscent, flip, metropolis } from '../../src/dynamics/index.js';
import { computationalCost, hamiltonian, interaction, type Hamiltonian } from '../../src/energies/index.js';
import { ready } from '../../src/tensors/index.js';
import { randomSpins } from '../../src/fields/index.js';
import { ring } from '../../src/graphs/index.js';

before(() => ready());

const [N, T] = [40, 1.5];
const energy = hamiltonian(ring(N), [computationalCost('grand-canonical', { mu: 5 }), interaction({ J: 0 })]);
const ascent = (budget: number, changes = {}) =>
  dualAscent(energy, {
    multiplier: 'mu',
    budget,
    rate: 0.02,
    rounds: 120,
    steps: 5,
    sampler: (priced: Hamiltonian) => metropolis(priced, { temperature: T, proposal: flip }),
    initial: randomSpins({ sites: N, chains: 8, seed: 1 }),
    seed: 2,
    ...changes,
  });
const lastThird = (values: readonly number[]): number => values.slice(80).reduce((sum, x) => sum + x, 0) / 40;

test('a feasible budget is met at the multiplier that theory gives', async () => {
  for (const budget of [8, 30]) {
    const { multipliers, costs } = await ascent(budget);
    assert.equal(multipliers[0], 0);
    assert.ok(Math.abs(lastThird(costs) / budget - 1) < 0.03, `cost ${lastThird(costs)} for ${budget}`);
    // one round scatters by 3 spins / sqrt(8 x 5); the multiplier by rate times a few of that
    assert.ok(
      Math.abs(lastThird(multipliers) - T * Math.log(N / budget - 1)) < 0.1,
      `${budget}: ${lastThird(multipliers)}`,
    );
  }
});

test('for an infeasible budget the multiplier grows in proportion to what is missing', async () => {
  const { multipliers } = await ascent(-4);
  assert.ok(multipliers[119] / multipliers[59] > 1.5);
  const slope = (multipliers[119] - multipliers[99]) / 20;
  assert.ok(slope >= 0.02 * 4 && slope < 0.02 * 5, `${slope}`);
  const { multipliers: down } = await ascent(N + 4);
  assert.ok(down[119] < down[59] && down[59] < -3);
});

test('the same seed gives the same path; what cannot be solved for is named', async () => {
  assert.deepEqual(await ascent(10, { rounds: 4 }), await ascent(10, { rounds: 4 }));
  await assert.rejects(ascent(10, { multiplier: 'lambda' }), /dualAscent: no term has a parameter lambda/);
  await assert.rejects(ascent(10, { rate: 0 }), /dualAscent: rate must be positive and finite, got 0/);
});
