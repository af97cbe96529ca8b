import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import * as tf from '#tfjs';
import { fc } from '../property.js';
import {
  bond,
  custom,
  globalSum,
  Hamiltonian,
  hamiltonian,
  oriented,
  site,
  star,
} from '../../src/energies/index.js';
import { ready } from '../../src/tensors/index.js';
import { fromEdges, laplacianSpectrum, ring, smallWorld } from '../../src/graphs/index.js';
import { normals, Purpose, randomKey } from '../../src/randomness/index.js';
import { arbitraryEnergy, symbols } from '../expressions/arbitrary.js';

before(() => ready());

const draw = (length: number, seed = 1): Float64Array =>
  normals(new Float64Array(length), randomKey(seed), {
    step: 0,
    purpose: Purpose.initial,
    nodes: length,
    lanes: 1,
  });

const close = (actual: number, expected: number, tolerance: number): void =>
  assert.ok(
    Math.abs(actual - expected) <= tolerance * Math.max(1, Math.abs(expected)),
    `${actual} against ${expected}`,
  );

const interaction = bond((a, b, J) => a.sub(b).squaredNorm().mul(J), { J: 1 });

test('the interaction is x^T L x, its Hessian trace 2 tr L a component', () => {
  const graph = smallWorld(20, 4, 0.2, { seed: 3 });
  const energy = hamiltonian(graph, [interaction]);
  const state = draw(40);
  let form = 0;
  for (let e = 0; e < graph.edgeCount; e++) {
    for (let k = 0; k < 2; k++) {
      form += (state[2 * graph.endpoints[2 * e] + k] - state[2 * graph.endpoints[2 * e + 1] + k]) ** 2;
    }
  }
  close(energy.energy64(state), form, 1e-12);
  const trace = laplacianSpectrum(graph).reduce((sum, mu) => sum + mu, 0);
  close(energy.hessianTrace64(state), 2 * 2 * trace, 1e-6);
});

test('a star of differences is the squared Laplacian', () => {
  const graph = ring(7);
  const energy = hamiltonian(graph, [star((x, neighbours) => neighbours.sum((y) => x.sub(y)).squaredNorm())]);
  const x = draw(7);
  let expected = 0;
  for (let i = 0; i < 7; i++) expected += (2 * x[i] - x[(i + 1) % 7] - x[(i + 6) % 7]) ** 2;
  close(energy.energy64(x), expected, 1e-12);
});

test('a star sees couplings and degrees', () => {
  const graph = fromEdges(
    3,
    [
      [0, 1],
      [1, 2],
    ],
    { couplings: [2, 5] },
  );
  const weighted = hamiltonian(graph, [star((_x, neighbours) => neighbours.sum((y, w) => y.sum().mul(w)))]);
  assert.equal(weighted.energy64(Float64Array.of(1, 10, 100)), 2 * 10 + (2 * 1 + 5 * 100) + 5 * 10);
  const means = hamiltonian(graph, [star((_x, neighbours) => neighbours.mean((y) => y.sum()))]);
  assert.equal(means.energy64(Float64Array.of(1, 10, 100)), 10 + 101 / 2 + 10);
});

test('a global sum is Curie-Weiss, and its local change costs one summand', () => {
  const graph = ring(5);
  const energy = hamiltonian(graph, [
    globalSum(
      (nodes, J) =>
        nodes
          .sum((s) => s.sum())
          .square()
          .mul(J)
          .div(nodes.count),
      { J: -0.5 },
    ),
  ]);
  const spins = Float64Array.of(1, 1, -1, 1, 1);
  close(energy.energy64(spins), (-0.5 * 9) / 5, 1e-15);
  const moves = energy.track(spins);
  close(moves.change(2, [1]), (-0.5 * (25 - 9)) / 5, 1e-15);
  moves.commit(2, [1]);
  close(moves.change(0, [-1]), (-0.5 * (9 - 25)) / 5, 1e-15);
});

test('tensors agree with float64 for any bond expression on any graph', () => {
  fc.assert(
    fc.property(arbitraryEnergy, fc.integer({ min: 6, max: 14 }), fc.nat(1000), (formula, nodes, seed) => {
      const graph = smallWorld(nodes, 4, 0.5, { seed });
      const energy = new Hamiltonian(graph, [bond((a, b, J) => substitute(formula, a, b, J), { J: 0.7 })]);
      const states = [draw(nodes * 3, seed), draw(nodes * 3, seed + 1)];
      const values = tf.tensor3d(
        Array.from({ length: nodes * 3 * 2 }, (_, at) => states[at % 2][at >> 1]),
        [nodes, 3, 2],
        'float32',
      );
      // both from the same float32 numbers
      const rounded = states.map((state) => Float64Array.from(Float32Array.from(state)));
      const energies = tf.tidy(() => energy.energy(values).dataSync());
      const gradients = tf.tidy(() => energy.gradient(values).dataSync());
      rounded.forEach((state, chain) => {
        close(energies[chain], energy.energy64(state), 1e-4);
        const exact = energy.gradient64(state);
        const scale = exact.reduce((most, g) => Math.max(most, Math.abs(g)), 1);
        exact.forEach((g, at) => {
          // a kink may be met on the other side in float32
          if (Math.abs(gradients[2 * at + chain] - g) > 1e-3 * scale) kinks++;
        });
      });
      slopes += 2 * nodes * 3;
      values.dispose();
      energy.dispose();
    }),
    { seed: 11, numRuns: 60 },
  );
  assert.ok(kinks <= slopes / 200, `${kinks} of ${slopes} slopes differ`);
});
let [kinks, slopes] = [0, 0];

/** The random formula with its own symbols replaced by the bond's. */
function substitute(
  formula: typeof symbols.a,
  a: typeof symbols.a,
  b: typeof symbols.a,
  J: typeof symbols.a,
): typeof symbols.a {
  const known = new Map([
    [symbols.a, a],
    [symbols.b, b],
    [symbols.J, J],
  ]);
  const visit = (x: typeof symbols.a): typeof symbols.a => {
    let copy = known.get(x);
    if (!copy) {
      copy = new (x.constructor as typeof import('../../src/expressions/index.js').Expression)(
        x.op,
        x.shape,
        x.args.map(visit),
        x.value,
        x.name,
      );
      known.set(x, copy);
    }
    return copy;
  };
  return visit(formula);
}

test('star and global terms agree with float64 on tensors, with parameters that vary', () => {
  const graph = smallWorld(15, 4, 0.4, { seed: 2 });
  const energy = hamiltonian(graph, [
    star(
      (x, nb, h) =>
        nb
          .sum((y, w) => x.sub(y).tanh().mul(w))
          .squaredNorm()
          .mul(h)
          .add(nb.mean((y) => y.dot(x)).cos()),
      {
        h: draw(15),
      },
    ),
    globalSum(
      (nodes, K) =>
        nodes
          .mean((x) => x.squaredNorm())
          .sub(1)
          .square()
          .mul(K),
      { K: 3 },
    ),
    site((x, h) => x.component(0).mul(h), { h: draw(15) }),
    custom((values) => values.square().sum([0, 1])),
  ]);
  const exact = hamiltonian(graph, [...energy.terms.slice(0, 3), site((x) => x.squaredNorm())]);
  const state = Float64Array.from(Float32Array.from(draw(30, 4)));
  const values = tf.tensor3d(Float32Array.from(state), [15, 2, 1]);
  close(energy.energy(values).dataSync()[0], exact.energy64(state), 1e-5);
  const gradient = energy.gradient(values).dataSync();
  exact.gradient64(state).forEach((g, k) => close(gradient[k], g, 1e-4));
});

test('parameters are replaced by name, per-edge and oriented ones included', () => {
  const graph = fromEdges(3, [
    [0, 1],
    [2, 1],
  ]);
  const energy = hamiltonian(graph, [interaction]);
  const x = Float64Array.of(0, 1, 3);
  assert.equal(energy.with({ J: 2 }).energy64(x), 2 * energy.energy64(x));
  assert.equal(energy.with({ J: [10, 1] }).energy64(x), 10 + 4);
  const angles = hamiltonian(graph, [
    bond((a, b, t) => a.sub(b).sum().sub(t).square(), { t: oriented([1, -1]) }),
  ]);
  assert.equal(angles.energy64(x), (0 - 1 - 1) ** 2 + (3 - 1 + 1) ** 2);
});

test('the formula prints as LaTeX', () => {
  const energy = hamiltonian(ring(5), [
    interaction.with({ J: [1, 1, 1, 1, 1] }),
    site((x) => x.squaredNorm()),
  ]);
  assert.equal(
    energy.latex(),
    'H = \\sum_{\\langle i,j \\rangle} J_{ij} \\, \\lVert x_i - x_j \\rVert^{2} + \\sum_i \\lVert x_i \\rVert^{2}',
  );
});

test('bad input is named', () => {
  const graph = ring(5);
  assert.throws(() => hamiltonian(graph, []), /hamiltonian: needs at least one term/);
  assert.throws(
    () => hamiltonian(graph, [interaction.with({ J: NaN })]),
    /bond: parameter J must be finite, got NaN/,
  );
  assert.throws(
    () => hamiltonian(graph, [interaction.with({ J: [1, 2] })]),
    /one value per edge \(5\), got 2/,
  );
  assert.throws(() => bond((a) => a), /bond: the energy must be a scalar/);
  assert.throws(() => site(() => 3 as never), /site: the energy function must return an expression/);
  const energy = hamiltonian(graph, [interaction]);
  assert.throws(() => energy.with({ K: 1 }), /with: no term has a parameter K; known: J/);
  assert.throws(
    () => energy.energy64(new Float64Array(7)),
    /energy64: the state must be \[nodes, components\] on 5 nodes/,
  );
  assert.throws(
    () => energy.gradient(tf.zeros([4, 1, 1])),
    /gradient: values must be .* on 5 nodes, got \[4, 1, 1\]/,
  );
  const opaque = hamiltonian(graph, [custom((x) => x.sum([0, 1]), { name: 'mine' })]);
  assert.throws(
    () => opaque.energy64(new Float64Array(5)),
    /custom: the term "mine" runs on the tensor engine only/,
  );
  const wrong = hamiltonian(graph, [custom((x) => x.sum() as never)]);
  assert.throws(() => wrong.energy(tf.zeros([5, 1, 2])), /custom: .* must return \[chains\] = \[2\]/);
});

test('the source is that of one component, one chain and the better scheme, where nothing else is said', () => {
  const energy = hamiltonian(ring(5), [interaction]);
  const said = { components: 1, chains: 1, method: 'leimkuhler-matthews' } as const;
  for (const target of ['wasm', 'wgsl'] as const) {
    assert.equal(energy.source(target), energy.source(target, said));
    for (const other of [{ components: 2 }, { method: 'euler-maruyama' }] as const)
      assert.notEqual(energy.source(target), energy.source(target, other));
  }
});
