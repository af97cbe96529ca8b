// The mean m of a field that nothing holds diffuses: <m_t^2> = 2 T t / N. Leimkuhler-Matthews steps h add
// halves of xi_n and xi_(n+1), so that a span of n steps counts as n - 1/2, and neighbouring spans, which
// share one normal, have the covariance (2 T h / N) / 4: correlation 1 / (4 n - 2). Spans further apart are
// independent. A pin (kappa / 2) sum of x_i^2 stops m at T / (N kappa), by the law of ./springs.ts with mu =
// kappa on the way. Components are independent; the energy sees none of it. Source: oracle O5;
// src/exact/gaussian/ornsteinUhlenbeck.ts.
import { before, test } from 'node:test';
import { langevin, sample, type Samples } from '../../src/dynamics/index.js';
import { hamiltonian, interaction, site } from '../../src/energies/index.js';
import { ready } from '../../src/tensors/index.js';
import { zeroModeVariance } from '../../src/exact/index.js';
import { smallWorld } from '../../src/graphs/index.js';
import { observe } from '../../src/measure/index.js';
import { correlation } from '../../src/statistics/index.js';
import { long, seedOf } from './scale.js';
import { amplitudes, varianceAfter } from './springs.js';
import { calibratedScores, likely, normalByChance, sameMean, standardNormal } from './statistics.js';

before(() => ready());

const [nodes, T, h, components] = [20, 1.3, 0.1, 2];
const graph = smallWorld(nodes, 4, 0.2, { seed: 3 });
const average = new Float64Array(nodes).fill(1 / nodes);
const means = (samples: Samples, record: number): Float64Array => amplitudes(samples, record, average);

test('O5: free, the variance is 2 T t / N at all times, and spans of time are independent', async () => {
  const [chains, spans, every] = [long(8192, 1024), long(200, 40), 10];
  const sampler = langevin(hamiltonian(graph, [interaction({ J: 0.5 })]), { temperature: T, timeStep: h });
  const samples = await sample(sampler, {
    chains,
    components,
    steps: spans * every,
    every,
    seed: seedOf('free'),
  });
  const paths = samples.states.map((_, record) => means(samples, record));
  const spread = zeroModeVariance({ temperature: T, time: h * (every - 1 / 2), nodeCount: nodes });
  const increments = paths.map((m, r) =>
    m.map((x, lane) => (x - (r === 0 ? 0 : paths[r - 1][lane])) / Math.sqrt(spread)),
  );
  increments.forEach((z, span) => standardNormal(`span ${span}`, z));
  const end = zeroModeVariance({ temperature: T, time: h * (spans * every - 1 / 2), nodeCount: nodes });
  standardNormal(
    'at the end',
    paths.at(-1)!.map((x) => x / Math.sqrt(end)),
  );
  // a correlation of n normals is normal with variance 1 / n, to the orders 1 / n^2 and of its square
  const score = (a: Float64Array, b: Float64Array, exact: number): number =>
    (correlation(a, b) - exact) * Math.sqrt(a.length);
  for (const [apart, exact] of [
    [1, 1 / (4 * every - 2)],
    [2, 0],
  ]) {
    const scores = increments.slice(apart).map((z, r) => score(z, increments[r], exact));
    calibratedScores(`spans ${apart} apart`, scores);
  }
  const last = paths.at(-1)!;
  likely('components', normalByChance(score(last.subarray(0, chains), last.subarray(chains), 0)));

  // far out the energy is still that of equilibrium: float32 resolves the differences
  const late = { ...samples, states: samples.states.slice(-1) };
  const energies = observe(late, (x) => sampler.energy.energy64(x)).map((chain) => chain[0]);
  sameMean('<H> after the longest walk', energies, (components * (nodes - 1) * T) / 2, long(0.02, 0.05));
});

test('O5: pinned, from rest to T / (N kappa)', async () => {
  const [kappa, chains] = [0.3, long(16_384, 1024)];
  const energy = hamiltonian(graph, [
    interaction({ J: 0.5 }),
    site((x, k) => x.squaredNorm().mul(k), { k: kappa / 2 }),
  ]);
  const sampler = langevin(energy, { temperature: T, timeStep: h });
  const samples = await sample(sampler, {
    chains,
    components,
    steps: 480,
    every: 24,
    seed: seedOf('pinned'),
  });
  for (const record of [0, 1, 3, samples.states.length - 1]) {
    const variance = varianceAfter(samples.steps[record], 'leimkuhler-matthews', kappa, h, T) / nodes;
    standardNormal(
      `after ${samples.steps[record]} steps`,
      means(samples, record).map((m) => m / Math.sqrt(variance)),
    );
  }
  const exact = zeroModeVariance({ temperature: T, time: Infinity, nodeCount: nodes, pin: kappa });
  const squares = new Float64Array(chains * components);
  for (let record = 9; record < samples.states.length; record++) {
    // 240 steps leave e^-14 of rest
    means(samples, record).forEach((m, lane) => (squares[lane] += (m * m) / (samples.states.length - 9)));
  }
  sameMean('variance of the mean', squares, exact, long(0.05, 0.3));
});
