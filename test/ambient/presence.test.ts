// The presence field against its own linear algebra: the stationary state against a dense solve, relaxation
// against the modes, the total against rounding, the engines against float64, and the entropy of a spreading
// mass against the spectral gap.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { Matrix, solve } from 'ml-matrix';
import { presence, relax } from '../../src/ambient/index.js';
import { langevin, sample } from '../../src/dynamics/index.js';
import { ready } from '../../src/tensors/index.js';
import { Field, shannonEntropy } from '../../src/fields/index.js';
import {
  complete,
  fromEdges,
  laplacian,
  laplacianSpectrum,
  ring,
  smallWorld,
  type Graph,
} from '../../src/graphs/index.js';
import { uniformGenerator } from '../../src/randomness/index.js';

before(() => ready());

const graph = smallWorld(40, 4, 0.2, { seed: 5 });
const random = (name: string, length: number): Float64Array => {
  const next = uniformGenerator(name);
  return Float64Array.from({ length }, () => next());
};
const sum = (x: ArrayLike<number>): number => Array.from(x).reduce((total, value) => total + value, 0);
const largestDifference = (x: ArrayLike<number>, y: ArrayLike<number>): number =>
  Math.max(...Array.from(x, (value, i) => Math.abs(value - y[i])));

/** (L + gamma)^-1 b, dense. */
const dense = (of: Graph, decay: number, b: ArrayLike<number>): number[] =>
  solve(
    Matrix.add(laplacian(of), Matrix.eye(of.nodeCount).mul(decay)),
    Matrix.columnVector(Array.from(b)),
  ).to1DArray();

const u = random('u', 40);
const air = presence(graph, { decay: 0.3, release: 0.05, participation: u });

test('the stationary state solves (L + gamma) m = sigma A u, holds the total, and is reached from anywhere', async () => {
  const state = air.steadyState(7);
  const pool = state[40];
  assert.ok(Math.abs(sum(state) - 7) < 1e-13);
  const exact = dense(
    graph,
    0.3,
    u.map((each) => 0.05 * pool * each),
  );
  assert.ok(largestDifference(state.subarray(0, 40), exact) < 1e-12);
  assert.ok(Math.max(...air.drift(state).map(Math.abs)) < 1e-13);
  const start = random('start', 41);
  const scaled = start.map((each) => (7 * each) / sum(start));
  const end = await relax(air, scaled, { time: 120 });
  assert.ok(
    largestDifference(end.state, state) < 1e-9 * Math.max(...state),
    `${largestDifference(end.state, state)}`,
  );
});

test('nothing is lost: the total drifts by less than 1e-12 over four thousand steps, in the nonlinear reading too', async () => {
  const competing = presence(graph, {
    decay: 0.3,
    release: 0.05,
    states: 2,
    replacement: (m, each) => m.mul(3).softmax().mul(each),
  });
  for (const [field, start] of [
    [air, random('s', 41)],
    [competing, random('t', 82)],
  ] as const) {
    const { states } = await relax(field, start, { time: 400, timeStep: 0.1, every: 100 });
    for (const state of states)
      assert.ok(Math.abs(sum(state) / sum(start) - 1) < 1e-12, `${sum(state) / sum(start) - 1}`);
  }
});

test('a mode decays at mu_k + gamma, an absent node at gamma, and its mass turns up in the air', async () => {
  const circle = ring(16);
  const [field, k] = [presence(circle, { decay: 0.2, release: 0.1 }), 3];
  const mode = Float64Array.from({ length: 17 }, (_, i) =>
    i < 16 ? 1 + 0.5 * Math.cos((2 * Math.PI * k * i) / 16) : 2,
  );
  const { state } = await relax(field, mode, { time: 2, timeStep: 0.02, every: 0.5 });
  const amplitude = state
    .subarray(0, 16)
    .reduce((total, m, i) => total + (m * Math.cos((2 * Math.PI * k * i) / 16)) / 8, 0);
  const mu = 2 - 2 * Math.cos((2 * Math.PI * k) / 16);
  assert.ok(Math.abs(amplitude / (0.5 * Math.exp(-(mu + 0.2) * 2)) - 1) < 1e-6, `${amplitude}`);
  assert.ok(laplacianSpectrum(circle).some((each) => Math.abs(each - mu) < 1e-9));

  const away = fromEdges(3, [[0, 1]], { connected: false });
  const leaver = presence(away, { decay: 0.2, release: 0.1, participation: [1, 1, 0] });
  const before = Float64Array.of(1, 1, 3, 5);
  const after = (await relax(leaver, before, { time: 4, timeStep: 0.01 })).state;
  assert.ok(Math.abs(after[2] - 3 * Math.exp(-0.8)) < 1e-9);
  assert.ok(Math.abs(sum(after) - 10) < 1e-12);
});

test('tensors and generated code run the field', async () => {
  const chains = 4;
  const start = random('float32', 41 * chains);
  const initial = new Field(Float32Array.from(start), { sites: 41, chains });
  for (const engine of ['tensors', 'wasm'] as const) {
    const run = await sample(
      langevin(air.currents, { temperature: 0, timeStep: 0.05, method: 'euler-maruyama', engine }),
      { initial, steps: 4000, every: 4000 },
    );
    for (let c = 0; c < chains; c++) {
      const one = run.states[0].filter((_, at) => at % chains === c);
      const total = sum(initial.values.filter((_, at) => at % chains === c));
      assert.ok(Math.abs(sum(one) / total - 1) < 1e-4, `${engine}: total ${sum(one) / total}`);
      assert.ok(
        largestDifference(one, air.steadyState(total)) < 1e-3,
        `${engine}: ${largestDifference(one, air.steadyState(total))}`,
      );
    }
  }
});

test('what does not depend on the state holds for every state: two linear ones, on all engines', async () => {
  const two = presence(graph, { decay: 0.3, release: 0.05, participation: u, states: 2 });
  const out = new Float64Array(2);
  two.replacement(out, Float64Array.of(1, 2), 3);
  assert.deepEqual([...out], [u[3], u[3]]);
  const start = random('two', 82);
  const rest = two.steadyState(sum(start)).subarray(0, 80);
  const { state } = await relax(two, start, { time: 100, timeStep: 0.1 });
  assert.ok(largestDifference(state.subarray(0, 80), rest) < 1e-9);
  const initial = new Field(Float32Array.from(start), { sites: 41, components: 2 });
  for (const engine of ['tensors', 'wasm'] as const) {
    const run = await sample(
      langevin(two.currents, { temperature: 0, timeStep: 0.05, method: 'euler-maruyama', engine }),
      { initial, steps: 1500, every: 1500 },
    );
    assert.ok(largestDifference(run.states[0].subarray(0, 80), rest) < 1e-3, engine);
  }
});

test('a point mass evens out: ln N - H falls at twice the spectral gap, nothing goes into the air', async () => {
  for (const of of [ring(12), complete(9), smallWorld(16, 4, 0.3, { seed: 2 })]) {
    const gap = laplacianSpectrum(of)[1];
    const heat = presence(of, { decay: 0, release: 0 });
    const { states, times } = await relax(heat, new Float64Array(of.nodeCount + 1).fill(1, 0, 1), {
      time: 11 / gap,
      every: 1 / gap,
    });
    const deficits = states.map(
      (state) => Math.log(of.nodeCount) - shannonEntropy(state.subarray(0, of.nodeCount)),
    );
    assert.ok(deficits[9] > 1e-10 && deficits[9] < 1e-4, `${deficits[9]}`);
    const slope = Math.log(deficits[6] / deficits[9]) / (times[9] - times[6]);
    assert.ok(Math.abs(slope / (2 * gap) - 1) < 0.01, `${of.name}: ${slope} for ${2 * gap}`);
    assert.equal(states[10][of.nodeCount], 0);
  }
});

test('refusals name the rule and the value', async () => {
  const make = (change: object) => () => presence(graph, { decay: 1, release: 1, ...change });
  assert.throws(make({ decay: -1 }), /presence: decay must be finite and not negative, got -1/);
  assert.throws(make({ release: NaN }), /presence: release must be finite and not negative, got NaN/);
  assert.throws(
    () => presence(graph, { decay: 0, release: 1 }).steadyState(1),
    /steadyState: decay must be positive and finite, got 0/,
  );
  assert.throws(make({ states: 0 }), /presence: states must be an integer .* got 0/);
  assert.throws(
    make({ participation: [1] }),
    /presence: participation must have one value per node \(40\), got 1/,
  );
  assert.throws(
    make({ participation: new Float64Array(40).fill(-1) }),
    /presence: participation\[0\] must be finite and not negative, got -1/,
  );
  assert.throws(
    make({ participation: new Float64Array(40) }),
    /presence: participation must be positive on some node/,
  );
  assert.throws(
    make({ replacement: () => 1 }),
    /presence: the replacement must return an expression, got number/,
  );
  await assert.rejects(
    relax(air, [1], { time: 1 }),
    /relax: the state must be \[nodes \+ 1, states\] = \[41, 1\], got 1 numbers/,
  );
  await assert.rejects(
    relax(air, air.steadyState(1), { time: -1 }),
    /relax: time must be positive and finite, got -1/,
  );
  const other = presence(graph, { decay: 1, release: 1, replacement: (m) => m });
  assert.throws(() => other.steadyState(1), /steadyState: only the linear reading has one stationary state/);
});
