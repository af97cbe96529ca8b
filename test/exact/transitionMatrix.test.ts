// Transition matrices of single-site rules: laws kept, detailed balance, gaps and mixing times known in
// closed form, and the rule of the proposal's program, which takes node 0's value (EMTD section 3.3).
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from '../property.js';
import { Matrix } from 'ml-matrix';
import {
  antisymmetricFlux,
  isingDistribution,
  mixingTime,
  oneWayTransitions,
  transitionMatrix,
  type TransitionParameters,
  spectralGap,
  stationaryLaw,
} from '../../src/exact/index.js';
import { fromEdges, type Graph, ring } from '../../src/graphs/index.js';

const near = (actual: number, expected: number, tolerance = 1e-12): void =>
  assert.ok(Math.abs(actual - expected) <= tolerance, `${actual}, expected ${expected}`);

const isingOf =
  ({ endpoints, edgeCount }: Graph) =>
  (s: Float64Array): number => {
    let H = 0;
    for (let e = 0; e < edgeCount; e++) H -= s[endpoints[2 * e]] * s[endpoints[2 * e + 1]];
    return H;
  };
const triangle = fromEdges(3, [
  [0, 1],
  [1, 2],
  [2, 0],
]);
const potts: Omit<TransitionParameters, 'rule'> = {
  nodes: 3,
  values: [0, 1, 2],
  temperature: 0.8,
  energy: ([a, b, c]) => Number(a !== b) + 2 * Number(b !== c) + 0.3 * a,
};
const rules = ['metropolis', 'glauber', 'heat bath'] as const;

test('a move at a random node keeps detailed balance with the Boltzmann law; a sweep keeps the law alone', () => {
  for (const rule of rules) {
    const { matrix, law } = transitionMatrix({ ...potts, rule });
    assert.ok(antisymmetricFlux(matrix, law).largest < 1e-15);
    stationaryLaw(matrix).forEach((p, s) => near(p, law[s], 1e-13));
    assert.equal(oneWayTransitions(matrix), 0);
    for (const order of ['sequential', [2, 0, 1, 1]] as const) {
      const sweep = transitionMatrix({ ...potts, rule, order });
      stationaryLaw(sweep.matrix).forEach((p, s) => near(p, law[s], 1e-13));
      assert.ok(antisymmetricFlux(sweep.matrix, law).sum > 1e-3, `${rule}, ${String(order)}`);
    }
  }
  const { law } = transitionMatrix({
    nodes: 3,
    values: [-1, 1],
    energy: isingOf(triangle),
    temperature: 2,
    rule: 'glauber',
  });
  isingDistribution(triangle, { temperature: 2 }).forEach((p, s) => near(law[s], p));
});

test('rules differ where they should: Metropolis moves most, Glauber is the heat bath of spins', () => {
  const spins = { nodes: 3, values: [-1, 1], energy: isingOf(triangle), temperature: 1.7 };
  const [metropolis, glauber, heatBath] = rules.map((rule) => transitionMatrix({ ...spins, rule }).matrix);
  assert.ok(
    Matrix.sub(glauber, heatBath)
      .to1DArray()
      .every((d) => Math.abs(d) < 1e-15),
  );
  for (let s = 0; s < 8; s++)
    for (let t = 0; t < 8; t++) assert.ok(s === t || metropolis.get(s, t) >= glauber.get(s, t));
  near(heatBath.get(0b111, 0b110), 1 / 3 / (1 + Math.exp(4 / 1.7)));
});

test("EMTD-3.13: the program's rule takes node 0's value, which cannot be undone", () => {
  const H = ([a, b, c]: Float64Array): number => (a - b) ** 2 + (b - c) ** 2 + (c - a) ** 2;
  const accepted = (dH: number): number => Math.min(1, Math.exp(-dH / 1));
  const rule = (state: Float64Array, node: number): number[] => {
    const proposed = state.with(node, state[0]);
    const row = [0, 0, 0];
    const taken = accepted(H(proposed) - H(state));
    row[state[0]] += taken;
    row[state[node]] += 1 - taken;
    return row;
  };
  const { matrix, states } = transitionMatrix({
    nodes: 3,
    values: [0, 1, 2],
    energy: H,
    temperature: 1,
    rule,
  });
  assert.equal(
    oneWayTransitions(matrix, (s) => states[s][0] === 0),
    1,
  );
  for (const s of [0, 13, 26]) assert.equal(matrix.get(s, s), 1, 'agreement absorbs');
  assert.throws(() => stationaryLaw(matrix), /must be unique/);
  const repaired = transitionMatrix({
    nodes: 3,
    values: [0, 1, 2],
    energy: H,
    temperature: 1,
    rule: 'metropolis',
  });
  assert.ok(antisymmetricFlux(repaired.matrix, repaired.law).largest < 1e-12);
  assert.equal(oneWayTransitions(repaired.matrix), 0);
});

test('a missing Hastings ratio leaves flux against the Boltzmann law, and round a cycle against its own', () => {
  const up = [2 / 3, 1 / 3]; // to the next label, to the one before
  const [H, T] = [[0, 0.5, 0.9], 1];
  const biased =
    (hastings: boolean) =>
    (state: Float64Array): number[] => {
      const now = state[0];
      const row = [0, 0, 0];
      up.forEach((q, k) => {
        const next = (now + 1 + k) % 3;
        row[next] += q * Math.min(1, Math.exp((H[now] - H[next]) / T) * (hastings ? up[1 - k] / q : 1));
      });
      row[now] = 1 - row[0] - row[1] - row[2];
      return row;
    };
  const kernel = (hastings: boolean) =>
    transitionMatrix({
      nodes: 1,
      values: [0, 1, 2],
      energy: ([x]) => H[x],
      temperature: T,
      rule: biased(hastings),
    });
  const [right, wrong] = [kernel(true), kernel(false)];
  assert.ok(antisymmetricFlux(right.matrix, right.law).largest < 1e-15);
  assert.ok(antisymmetricFlux(wrong.matrix, wrong.law).sum > 0.1);
  assert.ok(antisymmetricFlux(wrong.matrix, stationaryLaw(wrong.matrix)).sum > 0.1);
});

test('a biased walk on a ring of three has the flux |p - q| / 3 over each pair', () => {
  const [p, q] = [0.5, 0.2];
  const P = Matrix.zeros(3, 3).apply(function (s, t) {
    this.set(s, t, s === t ? 1 - p - q : t === (s + 1) % 3 ? p : q);
  });
  const { sum, largest } = antisymmetricFlux(P, [1 / 3, 1 / 3, 1 / 3]);
  near(largest, (p - q) / 3);
  near(sum, p - q);
});

test('gaps and mixing times in closed form', () => {
  for (const N of [2, 5, 8]) {
    // heat bath of free spins: the lazy walk on the hypercube, eigenvalues 1 - k / N
    const { matrix } = transitionMatrix({
      nodes: N,
      values: [-1, 1],
      energy: () => 0,
      temperature: 1,
      rule: 'heat bath',
    });
    near(spectralGap(matrix), 1 / N, 1e-10);
    const sweep = transitionMatrix({
      nodes: N,
      values: [-1, 1],
      energy: () => 0,
      temperature: 1,
      rule: 'heat bath',
      order: 'sequential',
    });
    assert.equal(mixingTime(sweep.matrix), 1);
    near(spectralGap(sweep.matrix), 1, 1e-6);
  }
  // Glauber on a ring, rate 1 / N a spin: the magnetisation decays by 1 - (1 - tanh(2 / T)) / N
  const glauber = transitionMatrix({
    nodes: 6,
    values: [-1, 1],
    energy: isingOf(ring(6)),
    temperature: 1.5,
    rule: 'glauber',
  });
  near(spectralGap(glauber.matrix), (1 - Math.tanh(2 / 1.5)) / 6, 1e-10);
  // Metropolis with nothing to lose always flips: periodic
  const flips = transitionMatrix({
    nodes: 3,
    values: [-1, 1],
    energy: () => 0,
    temperature: 1,
    rule: 'metropolis',
  }).matrix;
  near(spectralGap(flips), 0, 1e-12);
  assert.equal(mixingTime(flips), Infinity);
});

test('two states: gap, law and mixing time for any rates', () => {
  const rate = fc.double({ min: 0.01, max: 0.95, noNaN: true });
  fc.assert(
    fc.property(rate, rate, fc.double({ min: 0.01, max: 0.4, noNaN: true }), (a, b, epsilon) => {
      const P = new Matrix([
        [1 - a, a],
        [b, 1 - b],
      ]);
      near(stationaryLaw(P)[0], b / (a + b), 1e-12);
      near(spectralGap(P), 1 - Math.abs(1 - a - b), 1e-9);
      const distance = (t: number): number => (Math.max(a, b) / (a + b)) * Math.abs(1 - a - b) ** t;
      const t = mixingTime(P, epsilon);
      assert.ok(
        distance(t) <= epsilon * (1 + 1e-9) && (t === 0 || distance(t - 1) > epsilon * (1 - 1e-9)),
        `${t}`,
      );
    }),
  );
});

test('the relaxation time bounds the mixing time from both sides', () => {
  const { matrix, law } = transitionMatrix({ ...potts, rule: 'heat bath' });
  const relaxation = 1 / spectralGap(matrix);
  for (const epsilon of [0.25, 0.01, 1e-4]) {
    const t = mixingTime(matrix, epsilon);
    assert.ok(
      (relaxation - 1) * Math.log(1 / (2 * epsilon)) <= t &&
        t <= relaxation * Math.log(1 / (epsilon * Math.min(...law))),
      `${t}`,
    );
  }
});

test('names what is wrong', () => {
  const system = { ...potts, rule: 'metropolis' as const };
  assert.throws(
    () => transitionMatrix({ ...system, nodes: 8 }),
    /transitionMatrix: number of states must be an integer in \[2, 2048\], got 6561/,
  );
  assert.throws(() => transitionMatrix({ ...system, temperature: 0 }), /temperature must be positive/);
  assert.throws(() => transitionMatrix({ ...system, order: [3] }), /a node of the order must be .* got 3/);
  assert.throws(
    () => transitionMatrix({ ...system, rule: () => [0.5, 0.6, 0] }),
    /3 probabilities that sum to 1, got 0.5, 0.6, 0/,
  );
  assert.throws(
    () =>
      stationaryLaw(
        new Matrix([
          [1, 1],
          [0, 1],
        ]),
      ),
    /rows must be probabilities that sum to 1/,
  );
  assert.throws(() => antisymmetricFlux(new Matrix([[1]]), [0.5, 0.5]), /needs 1 probabilities, got 2/);
  assert.throws(() => mixingTime(new Matrix([[1]]), 2), /epsilon must be in \(0, 1\), got 2/);
});
