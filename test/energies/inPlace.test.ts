// Energies and gradients by generated code on tensors in tfjs's own memory: the numbers of float64, whatever
// the shape; nothing written beside the result, nothing left behind, gradients of tfjs through them.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { fc } from '../property.js';
import { langevin } from '../../src/dynamics/index.js';
import {
  bond,
  checkTerm,
  globalSum,
  oriented,
  site,
  withPlantedError,
  Hamiltonian,
} from '../../src/energies/index.js';
import { setBackend, tf } from '../../src/tensors/index.js';
import { address, type WasmBackend } from '../../src/tensors/wasm.js';
import { Field } from '../../src/fields/index.js';
import { fromEdges, ring, smallWorld, type Graph } from '../../src/graphs/index.js';
import { normals, randomKey, uniformGenerator } from '../../src/randomness/index.js';
import { bondEnergies, siteEnergies, symmetricBonds } from '../codegen/randomExpressions.js';

before(() => setBackend('wasm'));

const backend = (): WasmBackend => tf.backend() as WasmBackend;
const byteLength = (): number => backend().wasm.asm.memory.buffer.byteLength;

const draw = (length: number, seed: number): Float32Array =>
  normals(new Float32Array(length), randomKey(seed), { step: 0, purpose: 1, nodes: length, lanes: 1 });
const column = (length: number, seed: number): Float64Array => {
  const random = uniformGenerator(seed, 'column');
  return Float64Array.from({ length }, () => 2 * random() - 1);
};
const fieldOf = ({ nodeCount }: Graph, components: number, chains: number, seed = 1): tf.Tensor3D =>
  tf.tensor3d(draw(nodeCount * components * chains, seed), [nodeCount, components, chains]);

/** The states of the chains in float64. */
function states(values: tf.Tensor3D): Float64Array[] {
  const [nodes, components, chains] = values.shape;
  const flat = values.dataSync();
  return Array.from({ length: chains }, (_, c) =>
    Float64Array.from({ length: nodes * components }, (_, at) => flat[at * chains + c]),
  );
}

function assertClose(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  tolerance: number,
  what: string,
): void {
  assert.equal(actual.length, expected.length, what);
  const size = Math.max(1, ...Array.from(expected, Math.abs));
  for (let at = 0; at < expected.length; at++) {
    assert.ok(
      Math.abs(actual[at] - expected[at]) <= tolerance * size,
      `${what}: at ${at} got ${actual[at]}, expected ${expected[at]}`,
    );
  }
}

function gradient64(energy: Hamiltonian, values: tf.Tensor3D): Float64Array {
  const chains = values.shape[2];
  const out = new Float64Array(values.size);
  states(values).forEach((state, c) =>
    energy.gradient64(state).forEach((slope, at) => (out[at * chains + c] = slope)),
  );
  return out;
}

/** Names of the operations that tfjs has run in the call. */
function kernelsOf(call: () => tf.Tensor): Promise<string[]> {
  return tf.profile(() => tf.tidy(call)).then(({ kernels }) => kernels.map(({ name }) => name));
}

const mixed = (graph: Graph): Hamiltonian =>
  new Hamiltonian(graph, [
    bond((a, b, J) => a.sub(b).squaredNorm().mul(J), { J: column(graph.edgeCount, 3).map(Math.abs) }),
    bond((a, b, K) => a.mul(2).sub(b).cos().sum().mul(K), { K: 0.3 }), // not the same from both ends
    bond((a, b, theta) => a.sub(b).sum().add(theta).cos().neg(), {
      theta: oriented(column(graph.edgeCount, 4)),
    }),
    site((x, h) => x.squaredNorm().sub(1).square().mul(h), {
      h: column(graph.nodeCount, 5).map((h) => h + 1.5),
    }),
  ]);

test('random energies and their gradients agree with float64', () => {
  const cases = fc.record({
    seed: fc.nat(10_000),
    nodes: fc.integer({ min: 2, max: 14 }),
    extra: fc.nat(14),
    components: fc.integer({ min: 1, max: 3 }),
    chains: fc.integer({ min: 1, max: 9 }),
    siteEnergy: siteEnergies,
    bondEnergy: fc.oneof(bondEnergies, symmetricBonds),
    kind: fc.constantFrom('number', 'array', 'oriented'),
  });
  fc.assert(
    fc.property(cases, ({ seed, nodes, extra, components, chains, siteEnergy, bondEnergy, kind }) => {
      const random = uniformGenerator(seed, 'graph');
      const edges = new Map<number, [number, number]>([[1, [0, 1]]]);
      for (let e = 0; e < extra; e++) {
        const [a, b] = [Math.floor(random() * nodes), Math.floor(random() * nodes)];
        if (a !== b && !edges.has(a * nodes + b))
          edges.set(Math.min(a, b) * nodes + Math.max(a, b), random() < 0.5 ? [a, b] : [b, a]);
      }
      const graph = fromEdges(nodes, [...edges.values()], { connected: false });
      const along = column(graph.edgeCount, seed);
      const J = kind === 'number' ? 0.7 : kind === 'array' ? along : oriented(along);
      const energy = new Hamiltonian(graph, [
        bond(bondEnergy, { J, K: 0.3 }),
        site(siteEnergy, { h: kind === 'number' ? -0.4 : column(nodes, seed + 1) }),
      ]);
      tf.tidy(() => {
        const values = fieldOf(graph, components, chains, seed);
        assertClose(
          energy.energy(values).dataSync(),
          states(values).map((state) => energy.energy64(state)),
          2e-5,
          'energy',
        );
        assertClose(energy.gradient(values).dataSync(), gradient64(energy, values), 2e-5, 'gradient');
      });
      energy.dispose();
    }),
    { numRuns: 150, seed: 6 },
  );
});

test('so they do in all shapes, and it is the generated code that ran', async () => {
  for (const [nodes, components, chains] of [
    [7, 1, 1],
    [8, 2, 1],
    [257, 2, 1],
    [9, 3, 2],
    [515, 2, 3],
    [10, 2, 4],
    [300, 1, 7],
    [13, 3, 8],
    [601, 2, 16],
    [9, 1, 33],
    [256, 1, 32],
  ] as const) {
    const energy = mixed(ring(nodes));
    const values = fieldOf(energy.graph, components, chains);
    const what = `${nodes} x ${components} x ${chains}`;
    const exact = states(values).map((state) => energy.energy64(state));
    tf.tidy(() => {
      assertClose(energy.energy(values).dataSync(), exact, 2e-6, what);
      assertClose(energy.energy(values, { engine: 'tensors' }).dataSync(), exact, 2e-6, what);
      assertClose(energy.gradient(values).dataSync(), gradient64(energy, values), 2e-5, what);
      assertClose(
        energy.gradient(values, { engine: 'tensors' }).dataSync(),
        gradient64(energy, values),
        2e-5,
        what,
      );
    });
    for (const call of [() => energy.energy(values), () => energy.gradient(values)])
      assert.deepEqual(await kernelsOf(call), ['Emtd.inPlace']);
    for (const call of [
      () => energy.energy(values, { engine: 'tensors' }),
      () => energy.gradient(values, { engine: 'tensors' }),
    ]) {
      assert.ok(!(await kernelsOf(call)).includes('Emtd.inPlace'));
    }
    values.dispose();
    energy.dispose();
  }
});

test('energies are summed in float64', () => {
  // 2^24 + many ones: float32 would stay at 2^24
  const graph = ring(3000);
  const energy = new Hamiltonian(graph, [site((x) => x.sum())]);
  for (const chains of [1, 2, 4, 6]) {
    const values = tf.tensor3d(new Float32Array(3000 * chains).fill(1).fill(2 ** 24, 0, chains), [
      3000,
      1,
      chains,
    ]);
    assert.deepEqual(
      [...energy.energy(values).dataSync()],
      Array.from({ length: chains }, () => Math.fround(2 ** 24 + 2999)),
    );
    values.dispose();
  }
});

/** What the call leaves in a room of sevens, 64 floats before the place of its result and 64 after. */
function withSevensAround(call: () => tf.Tensor): Float32Array {
  const there = backend();
  const [size, bytes, { makeOutput }] = [call().size, there.wasm.asm.memory, there];
  const room = tf.fill([size + 128], 7);
  there.makeOutput = (shape, dtype) =>
    (makeOutput as (...given: unknown[]) => tf.TensorInfo).call(
      there,
      shape,
      dtype,
      address(there, room) + 256,
    );
  const result = call();
  there.makeOutput = makeOutput;
  (there.dataIdMap.get(result.dataId) as { memoryOffset: number }).memoryOffset = 0; // not its own to free
  return new Float32Array(bytes.buffer, address(there, room), size + 128).slice();
}

test('nothing is written beside the result, and the field stays as it is', () => {
  for (const [nodes, components, chains] of [
    [5, 1, 1],
    [6, 2, 1],
    [7, 3, 1],
    [8, 2, 1],
    [9, 1, 2],
    [10, 3, 3],
    [11, 1, 5],
    [7, 2, 9],
    [5, 1, 16],
    [300, 2, 7],
  ] as const) {
    tf.tidy(() => {
      const energy = mixed(ring(nodes));
      const values = fieldOf(energy.graph, components, chains);
      const before = values.dataSync().slice();
      for (const call of [() => energy.gradient(values), () => energy.energy(values)]) {
        const found = withSevensAround(call);
        assert.deepEqual(
          [...found.subarray(0, 64), ...found.subarray(-64)],
          Array(128).fill(7),
          `${nodes} x ${components} x ${chains}`,
        );
        assert.deepEqual(found.slice(64, -64), call().dataSync());
      }
      assert.deepEqual(values.dataSync(), before);
      energy.dispose();
    });
  }
});

test('the memory may grow between calls, and tables go and come back', () => {
  const energy = mixed(smallWorld(300, 4, 0.2, { seed: 1 }));
  for (const chains of [2, 6]) {
    const values = fieldOf(energy.graph, 2, chains);
    const evaluate = (): number[] =>
      tf.tidy(() => [...energy.gradient(values).dataSync(), ...energy.energy(values).dataSync()]);
    const first = evaluate();
    const bytes = byteLength();
    const large = tf.zeros([bytes / 4]); // more than is left
    assert.ok(byteLength() > bytes);
    assert.deepEqual(evaluate(), first);
    energy.dispose();
    const filler = tf.fill([1000], NaN); // where the tables were
    assert.deepEqual(evaluate(), first);
    tf.dispose([values, large, filler]);
  }
  energy.dispose();
});

test('no tensor and no memory is left behind', () => {
  const graph = ring(500);
  const tensors = tf.memory().numTensors;
  const values = fieldOf(graph, 2, 5);
  const round = (): void => {
    const energy = mixed(graph);
    for (let n = 0; n < 3; n++) tf.dispose([energy.gradient(values), energy.energy(values)]);
    assert.equal(tf.memory().numTensors, tensors + 1);
    energy.dispose();
  };
  round();
  const [data, bytes] = [backend().numDataIds(), byteLength()];
  for (let n = 0; n < 200; n++) round();
  assert.deepEqual([backend().numDataIds(), byteLength()], [data, bytes]);
  values.dispose();
});

test('gradients of tfjs flow through the energy, and second derivatives through the gradient', () => {
  const energy = mixed(smallWorld(12, 4, 0.3, { seed: 2 }));
  const reference = { engine: 'tensors' } as const;
  for (const chains of [1, 5]) {
    const values = fieldOf(energy.graph, 2, chains);
    const direction = fieldOf(energy.graph, 2, chains, 9);
    const weights = tf.tensor1d(Array.from({ length: chains }, (_, c) => c + 1));
    energy.gradient(values, reference).dispose(); // the parameters are there as tensors
    let before = tf.memory().numTensors;
    const close = (actual: tf.Tensor, expected: tf.Tensor, what: string): void =>
      assertClose(actual.dataSync(), expected.dataSync(), 2e-5, `${what}, ${chains} chains`);
    const of = (f: (x: tf.Tensor3D) => tf.Tensor): ((x: tf.Tensor3D) => tf.Tensor3D) =>
      tf.grad(f as (x: tf.Tensor) => tf.Tensor) as (x: tf.Tensor3D) => tf.Tensor3D;
    for (let round = 0; round < 2; round++)
      tf.tidy(() => {
        if (round === 1) before = tf.memory().numTensors; // constants of tapes are kept
        close(of((x) => energy.energy(x))(values), energy.gradient(values), 'dH/dx');
        close(
          of((x) => energy.energy(x.mul(2)).sum())(values),
          energy.gradient(values.mul(2)).mul(2),
          'of H(2x)',
        );
        close(
          of((x) => energy.energy(x).square().mul(weights).sum())(values),
          energy.gradient(values).mul(energy.energy(values).mul(2).mul(weights)),
          'of a function of H',
        );
        // the Hessian times a direction, two ways
        const hessian = of((x) => energy.gradient(x, reference).mul(direction).sum())(values);
        close(of((x) => energy.gradient(x).mul(direction).sum())(values), hessian, 'of the gradient');
        close(
          of((x) =>
            of((y) => energy.energy(y))(x)
              .mul(direction)
              .sum(),
          )(values),
          hessian,
          'of the gradient of H',
        );
        const shifted = (sign: number): tf.Tensor =>
          energy.gradient(values.add(direction.mul(sign * 1e-2)) as tf.Tensor3D);
        assertClose(
          shifted(1).sub(shifted(-1)).div(2e-2).dataSync(),
          hessian.dataSync(),
          5e-3,
          'differences of the gradient',
        );
      });
    assert.equal(tf.memory().numTensors, before);
    tf.dispose([values, direction, weights]);
  }
  energy.dispose();
});

test('a first derivative is that of the generated code', async () => {
  const energy = mixed(ring(9));
  const values = fieldOf(energy.graph, 2, 4);
  const names = await kernelsOf(() => tf.grad((x) => energy.energy(x as tf.Tensor3D))(values));
  assert.equal(names.filter((name) => name === 'Emtd.inPlace').length, 2); // the energy, and its slope
  assert.ok(!names.includes('Emtd.gather'));
  values.dispose();
  energy.dispose();
});

test('steps on tensors have the generated gradient; checks have plain operations of tfjs, and generated code where there is some', async () => {
  const energy = mixed(ring(9));
  const sampler = langevin(energy, { temperature: 1, timeStep: 0.001, engine: 'tensors' });
  const field = new Field(draw(18, 1), { sites: 9, components: 2, chains: 1 });
  const { kernels } = await tf.profile(async () => {
    sampler.dispose(await sampler.advance(sampler.init(field, 1), 1));
    return tf.scalar(0);
  });
  const steps = kernels.map(({ name }) => name);
  assert.ok(steps.includes('Emtd.inPlace') && !steps.includes('Emtd.scatter'));
  const planted = await kernelsOf(() => {
    assert.deepEqual(
      checkTerm(withPlantedError(energy.terms[0], 'factor 2'), { graph: energy.graph }).failures,
      ['gradient'],
    );
    return tf.scalar(0);
  });
  assert.ok(planted.includes('Emtd.scatter') && !planted.includes('Emtd.inPlace'));
  const both = await kernelsOf(() => {
    assert.deepEqual(checkTerm(energy.terms[0], { graph: energy.graph }).failures, []);
    return tf.scalar(0);
  });
  assert.ok(
    both.includes('Emtd.scatter') && both.includes('Sub') && both.includes('Emtd.inPlace'),
    'a term is checked on both',
  );
  energy.dispose();
});

test('other backends, terms that are not local, and bad values go to tensors', async () => {
  const energy = mixed(ring(9));
  await setBackend('cpu');
  const values = fieldOf(energy.graph, 2, 4);
  const there = tf.tidy(() => [...energy.gradient(values).dataSync()]);
  assert.ok((await kernelsOf(() => energy.gradient(values))).includes('Emtd.gather'));
  energy.dispose();
  await setBackend('wasm');
  assertClose(
    tf.tidy(() => energy.gradient(values).dataSync()),
    there,
    1e-5,
    'a tensor that moved over',
  );
  assert.throws(() => energy.gradient(values.toInt() as tf.Tensor3D), /must be float32, got int32/);
  values.dispose();
  assert.throws(() => energy.gradient(values), /disposed/);
  assert.throws(
    () => tf.tidy(() => energy.energy(fieldOf(energy.graph, 1, 1), { engine: 'fast' as never })),
    /energy: engine must be auto or tensors, got fast/,
  );
  const distant = new Hamiltonian(ring(9), [
    energy.terms[0],
    globalSum((nodes) => nodes.sum((x) => x.sum()).square()),
  ]);
  const field = fieldOf(energy.graph, 2, 4);
  assert.ok(!(await kernelsOf(() => distant.gradient(field))).includes('Emtd.inPlace'));
  field.dispose();
});

test('a field of more components than compiled code takes goes to tensors', async () => {
  const [graph, components] = [ring(5), 300];
  const energy = new Hamiltonian(graph, [bond((a, b) => a.sub(b).squaredNorm())]);
  const values = fieldOf(graph, components, 1);
  const slopes = tf.tidy(() => energy.gradient(values).dataSync());
  assertClose(slopes, gradient64(energy, values), 1e-5, 'gradient');
  assert.ok(!(await kernelsOf(() => energy.gradient(values))).includes('Emtd.inPlace'));
  values.dispose();
  energy.dispose();
});

test('a field at the end of the memory is not read beyond it', async () => {
  for (const [components, chains, overrun] of [
    [1, 1, 28],
    [2, 1, 40],
    [2, 3, 88],
    [1, 5, 16],
    [2, 7, 16],
  ] as const) {
    const energy = mixed(ring(9));
    const values = fieldOf(energy.graph, components, chains);
    const expected = tf.tidy(() => [
      ...energy.gradient(values).dataSync(),
      ...energy.energy(values).dataSync(),
    ]);
    const {
      wasm: { asm },
      dataIdMap,
    } = backend();
    const entry = dataIdMap.get(values.dataId) as { memoryOffset: number };
    const home = entry.memoryOffset;
    for (const room of [overrun, overrun - 4, 0]) {
      entry.memoryOffset = byteLength() - 4 * values.size - room;
      new Uint8Array(asm.memory.buffer).copyWithin(entry.memoryOffset, home, home + 4 * values.size);
      for (const call of [() => energy.gradient(values), () => energy.energy(values)]) {
        assert.equal(
          (await kernelsOf(call)).includes('Emtd.inPlace'),
          room === overrun,
          `${room} bytes before the end`,
        );
      }
      const found = tf.tidy(() => [
        ...energy.gradient(values).dataSync(),
        ...energy.energy(values).dataSync(),
      ]);
      assertClose(found, expected, 1e-5, `${room} bytes before the end`);
    }
    entry.memoryOffset = home;
    values.dispose();
    energy.dispose();
  }
});
