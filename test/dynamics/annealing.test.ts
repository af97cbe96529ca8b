// Annealing is a sampler with a falling temperature. Two exact references:
//   Langevin on the free field (Euler-Maruyama): the variance of mode k obeys v' = (1 - h lambda_k)^2 v + 2 h
// T_n
//   Metropolis on an Ising ring: cooled slowly it keeps Boltzmann's law of the temperature it has reached
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { flip, geometric, langevin, logarithmic, metropolis, sample } from '../../src/dynamics/index.js';
import { bond, hamiltonian, interaction } from '../../src/energies/index.js';
import { ready } from '../../src/tensors/index.js';
import { enumerateIsing, gaussianFreeField } from '../../src/exact/index.js';
import { constantField } from '../../src/fields/index.js';
import { ring, smallWorld } from '../../src/graphs/index.js';
import { disagreement, observe } from '../../src/measure/index.js';
import { meanWithError } from '../../src/statistics/mean.js';

before(() => ready());

for (const schedule of [geometric({ from: 4, to: 0.05, steps: 120 }), logarithmic({ depth: 1 })]) {
  test(`Langevin, ${schedule.name}: disagreement is that of the cooled modes at every record`, async () => {
    const [graph, h, chains] = [smallWorld(30, 4, 0.2, { seed: 3 }), 0.02, 400];
    const energy = hamiltonian(graph, [interaction({ J: 1 })]);
    const sampler = langevin(energy, { temperature: schedule, timeStep: h, method: 'euler-maruyama' });
    const initial = constantField({ sites: 30, chains }, 0);
    const cooled = await sample(sampler, { initial, steps: 120, every: 30, seed: 8 });
    const { stiffness } = gaussianFreeField(graph, { temperature: 1 });
    const variances = new Float64Array(stiffness.length);
    const byChain = observe(cooled, disagreement);
    let step = 0;
    for (const [record, steps] of cooled.steps.entries()) {
      for (; step < steps; step++) {
        stiffness.forEach(
          (lambda, k) => (variances[k] = (1 - h * lambda) ** 2 * variances[k] + 2 * h * schedule.at(step)),
        );
      }
      const exact = variances.reduce((sum, v) => sum + v, 0) / 30;
      const { mean, standardError } = meanWithError(byChain.map((series) => series[record]));
      assert.ok(
        Math.abs(mean - exact) < 4.5 * standardError,
        `step ${steps}: ${mean} +- ${standardError}, exact ${exact}`,
      );
      assert.equal(cooled.temperatures[record], schedule.at(steps - 1));
    }
  });
}

test('Metropolis: slow cooling reaches the ground states as often as Boltzmann says, a quench more seldom', async () => {
  const [graph, T, chains] = [ring(10), 1.4, 2000];
  const ising = hamiltonian(graph, [bond((a, b) => a.dot(b).neg())]);
  const grounds = async (sweeps: number): Promise<number> => {
    const temperature = geometric({ from: 6, to: T, steps: sweeps });
    const run = await sample(metropolis(ising, { temperature, proposal: flip }), {
      chains,
      steps: sweeps,
      every: sweeps,
      seed: 5,
    });
    return observe(run, (x) => ising.energy64(x)).filter(([last]) => last === -10).length / chains;
  };
  const exact = enumerateIsing(graph, { temperature: T }).groundProbability;
  const error = Math.sqrt((exact * (1 - exact)) / chains);
  const [slow, quench] = [await grounds(300), await grounds(2)];
  assert.ok(Math.abs(slow - exact) < 4.5 * error, `${slow}, exact ${exact} +- ${error}`);
  assert.ok(quench < exact - 4.5 * error, `${quench}, exact ${exact} +- ${error}`);
});
