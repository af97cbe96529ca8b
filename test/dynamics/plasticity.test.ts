// Hebb's and Oja's rules. What a rule does in one step is a formula, so that under independent states of a
// known law the mean of J after n steps is exact, and for Hebb its variance at rest too:
//   <J_n> = (eta / gamma) <s_i s_j> (1 - (1 - gamma)^n),    Var J = eta^2 (1 - <s_i s_j>^2) / (gamma (2 -
// gamma)).
// Where the couplings drive the states that teach them, slowly learned ones rest at J = (eta / gamma) <s_i
// s_j>_J, solved by enumeration. Oja on a Gaussian field learns 2 C_ij / (C_ii + C_jj) of its covariance C =
// T (Hessian)^-1.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { fc } from '../property.js';
import { inverse, Matrix } from 'ml-matrix';
import { hebb, heatBath, langevin, oja, sample } from '../../src/dynamics/index.js';
import { bond, hamiltonian, hebbianCouplings, interaction, site } from '../../src/energies/index.js';
import { ready } from '../../src/tensors/index.js';
import { boltzmannLaw } from '../../src/exact/index.js';
import { Field, fieldFrom, normalField, randomSpins } from '../../src/fields/index.js';
import { complete, fromEdges, smallWorld } from '../../src/graphs/index.js';
import { mean } from '../../src/statistics/index.js';
import { meanWithError } from '../../src/statistics/mean.js';
import { uniformGenerator } from '../../src/randomness/index.js';

before(() => ready());

const kite = fromEdges(5, [
  [0, 1],
  [1, 2],
  [2, 0],
  [2, 3],
  [3, 4],
]);
const fields = [0.4, -0.1, 0.2, 0, -0.5];
const states = Array.from({ length: 32 }, (_, s) =>
  Float64Array.from({ length: 5 }, (_, i) => ((s >> i) & 1 ? 1 : -1)),
);
const spins = (J: ArrayLike<number>, h: readonly number[] = fields) =>
  hamiltonian(kite, [
    bond((a, b, J) => a.dot(b).mul(J).neg(), { J }),
    site((x, h) => x.sum().mul(h).neg(), { h }),
  ]);

/** <s_i s_j> of every edge at couplings J, by enumeration. */
function correlations(
  J: ArrayLike<number>,
  T: number,
  h = fields,
): { law: Float64Array; products: Float64Array } {
  const energy = spins(J, h);
  const { probabilities: law } = boltzmannLaw(
    states.map((s) => energy.energy64(s)),
    T,
  );
  const products = Float64Array.from({ length: kite.edgeCount }, (_, e) =>
    states.reduce((sum, s, k) => sum + law[k] * s[kite.endpoints[2 * e]] * s[kite.endpoints[2 * e + 1]], 0),
  );
  return { law, products };
}

test('patterns shown once at eta = 1/N leave the couplings of Hopfield', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 0, max: 1e6 }), (count, seed) => {
      const graph = smallWorld(14, 4, 0.3, { seed });
      const patterns = randomSpins({ sites: 14, chains: count, seed });
      let J: Float64Array = new Float64Array(graph.edgeCount);
      for (let p = 0; p < count; p++)
        J = hebb(graph, J, new Field(Float32Array.from(patterns.chain(p)), { sites: 14, codomain: 'spin' }), {
          rate: 1 / 14,
        });
      const stored = hebbianCouplings(graph, patterns);
      const together = hebb(graph, new Float64Array(graph.edgeCount), patterns, { rate: count / 14 });
      for (const learned of [J, together])
        learned.forEach((x, e) => assert.ok(Math.abs(x - stored[e]) < 1e-14));
    }),
    { numRuns: 30 },
  );
});

test('a field that follows a pattern stores it: J = (eta / gamma) xi_i xi_j (1 - (1 - gamma)^n), and unlearns', () => {
  const pattern = fieldFrom([1, -1, 1, 1, -1], { codomain: 'spin' });
  let J: Float64Array = new Float64Array(kite.edgeCount);
  for (let n = 1; n <= 60; n++) {
    J = hebb(kite, J, pattern, { rate: 0.03, decay: 0.1 });
    J.forEach((x, e) => {
      const sign = pattern.at(kite.endpoints[2 * e]) * pattern.at(kite.endpoints[2 * e + 1]);
      assert.ok(Math.abs(x - 0.3 * sign * (1 - 0.9 ** n)) < 1e-14);
    });
  }
  const back = hebb(kite, hebb(kite, J, pattern, { rate: 0.2 }), pattern, { rate: -0.2 });
  back.forEach((x, e) => assert.ok(Math.abs(x - J[e]) < 1e-15));
});

test('under independent states of a known law: mean and variance of J are exact', () => {
  const [T, rate, decay, runs, steps] = [1.5, 0.05, 0.08, 400, 60];
  const { law, products } = correlations([1, -0.7, 0.4, 1.3, 0.2], T);
  const random = uniformGenerator('independent states');
  const draw = (): Field => {
    let [s, left] = [0, random() - law[0]];
    while (left > 0 && s < 31) left -= law[++s];
    return new Field(Float32Array.from(states[s]), { sites: 5, codomain: 'spin' });
  };
  const [early, late]: [Float64Array[], Float64Array[]] = [[], []];
  for (let run = 0; run < runs; run++) {
    let J: Float64Array = new Float64Array(kite.edgeCount);
    for (let n = 1; n <= steps; n++) {
      J = hebb(kite, J, draw(), { rate, decay });
      if (n === 10) early.push(J);
    }
    late.push(J);
  }
  for (let e = 0; e < kite.edgeCount; e++) {
    for (const [seen, n] of [
      [early, 10],
      [late, steps],
    ] as const) {
      const values = seen.map((J) => J[e]);
      const { mean: average, standardError } = meanWithError(values);
      const expected = (rate / decay) * products[e] * (1 - (1 - decay) ** n);
      assert.ok(
        Math.abs(average - expected) < 4.5 * standardError,
        `edge ${e}, n = ${n}: ${average} +- ${standardError}, exactly ${expected}`,
      );
      const q = (1 - decay) ** 2;
      const variance = (rate ** 2 * (1 - products[e] ** 2) * (1 - q ** n)) / (1 - q);
      const squares = meanWithError(values.map((x) => (x - expected) ** 2));
      assert.ok(
        Math.abs(squares.mean - variance) < 4.5 * squares.standardError,
        `edge ${e}: variance ${squares.mean}, exactly ${variance}`,
      );
    }
  }
});

test('slow learning of spins that the couplings drive rests at J = (eta / gamma) <s_i s_j>_J, by enumeration', async () => {
  const [T, strength, decay, chains, rounds] = [1, 0.45, 0.03, 64, 600];
  const taught = [0.7, -0.5, 0.6, 0.4, -0.8];
  let fixed: Float64Array = new Float64Array(kite.edgeCount);
  for (let k = 0; k < 500; k++)
    fixed = correlations(fixed, T, taught).products.map((product) => strength * product);
  const alone = correlations(new Float64Array(kite.edgeCount), T, taught).products; // what J = 0 would teach: far from it
  assert.ok(fixed.some((J, e) => Math.abs(J - strength * alone[e]) > 0.05));
  const runs = await Promise.all(
    Array.from({ length: 16 }, async (_, run) => {
      let J: Float64Array = fixed.map((x) => 0.5 * x);
      let field = randomSpins({ sites: 5, chains, seed: run });
      const average = new Float64Array(kite.edgeCount);
      for (let round = 0; round < rounds; round++) {
        const bath = heatBath(spins(J, taught), { temperature: T, order: 'random', engine: 'tensors' });
        const state = await bath.advance(bath.init(field, `${run}, ${round}`), 1);
        const values = (state as unknown as { readonly chains: readonly Float64Array[] }).chains;
        field = new Field(
          Float32Array.from({ length: 5 * chains }, (_, at) => values[at % chains][Math.floor(at / chains)]),
          { sites: 5, chains, codomain: 'spin' },
        );
        J = hebb(kite, J, field, { rate: strength * decay, decay });
        if (round >= rounds / 2) J.forEach((x, e) => (average[e] += (2 * x) / rounds));
      }
      return average;
    }),
  );
  for (let e = 0; e < kite.edgeCount; e++) {
    const { mean: J, standardError } = meanWithError(runs.map((run) => run[e]));
    assert.ok(standardError < 0.01, `edge ${e}: error ${standardError}`);
    assert.ok(
      Math.abs(J - fixed[e]) < 4.5 * standardError,
      `edge ${e}: ${J} +- ${standardError}, enumerated ${fixed[e]}`,
    );
  }
});

test('what was learned is recalled from a damaged copy', async () => {
  const N = 200;
  const graph = complete(N);
  const patterns = randomSpins({ sites: N, chains: 5, seed: 1 });
  const J = hebb(graph, new Float64Array(graph.edgeCount), patterns, { rate: 5 / N });
  const damaged = patterns.with(patterns.values.map((s, at) => (at % 7 === 0 ? -s : s)));
  const memory = hamiltonian(graph, [bond((a, b, J) => a.dot(b).mul(J).neg(), { J })]);
  const {
    states: [recalled],
  } = await sample(heatBath(memory, { temperature: 0, order: 'sequential' }), {
    initial: damaged,
    steps: 10,
    every: 10,
    seed: 1,
  });
  assert.deepEqual([...recalled], [...patterns.values]);
});

test('Oja learns the correlation of a Gaussian field, and no coupling leaves [-1, 1]', async () => {
  const [T, stiff, rate, chains] = [0.7, [0.5, 1, 2, 0.3, 4], 0.1, 32];
  const J = 0.6;
  const hessian = Matrix.diag(stiff);
  for (let e = 0; e < kite.edgeCount; e++) {
    const [i, j] = [kite.endpoints[2 * e], kite.endpoints[2 * e + 1]];
    for (const k of [i, j]) hessian.set(k, k, hessian.get(k, k) + 2 * J);
    for (const [a, b] of [
      [i, j],
      [j, i],
    ])
      hessian.set(a, b, -2 * J);
  }
  const C = inverse(hessian).mul(T);
  const energy = hamiltonian(kite, [
    interaction({ J }),
    site((x, k) => x.squaredNorm().mul(k).div(2), { k: stiff }),
  ]);
  const learned = await Promise.all(
    Array.from({ length: 16 }, async (_, seed) => {
      const samples = await sample(langevin(energy, { temperature: T, timeStep: 0.1 }), {
        chains,
        burnIn: 200,
        steps: 12_000,
        every: 20,
        seed,
      });
      let couplings: Float64Array = new Float64Array(kite.edgeCount);
      const average = new Float64Array(kite.edgeCount);
      samples.states.forEach((values, record) => {
        couplings = oja(kite, couplings, new Field(values, { sites: 5, chains }), { rate });
        if (record >= 300) couplings.forEach((x, e) => (average[e] += x / 300));
      });
      return average;
    }),
  );
  for (let e = 0; e < kite.edgeCount; e++) {
    const [i, j] = [kite.endpoints[2 * e], kite.endpoints[2 * e + 1]];
    const expected = (2 * C.get(i, j)) / (C.get(i, i) + C.get(j, j));
    const { mean: seen, standardError } = meanWithError(learned.map((x) => x[e]));
    assert.ok(standardError < 0.01, `edge ${e}: error ${standardError}`);
    assert.ok(
      Math.abs(seen - expected) < 4.5 * standardError,
      `edge ${e}: ${seen} +- ${standardError}, exactly ${expected}`,
    );
  }
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 1e6 }),
      fc.double({ min: -1, max: 1, noNaN: true }),
      (seed, start) => {
        const field = normalField({ sites: 5, components: 2, chains: 3, seed });
        const square = Math.max(
          ...kite.endpoints.map((node) =>
            mean([0, 1, 2].map((c) => 2 * (field.at(node, 0, c) ** 2 + field.at(node, 1, c) ** 2))),
          ),
        );
        const after = oja(kite, new Float64Array(kite.edgeCount).fill(start), field, { rate: 1 / square });
        assert.ok(after.every((x) => Math.abs(x) <= 1 + 1e-12));
      },
    ),
    { numRuns: 100 },
  );
});

test('on spins Oja is Hebb with gamma = eta', () => {
  const state = randomSpins({ sites: 5, chains: 3, seed: 2 });
  const J = [0.3, -0.2, 0, 1, -1];
  assert.deepEqual(
    oja(kite, J, state, { rate: 0.25 }).map((x) => Math.fround(x)),
    hebb(kite, J, state, { rate: 0.25, decay: 0.25 }).map((x) => Math.fround(x)),
  );
});

test('what is wrong is named', () => {
  const state = randomSpins({ sites: 5, seed: 2 });
  assert.throws(() => hebb(kite, [1], state, { rate: 1 }), /hebb: needs one coupling per edge \(5\), got 1/);
  assert.throws(
    () => hebb(kite, [1, 1, 1, 1, 1], state, { rate: 1, decay: 2 }),
    /hebb: decay must be in \[0, 1\], got 2/,
  );
  assert.throws(() => oja(kite, [1, 1, 1, 1, 1], state, { rate: NaN }), /oja: rate must be finite, got NaN/);
  assert.throws(
    () => oja(complete(4), new Float64Array(6), state, { rate: 1 }),
    /oja: field must have 4 sites, got 5/,
  );
});
