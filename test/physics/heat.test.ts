// Nodes with baths of their own: springs between two temperatures against the Lyapunov equation at the step
// that is run (both schemes), the heat that flows between them, proportional to T_1 - T_2, and spins by three
// rules and orders against the law that their transition matrix keeps. And the excess temperature of
// minibatched gradients against its exact value. Sources: src/exact/gaussian/langevinCovariance.ts,
// src/exact/gaussian/sgldCovariance.ts, src/exact/markov/transitionMatrix.ts.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { Matrix } from 'ml-matrix';
import {
  diffusingTemperature,
  flip,
  glauber,
  heatBath,
  langevin,
  metropolis,
  relabel,
  sample,
  type Samples,
  sgld,
} from '../../src/dynamics/index.js';
import { bond, hamiltonian, interaction, site } from '../../src/energies/index.js';
import { ready } from '../../src/tensors/index.js';
import { langevinCovariance, sgldCovariance, transitionMatrix } from '../../src/exact/index.js';
import { colouring } from '../../src/graphs/structure/colouring.js';
import { complete, fromEdges, type Graph, laplacian, smallWorld } from '../../src/graphs/index.js';
import { stateOf } from '../../src/measure/chains/samples.js';
import { long, seedOf } from './scale.js';
import { anyOf, countsByChance, likely, meanByChance, sameMean } from './statistics.js';

before(() => ready());

/** H = (k / 2) sum over edges of |x_i - x_j|^2 + (kappa / 2) sum over nodes of |x_i|^2, and its A. */
const springsOn = (graph: Graph, k: number, kappa: number) => ({
  energy: hamiltonian(graph, [
    interaction({ J: k / 2 }),
    site((x, pin) => x.squaredNorm().mul(pin), { pin: kappa / 2 }),
  ]),
  A: Matrix.add(laplacian(graph).mul(k), Matrix.eye(graph.nodeCount).mul(kappa)),
});
const pairs = (n: number): [number, number][] =>
  Array.from({ length: n }, (_, i) =>
    Array.from({ length: i + 1 }, (_j, j): [number, number] => [i, j]),
  ).flat();

/** <x_i x_j> of each chain. */
const secondMoment = ({ states, chains }: Samples, i: number, j: number): Float64Array =>
  Float64Array.from(
    { length: chains },
    (_, c) => states.reduce((sum, x) => sum + x[i * chains + c] * x[j * chains + c], 0) / states.length,
  );

function sameCovariance(what: string, samples: Samples, expected: Matrix, resolution: number): void {
  const all = pairs(samples.nodes);
  likely(
    `${what}: <x_i x_j>`,
    anyOf(all.map(([i, j]) => meanByChance(secondMoment(samples, i, j), expected.get(i, j)))),
  );
  for (let i = 0; i < samples.nodes; i++)
    sameMean(`${what}: <x_${i}^2>`, secondMoment(samples, i, i), expected.get(i, i), resolution);
}

for (const method of ['euler-maruyama', 'leimkuhler-matthews'] as const) {
  test(`springs with a temperature a node, ${method}: the covariance of the Lyapunov equation at the step`, async () => {
    const systems = [
      { graph: complete(2), k: 2, temperature: [0.5, 2], timeStep: 0.2 },
      {
        graph: smallWorld(7, 4, 0.3, { seed: 3 }),
        k: 1,
        temperature: [3, 0.2, 0, 1, 1, 0.5, 4],
        timeStep: 0.12,
      },
    ];
    for (const { graph, k, temperature, timeStep } of systems) {
      const { energy, A } = springsOn(graph, k, 1);
      const samples = await sample(langevin(energy, { temperature, timeStep, method }), {
        chains: long(2048, 512),
        burnIn: 120,
        steps: long(2000, 400),
        every: 5,
        seed: seedOf('springs', method, graph.name),
      });
      sameCovariance(
        `${graph.name}, ${method}`,
        samples,
        langevinCovariance(A, { temperature, timeStep, method }),
        long(0.02, 0.1),
      );
    }
  });
}

test('heat flows from the hot spring to the cold, in proportion to the difference of their temperatures', async () => {
  const [k, kappa, timeStep, chains] = [2, 1, 0.1, long(4096, 512)];
  const { energy, A } = springsOn(complete(2), k, kappa);
  /**
   * Work of the force on node 0 on average, which its bath pays: (g + g') / 2 . (x' - x) with x' = (1 - dt A)
   * x + noise, per time.
   */
  const exact = (temperature: readonly number[]): number => {
    const CA = langevinCovariance(A, { temperature, timeStep }).mmul(A);
    return (
      A.get(0, 0) * temperature[0] - A.mmul(CA).get(0, 0) + (timeStep / 2) * A.mmul(A).mmul(CA).get(0, 0)
    );
  };
  const conductance = exact([2, 1]);
  assert.ok(
    Math.abs(conductance / (k ** 2 / (2 * (k + kappa))) - 1) < 0.2,
    'at dt -> 0 it is k^2 / 2 (k + kappa)',
  );
  for (const temperature of [
    [2, 0.5],
    [1, 1],
    [0.5, 3],
  ]) {
    assert.ok(Math.abs(exact(temperature) - conductance * (temperature[0] - temperature[1])) < 1e-12);
    const samples = await sample(langevin(energy, { temperature, timeStep, method: 'euler-maruyama' }), {
      chains,
      burnIn: 100,
      steps: long(800, 200),
      seed: seedOf('heat', ...temperature),
    });
    const heat = [0, 1].map((node) =>
      Float64Array.from({ length: chains }, (_, c) => {
        let sum = 0;
        for (let r = 1; r < samples.states.length; r++) {
          const [x, y] = [stateOf(samples, r - 1, c), stateOf(samples, r, c)];
          const force = A.get(node, 0) * (x[0] + y[0]) + A.get(node, 1) * (x[1] + y[1]);
          sum += (force / 2) * (y[node] - x[node]);
        }
        return sum / ((samples.states.length - 1) * timeStep);
      }),
    );
    sameMean(`heat into node 0 at ${String(temperature)}`, heat[0], exact(temperature));
    sameMean(`heat into node 1 at ${String(temperature)}`, heat[1], -exact(temperature));
  }
});

const kite = fromEdges(4, [
  [0, 1],
  [1, 2],
  [2, 0],
  [2, 3],
]);
const temperature = [0.6, 3, 1.2, 0.9];
const byColour = Array.from({ length: 4 }, (_, i) => i).sort(
  (a, b) => colouring(kite).colours[a] - colouring(kite).colours[b] || a - b,
);
const orders = { random: 'random', sequential: 'sequential', colouring: byColour } as const;
const spins = hamiltonian(kite, [
  bond((a, b, J) => a.mul(b).sum().mul(J).neg(), { J: [1, -0.7, 0.6, 1.3] }),
  site((s, h) => s.sum().mul(h).neg(), { h: [0.3, -0.2, 0, 0.5] }),
]);
const labels = hamiltonian(kite, [
  bond((a, b, J) => a.sub(b).squaredNorm().min(1).mul(J), { J: [1, 0.7, -0.6, 1.3] }),
  site((x) => x.sum().mul(0.2)),
]);
const samplers = {
  'heat bath': (states: number | undefined, order: keyof typeof orders) =>
    heatBath(states ? labels : spins, { temperature, order, states }),
  glauber: (states: number | undefined, order: keyof typeof orders) =>
    glauber(states ? labels : spins, { temperature, order, states }),
  metropolis: (states: number | undefined, order: keyof typeof orders) =>
    metropolis(states ? labels : spins, { temperature, order, proposal: states ? relabel(states) : flip }),
};

for (const rule of ['heat bath', 'glauber', 'metropolis'] as const) {
  test(`${rule} with a temperature a node: the law that the transition matrix keeps`, async () => {
    for (const states of [undefined, 3]) {
      for (const order of ['random', 'sequential', 'colouring'] as const) {
        const [energy, values] = states ? [labels, [0, 1, 2]] : [spins, [-1, 1]];
        const { law } = transitionMatrix({
          nodes: 4,
          values,
          energy: (x) => energy.energy64(x),
          temperature,
          rule,
          order: orders[order],
        });
        const chains = long(12_000, 4000);
        const samples = await sample(samplers[rule](states, order), {
          chains,
          burnIn: 29,
          steps: 1,
          seed: seedOf('by node', rule, order, states ?? 2),
        });
        const counts = new Float64Array(law.length);
        for (let c = 0; c < chains; c++)
          counts[stateOf(samples, 0, c).reduce((s, x, i) => s + values.indexOf(x) * values.length ** i, 0)]++;
        const ranked = Array.from(law.keys()).sort((a, b) => law[a] - law[b]);
        likely(
          `${rule}, ${order}, ${states ?? 'spins'}`,
          countsByChance(
            ranked.map((s) => counts[s]),
            ranked.map((s) => law[s] * chains),
          ),
        );
      }
    }
  });
}

test('where heat has spread a sampler has the one temperature that is left', async () => {
  const graph = complete(3);
  const energy = hamiltonian(graph, [bond((a, b) => a.mul(b).sum().neg())]);
  const schedule = diffusingTemperature(graph, { initial: [6, 0, 0], rate: 0.5 });
  const chains = long(20_000, 4000);
  const samples = await sample(heatBath(energy, { temperature: schedule }), {
    chains,
    burnIn: 60,
    steps: 1,
    seed: seedOf('diffused'),
  });
  const { law } = transitionMatrix({
    nodes: 3,
    values: [-1, 1],
    energy: (x) => energy.energy64(x),
    temperature: 2,
    rule: 'heat bath',
  });
  const counts = new Float64Array(8);
  for (let c = 0; c < chains; c++)
    counts[stateOf(samples, 0, c).reduce((s, x, i) => s + Number(x > 0) * 2 ** i, 0)]++;
  likely(
    'law',
    countsByChance(
      counts,
      law.map((p) => p * chains),
    ),
  );
});

test('sgld: the covariance with the excess temperature of its batches, and that of Euler-Maruyama with all edges', async () => {
  const graph = smallWorld(6, 4, 0.3, { seed: 2 });
  const { energy, A } = springsOn(graph, 1, 1);
  const timeStep = 0.1;
  const unbiased = langevinCovariance(A, { temperature: 1, timeStep });
  for (const batch of [2, 5, graph.edgeCount]) {
    const { covariance, excess } = sgldCovariance(graph, {
      temperature: 1,
      J: 1 / 2,
      pin: 1,
      timeStep,
      batch,
    });
    const samples = await sample(sgld(energy, { temperature: 1, timeStep, batch }), {
      chains: long(2048, 512),
      burnIn: 100,
      steps: long(2000, 400),
      every: 5,
      seed: seedOf('sgld', batch),
    });
    sameCovariance(`batches of ${batch}`, samples, covariance, long(0.01, 0.05));
    if (batch === graph.edgeCount)
      assert.ok(excess.norm() === 0 && Matrix.sub(covariance, unbiased).norm() < 1e-12);
    else
      assert.ok(
        meanByChance(secondMoment(samples, 0, 0), unbiased.get(0, 0)) < 1e-9,
        `no excess of ${excess.get(0, 0)} seen`,
      );
  }
});
