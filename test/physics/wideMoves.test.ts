// Compiled single-site moves of energies beyond bonds, of spins and of labels, against the law of all states,
// whose energies are summed here from their definition: squared Laplacians, H = c sum over i of (sum over j ~
// i of (s_i - s_j))^2 / k_i, and functions of the magnetisation, H = -(J / 2 N) M^2 + |M - 1| K; for labels
// the same of the label.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { flip, glauber, heatBath, metropolis, relabel, sample } from '../../src/dynamics/index.js';
import { globalSum, hamiltonian, star } from '../../src/energies/index.js';
import { ready } from '../../src/tensors/index.js';
import { fromEdges } from '../../src/graphs/index.js';
import { stateOf } from '../../src/measure/chains/samples.js';
import { long, seedOf } from './scale.js';
import { anyOf, likely, meanByChance } from './statistics.js';

before(() => ready());

const graph = fromEdges(
  5,
  [
    [0, 1],
    [1, 2],
    [2, 3],
    [3, 0],
    [0, 4],
  ],
  { name: 'square with a tail' },
);
const [T, c, J, K] = [1.3, 0.15, 1.1, 0.4];

const energy = hamiltonian(graph, [
  star(
    (x, around, c) =>
      around
        .sum((y) => x.sub(y))
        .squaredNorm()
        .mul(c)
        .div(around.count),
    { c },
  ),
  globalSum(
    (nodes, J, K) => {
      const M = nodes.sum((x) => x.sum());
      return M.square().mul(J).div(nodes.count).div(-2).add(M.sub(1).abs().mul(K));
    },
    { J, K },
  ),
]);

function definition(s: ArrayLike<number>): number {
  const around = Array.from({ length: 5 }, (): number[] => []);
  graph.endpoints.forEach((node, h) => around[node].push(graph.endpoints[h ^ 1]));
  const M = Array.from(s).reduce((sum, x) => sum + x, 0);
  const stars = around.map(
    (nodes, i) => (c * nodes.reduce((sum, j) => sum + s[i] - s[j], 0) ** 2) / nodes.length,
  );
  return stars.reduce((sum, each) => sum + each, 0) - (J / 10) * M ** 2 + K * Math.abs(M - 1);
}

for (const values of [
  [-1, 1],
  [0, 1, 2],
]) {
  const q = values.length;
  const states = Array.from({ length: q ** 5 }, (_, s) =>
    Array.from({ length: 5 }, (_n, i) => values[Math.floor(s / q ** i) % q]),
  );
  const weights = states.map((s) => Math.exp(-definition(s) / T));
  const Z = weights.reduce((sum, w) => sum + w, 0);
  const options = q === 2 ? {} : { states: q };
  const proposal = q === 2 ? flip : relabel(q);

  test(`${q === 2 ? 'spins' : 'labels'} with stars and sums over all nodes: the law of all states`, async () => {
    for (const order of ['colouring', 'sequential', 'random'] as const) {
      const samplers = {
        heatBath: heatBath(energy, { temperature: T, order, engine: 'wasm', ...options }),
        glauber: glauber(energy, { temperature: T, order, engine: 'wasm', ...options }),
        metropolis: metropolis(energy, { temperature: T, order, engine: 'wasm', proposal }),
      };
      for (const [name, sampler] of Object.entries(samplers)) {
        const samples = await sample(sampler, {
          chains: 64,
          burnIn: 60,
          steps: long(8000, 2400),
          every: 3,
          seed: seedOf('wide', name, order, q),
        });
        const shares = Array.from({ length: 64 }, (_, chain) => {
          const share = new Float64Array(states.length);
          for (let r = 0; r < samples.states.length; r++) {
            share[stateOf(samples, r, chain).reduce((s, x, i) => s + values.indexOf(x) * q ** i, 0)] +=
              1 / samples.states.length;
          }
          return share;
        });
        // states that are rare are taken together, so that means over a chain are about normal
        const rare = weights.map((w) => w / Z < 0.004);
        const cells = states
          .flatMap((_, s) => (rare[s] ? [] : [[s]]))
          .concat([states.flatMap((_, s) => (rare[s] ? [s] : []))])
          .filter(({ length }) => length > 0);
        const chances = cells.map((cell) =>
          meanByChance(
            shares.map((share) => cell.reduce((sum, s) => sum + share[s], 0)),
            cell.reduce((sum, s) => sum + weights[s] / Z, 0),
          ),
        );
        assert.ok(cells.length > 20);
        likely(`${name}, ${order} order`, anyOf(chances));
      }
    }
  });
}
