import assert from 'node:assert/strict';
import { test } from 'node:test';
import { heatBath, sample } from '../../src/dynamics/index.js';
import { bond, hamiltonian } from '../../src/energies/index.js';
import { ready } from '../../src/tensors/index.js';
import { disjointUnion, ring, smallWorld } from '../../src/graphs/index.js';
import { energyOf, observe, separated } from '../../src/measure/index.js';

test('samples on graphs side by side, taken apart: each chain is that of its graph, and their energies add up', async () => {
  await ready();
  const parts = [smallWorld(12, 4, 0.3, { seed: 1 }), ring(12), smallWorld(12, 4, 0.3, { seed: 2 })];
  const ising = [bond((a, b) => a.mul(b).sum().neg())];
  const whole = hamiltonian(disjointUnion(parts), ising);
  const samples = await sample(heatBath(whole, { temperature: 2 }), {
    chains: 4,
    steps: 6,
    every: 2,
    seed: 1,
  });
  const apart = separated(samples, 3);
  assert.deepEqual([apart.nodes, apart.chains, apart.states.length], [12, 12, 3]);
  const energies = parts.map((graph) => observe(apart, energyOf(hamiltonian(graph, ising))));
  const all = observe(samples, energyOf(whole));
  all.forEach((series, chain) =>
    series.forEach((energy, record) => {
      const sum = parts.reduce((total, _, part) => total + energies[part]![part * 4 + chain]![record]!, 0);
      assert.equal(sum, energy);
    }),
  );
  assert.throws(
    () => separated(samples, 5),
    /separated: parts must be a positive integer that divides 36 nodes, got 5/,
  );
});
