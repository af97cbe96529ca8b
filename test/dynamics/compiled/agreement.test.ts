// One definition, all engines: gradients of random energies on random graphs by compiled code, by tensors and
// in float64, and one Langevin step of each engine with the same noise.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { fc } from '../../property.js';
import { slopeOnly, type LangevinMethod } from '../../../src/codegen/index.js';
import { langevin, type NodeTemperature, type SavedState } from '../../../src/dynamics/index.js';
import {
  bond,
  computationalCost,
  entropicPenalty,
  globalSum,
  interaction,
  oriented,
  site,
  star,
  Hamiltonian,
  type Term,
} from '../../../src/energies/index.js';
import { ready, setBackend, tf, type BackendName } from '../../../src/tensors/index.js';
import { constant, type Expression } from '../../../src/expressions/index.js';
import { Field } from '../../../src/fields/index.js';
import { fromEdges, randomRegular, ring, smallWorld, type Graph } from '../../../src/graphs/index.js';
import { randomKey } from '../../../src/randomness/index.js';
import { WasmStepper } from '../../../src/dynamics/compiled/index.js';
import { siteEnergies, symmetricBonds } from '../../codegen/randomExpressions.js';
import { assertClose, column, graphs, randomEnergy, randomField, recipe } from './randomSystems.js';

before(ready);

/** dH/dx by the compiled pass. */
async function compiledGradient(
  energy: Hamiltonian,
  values: Float32Array,
  components: number,
  chains: number,
): Promise<Float32Array> {
  const stepper = new WasmStepper('test', energy, slopeOnly, { components, chains, gauge: 'free' });
  stepper.load(values);
  const { broken } = await stepper.run(1, {
    firstStep: 0,
    key: randomKey(0),
    purpose: 0,
    numbers: {},
    amplitude: () => 0,
  });
  return broken ?? stepper.read();
}

function gradient64(
  energy: Hamiltonian,
  values: Float32Array,
  components: number,
  chains: number,
): Float64Array {
  const nodes = energy.graph.nodeCount;
  const out = new Float64Array(values.length);
  for (let c = 0; c < chains; c++) {
    const state = Float64Array.from({ length: nodes * components }, (_, at) => values[at * chains + c]);
    energy.gradient64(state).forEach((slope, at) => (out[at * chains + c] = slope));
  }
  return out;
}

const cases = fc.record({
  graph: graphs({ nodes: 13, extra: 12 }),
  components: fc.integer({ min: 1, max: 3 }),
  chains: fc.constantFrom(1, 2, 3, 4, 5, 8, 16, 19),
  ...recipe,
});

test('gradients of random energies agree with float64 and with tensors', async () => {
  await fc.assert(
    fc.asyncProperty(cases, async ({ graph, components, chains, ...recipe }) => {
      const energy = randomEnergy(graph, recipe);
      const values = randomField(graph.nodeCount * components * chains, recipe.seed);
      const expected = gradient64(energy, values, components, chains);
      assertClose(await compiledGradient(energy, values, components, chains), expected, 2e-5, 'compiled');
      const tensors = tf.tidy(() =>
        energy.gradient(tf.tensor3d(values, [graph.nodeCount, components, chains])).dataSync(),
      );
      assertClose(tensors, expected, 2e-5, 'tensors');
    }),
    { numRuns: 150, seed: 4 },
  );
});

test('gradients of stars and of functions of global sums agree with float64 and with tensors', async () => {
  await fc.assert(
    fc.asyncProperty(cases, async ({ graph, components, chains, seed, siteEnergy, bondEnergy, kind }) => {
      const h = kind === 'number' ? -0.4 : column(graph.nodeCount, seed + 1);
      const weighted = fromEdges(graph.nodeCount, graph.endpoints, {
        connected: false,
        couplings: column(graph.edgeCount, seed).map((J) => J + 2),
      });
      const energy = new Hamiltonian(weighted, [
        star(
          (x, around, c) =>
            around
              .sum((y, w) => x.sub(y).tanh().mul(w))
              .squaredNorm()
              .div(around.count.add(1))
              .mul(c),
          { c: h },
        ),
        bond(bondEnergy, { J: 0.7, K: 0.3 }),
        star((x, around) =>
          around
            .sum((y) => bondEnergy(x, y, constant(0.2), constant(0.5)))
            .sin()
            .add(siteEnergy(x, constant(0.3)))
            .mul(0.5),
        ),
        globalSum(
          (nodes, K) =>
            nodes
              .mean((x) => siteEnergy(x, K))
              .sub(0.3)
              .square()
              .mul(K)
              .add(
                nodes
                  .sum((x) => x.squaredNorm())
                  .div(nodes.count)
                  .cos(),
              ),
          { K: 0.8 },
        ),
        site(siteEnergy, { h }),
        globalSum((nodes) =>
          nodes
            .sum((x) => x.sum().tanh())
            .square()
            .div(nodes.count),
        ),
      ]);
      const values = randomField(weighted.nodeCount * components * chains, seed);
      const expected = gradient64(energy, values, components, chains);
      assertClose(await compiledGradient(energy, values, components, chains), expected, 3e-5, 'compiled');
      const tensors = tf.tidy(() =>
        energy.gradient(tf.tensor3d(values, [weighted.nodeCount, components, chains])).dataSync(),
      );
      assertClose(tensors, expected, 3e-5, 'tensors');
    }),
    { numRuns: 100, seed: 6 },
  );
});

test('compiled slopes are float64 differences of the energy', async () => {
  const graph = smallWorld(12, 4, 0.3, { seed: 2 });
  await fc.assert(
    fc.asyncProperty(siteEnergies, symmetricBonds, fc.nat(1000), async (siteEnergy, bondEnergy, seed) => {
      const energy = new Hamiltonian(graph, [bond(bondEnergy, { J: 0.5 }), site(siteEnergy, { h: 0.5 })]);
      const values = randomField(24, seed);
      const slopes = await compiledGradient(energy, values, 2, 1);
      const state = Float64Array.from(values);
      const difference = (at: number, width: number): number => {
        const [up, down] = [state.slice(), state.slice()];
        up[at] += width;
        down[at] -= width;
        return (energy.energy64(up) - energy.energy64(down)) / (2 * width);
      };
      for (let at = 0; at < 24; at += 5) {
        const [fine, coarse] = [difference(at, 1e-5), difference(at, 4e-5)];
        if (Math.abs(fine - coarse) > 1e-6 * Math.max(1, Math.abs(fine))) continue; // a kink is near
        assert.ok(
          Math.abs(slopes[at] - fine) <= 1e-4 * Math.max(1, Math.abs(fine)),
          `at ${at}: ${slopes[at]} for ${fine}`,
        );
      }
    }),
    { numRuns: 60, seed: 5 },
  );
});

const energyOn = (graph: Graph): Hamiltonian =>
  new Hamiltonian(graph, [
    bond((a, b, J) => a.sub(b).squaredNorm().mul(J), { J: column(graph.edgeCount, 3).map(Math.abs) }),
    bond((a, b, theta) => a.sub(b).sum().add(theta).cos().neg(), {
      theta: oriented(column(graph.edgeCount, 4)),
    }),
    site((x, h) => x.squaredNorm().sub(1).square().mul(h), { h: 0.25 }),
  ]);

for (const method of ['leimkuhler-matthews', 'euler-maruyama'] as const) {
  for (const gauge of ['free', 'centred', { pinned: [0, 3, 6] }] as const) {
    test(`one step is that of the tensors: ${method}, ${typeof gauge === 'string' ? gauge : 'pinned'}`, async () => {
      for (const [nodes, components, chains] of [
        [7, 1, 1],
        [8, 2, 1],
        [9, 3, 2],
        [301, 2, 3],
        [10, 2, 4],
        [11, 1, 7],
        [13, 3, 8],
        [7, 2, 8],
        [37, 2, 1],
        [600, 2, 16],
        [9, 1, 33],
      ] as const) {
        const energy = energyOn(ring(nodes));
        const values = randomField(nodes * components * chains, 9, 0.5);
        if (gauge === 'centred') centre(values, nodes);
        const field = new Field(values, { sites: nodes, components, chains, gauge });
        const runs = [
          await saved('tensors', energy, field, method),
          await saved('wasm', energy, field, method),
        ].map(({ arrays, ...rest }) => ({ arrays, rest }));
        assert.deepEqual(runs[0].rest, runs[1].rest);
        for (const name of ['values', 'noise'])
          assertClose(
            runs[1].arrays[name],
            runs[0].arrays[name],
            1e-5,
            `${name} of ${nodes} x ${components} x ${chains}`,
          );
      }
    });
  }
}

test("in fields beyond a core's cache, whose far neighbours are called for in advance, steps are those of the tensors", async () => {
  for (const [nodes, components, chains] of [
    [140_002, 2, 1],
    [300_002, 1, 1],
    [40_002, 2, 4],
    [5_002, 2, 30],
  ] as const) {
    const energy = energyOn(randomRegular(nodes, 3, { seed: 1, connected: false }));
    const field = new Field(randomField(nodes * components * chains, 9, 0.5), {
      sites: nodes,
      components,
      chains,
    });
    // so large a field takes plain JavaScript minutes
    const [tensors, wasm] = [
      await saved('tensors', energy, field, undefined, 'wasm'),
      await saved('wasm', energy, field),
    ];
    assertClose(wasm.arrays.values, tensors.arrays.values, 1e-5, `${nodes} x ${components} x ${chains}`);
  }
});

test('sine and cosine are right to float32 rounding up to 1e4', async () => {
  const values = Float32Array.from({ length: 40_001 }, (_, i) => (i % 2 === 0 ? 1e4 : 4) * (i / 20_000 - 1));
  const [sines, cosines] = await Promise.all(
    [site((x) => x.cos().sum().neg()), site((x) => x.sin().sum())].map((term) =>
      compiledGradient(new Hamiltonian(ring(values.length), [term]), values, 1, 1),
    ),
  );
  values.forEach((x, i) => {
    assert.ok(Math.abs(sines[i] - Math.sin(x)) < 2e-7, `sin ${x}: ${sines[i]}`);
    assert.ok(Math.abs(cosines[i] - Math.cos(x)) < 2e-7, `cos ${x}: ${cosines[i]}`);
  });
});

test('every built-in energy runs compiled, and its steps are those of the tensors', async () => {
  const entropy = (x: Expression): Expression => x.softmax().entropy();
  const terms: Term[] = [
    interaction({ J: 0.5 }),
    ...(['literal', 'dirichlet', 'plain', 'squared-laplacian', 'random-walk'] as const).map((form) =>
      entropicPenalty(form, { lambda: 0.5, entropy }),
    ),
    ...(['literal', 'load-balancing', 'grand-canonical', 'messages'] as const).map((form) =>
      computationalCost(form, { mu: 0.5 }),
    ),
  ];
  const graph = smallWorld(301, 4, 0.2, { seed: 7 });
  for (const term of terms) {
    for (const chains of [1, 4]) {
      const [energy, field] = [
        new Hamiltonian(graph, [term]),
        new Field(randomField(602 * chains, 11, 0.5), { sites: 301, components: 2, chains }),
      ];
      const [tensors, wasm] = [await saved('tensors', energy, field), await saved('wasm', energy, field)];
      assertClose(wasm.arrays.values, tensors.arrays.values, 1e-5, term.name);
    }
  }
});

/**
 * After three steps. Tensors are those of plain JavaScript, which share nothing with generated code but the
 * expressions.
 */
async function saved(
  engine: 'tensors' | 'wasm',
  energy: Hamiltonian,
  field: Field,
  method: LangevinMethod = 'euler-maruyama',
  backend: BackendName = 'cpu',
  temperature: NodeTemperature = { name: 'T', at: (step) => 0.5 + step },
): Promise<SavedState> {
  await setBackend(engine === 'tensors' ? backend : 'wasm');
  const sampler = langevin(energy, { temperature, timeStep: 0.02, method, engine });
  let state = sampler.init(field, 'seed');
  for (let step = 0; step < 3; step++) state = await sampler.advance(state, 1);
  const result = await sampler.save(state);
  sampler.dispose(state);
  energy.dispose(); // its tensors too
  await setBackend('wasm');
  return result;
}

function centre(values: Float32Array, nodes: number): void {
  const lanes = values.length / nodes;
  for (let lane = 0; lane < lanes; lane++) {
    let mean = 0;
    for (let i = 0; i < nodes; i++) mean += values[i * lanes + lane] / nodes;
    for (let i = 0; i < nodes; i++) values[i * lanes + lane] -= mean;
  }
}

test('steps at temperatures that differ from node to node are those of the tensors', async () => {
  const column = (nodes: number, step: number): Float64Array =>
    Float64Array.from({ length: nodes }, (_, i) => ((i + step) % 7) / 3);
  for (const method of ['leimkuhler-matthews', 'euler-maruyama'] as const) {
    for (const [nodes, components, chains] of [
      [7, 1, 1],
      [9, 3, 2],
      [13, 2, 4],
      [37, 2, 7],
      [600, 1, 16],
      [70_001, 2, 1],
    ] as const) {
      const energy = energyOn(ring(nodes));
      const field = new Field(randomField(nodes * components * chains, 9, 0.5), {
        sites: nodes,
        components,
        chains,
      });
      for (const T of [column(nodes, 0), { name: 'T by node', at: (step: number) => column(nodes, step) }]) {
        const backend = nodes > 1e4 ? 'wasm' : 'cpu'; // plain JavaScript takes minutes
        const [tensors, wasm] = [
          await saved('tensors', energy, field, method, backend, T),
          await saved('wasm', energy, field, method, 'wasm', T),
        ];
        for (const name of ['values', 'noise'])
          assertClose(
            wasm.arrays[name],
            tensors.arrays[name],
            1e-5,
            `${name} of ${nodes} x ${components} x ${chains}`,
          );
      }
    }
  }
});

test('an energy that cannot be compiled says which term and which engine', () => {
  const energy = new Hamiltonian(ring(5), [site((x) => x.squaredNorm(), {}, { name: 'well' })]);
  const refused = { ...energy.terms[0], code: undefined, name: 'far' };
  assert.throws(
    () => langevin(new Hamiltonian(ring(5), [refused]), { temperature: 1, timeStep: 0.1, engine: 'wasm' }),
    {
      name: 'TypeError',
      message: 'langevin: the term "far" is not made of expressions and runs on engine \'tensors\' only',
    },
  );
  assert.throws(
    () => langevin(energy, { temperature: 1, timeStep: 0.1, engine: 'cuda' as never }),
    /engine must be one of auto, tensors, wasm, webgpu, got "cuda"/,
  );
});
