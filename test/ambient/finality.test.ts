// Finality against what is known: one node in the held field of its neighbours in closed form; balls that are
// the whole graph against the transition matrix of all states; copies against the complete graph, whose
// others are one number; and what is seen to happen against what was predicted. It is local: nothing further
// than one edge outside the ball matters.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { finality, lossTimes } from '../../src/ambient/index.js';
import { bond, globalSum, hamiltonian, type Hamiltonian, site } from '../../src/energies/index.js';
import { transitionMatrix } from '../../src/exact/index.js';
import { complete, fromEdges, randomRegular, ring, smallWorld } from '../../src/graphs/index.js';
import { survival } from '../../src/measure/index.js';
import { binomialInterval } from '../../src/statistics/index.js';
import { uniformGenerator } from '../../src/randomness/index.js';

const range = (count: number): number[] => Array.from({ length: count }, (_, k) => k);
const near = (actual: number, expected: number, tolerance = 1e-11): void =>
  assert.ok(Math.abs(actual - expected) <= tolerance, `${actual}, expected ${expected}`);
const align = bond((a, b, J) => a.mul(b).sum().mul(J).neg(), { J: 1 });
const spinsOf = (count: number, seed: string): Float64Array => {
  const random = uniformGenerator(seed);
  return Float64Array.from({ length: count }, () => (random() < 0.5 ? -1 : 1));
};

/**
 * From the matrix of one attempt at a random node of all states: e^(N (P' - 1) t) 1 at the present, P'
 * without those that left.
 */
function exactly(
  energy: Hamiltonian,
  state: Float64Array,
  node: number,
  { temperature, time, values }: { temperature: number; time: number; values: number[] },
): number {
  const N = state.length;
  const { matrix, states } = transitionMatrix({
    nodes: N,
    values,
    temperature,
    rule: 'heat bath',
    energy: (x) => energy.energy64(x),
  });
  const held = states.map((each) => Number(each[node] === state[node]));
  let [term, weight, sum] = [held, Math.exp(-N * time), 0];
  const rows = matrix.to2DArray();
  const start = states.findIndex((each) => each.every((value, i) => value === state[i]));
  for (let k = 1; k < N * time + 12 * Math.sqrt(N * time) + 30; k++) {
    sum += weight * term[start];
    term = rows.map((row, s) => held[s] * row.reduce((total, p, t) => total + p * term[t], 0));
    weight *= (N * time) / k;
  }
  return sum;
}

test('radius 0: one node in the held field of its neighbours, exp(-rate tau)', () => {
  const energy = hamiltonian(ring(6), [align, site((s, h) => s.sum().mul(h).neg(), { h: 0.3 })]);
  const state = Float64Array.of(1, 1, 1, -1, -1, 1);
  for (const [node, field] of [
    [0, 2.3],
    [2, 0.3],
    [3, 0.3],
  ]) {
    for (const [temperature, time] of [
      [1, 2],
      [0.4, 30],
      [3, 500],
    ]) {
      const leaves = 1 / (1 + Math.exp((2 * state[node] * field) / temperature));
      const { estimate, interval, isExact, nodes } = finality(energy, state, node, {
        temperature,
        time,
        radius: 0,
      });
      near(estimate, Math.exp(-leaves * time));
      assert.deepEqual([interval, isExact, nodes], [[estimate, estimate], true, 1]);
    }
  }
});

test('a ball that is the graph: as all states say, for spins and for labels, with couplings and fields', () => {
  const world = fromEdges(7, [
    [0, 1],
    [1, 2],
    [2, 3],
    [3, 4],
    [4, 5],
    [5, 0],
    [0, 6],
    [2, 6],
    [1, 4],
  ]);
  const spins = hamiltonian(world, [
    align.with({ J: Float64Array.of(1, -0.5, 2, 1, 0.3, 1, 1, -1, 0.7) }),
    site((s, h) => s.sum().mul(h).neg(), { h: Float64Array.of(0.1, -0.3, 0, 0.5, 0, 0.2, 0) }),
  ]);
  const same = bond((a, b) => a.sub(b).square().sum().min(1).sub(1));
  const labels = hamiltonian(ring(5), [same, site((x, h) => x.sum().mul(h), { h: 0.4 })]);
  for (const [energy, state, values, options] of [
    [spins, spinsOf(7, 'a'), [-1, 1], {}],
    [spins, spinsOf(7, 'b'), [-1, 1], {}],
    [labels, Float64Array.of(0, 2, 2, 1, 0), [0, 1, 2], { states: 3 }],
  ] as const) {
    for (const node of [0, 3]) {
      const asked = { temperature: 0.9, time: 2.5 };
      const { estimate, nodes } = finality(energy, state, node, { ...asked, ...options, radius: 9 });
      near(estimate, exactly(energy, state, node, { ...asked, values: [...values] }));
      assert.equal(nodes, state.length);
    }
  }
});

test('short times: 1 - rate tau at every radius; at T = 0 a majority is held for ever, a tie for a time of mean 2', () => {
  const graph = randomRegular(30, 3, { seed: 1 });
  const [energy, state] = [hamiltonian(graph, [align]), spinsOf(30, 'c')];
  const short = [0, 1, 2].map(
    (radius) => finality(energy, state, 4, { temperature: 1, time: 1e-6, radius }).estimate,
  );
  short.forEach((each) => near(each, short[0], 1e-11));
  const line = hamiltonian(ring(8), [align]);
  const half = Float64Array.of(1, 1, 1, 1, -1, -1, -1, -1);
  near(finality(line, half, 2, { temperature: 0, time: 50, radius: 0 }).estimate, 1);
  near(finality(line, half, 3, { temperature: 0, time: 3, radius: 0 }).estimate, Math.exp(-1.5));
});

test('it is local: what is further than one edge outside the ball does not matter, what is nearer does', () => {
  const energy = hamiltonian(ring(20), [align]);
  const state = new Float64Array(20).fill(1);
  for (const radius of [0, 1, 2]) {
    const of = (changed: Float64Array): number =>
      finality(energy, changed, 10, { temperature: 1, time: 4, radius }).estimate;
    const far = state.map((s, i) => (Math.abs(i - 10) > radius + 1 ? -s : s));
    assert.equal(of(far), of(state));
    assert.ok(of(state.with(10 + radius + 1, -1)) < of(state) - 1e-3);
  }
  assert.equal(
    state.every((s) => s === 1),
    true,
  );
});

test('copies of a ball that is too large: the complete graph, whose others are one number', () => {
  const [N, T, time] = [16, 0.6, 4];
  const energy = hamiltonian(complete(N), [align.with({ J: 1 / N })]);
  const up = (field: number): number => 1 / (1 + Math.exp((-2 * field) / T));
  let u: number[] = range(N).map(() => 1); // by the number of others that are up; the node itself is up
  const dt = 1e-3;
  for (let step = 0; step < time / dt; step++) {
    u = u.map((value, k) => {
      const M = 2 * k - (N - 1) + 1;
      const [rise, fall, leave] = [(N - 1 - k) * up((M + 1) / N), k * up(-(M - 1) / N), up(-(M - 1) / N)];
      return (
        value + dt * (rise * ((u[k + 1] ?? 0) - value) + fall * ((u[k - 1] ?? 0) - value) - leave * value)
      );
    });
  }
  for (const others of [6, 9, 14]) {
    const state = Float64Array.from({ length: N }, (_, i) => (i === 0 || i >= N - others ? 1 : -1));
    const {
      estimate,
      interval: [low, high],
      isExact,
      nodes,
    } = finality(energy, state, 0, { temperature: T, time, copies: 4000, seed: others });
    assert.deepEqual([isExact, nodes], [false, N]);
    assert.ok(
      Math.abs(estimate - u[others]) < 4.5 * Math.sqrt((u[others] * (1 - u[others])) / 4000) + 2e-3,
      `${estimate} for ${u[others]}`,
    );
    assert.ok(low < estimate && estimate < high && high - low < 0.04);
  }
});

test('copies of a ball that is too large: at T = 0 none keeps a value against all others, all keep the same', () => {
  const energy = hamiltonian(complete(16), [align]);
  const state = new Float64Array(16).fill(1);
  const asked = { temperature: 0, time: 60, copies: 8, seed: 1 };
  const against = finality(energy, state.with(0, -1), 0, asked);
  assert.deepEqual([against.estimate, against.isExact], [0, false]);
  assert.equal(finality(energy, state, 0, asked).estimate, 1);
});

test('what is seen to happen is what the whole graph predicts, node by node, and the survival curve of one node its course', () => {
  const graph = smallWorld(12, 4, 0.3, { seed: 2 });
  const energy = hamiltonian(graph, [align]);
  const state = spinsOf(12, 'd');
  const [temperature, runs] = [2, 3000];
  const losses = range(runs).map((seed) => lossTimes(energy, state, { temperature, time: 3, seed }));
  for (const node of [0, 5, 9]) {
    const times = losses.map((each) => each[node]);
    const curve = survival(
      times.filter((t) => t < Infinity),
      times.filter((t) => t === Infinity).map(() => 3),
      { level: 1 - 1e-5 },
    );
    for (const time of [0.5, 1.5, 3]) {
      const { estimate } = finality(energy, state, node, { temperature, time, radius: 12 });
      const {
        interval: [low, high],
      } =
        time === 3
          ? binomialInterval(times.filter((t) => t === Infinity).length, runs, { level: 1 - 1e-5 })
          : curve.at(time);
      assert.ok(
        low <= estimate && estimate <= high,
        `node ${node}, ${time}: ${estimate} outside [${low}, ${high}]`,
      );
    }
  }
});

test('refusals name the rule and the value', () => {
  const energy = hamiltonian(ring(4), [align]);
  const state = new Float64Array(4).fill(1);
  const refused = (change: object, message: RegExp, node = 0): void =>
    assert.throws(() => finality(energy, state, node, { temperature: 1, time: 1, ...change }), message);
  refused({}, /finality: node must be .* got 4/, 4);
  refused({ temperature: -1 }, /finality: temperature must be finite and not negative, got -1/);
  refused({ time: 0 }, /finality: time must be positive and finite, got 0/);
  refused({ radius: -1 }, /finality: radius must be .* got -1/);
  refused({ copies: 0 }, /finality: copies must be .* got 0/);
  refused({ states: 1 }, /finality: states must be .* got 1/);
  assert.throws(
    () => finality(energy, [1, 1, 0, 1], 0, { temperature: 1, time: 1 }),
    /finality: a value must be one of -1, 1, got 0 on node 2/,
  );
  assert.throws(
    () => finality(energy, [1, 1, 0, 1], 1, { temperature: 1, time: 1, radius: 0 }),
    /got 0 on node 2/,
  ); // seen, though it does not move
  assert.throws(
    () => lossTimes(energy, [1, 1, 0, 1], { temperature: 1, time: 1 }),
    /lossTimes: a value must be one of -1, 1, got 0 on node 2/,
  );
  assert.throws(
    () => lossTimes(energy, [1], { temperature: 1, time: 1 }),
    /lossTimes: state must have one value per node \(4\), got 1/,
  );
  const global = hamiltonian(ring(4), [align, globalSum((nodes) => nodes.sum((x) => x.sum()).square())]);
  assert.throws(
    () => finality(global, state, 0, { temperature: 1, time: 1 }),
    /finality: the term "globalSum" is neither a bond nor a site and is not local/,
  );
});

test('an energy of angles is none of spins', () => {
  const xy = hamiltonian(ring(6), [bond((a, b) => a.sub(b).cos().sum().neg())]);
  const state = new Float64Array(6).fill(1);
  assert.throws(
    () => finality(xy, state, 0, { temperature: 1, time: 1 }),
    /finality: moves spins, got the term "bond" whose formula takes cos/,
  );
  assert.throws(
    () => lossTimes(xy, state, { temperature: 1, time: 1, seed: 1 }),
    /lossTimes: moves spins, got the term "bond"/,
  );
});
