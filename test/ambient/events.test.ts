// Events against the exact laws of what they are: waiting times exponential, quanta independent (so that the
// mean is the field's and the counts of a stationary linear field are multinomial), the nonlinear mean off by
// one over the quanta, no quantum lost.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { fc } from '../property.js';
import { Matrix } from 'ml-matrix';
import {
  checkUpdate,
  events,
  iterate,
  majorityReplacement,
  presence,
  relax,
  ticks,
} from '../../src/ambient/index.js';
import { SumTree } from '../../src/ambient/presence/sumTree.js';
import { ready } from '../../src/tensors/index.js';
import { stationaryLaw, totalVariationDistance, totalVariationFloor } from '../../src/exact/index.js';
import { complete, fromEdges, smallWorld } from '../../src/graphs/index.js';

before(() => ready());

const graph = smallWorld(20, 4, 0.2, { seed: 5 });
const air = presence(graph, {
  decay: 0.5,
  release: 0.1,
  participation: Float64Array.from({ length: 20 }, (_, i) => (i % 3) / 2),
});
const sum = (x: ArrayLike<number>): number => Array.from(x).reduce((total, value) => total + value, 0);

test('a sum tree finds the weight under every point, never one of weight 0', () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(5), { minLength: 1, maxLength: 40 }),
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      (weights, share) => {
        const tree = new SumTree(weights.map(() => 3));
        weights.forEach((weight, k) => tree.set(k, weight));
        const total = sum(weights);
        assert.equal(tree.total, total);
        if (total === 0) return;
        let left = share * total;
        const expected = weights.findIndex((weight) => (left -= weight) < 0);
        assert.equal(tree.find(share * total), expected);
      },
    ),
  );
});

test('waiting times are exponential (Kolmogorov-Smirnov), no quantum is lost', async () => {
  const initial = new Float64Array(21).fill(30);
  const {
    waits,
    counts,
    events: made,
  } = await events(air, { initial, quanta: 30, time: 40, every: 10, seed: 1 });
  assert.ok(made > 10_000 && waits.length === made);
  assert.equal(new Set(waits).size, made, 'records have randomness of their own');
  const sorted = waits.toSorted();
  const distance = Math.max(
    ...sorted.map((wait, k) => Math.abs(-Math.expm1(-wait) - (k + 0.5) / sorted.length)),
  );
  assert.ok(distance * Math.sqrt(sorted.length) < 2.5, `KS ${distance * Math.sqrt(sorted.length)}`); // p = 7e-6
  for (const each of counts) assert.equal(sum(each), 21 * 30);
});

test('quanta that decay alone: what is left after a time is binomial, its variance too', async () => {
  const alone = presence(fromEdges(1, [], { name: 'one node' }), { decay: 1, release: 1e-12 });
  const [runs, n, p] = [800, 40, Math.exp(-0.7)];
  const left = await Promise.all(
    Array.from(
      { length: runs },
      async (_, k) =>
        (await events(alone, { initial: [n, 0], quanta: 1, time: 0.7, seed: `alone ${k}` })).counts[0][0],
    ),
  );
  const mean = sum(left) / runs;
  const variance = sum(left.map((each) => (each - mean) ** 2)) / (runs - 1);
  assert.ok(Math.abs(mean - n * p) < 4.5 * Math.sqrt((n * p * (1 - p)) / runs), `${mean} for ${n * p}`);
  assert.ok(
    Math.abs(variance / (n * p * (1 - p)) - 1) < 4.5 * Math.sqrt(2 / runs),
    `variance ${variance} for ${n * p * (1 - p)}`,
  );
});

test('linear rates: the mean is the field to its standard error, and stationary counts are multinomial', async () => {
  const runs = 200;
  const initial = new Float64Array(21);
  initial[0] = 60; // all on one node
  const exact = (await relax(air, initial, { time: 3, timeStep: 0.01 })).state;
  const stationary = air.steadyState(60);
  const [early, late] = [new Float64Array(21), new Float64Array(21)];
  let chi = 0;
  for (let run = 0; run < runs; run++) {
    const { counts } = await events(air, { initial, quanta: 1, time: 24, every: 3, seed: run });
    counts[0].forEach((n, i) => (early[i] += n / runs));
    counts.at(-1)!.forEach((n, i) => (late[i] += n / runs));
    chi += sum(counts.at(-1)!.map((n, i) => (n - stationary[i]) ** 2 / stationary[i]));
  }
  for (const [mean, law] of [
    [early, exact],
    [late, stationary],
  ] as const) {
    mean.forEach((n, i) => {
      const error = Math.sqrt((law[i] * (1 - law[i] / 60)) / runs);
      assert.ok(Math.abs(n - law[i]) < 4.5 * error, `place ${i}: ${n} for ${law[i]} +- ${error}`);
    });
  }
  assert.ok(
    Math.abs(chi / runs - 20) < 4.5 * Math.sqrt(40 / runs) + 0.3,
    `chi square ${chi / runs} for 20 degrees of freedom`,
  );
});

test('nonlinear rates: the mean is off by one over the quanta', async () => {
  const logistic = presence(complete(2), { decay: 1, release: 1, replacement: (m, u) => m.mul(u) }); // growth by what is held
  const start = Float64Array.of(0.5, 0.5, 3);
  const exact = (await relax(logistic, start, { time: 1, timeStep: 0.002 })).state[2];
  const gaps: number[] = [];
  const errors: number[] = [];
  for (const [quanta, runs] of [
    [2, 6_000],
    [8, 6_000],
  ] as const) {
    let [mean, square] = [0, 0];
    for (let run = 0; run < runs; run++) {
      const { counts } = await events(logistic, {
        initial: start.map((m) => m * quanta),
        quanta,
        time: 1,
        seed: `${quanta}/${run}`,
      });
      mean += counts[0][2] / quanta / runs;
      square += (counts[0][2] / quanta) ** 2 / runs;
    }
    gaps.push(mean - exact);
    errors.push(Math.sqrt((square - mean * mean) / runs));
  }
  assert.ok(gaps[0] > 8 * errors[0], `gap ${gaps[0]} +- ${errors[0]}`);
  const [ratio, error] = [
    gaps[1] / gaps[0],
    Math.hypot(errors[1], errors[0] * (gaps[1] / gaps[0])) / gaps[0],
  ];
  assert.ok(Math.abs(ratio - 0.25) < 4 * error + 0.06, `ratio of the gaps ${ratio} +- ${error}`); // the next order is not small at 2 quanta
});

test('currents are the counted ones: what a node holds is what it had, and what came and went', async () => {
  const chain = presence(fromEdges(2, [[0, 1]]), { decay: 1e-9, release: 1e-9 });
  const { counts, currents } = await events(chain, { initial: [50, 0, 0], quanta: 1, time: 2, seed: 3 });
  assert.deepEqual([...counts[0]], [50 - currents[0], currents[0], 0]);
});

test('discrete steps keep the law of the events: the chain of two nodes, two competing states and three quanta, all entries of it', () => {
  const field = presence(fromEdges(2, [[0, 1]], { couplings: [0.7] }), {
    decay: 0.9,
    release: 0.4,
    states: 2,
    participation: [1, 0.3],
    replacement: majorityReplacement({ beta: 2 }),
  });
  const [quanta, dt, all] = [1.5, 0.05, 3];
  const states: number[][] = []; // of (node, state) x 4, the rest in the air
  for (let code = 0; code < 4 ** 4; code++) {
    const n = [0, 1, 2, 3].map((k) => (code >> (2 * k)) & 3);
    if (sum(n) <= all) states.push([...n, all - sum(n), 0]);
  }
  const place = new Map(states.map((n, at) => [n.join(), at]));
  const P = Matrix.zeros(states.length, states.length);
  states.forEach((n, s) => {
    const jump = (from: number, to: number, rate: number): void => {
      if (rate === 0) return;
      const t = place.get(n.map((count, k) => count - Number(k === from) + Number(k === to)).join())!;
      P.set(s, t, P.get(s, t) + rate * dt);
      P.set(s, s, P.get(s, s) - rate * dt);
    };
    P.set(s, s, P.get(s, s) + 1);
    for (const node of [0, 1]) {
      const weights = [0, 1].map((k) => Math.exp((2 * n[2 * node + k]) / quanta));
      for (const k of [0, 1]) {
        jump(2 * node + k, 2 * (1 - node) + k, 0.7 * n[2 * node + k]);
        jump(2 * node + k, 4, 0.9 * n[2 * node + k]);
        jump(4, 2 * node + k, 0.4 * [1, 0.3][node] * (weights[k] / sum(weights)) * n[4]);
      }
    }
  });
  const law = stationaryLaw(P);
  const kernel = ticks(field, { quanta, timeStep: dt });
  checkUpdate(kernel, [Float64Array.from(states[5]), Float64Array.from(states[20])]);
  for (const s of [5, 30]) {
    const seen = new Float64Array(states.length);
    const tries = 20_000;
    for (let k = 0; k < tries; k++)
      seen[place.get(kernel(Float64Array.from(states[s]), { seed: 3, stream: k }).join())!]++;
    seen.forEach((count, t) => {
      const p = P.get(s, t);
      assert.ok(
        Math.abs(count - tries * p) <= 4.5 * Math.sqrt(tries * p * (1 - p)),
        `${states[s].join()} to ${states[t].join()}: ${count / tries} for ${p}`,
      );
    });
  }
  const visits = new Float64Array(states.length);
  let records = 0;
  for (const { step, present } of iterate(kernel, Float64Array.from(states[0]), { steps: 60_000, seed: 8 })) {
    if (step % 60 === 0 && ++records) visits[place.get(present.join())!]++;
  }
  const distance = totalVariationDistance(
    visits.map((n) => n / records),
    law,
  );
  assert.ok(
    distance < 1.5 * totalVariationFloor(law, records),
    `${distance} over ${totalVariationFloor(law, records)}`,
  );
  assert.throws(
    () => ticks(field, { quanta, timeStep: 1 })(Float64Array.from(states[30]), { seed: 1, stream: 1 }),
    /ticks: timeStep must be at most 0\.\d+, one over the sum of the rates, got 1/,
  );
});

test('a hundred thousand nodes, and refusals', async () => {
  const large = smallWorld(100_000, 4, 0.1, { seed: 1 });
  const field = presence(large, { decay: 0.5, release: 5e-6 });
  const began = performance.now();
  const run = await events(field, {
    initial: new Float64Array(100_001).fill(1),
    quanta: 1,
    time: 1,
    seed: 1,
  });
  const rate = run.events / (performance.now() - began);
  assert.ok(run.events > 300_000 && rate > 20, `${run.events} events, ${rate} a ms`);
  const refused = (change: object, message: RegExp): Promise<void> =>
    assert.rejects(events(air, { initial: new Float64Array(21), quanta: 1, time: 1, ...change }), {
      name: 'RangeError',
      message,
    });
  await refused(
    { initial: [1] },
    /events: the state must be \[nodes \+ 1, states\] = \[21, 1\], got 1 numbers/,
  );
  await refused(
    { initial: new Float64Array(21).fill(0.5) },
    /events: counts must be whole and not negative, got 0\.5 at 0/,
  );
  await refused({ quanta: 0 }, /events: quanta must be positive and finite, got 0/);
  await refused({ time: -1 }, /events: time must be positive and finite, got -1/);
});
