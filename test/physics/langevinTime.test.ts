// Gaussian springs under Langevin steps h in time, a = 1 - h mu:
//   from rest, the law after n steps is normal with the variance of ./springs.ts, on every backend;
//   in equilibrium <y_t y_(t+m)> = (T / mu) rho_m, rho_m = a^m r (Euler-Maruyama, r its variance ratio),
//   rho_m = a^(m-1) (1 - h mu / 2) for m > 0 (Leimkuhler-Matthews, whose noise is shared by neighbouring
// steps).
// Source: the schemes of src/dynamics/langevin/langevin.ts, solved; oracles O6, O7.
import { before, test } from 'node:test';
import { langevin, type LangevinMethod, type Samples, sample } from '../../src/dynamics/index.js';
import { hamiltonian, interaction } from '../../src/energies/index.js';
import { ready, setBackend } from '../../src/tensors/index.js';
import { eulerMaruyamaRatio } from '../../src/exact/index.js';
import { karateClub } from '../../src/graphs/index.js';
import { onEachBackend } from '../tensors/backends.js';
import { full, long, seedOf } from './scale.js';
import { amplitudes, springs, varianceAfter } from './springs.js';
import { anyOf, calibrated, likely, meanByChance, standardNormal } from './statistics.js';

before(() => ready());

const graph = karateClub();
const [T, h] = [0.7, 0.06];
const { stiffness, modes } = springs(graph);
const energy = hamiltonian(graph, [interaction({ J: 0.5 })]);
const methods = ['leimkuhler-matthews', 'euler-maruyama'] satisfies LangevinMethod[];

onEachBackend('the law after n steps from rest', async (backend) => {
  const chains = backend === 'cpu' ? long(512, 32) : long(8192, 512);
  for (const method of methods) {
    const sampler = langevin(energy, { temperature: T, timeStep: h, method });
    let done = 0;
    let samples: Samples | undefined;
    for (const steps of full ? [1, 2, 10, 80, 400] : [1, 2, 20]) {
      const seed = seedOf(backend, method);
      samples = await sample(sampler, {
        chains,
        seed,
        resume: samples?.state,
        steps: steps - done,
        every: steps - done,
      });
      done = steps;
      const last = samples;
      const z = modes.flatMap((mode, k) => {
        const deviation = Math.sqrt(varianceAfter(steps, method, stiffness[k], h, T));
        return Array.from(amplitudes(last, 0, mode), (y) => y / deviation);
      });
      standardNormal(`${backend}, ${method}, ${steps} steps`, z);
    }
  }
});

for (const method of methods) {
  test(`${method}: autocorrelation of the slowest, a middle and the stiffest mode`, async () => {
    await setBackend('auto');
    const [chains, records, lags] = [long(2048, 256), long(400, 60), [1, 2, 3, 5, 8, 13]];
    const sampler = langevin(energy, { temperature: T, timeStep: h, method });
    const burnIn = Math.ceil(12 / (h * stiffness[0]));
    const samples = await sample(sampler, {
      chains,
      burnIn,
      steps: records,
      seed: seedOf('autocorrelation', method),
    });
    const which = [0, 16, stiffness.length - 1];
    const ps = which.map((k) => {
      const mu = stiffness[k];
      const a = 1 - h * mu;
      const correlation = (lag: number): number =>
        method === 'euler-maruyama'
          ? a ** lag * eulerMaruyamaRatio(mu, h)
          : a ** (lag - 1) * (1 - (h * mu) / 2);
      const y = samples.states.map((_, record) => amplitudes(samples, record, modes[k]));
      return lags.map((lag) => {
        const products = new Float64Array(chains);
        for (let t = 0; t + lag < records; t++) {
          for (let c = 0; c < chains; c++) products[c] += (y[t][c] * y[t + lag][c]) / (records - lag);
        }
        return meanByChance(products, (T / mu) * correlation(lag));
      });
    });
    ps.forEach((ofMode, i) => likely(`mode ${which[i]}, lags ${lags.join(', ')}`, anyOf(ofMode)));
  });
}

test('the stationary law is the same whatever the seed: p-values of the energy over seeds are uniform', async () => {
  const [seeds, chains, records, every] = [long(64, 12), long(256, 64), long(40, 12), 8];
  const sampler = langevin(energy, { temperature: T, timeStep: h });
  const burnIn = Math.ceil(10 / (h * stiffness[0]));
  const ps: number[] = [];
  for (let seed = 0; seed < seeds; seed++) {
    const samples = await sample(sampler, {
      chains,
      burnIn,
      steps: records * every,
      every,
      seed: seedOf('seed', seed),
    });
    const energies = new Float64Array(chains);
    samples.states.forEach((_, record) =>
      modes.forEach((mode, k) =>
        amplitudes(samples, record, mode).forEach(
          (y, c) => (energies[c] += (stiffness[k] * y * y) / (2 * records)),
        ),
      ),
    );
    ps.push(meanByChance(energies, ((graph.nodeCount - 1) * T) / 2));
  }
  calibrated('seeds', ps);
});
