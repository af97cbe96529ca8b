// Flows along edges: nothing is lost on any engine, the generated code and the tensors follow float64, the
// stationary state is the one of detailed balance, and whatever needs an energy refuses.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { fc } from '../property.js';
import { tensor3d } from '#tfjs';
import { heatBath, langevin, sample, swendsenWang } from '../../src/dynamics/index.js';
import { bond, flow, hamiltonian, site } from '../../src/energies/index.js';
import { ready } from '../../src/tensors/index.js';
import { Field } from '../../src/fields/index.js';
import { fromEdges, smallWorld } from '../../src/graphs/index.js';
import { uniformGenerator } from '../../src/randomness/index.js';
import { useSoftwareVulkan } from '../runtime/softwareVulkan.js';

const missing = useSoftwareVulkan();
if (missing) console.error(`SKIPPED, flows on the GPU: ${missing}`);
const engines = missing ? (['tensors', 'wasm'] as const) : (['tensors', 'wasm', 'webgpu'] as const);

before(() => ready());

const graph = smallWorld(20, 4, 0.2, { seed: 3 });
const perEdge = (seed: string): Float64Array => {
  const random = uniformGenerator(seed);
  return Float64Array.from({ length: graph.edgeCount }, () => 0.2 + random());
};
const jumps = flow((a, b, out, back) => a.mul(out).sub(b.mul(back)), {
  out: perEdge('out'),
  back: perEdge('back'),
});
const crowding = flow((a, b, k) => a.mul(a).mul(b).mul(k), { k: perEdge('k') });

test('the sum of every component stays, whatever the current', () => {
  const energy = hamiltonian(graph, [jumps, crowding]);
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: -2, max: 2, noNaN: true }), { minLength: 40, maxLength: 40 }),
      (values) => {
        const slope = energy.gradient64(Float64Array.from(values));
        for (const k of [0, 1]) {
          const total = slope.reduce((sum, g, at) => (at % 2 === k ? sum + g : sum), 0);
          const size = slope.reduce((sum, g) => sum + Math.abs(g), 0);
          assert.ok(Math.abs(total) <= 1e-15 * 40 * Math.max(1, size), `component ${k}: ${total}`);
        }
      },
    ),
  );
});

test('the current runs from the first end to the second', () => {
  const pair = hamiltonian(fromEdges(2, [[1, 0]]), [flow((a, b, r) => a.mul(r).sub(b.mul(3)), { r: 2 })]);
  assert.deepEqual([...pair.gradient64(Float64Array.of(5, 7))], [-(2 * 7 - 3 * 5), 2 * 7 - 3 * 5]); // the slope is minus the drift
});

test('tensors and generated code take the steps of float64, beside bonds and sites', async () => {
  const terms = [
    jumps,
    crowding,
    bond((a, b) => a.sub(b).squaredNorm()),
    site((x) => x.squaredNorm().div(8)),
  ];
  const energy = hamiltonian(graph, terms);
  const random = uniformGenerator('start');
  for (const chains of [1, 8]) {
    const values = Float32Array.from({ length: 40 * chains }, () => random());
    const initial = new Field(values, { sites: 20, components: 2, chains });
    const states = Array.from({ length: chains }, (_, c) =>
      Float64Array.from({ length: 40 }, (_, at) => values[at * chains + c]),
    );
    for (let step = 0; step < 20; step++)
      for (const x of states) energy.gradient64(x).forEach((g, at) => (x[at] -= 0.02 * g));
    for (const engine of engines) {
      const run = await sample(
        langevin(energy, { temperature: 0, timeStep: 0.02, method: 'euler-maruyama', engine }),
        { initial, chains, steps: 20, every: 20 },
      );
      const worst = Math.max(
        ...run.states[0].map((x, at) => Math.abs(x - states[at % chains][Math.floor(at / chains)])),
      );
      assert.ok(worst < 2e-6, `${engine}, ${chains} chains: ${worst}`);
    }
  }
});

test('rates that balance in detail reach e^(-V), where no current is left', () => {
  const V = Float64Array.from(perEdge('V').slice(0, 20), (v) => 2 * v);
  const ends = Array.from({ length: graph.edgeCount }, (_, e) => [
    graph.endpoints[2 * e],
    graph.endpoints[2 * e + 1],
  ]);
  const [out, back] = [
    Float64Array.from(ends, ([i, j]) => Math.exp((V[i] - V[j]) / 2)),
    Float64Array.from(ends, ([i, j]) => Math.exp((V[j] - V[i]) / 2)),
  ];
  const energy = hamiltonian(graph, [jumps.with({ out, back })]);
  const p = new Float64Array(20).fill(1 / 20);
  for (let step = 0; step < 20_000; step++) energy.gradient64(p).forEach((g, i) => (p[i] -= 0.02 * g));
  const Z = V.reduce((sum, v) => sum + Math.exp(-v), 0);
  p.forEach((now, i) => assert.ok(Math.abs(now - Math.exp(-V[i]) / Z) < 1e-12, `${now}`));
});

test('what needs an energy refuses a flow', async () => {
  const energy = hamiltonian(graph, [jumps]);
  const state = new Float64Array(20);
  const none = { name: 'TypeError', message: /flow.* has no energy/ };
  assert.throws(() => energy.energy64(state), none);
  assert.throws(() => energy.track(state), none);
  for (const engine of ['auto', 'tensors'] as const)
    assert.throws(() => energy.energy(tensor3d(new Float32Array(20), [20, 1, 1]), { engine }), none);
  assert.throws(() => heatBath(energy, { temperature: 1, engine: 'wasm' }), none);
  assert.throws(() => swendsenWang(energy, { temperature: 1 }), /flow.* has no energy/);
  await assert.rejects(sample(heatBath(energy, { temperature: 1 }), { steps: 1 }), none);
  assert.throws(
    () => flow(() => 1 as never),
    /flow: the function must return an expression of its symbols, got number/,
  );
});
