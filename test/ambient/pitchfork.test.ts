// States that compete: the threshold and the states of rest against closed forms by hand, against relaxation
// from both sides, and the slopes against differences.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import {
  autocatalyticReplacement,
  contactReplacement,
  majorityReplacement,
  type Pair,
  pitchfork,
  type Presence,
  presence,
  relax,
  type Replacement,
} from '../../src/ambient/index.js';
import { ready } from '../../src/tensors/index.js';
import { complete, type Graph, ring } from '../../src/graphs/index.js';
import { uniformGenerator } from '../../src/randomness/index.js';

before(() => ready());

const [N, decay, release] = [10, 0.5, 0.2];
const field = (replacement: Replacement, graph: Graph = complete(N), u = 1): Presence =>
  presence(graph, {
    decay,
    release,
    states: 2,
    replacement,
    participation: new Float64Array(graph.nodeCount).fill(u),
  });
const near = (actual: number, expected: number, tolerance = 1e-12): void =>
  assert.ok(
    Math.abs(actual - expected) <= tolerance * Math.max(1, Math.abs(expected)),
    `${actual}, expected ${expected}`,
  );

const readings = [
  majorityReplacement({ beta: 1.7 }),
  autocatalyticReplacement({ half: 0.8 }),
  contactReplacement({ capacity: 4 }),
];

test('phi is what its formula says, and its slopes are the limits of differences', () => {
  const u = 0.6;
  const formulas: ((m: Pair, k: 0 | 1) => number)[] = [
    (m, k) => (u * Math.exp(1.7 * m[k])) / (Math.exp(1.7 * m[0]) + Math.exp(1.7 * m[1])),
    (m, k) => (u * m[k] ** 2) / (0.64 + m[k] ** 2),
    (m, k) => u * m[k] * (1 - (m[0] + m[1]) / 4),
  ];
  const [out, slopes] = [new Float64Array(2), new Float64Array(4)];
  readings.forEach((reading, at) => {
    const air = field(reading, complete(N), u);
    for (const m of [
      [0.3, 0.9],
      [1.1, 0.2],
    ] as const) {
      air.replacement(out, Float64Array.from(m), 3);
      air.replacementSlopes(slopes, Float64Array.from(m), 3);
      for (const k of [0, 1] as const) {
        near(out[k], formulas[at](m, k));
        for (const l of [0, 1] as const) {
          const moved = (h: number): Pair => (l === 0 ? [m[0] + h, m[1]] : [m[0], m[1] + h]);
          near(
            slopes[2 * k + l],
            (formulas[at](moved(1e-5), k) - formulas[at](moved(-1e-5), k)) / 2e-5,
            1e-8,
          );
        }
      }
    }
  });
});

test('majority: M_c = 2 (N + gamma / sigma u) / beta, growth gamma (beta m - 1), branch tanh(beta d / 2) = d / s', () => {
  for (const [beta, u] of [
    [1, 1],
    [0.3, 0.7],
    [40, 0.2],
  ] as const) {
    const fork = pitchfork(field(majorityReplacement({ beta }), complete(N), u));
    near(fork.level!, 1 / beta);
    const critical = (2 * (N + decay / (release * u))) / beta;
    near(fork.criticalMass!, critical);
    for (const share of [0.5, 0.99, 1.01, 1.3, 4]) {
      const { level, growth } = fork.even(share * critical);
      near(level, share / beta);
      near(growth, decay * (share - 1), 1e-11);
      const stable = fork.stable(share * critical);
      assert.equal(stable.length, 1, `${share}: ${JSON.stringify(stable)}`);
      const [s, d] = [stable[0][0] + stable[0][1], stable[0][0] - stable[0][1]];
      near(s, (2 * share) / beta, 1e-10);
      if (share < 1) assert.equal(d, 0);
      else near(Math.tanh((beta * d) / 2), d / s, 1e-9);
      assert.equal(d > 0, share > 1);
    }
  }
});

test('autocatalysis: M_c = 2 K (N + gamma / sigma), above which the even state is stable; one alone from 2 K sqrt(gamma (gamma + sigma N)) / sigma', () => {
  const K = 0.8;
  const fork = pitchfork(field(autocatalyticReplacement({ half: K })));
  near(fork.level!, K);
  const critical = 2 * K * (N + decay / release);
  near(fork.criticalMass!, critical);
  const least = (2 * K * Math.sqrt(decay * (decay + release * N))) / release;
  assert.deepEqual(fork.stable(0.999 * least), [[0, 0]]);
  const alone = (total: number): number =>
    (release * total + Math.sqrt((release * total) ** 2 - 4 * decay * (decay + release * N) * K * K)) /
    (2 * (decay + release * N));
  for (const total of [1.001 * least, 0.99 * critical, 1.01 * critical, 3 * critical]) {
    const stable = fork.stable(total);
    assert.deepEqual(stable[0], [0, 0]);
    assert.equal(stable.length, total > critical ? 3 : 2);
    near(stable.at(-1)![0], alone(total), 1e-9);
    assert.equal(stable.at(-1)![1], 0);
    const { level, growth } = fork.even(total);
    const bare = (release * total) ** 2 - 4 * decay * (decay + 2 * release * N) * K * K; // under the root
    near(level, bare < 0 ? 0 : (release * total + Math.sqrt(bare)) / (2 * (decay + 2 * release * N)), 1e-9);
    if (bare > 0) assert.equal(growth < 0, total > critical);
  }
});

test('contact: neutral, no difference grows or fades, so that nothing parts', () => {
  const fork = pitchfork(field(contactReplacement({ capacity: 3 })));
  assert.equal(fork.level, undefined);
  assert.equal(fork.criticalMass, undefined);
  for (const total of [10, 20, 30]) near(fork.even(total).growth, 0);
  assert.deepEqual(fork.stable(2), [[0, 0]]); // sigma M < gamma
  assert.deepEqual(fork.stable(20), []);
});

test('relaxation goes where the pitchfork says, on both sides, and leaves the even state at the rate that it says', async () => {
  // parted from a small difference below the threshold, above it; from a large one
  for (const [reading, graph, small, large] of [
    [majorityReplacement({ beta: 2 }), complete(4), [false, true], [false, true]],
    [autocatalyticReplacement({ half: 0.5 }), ring(5), [true, false], [true, true]],
  ] as const) {
    const air = field(reading, graph);
    const fork = pitchfork(air);
    for (const [side, share] of [0.8, 1.25].entries()) {
      const total = share * fork.criticalMass!;
      const { level, growth } = fork.even(total);
      const nodes = graph.nodeCount;
      const at = (difference: number): Float64Array =>
        Float64Array.from({ length: 2 * (nodes + 1) }, (_, k) =>
          k < 2 * nodes ? level + difference * (k % 2 === 0 ? 0.5 : -0.5) : (total - 2 * nodes * level) / 2,
        );
      const { state } = await relax(air, at(1e-7), { time: 2, timeStep: 0.02 });
      near(Math.log((state[0] - state[1]) / 1e-7) / 2, growth, 1e-5);
      for (const [difference, parts] of [
        [1e-3, small[side]],
        [1.6 * level, large[side]],
      ] as const) {
        const {
          state: [m1, m2],
        } = await relax(air, at(difference), { time: 150, timeStep: 0.1 });
        const reached = fork.stable(total).filter(([a, b]) => Math.hypot(a - m1, b - m2) < 1e-6);
        assert.equal(
          reached.length,
          1,
          `${share}, ${difference}: ${m1}, ${m2} is none of ${JSON.stringify(fork.stable(total))}`,
        );
        assert.equal(reached[0][0] > reached[0][1], parts);
      }
    }
  }
});

test('refusals name the rule and the value', () => {
  const random = uniformGenerator('u');
  assert.throws(
    () => majorityReplacement({ beta: 0 }),
    /majorityReplacement: beta must be positive and finite, got 0/,
  );
  assert.throws(
    () => autocatalyticReplacement({ half: -1 }),
    /autocatalyticReplacement: half must be positive and finite, got -1/,
  );
  assert.throws(
    () => contactReplacement({ capacity: NaN }),
    /contactReplacement: capacity must be positive and finite, got NaN/,
  );
  const options = { decay, release, states: 2, replacement: readings[0] };
  assert.throws(
    () => pitchfork(presence(ring(4), { decay, release })),
    /pitchfork: needs two competing states, got 1/,
  );
  assert.throws(
    () => pitchfork(presence(ring(4), { ...options, decay: 0 })),
    /pitchfork: decay must be positive and finite, got 0/,
  );
  assert.throws(
    () =>
      pitchfork(presence(ring(4), { ...options, participation: Float64Array.from({ length: 4 }, random) })),
    /pitchfork: participation must be uniform, got 0\.\d+ and 0\.\d+/,
  );
  assert.throws(
    () => pitchfork(presence(ring(4), options)).stable(0),
    /pitchfork: total must be positive and finite, got 0/,
  );
});
