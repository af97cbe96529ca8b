// Cluster moves: which energies they take, what they hold still, and that runs go on as if they had not been
// saved.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import {
  heatBath,
  meanClusterSize,
  parseState,
  sample,
  serialiseState,
  swendsenWang,
  wolff,
} from '../../src/dynamics/index.js';
import { bond, custom, globalSum, hamiltonian, oriented, site, star } from '../../src/energies/index.js';
import { ready } from '../../src/tensors/index.js';
import { Field, pinned, randomSpins } from '../../src/fields/index.js';
import { complete, fromEdges, ring, torus } from '../../src/graphs/index.js';
import { certify } from '../../src/measure/index.js';

before(() => ready());

const ferromagnet = bond((a, b, J) => a.mul(b).sum().mul(J).neg(), { J: 1 });
const samplers = [swendsenWang, wolff];

test('what is no ferromagnet of equal values is refused in words', () => {
  const path = fromEdges(3, [
    [0, 1],
    [1, 2],
  ]);
  for (const make of samplers) {
    const refused = (terms: Parameters<typeof hamiltonian>[1], what: RegExp, states?: number): void =>
      assert.throws(
        () => make(hamiltonian(path, terms), { temperature: 1, states }),
        (error) => error instanceof TypeError && what.test(error.message),
      );
    refused(
      [bond((a, b, J) => a.mul(b).sum().mul(J), { J: [-1, 0.5] })],
      /edge 1 \(1, 2\) is lower by 1 where its ends differ; clusters need a ferromagnet/,
    );
    refused(
      [bond((a, b) => a.add(b).sum().neg())],
      /edge 0 \(0, 1\) tells values apart: \(1, 1\) has the energy -2, \(-1, -1\) has 2/,
    );
    refused(
      [bond((a, b) => a.sub(b).squaredNorm())],
      /edge 0 \(0, 1\) tells values apart: \(0, 2\) has the energy 4, \(0, 1\) has 1/,
      3,
    );
    refused(
      [bond((a, b, A) => a.sub(b).sum().mul(A), { A: oriented([1, 1]) })],
      /tells values apart: \(1, -1\) has the energy 2, \(-1, 1\) has -2/,
    );
    refused(
      [star((x, neighbours) => neighbours.sum((y) => x.sub(y)).squaredNorm())],
      /the term "star" is neither a bond nor a site/,
    );
    refused(
      [ferromagnet, globalSum((all) => all.sum((x) => x.sum()).square())],
      /neither a bond nor a site; clusters need bonds of pairs/,
    );
    refused([custom((values) => values.square().sum([0, 1]))], /neither a bond nor a site/);
    assert.throws(
      () => make(hamiltonian(path, [ferromagnet]), { temperature: -1 }),
      /temperature must be finite and not negative, got -1/,
    );
    assert.throws(
      () => make(hamiltonian(path, [ferromagnet]), { temperature: 1, states: 1 }),
      new RegExp(`${make.name}: states must be an integer in \\[2, .*, got 1`),
    );
    // one term's antiferromagnet is outweighed by the other's
    make(hamiltonian(path, [ferromagnet, bond((a, b) => a.mul(b).sum().mul(0.3))]), { temperature: 1 });
  }
});

test('a field that is not one of spins, or has two components, is refused', () => {
  const energy = hamiltonian(ring(5), [ferromagnet]);
  assert.throws(
    () => wolff(energy, { temperature: 1 }).init(new Field(new Float32Array(5), { sites: 5 }), 1),
    /wolff: the rule moves spin fields, got a real field/,
  );
  assert.throws(
    () => swendsenWang(energy, { temperature: 1 }).init(randomSpins({ sites: 5, components: 2, seed: 1 }), 1),
    /fields of one component, got 2/,
  );
});

test('a run that was saved goes on as if it had not been, with its counts', async () => {
  const energy = hamiltonian(torus(6, 6), [ferromagnet, site((x) => x.sum().mul(-0.1))]);
  for (const make of samplers) {
    const sampler = make(energy, { temperature: 2 });
    const whole = await sample(sampler, { chains: 3, steps: 60, seed: 8 });
    const first = await sample(sampler, { chains: 3, steps: 25, seed: 8 });
    const rest = await sample(sampler, { steps: 35, resume: parseState(serialiseState(first.state)) });
    assert.deepEqual(rest.states.at(-1), whole.states.at(-1));
    assert.deepEqual(rest.acceptance, whole.acceptance);
    assert.deepEqual(meanClusterSize(rest.state), meanClusterSize(whole.state));
    const between = meanClusterSize(rest.state, first.state);
    between.forEach((size, c) =>
      assert.ok(
        Math.abs(35 * size + 25 * meanClusterSize(first.state)[c] - 60 * meanClusterSize(whole.state)[c]) <
          1e-9,
      ),
    );
    assert.notDeepEqual(
      (await sample(sampler, { chains: 3, steps: 60, seed: 9 })).states.at(-1),
      whole.states.at(-1),
    );
    assert.throws(() => meanClusterSize(first.state, first.state), /needs at least one step, got 0/);
  }
  const { state } = await sample(heatBath(energy, { temperature: 2 }), { steps: 1 });
  assert.throws(() => meanClusterSize(state), /must be one of swendsenWang or wolff, got one of heat bath/);
});

test('pinned nodes stay, and draw the others along where it is cold', async () => {
  const graph = torus(6, 6);
  const energy = hamiltonian(graph, [ferromagnet]);
  const initial = pinned(randomSpins({ sites: 36, chains: 8, seed: 3 }), [0, 7, 20]);
  for (const make of samplers) {
    const { states } = await sample(make(energy, { temperature: 1.5 }), { initial, steps: 40, seed: 1 });
    for (const values of states)
      for (const node of [0, 7, 20])
        for (let c = 0; c < 8; c++) assert.equal(values[node * 8 + c], initial.at(node, 0, c));
    assert.notDeepEqual(states.at(-1), states[0]);
  }
});

test('at T = 0 every agreeing bond is active: a magnet turns whole, in a field only down the field', async () => {
  const initial = new Field(new Float32Array(7 * 4).fill(-1), { sites: 7, chains: 4, codomain: 'spin' });
  for (const make of samplers) {
    const free = await sample(make(hamiltonian(complete(7), [ferromagnet]), { temperature: 0 }), {
      initial,
      steps: 12,
      seed: 2,
    });
    for (const values of free.states)
      for (let c = 0; c < 4; c++) for (let i = 0; i < 7; i++) assert.equal(values[i * 4 + c], values[c]);
    assert.ok(new Set(free.states.flatMap((values) => [...values])).size === 2);
    const inField = hamiltonian(complete(7), [ferromagnet, site((x) => x.sum().mul(-0.5))]);
    const { states } = await sample(make(inField, { temperature: 0 }), { initial, steps: 3, seed: 2 });
    for (const values of states) assert.ok(values.every((x) => x === 1));
  }
});

test('the certificate passes both, at the critical point of a small torus', async () => {
  const energy = hamiltonian(torus(6, 6), [ferromagnet]);
  for (const make of samplers) {
    const samples = await sample(make(energy, { temperature: 2.269 }), {
      chains: 8,
      burnIn: 50,
      steps: 4000,
      every: 4,
      seed: 5,
    });
    assert.deepEqual(certify(samples, energy).findings, []);
  }
});
