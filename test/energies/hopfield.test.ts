// Hebbian couplings and Hopfield's energy: the formula, one pattern as a ferromagnet in disguise (Mattis),
// and how many bits of a stored pattern are unstable. A bit of one of P random patterns is, where the P - 1
// others push it by more than its own pattern holds it: (P - 1)(N - 1) fair signs sum to less than -(N - 1).
// Hertz, Krogh, Palmer, Introduction to the Theory of Neural Computation (1991), section 2.2.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { fc } from '../property.js';
import { checkTerm, hamiltonian, hebbianCouplings, hopfield } from '../../src/energies/index.js';
import { ready } from '../../src/tensors/index.js';
import { isingEnergies } from '../../src/exact/index.js';
import { fieldFrom, normalField, randomSpins } from '../../src/fields/index.js';
import { allPairs } from '../../src/graphs/generators/lattices.js';
import { complete, fromEdges, smallWorld } from '../../src/graphs/index.js';

before(() => ready());

test('couplings are (1/N) sum of xi_i xi_j on any graph', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 1e6 }), (count, seed) => {
      const graph = smallWorld(12, 4, 0.3, { seed });
      const patterns = randomSpins({ sites: 12, chains: count, seed });
      hebbianCouplings(graph, patterns).forEach((J, e) => {
        let sum = 0;
        for (let p = 0; p < count; p++)
          sum += patterns.at(graph.endpoints[2 * e], 0, p) * patterns.at(graph.endpoints[2 * e + 1], 0, p);
        assert.ok(Math.abs(J - sum / 12) < 1e-15);
      });
    }),
  );
  assert.throws(
    () => hebbianCouplings(complete(3), normalField({ sites: 3, seed: 1 })),
    /hebbianCouplings: field must be spin, got real/,
  );
  assert.throws(
    () => hebbianCouplings(complete(3), randomSpins({ sites: 4, seed: 1 })),
    /hebbianCouplings: field must have 3 sites, got 4/,
  );
});

test('the term passes the conformance suite, and its energy in a pattern is that of the square of the overlaps', () => {
  const graph = smallWorld(12, 4, 0.3, { seed: 12 });
  assert.ok(checkTerm(hopfield(graph, randomSpins({ sites: 12, chains: 3, seed: 1 })), { graph }).passed);
  // on K_N: H = - (N/2) sum over patterns of m^2 + P/2
  const [N, P] = [40, 5];
  const patterns = randomSpins({ sites: N, chains: P, seed: 2 });
  const energy = hamiltonian(complete(N), [hopfield(complete(N), patterns)]);
  for (const state of [patterns.chain(0), randomSpins({ sites: N, seed: 9 }).chain(0)]) {
    let squares = 0;
    for (let p = 0; p < P; p++)
      squares += (patterns.chain(p).reduce((sum, xi, i) => sum + xi * state[i], 0) / N) ** 2;
    assert.ok(Math.abs(energy.energy64(state) - (P / 2 - (N / 2) * squares)) < 1e-11);
  }
});

test('one pattern is a ferromagnet in disguise: the same energies, state by state', () => {
  const N = 8;
  const pattern = fieldFrom([1, 1, -1, 1, -1, -1, 1, -1], { codomain: 'spin' });
  const energy = hamiltonian(complete(N), [hopfield(complete(N), pattern)]);
  const ferromagnet = isingEnergies(
    fromEdges(N, allPairs(N), { couplings: new Float64Array((N * (N - 1)) / 2).fill(1 / N) }),
  );
  ferromagnet.forEach((H, s) => {
    const state = Float64Array.from({ length: N }, (_, i) => pattern.at(i) * ((s >> i) & 1 ? 1 : -1));
    assert.ok(Math.abs(energy.energy64(state) - H) < 1e-12);
  });
});

test('unstable bits of stored patterns: binomial, 1.0 % at load 0.185', () => {
  const [N, P] = [400, 75];
  const steps = (P - 1) * (N - 1);
  // P(fair signs sum to less than -(N - 1)), by the normal law with the correction for steps of 2
  const expected = normalBelow(-(N - 1 + 1) / Math.sqrt(steps));
  let [unstable, ties] = [0, 0];
  const seeds = 8;
  for (let seed = 0; seed < seeds; seed++) {
    const patterns = randomSpins({ sites: N, chains: P, seed });
    const graph = complete(N);
    const J = hebbianCouplings(graph, patterns);
    const fields = new Float64Array(N * P);
    for (let e = 0; e < graph.edgeCount; e++) {
      const [i, j] = [graph.endpoints[2 * e], graph.endpoints[2 * e + 1]];
      for (let p = 0; p < P; p++) {
        fields[i * P + p] += J[e] * patterns.values[j * P + p];
        fields[j * P + p] += J[e] * patterns.values[i * P + p];
      }
    }
    fields.forEach((h, at) => {
      const hold = h * patterns.values[at];
      if (hold < -1e-9) unstable++;
      else if (hold < 1e-9) ties++;
    });
  }
  const share = unstable / (seeds * N * P);
  assert.ok(Math.abs(expected - 0.01) < 1e-3, `theory ${expected}`);
  // bits of one network are not quite independent: twice the binomial error
  const error = 2 * Math.sqrt(expected / (seeds * N * P));
  assert.ok(
    Math.abs(share - expected) < 4.5 * error,
    `${share} against ${expected} +- ${error}, ${ties} ties`,
  );
});

/** P(z < x) of a standard normal z, by the integral. */
function normalBelow(x: number): number {
  let sum = 0;
  for (let z = x - 12 + 5e-5; z < x; z += 1e-4) sum += Math.exp((-z * z) / 2) * 1e-4;
  return sum / Math.sqrt(2 * Math.PI);
}
