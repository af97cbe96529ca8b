// Passage times with censoring, the split-brain detector, and entropy production.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from '../property.js';
import { complete, fromEdges, ring, smallWorld } from '../../src/graphs/index.js';
import { entropyProduction, firstPassages, passageTimes, splitBrain } from '../../src/measure/index.js';
import { normals, Purpose, randomKey, uniformGenerator } from '../../src/randomness/index.js';

const near = (actual: number, expected: number, tolerance = 1e-9): void =>
  assert.ok(Math.abs(actual - expected) <= tolerance, `${actual}, expected ${expected}`);

test("passage times: SciPy's chi-square quantiles, and an open end without passages", () => {
  const {
    estimate,
    interval: [low, high],
  } = passageTimes([1, 2, 3], [10, 10]);
  near(estimate, 26 / 3);
  near(low, 52 / 17.534546139484647, 1e-6);
  near(high, 52 / 1.2373442457912032, 1e-6);
  const none = passageTimes([], [10, 10]);
  assert.deepEqual(
    [none.estimate, none.interval[1], none.passages, none.censored],
    [Infinity, Infinity, 0, 2],
  );
  near(none.interval[0], 20 / -Math.log(0.025), 1e-6);
  assert.throws(() => passageTimes([1, -1]), /a time must be finite and not negative, got -1/);
  assert.throws(() => passageTimes([]), /runs must take some time/);
});

test('passage times: with very many passages the interval is that of the normal law, 1 / sqrt(d) wide', () => {
  for (const count of [900, 1100, 10_828, 24_634, 1_000_000]) {
    // at the two in the middle Cephes' own quantile underflows
    const {
      estimate,
      interval: [low, high],
    } = passageTimes(new Float64Array(count).fill(1));
    const width = 1.96 / Math.sqrt(count);
    assert.equal(estimate, 1);
    assert.ok(
      Math.abs((high - low) / (2 * width) - 1) < 0.01 &&
        low > 1 - 1.01 * width &&
        high < 1 + width + 1.5 * width ** 2,
      `${count}: ${low} ${high}`,
    );
  }
});

test('passage times: with half of the runs cut the interval holds the mean, which the plain average misses', () => {
  const random = uniformGenerator('passages');
  const [tau, cut, runs] = [3, 2, 600];
  let [held, low] = [0, 0];
  for (let run = 0; run < runs; run++) {
    const times = Array.from({ length: 30 }, () => -tau * Math.log(1 - random()));
    const passed = times.filter((t) => t < cut);
    const found = passageTimes(
      passed,
      times.filter((t) => t >= cut).map(() => cut),
      { level: 0.9 },
    );
    if (found.interval[0] <= tau && tau <= found.interval[1]) held++;
    low += passed.reduce((sum, t) => sum + t, 0) / passed.length / runs;
  }
  assert.ok(held / runs > 0.9 - 4 * Math.sqrt(0.09 / runs) && held / runs < 0.97, `${held} of ${runs}`);
  assert.ok(low < tau / 3);
});

test('first passages of chains', () => {
  const { passed, censored } = firstPassages(
    [
      [0, 0, 1, 0],
      [0, 0, 0, 0],
      [1, 0, 0, 0],
    ],
    [10, 20, 30, 40],
    (x) => x >= 1,
  );
  assert.deepEqual([passed, censored], [[30, 10], [40]]);
});

/** Two cliques of n joined by some edges, the last of each with the first of the other. */
const cliques = (n: number, bridges: number) => {
  const inside = (from: number): [number, number][] =>
    Array.from({ length: n }, (_, a) =>
      Array.from({ length: a }, (_b, b): [number, number] => [from + a, from + b]),
    ).flat();
  const across = Array.from({ length: bridges }, (_, k): [number, number] => [k, n + k]);
  return fromEdges(2 * n, [...inside(0), ...inside(n), ...across]);
};

test('split brain: two cliques that differ, along the Fiedler cut', () => {
  const graph = cliques(6, 2);
  const state = Float64Array.from({ length: 12 }, (_, node) => (node < 6 ? 1 : -1));
  const found = splitBrain(graph, state);
  assert.ok(found.split);
  assert.deepEqual(
    [found.camps[0].length, found.camps[1].length, found.cutEdges, found.cutCouplings, found.overlap],
    [6, 6, 2, 2, 1],
  );
  near(found.conductance, 2 / (6 * 5 + 2));
  assert.deepEqual(found.values.flat().sort(), [-1, 1]);
  near(
    splitBrain(
      graph,
      state.map((_, node) => (node % 6 < 3 ? 1 : -1)),
    ).overlap,
    2 / 3,
  ); // six nodes across, three in one clique
  assert.ok(!splitBrain(graph, new Float64Array(12).fill(1)).split);
  assert.deepEqual(splitBrain(graph, new Float64Array(12)).camps[1], []);
  assert.ok(
    !splitBrain(
      graph,
      state.map((_, node) => (node === 0 ? 1 : -1)),
    ).split,
    'one node is no camp',
  );
  assert.ok(
    splitBrain(
      graph,
      state.map((_, node) => (node < 2 ? 1 : -1)),
      { fraction: 0.1 },
    ).split,
  );
});

test('split brain: camps of one value far apart are two sets, and weights count', () => {
  const found = splitBrain(ring(8), Float64Array.of(1, 1, -1, -1, 1, 1, -1, -1));
  assert.deepEqual(
    [found.camps[0].length, found.camps[1].length, found.split, found.overlap],
    [2, 2, true, NaN],
  );
  // a third camp between them: no edge joins the two
  assert.equal(
    splitBrain(
      fromEdges(5, [
        [0, 1],
        [1, 2],
        [2, 3],
        [3, 4],
      ]),
      [0, 0, 1, 2, 2],
    ).cutEdges,
    0,
  );
  const weighted = fromEdges(
    4,
    [
      [0, 1],
      [1, 2],
      [2, 3],
    ],
    { couplings: [1, 0.25, 2] },
  );
  near(splitBrain(weighted, Float64Array.of(0, 0, 1, 1)).cutCouplings, 0.25);
  assert.throws(
    () => splitBrain(complete(4), [1, 1]),
    /must be \[nodes, components\] on 4 nodes, got 2 numbers/,
  );
});

test('split brain: the interface is what the energy says, for any state of two values without islands', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1000 }), fc.integer({ min: 0, max: 2 ** 10 - 1 }), (seed, bits) => {
      const graph = smallWorld(10, 4, 0.2, { seed });
      const state = Float64Array.from({ length: 10 }, (_, node) => ((bits >> node) & 1 ? 1 : -1));
      const found = splitBrain(graph, state);
      const unlike = Array.from(
        { length: graph.edgeCount },
        (_, e) => state[graph.endpoints[2 * e]] !== state[graph.endpoints[2 * e + 1]],
      );
      const cut = unlike.filter(Boolean).length;
      if (found.camps[0].length + found.camps[1].length === 10) assert.equal(found.cutEdges, cut);
      assert.ok(
        found.cutEdges <= cut &&
          found.camps[0].length >= found.camps[1].length &&
          found.conductance >= 0 &&
          found.conductance <= 1,
      );
    }),
  );
});

test('entropy production: a Gaussian mode quenched from T0 to T1 produces (r - 1 - ln r) / 2, r = T0 / T1', () => {
  const [T0, T1, runs] = [2, 0.5, 4000];
  const r = T0 / T1;
  const draws = (stream: string, T: number): Float64Array =>
    normals(new Float64Array(runs), randomKey(1, stream), {
      step: 0,
      purpose: Purpose.noise,
      nodes: runs,
      lanes: 1,
    }).map((z) => (T * z * z) / 2);
  const [before, after] = [draws('before', T0), draws('after', T1)]; // H in equilibrium, long after the quench
  const {
    estimate,
    interval: [low, high],
  } = entropyProduction(
    [{ temperature: T1, heat: after.map((H, run) => H - before[run]) }],
    Math.log(T1 / T0) / 2,
  );
  const exact = (r - 1 - Math.log(r)) / 2;
  assert.ok(
    Math.abs(estimate - exact) < (2.2 * (high - low)) / 2 && high - low < 0.3 * exact,
    `${estimate} [${low}, ${high}], exactly ${exact}`,
  );
  assert.throws(
    () => entropyProduction([{ temperature: 0, heat: after }], 0),
    /temperature must be positive/,
  );
  assert.throws(() => entropyProduction([], 0), /at least one stage, got 0/);
});
