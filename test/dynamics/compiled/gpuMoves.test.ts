// Single-site moves on the GPU (software Vulkan) against the same moves in WebAssembly, and against the law
// of all states.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  flip,
  glauber,
  heatBath,
  metropolis,
  relabel,
  sample,
  type Engine,
  type NodeTemperature,
} from '../../../src/dynamics/index.js';
import { bond, site, star, Hamiltonian } from '../../../src/energies/index.js';
import { Field, type Codomain } from '../../../src/fields/index.js';
import { smallWorld } from '../../../src/graphs/index.js';
import { uniformGenerator } from '../../../src/randomness/index.js';
import { useSoftwareVulkan } from '../../runtime/softwareVulkan.js';

const missing = useSoftwareVulkan();
if (missing) console.error(`SKIPPED, moves on the GPU: ${missing}`);

const graph = smallWorld(151, 4, 0.2, { seed: 3 });
const couplings = Float64Array.from({ length: graph.edgeCount }, (_, e) => 0.25 * (1 + (e % 3)));
const fields = Float64Array.from({ length: graph.nodeCount }, (_, i) => 0.125 * ((i % 5) - 2));
const spins = new Hamiltonian(graph, [
  bond((a, b, J) => a.mul(b).sum().mul(J).neg(), { J: couplings }),
  site((x, h) => x.sum().mul(h).neg(), { h: fields }),
]);
const byNode = Array.from({ length: graph.nodeCount }, (_, i) => 0.5 + (i % 4));
const labels = new Hamiltonian(graph, [
  bond((a, b, J) => a.sub(b).abs().sum().min(1).mul(J), { J: couplings }),
]);

describe('moves on the GPU', { skip: missing ?? false }, () => {
  const start = (
    codomain: Codomain,
    states: number | undefined,
    chains: number,
    pinned: readonly number[],
  ): Field => {
    const random = uniformGenerator(7, 'start');
    const values = Float32Array.from({ length: graph.nodeCount * chains }, () =>
      states ? Math.floor(states * random()) : random() < 0.5 ? -1 : 1,
    );
    return new Field(values, {
      sites: graph.nodeCount,
      components: 1,
      chains,
      codomain,
      ...(states ? { states } : {}),
      gauge: pinned.length > 0 ? { pinned } : 'free',
    });
  };

  for (const rule of ['heat bath', 'glauber', 'metropolis'] as const) {
    for (const states of [undefined, 3]) {
      test(`${rule}, ${states ? 'labels' : 'spins'}: the moves of WebAssembly`, async () => {
        for (const [chains, pinned, temperature] of [
          [1, [], 1.3],
          [3, [0, 17], byNode],
          [4, [], byNode],
          [6, [150], 1.3],
        ] as const) {
          const energy = states ? labels : spins;
          const initial = start(states ? 'potts' : 'spin', states, chains, pinned);
          const [here, there] = await Promise.all(
            (['wasm', 'webgpu'] as const).map((engine) =>
              sample(samplerOf(rule, energy, states, engine, temperature), {
                initial,
                steps: 12,
                every: 6,
                seed: 5,
              }),
            ),
          );
          const same = here.states.flatMap((values, k) =>
            [...values].map((value, at) => value === there.states[k][at]),
          );
          // energies are rounded in another order: a chance that is met within 1e-6 may be missed
          assert.ok(
            same.filter((is) => !is).length <= same.length * 0.01,
            `${chains} chains: ${same.filter((is) => !is).length} of ${same.length} values differ`,
          );
          here.acceptance!.forEach((share, c) =>
            assert.ok(
              Math.abs(share - there.acceptance![c]) < 2e-3,
              `chain ${c}: ${share}, ${there.acceptance![c]}`,
            ),
          );
        }
      });
    }
  }

  test('stars: the moves of WebAssembly', async () => {
    const laplacian = new Hamiltonian(graph, [
      star(
        (x, around, c) =>
          around
            .sum((y) => x.sub(y))
            .squaredNorm()
            .mul(c),
        { c: fields.map((h) => 0.05 + Math.abs(h) / 8) },
      ),
    ]);
    for (const chains of [1, 6]) {
      const initial = start('spin', undefined, chains, [3]);
      const [here, there] = await Promise.all(
        (['wasm', 'webgpu'] as const).map((engine) =>
          sample(samplerOf('glauber', laplacian, undefined, engine, 1.3), {
            initial,
            steps: 12,
            every: 6,
            seed: 5,
          }),
        ),
      );
      const same = here.states.flatMap((values, k) =>
        [...values].map((value, at) => value === there.states[k][at]),
      );
      assert.ok(same.filter((is) => !is).length <= same.length * 0.01, `${chains} chains`);
    }
  });

  test('what it cannot run is named', () => {
    assert.throws(() => heatBath(spins, { temperature: 1, engine: 'webgpu', order: 'random' }), {
      name: 'TypeError',
      message: "heatBath: engine 'webgpu' sweeps in colouring order, got random",
    });
  });
});

function samplerOf(
  rule: 'heat bath' | 'glauber' | 'metropolis',
  energy: Hamiltonian,
  states: number | undefined,
  engine: Engine,
  temperature: NodeTemperature,
) {
  const options = { temperature, order: 'colouring' as const, engine };
  if (rule === 'metropolis')
    return metropolis(energy, { ...options, proposal: states ? relabel(states) : flip });
  return (rule === 'glauber' ? glauber : heatBath)(energy, { ...options, states });
}
