// Steps on the GPU (software Vulkan) against the same steps in WebAssembly.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { baoabUpdate, langevinUpdate, slopeOnly, type LangevinMethod } from '../../../src/codegen/index.js';
import { langevin, sample, type Engine } from '../../../src/dynamics/index.js';
import { bond, globalSum, site, star, Hamiltonian } from '../../../src/energies/index.js';
import { constantField } from '../../../src/fields/index.js';
import { fromEdges, smallWorld } from '../../../src/graphs/index.js';
import { type Gpu, openGpu } from '../../../src/runtime/index.js';
import { normals, Purpose, randomKey } from '../../../src/randomness/index.js';
import {
  GpuStepper,
  WasmStepper,
  type Drive,
  type StepperShape,
} from '../../../src/dynamics/compiled/index.js';
import { useSoftwareVulkan } from '../../runtime/softwareVulkan.js';
import { assertClose } from './randomSystems.js';

const missing = useSoftwareVulkan();
if (missing) console.error(`SKIPPED, steps on the GPU: ${missing}`);

const graph = smallWorld(601, 4, 0.2, { seed: 3 }); // no multiple of four, nor of a group of invocations
const weights = Float64Array.from({ length: graph.edgeCount }, (_, e) => 0.5 + (e % 5) / 4);
const fields = Float64Array.from({ length: graph.nodeCount }, (_, i) => (i % 7) / 7 - 0.5);
const energy = new Hamiltonian(graph, [
  bond((a, b, J) => a.sub(b).squaredNorm().mul(J), { J: weights }),
  bond((a, b, K) => a.mul(2).sub(b).cos().sum().mul(K), { K: 0.1 }), // not the same from both ends
  site((x, h) => x.square().sub(1).square().sum().mul(0.1).add(x.sum().mul(h)), { h: fields }),
  star(
    (x, around, h) =>
      around
        .sum((y, w) => x.sub(y).tanh().mul(w))
        .squaredNorm()
        .div(around.count)
        .mul(h),
    { h: fields },
  ),
  globalSum(
    (nodes, K) =>
      nodes
        .mean((x) => x.squaredNorm())
        .sub(1)
        .square()
        .mul(K)
        .mul(nodes.count),
    { K: 0.2 },
  ),
]);

const drive: Drive = {
  firstStep: 2 ** 32 - 3,
  key: randomKey(9),
  purpose: Purpose.noise,
  numbers: { timeStep: 0.01 },
  amplitude: (step) => Math.sqrt(0.02 * (1 + (step % 5))),
};

describe('steps on the GPU', { skip: missing ?? false }, () => {
  let gpu: Gpu;
  before(async () => void (gpu = await openGpu()));
  after(() => gpu?.close());

  async function both(
    system: Hamiltonian,
    method: LangevinMethod,
    shape: StepperShape,
    steps: number,
    amplify = 1,
  ) {
    const update = langevinUpdate[method];
    const { nodeCount } = system.graph;
    const lanes = shape.components * shape.chains;
    const start = normals(new Float32Array(nodeCount * lanes), randomKey(1), {
      step: 0,
      purpose: Purpose.initial,
      nodes: nodeCount,
      lanes,
    });
    const noise = normals(new Float32Array(nodeCount * lanes), drive.key, {
      step: drive.firstStep,
      purpose: Purpose.noise,
      nodes: nodeCount,
      lanes,
    });
    const ours = await GpuStepper.create('test', gpu, system, update, shape);
    const theirs = new WasmStepper('test', system, update, shape);
    for (const stepper of [ours, theirs])
      stepper.load(
        start.map((x) => amplify * x),
        noise,
      );
    const byNode = (step: number): number[] =>
      Array.from({ length: nodeCount }, (_, i) => 0.02 * ((i + step) % 7));
    const driven = shape.byNode ? { ...drive, amplitude: byNode } : drive;
    return { ours, theirs, outcomes: [await ours.run(steps, driven), await theirs.run(steps, driven)] };
  }

  const gauges: StepperShape['gauge'][] = ['free', 'centred', { pinned: [0, 17, 600] }];
  const cases = {
    'leimkuhler-matthews': [
      [2, 1],
      [1, 4],
      [3, 5],
    ],
    'euler-maruyama': [
      [3, 3],
      [2, 8],
    ],
  } as const;
  for (const method of ['leimkuhler-matthews', 'euler-maruyama'] as const) {
    for (const [components, chains] of cases[method]) {
      test(`${method}, ${components} components, ${chains} chains: the numbers of WebAssembly`, async () => {
        for (const [gauge, byNode] of [
          ...gauges.map((each) => [each, undefined] as const),
          ['free', 'changing'] as const,
        ]) {
          const { ours, theirs, outcomes } = await both(
            energy,
            method,
            { components, chains, gauge, byNode },
            5,
          );
          assert.deepEqual(outcomes, [
            { steps: 5, code: 0 },
            { steps: 5, code: 0 },
          ]);
          const pairs = [
            [await ours.read(), theirs.read()],
            [(await ours.readNoise()) ?? [], theirs.readNoise() ?? []],
          ];
          for (const [found, expected] of pairs) {
            assert.equal(found.length, expected.length);
            const worst = Math.max(0, ...Array.from(found, (value, at) => Math.abs(value - expected[at])));
            assert.ok(worst < 3e-5, `${JSON.stringify(gauge)}: ${worst}`);
          }
          ours.dispose();
        }
      });
    }
  }

  test('BAOAB: field and velocities are those of WebAssembly', async () => {
    const { nodeCount } = energy.graph;
    const numbers = { kick: 0.1, halfStep: 0.05, keeps: 0.9 };
    for (const gauge of gauges) {
      for (const [components, chains] of [
        [2, 1],
        [1, 4],
        [3, 5],
      ] as const) {
        const length = nodeCount * components * chains;
        const draw = (purpose: number): Float32Array =>
          normals(new Float32Array(length), randomKey(1), {
            step: 0,
            purpose,
            nodes: nodeCount,
            lanes: components * chains,
          });
        const shape = { components, chains, gauge };
        const [ours, theirs] = [
          await GpuStepper.create('test', gpu, energy, baoabUpdate, shape),
          new WasmStepper('test', energy, baoabUpdate, shape),
        ];
        for (const stepper of [ours, theirs])
          stepper.load(draw(Purpose.initial), undefined, draw(Purpose.noise));
        for (const stepper of [ours, theirs])
          assert.deepEqual(await stepper.run(5, { ...drive, numbers }), { steps: 5, code: 0 });
        assertClose(await ours.read(), theirs.read(), 3e-5, `field, ${JSON.stringify(gauge)}`);
        assertClose(
          (await ours.readVelocity())!,
          theirs.readVelocity()!,
          3e-5,
          `velocities, ${JSON.stringify(gauge)}`,
        );
        ours.dispose();
      }
    }
  });

  test('a field that is not finite stops the run at its step, the field before it is there', async () => {
    const pair = new Hamiltonian(
      fromEdges(5, [
        [0, 1],
        [1, 2],
        [2, 3],
        [3, 4],
      ]),
      [bond((a, b) => a.sub(b).squaredNorm().mul(1), {}), site((x) => x.square().square().sum().mul(1), {})],
    );
    for (const chains of [1, 4]) {
      const { ours, theirs, outcomes } = await both(
        pair,
        'euler-maruyama',
        { components: 1, chains, gauge: 'free' },
        200,
        30,
      );
      assert.equal(outcomes[0].code, 1);
      assert.equal(outcomes[0].steps, outcomes[1].steps);
      assert.ok(outcomes[0].steps >= 1 && outcomes[0].steps < 50);
      assert.ok((await ours.read()).every(Number.isFinite) && theirs.read().every(Number.isFinite));
      assert.ok(outcomes.every(({ broken }) => broken!.some((x) => !Number.isFinite(x))));
    }
  });

  test('the gradient alone is that of the reference', async () => {
    for (const chains of [1, 4]) {
      const stepper = await GpuStepper.create('test', gpu, energy, slopeOnly, {
        components: 2,
        chains,
        gauge: 'free',
      });
      const state = Float64Array.from({ length: 2 * graph.nodeCount }, (_, at) => Math.fround(Math.sin(at)));
      const values = new Float32Array(state.length * chains);
      for (let at = 0; at < values.length; at++) values[at] = state[Math.floor(at / chains)];
      stepper.load(values);
      await stepper.run(1, drive);
      const found = await stepper.read();
      const exact = energy.gradient64(state);
      const worst = Math.max(
        ...Array.from(found, (value, at) => Math.abs(value - exact[Math.floor(at / chains)])),
      );
      assert.ok(worst < 2e-5, `${worst}`);
    }
  });

  test('long runs go on where they were', async () => {
    const shape: StepperShape = { components: 1, chains: 1, gauge: 'free' };
    const small = new Hamiltonian(smallWorld(20, 4, 0.2, { seed: 3 }), [
      bond((a, b) => a.sub(b).squaredNorm().mul(0.5), {}),
    ]);
    const { ours, theirs, outcomes } = await both(small, 'leimkuhler-matthews', shape, 4101); // one table of amplitudes and a bit
    assert.deepEqual(outcomes, [
      { steps: 4101, code: 0 },
      { steps: 4101, code: 0 },
    ]);
    const [found, expected] = [await ours.read(), theirs.read()];
    assert.ok(found.every((value, at) => Math.abs(value - expected[at]) < 1e-3));
  });

  test('a sampler on the GPU: the samples of WebAssembly, interrupted and resumed', async () => {
    const options = { chains: 4, components: 1, steps: 12, every: 4, seed: 5 };
    const sampler = (engine: Engine) => langevin(energy, { temperature: 0.7, timeStep: 0.01, engine });
    const here = await sample(sampler('wasm'), options);
    const first = await sample(sampler('webgpu'), { ...options, steps: 8 });
    const rest = await sample(sampler('webgpu'), { ...options, steps: 4, resume: first.state });
    for (const [k, found] of [...first.states, ...rest.states].entries()) {
      here.states[k].forEach((expected, at) =>
        assert.ok(Math.abs(found[at] - expected) < 1e-4, `record ${k}, ${at}: ${found[at]}, ${expected}`),
      );
    }
    const other = (engine: Engine) =>
      langevin(energy, { temperature: 1, timeStep: 0.005, method: 'euler-maruyama', engine });
    const start = constantField({ sites: 601 }, 0);
    const begun = await sampler('webgpu').advance(sampler('webgpu').init(start, 1), 2);
    const state = await other('webgpu').advance(begun, 2); // another sampler goes on with it
    let reference = sampler('tensors').init(start, 1);
    for (const each of [sampler, sampler, other, other])
      reference = await each('tensors').advance(reference, 1);
    const [ours, theirs] = [await other('webgpu').read(state), await other('tensors').read(reference)];
    assert.ok(ours.every((value, at) => Math.abs(value - theirs[at]) < 1e-4));
    for (const made of [state]) sampler('webgpu').dispose(made);
    sampler('tensors').dispose(reference);
    const steep = new Hamiltonian(graph, [site((x) => x.squaredNorm().square().neg(), {}, { name: 'hill' })]);
    await assert.rejects(
      sample(langevin(steep, { temperature: 1, timeStep: 0.001, engine: 'webgpu' }), {
        ...options,
        steps: 500,
        initial: constantField({ sites: 601 }, 3),
      }),
      (error: Error) =>
        error.name === 'RunFailed' && /the gradient of "hill" there was -\d/.test(error.message),
    );
  });
});
