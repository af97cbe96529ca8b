// Passages from one well of U = (x^2 - 1)^2 to the other at T = 1/4, by Langevin steps, against the exact
// mean time by quadrature (oracle O28, row EMTD-3.12): 69.26. Runs end at 1.5 of it, so that a fifth of them
// is censored. The steps and the time of descent, during which no passage can happen, may shift the mean by
// some 3 %.
import { before, test } from 'node:test';
import assert from 'node:assert/strict';
import { langevin, sample } from '../../src/dynamics/index.js';
import { hamiltonian, site } from '../../src/energies/index.js';
import { ready } from '../../src/tensors/index.js';
import { meanFirstPassageTime } from '../../src/exact/index.js';
import { constantField } from '../../src/fields/index.js';
import { ring } from '../../src/graphs/index.js';
import { firstPassages, observe, passageTimes } from '../../src/measure/index.js';
import { long, seedOf } from './scale.js';

before(() => ready());

test('O28: mean first-passage time of the double well, with censoring', async () => {
  const [T, dt, chains] = [0.25, 0.01, long(1600, 300)];
  const tau = meanFirstPassageTime({ potential: (x) => (x * x - 1) ** 2, temperature: T, from: -1, to: 1 });
  const energy = hamiltonian(ring(3), [site((x) => x.squaredNorm().sub(1).square())]); // three walkers that do not meet
  const samples = await sample(langevin(energy, { temperature: T, timeStep: dt, method: 'euler-maruyama' }), {
    initial: constantField({ sites: 3 }, -1),
    chains,
    steps: Math.round((1.5 * tau) / dt),
    every: 4,
    seed: seedOf('wells'),
  });
  const times = samples.steps.map((step) => step * dt);
  const all = [0, 1, 2].map((node) =>
    firstPassages(
      observe(samples, (x) => x[node]),
      times,
      (x) => x >= 1,
    ),
  );
  const [passed, censored] = [all.flatMap((found) => found.passed), all.flatMap((found) => found.censored)];
  assert.ok(censored.length > 0.1 * passed.length);
  const {
    estimate,
    interval: [low, high],
  } = passageTimes(passed, censored, { level: 1 - 1e-6 });
  assert.ok(low < 1.03 * tau && 0.97 * tau < high, `${estimate} [${low}, ${high}], exactly ${tau}`);
  assert.ok(high - low < long(0.25, 0.6) * tau);
});
