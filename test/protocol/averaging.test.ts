// Pairwise averaging: the sum under delay, loss and repeats; counts with and without the simulator; one-way
// populations.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { complete, ring, smallWorld } from '../../src/graphs/index.js';
import { meanWithError } from '../../src/statistics/mean.js';
import {
  approximateMajority,
  constantLatency,
  everybody,
  exchangesToAverage,
  exponentialLatency,
  Network,
  pairwiseAveraging,
  voter,
} from '../../src/protocol/index.js';
import { Spread } from '../../src/protocol/spreading/spread.js';
import { aleaGenerator } from '../../src/randomness/index.js';

const range = (count: number): number[] => Array.from({ length: count }, (_, k) => k);
const sum = (values: ArrayLike<number>): number => Array.from(values).reduce((total, x) => total + x, 0);
const start = (nodes: number, seed = 1): number[] => {
  const random = aleaGenerator(seed);
  return range(nodes).map(() => 10 + random());
};

test('the variance that is kept up to date is that of the values', () => {
  const [spread, random] = [new Spread('here', start(20), 20), aleaGenerator(2)];
  const variance = (values: Float64Array): number => sum(values.map((x) => (x - sum(values) / 20) ** 2)) / 20;
  const before = variance(spread.values);
  for (let k = 0; k < 5000; k++) {
    const [i, j] = [Math.floor(20 * random()), Math.floor(20 * random())];
    if (k % 3 === 0) spread.exchange(i, j);
    else spread.move(i, random() - 0.5);
    assert.ok(Math.abs(spread.ratio - variance(spread.values) / before) < 1e-9 * Math.max(1, spread.ratio));
  }
});

test('under delay and repeats the sum is what it was when the last answer has come; with a lost answer it is not', async () => {
  const rest = async (links: object) => {
    const averaging = pairwiseAveraging(ring(10), start(10));
    const net = new Network(
      { ...averaging, tick: (node, at) => at.now < 20 && averaging.tick!(node, at) },
      { nodeCount: 10, links, seed: 3 },
    );
    await net.run({ time: 60 });
    return Math.abs(sum(averaging.values) - sum(start(10)));
  };
  for (const duplication of [0, 0.5, 1]) {
    assert.ok(
      (await rest({
        latency: exponentialLatency(0.5),
        duplication,
        reordering: { probability: 0.5, delay: 2 },
      })) < 1e-12,
      `${duplication}`,
    );
  }
  assert.ok((await rest({ latency: exponentialLatency(0.5), loss: 0.2 })) > 1e-3);
});

test('an exchange leaves both with their mean', async () => {
  const averaging = pairwiseAveraging(everybody(2), [1, 4]);
  await new Network(averaging, { nodeCount: 2, seed: 1, links: { latency: constantLatency(0) } }).run({
    time: 1e3,
    events: 3,
  });
  assert.deepEqual([...averaging.values], [2.5, 2.5]);
});

test('ends: converged at the ratio asked for; diverged when answers come after very many rings', async () => {
  const averaging = pairwiseAveraging(complete(30), start(30), { ratio: 0.01 });
  const run = await new Network(averaging, { nodeCount: 30, seed: 1 }).run({ time: 1000 });
  assert.equal(run.reason, 'converged');
  assert.ok(averaging.varianceRatio <= 0.01 && averaging.varianceRatio > 0.005);
  assert.equal(run.messages.bytes, 40 * run.messages.sent);
  const late = await new Network(pairwiseAveraging(ring(10), start(10)), {
    nodeCount: 10,
    seed: 1,
    links: { latency: constantLatency(40) },
  }).run({ time: 4000 });
  assert.equal(late.reason, 'diverged');
});

test('exchanges counted without the simulator follow the law of those with it', async () => {
  for (const graph of [ring(12), complete(12), smallWorld(16, 4, 0.2, { seed: 4 })]) {
    const { nodeCount } = graph;
    const values = range(nodeCount).map((i) => Math.cos((2 * Math.PI * i) / nodeCount));
    const plain = range(400).map((seed) => exchangesToAverage(graph, values, { ratio: 0.01, seed }));
    const simulated: number[] = [];
    for (const seed of range(400)) {
      const run = await new Network(pairwiseAveraging(graph, values, { ratio: 0.01 }), {
        nodeCount,
        seed,
      }).run({ time: 1e5 });
      simulated.push(run.messages.sent / 2);
    }
    const [a, b] = [meanWithError(plain), meanWithError(simulated)];
    assert.ok(
      Math.abs(a.mean - b.mean) < 5 * Math.hypot(a.standardError, b.standardError),
      `${graph.name}: ${a.mean}, ${b.mean}`,
    );
  }
});

test('one-way populations: the rules, the counts, the end', async () => {
  const rule = (make: typeof voter, heard: number, own: number): number => {
    const population = make(everybody(2), [heard, own]);
    const net = new Network(population, { nodeCount: 2, clock: 0 });
    population.receive!(1, 0, heard, net);
    assert.deepEqual(
      [...population.counts],
      [-1, 0, 1].map((state) => population.states.filter((each) => each === state).length),
    );
    return population.states[1];
  };
  const pairs = [-1, 0, 1].flatMap((heard) => [-1, 0, 1].map((own) => [heard, own] as const));
  assert.deepEqual(
    pairs.map(([heard, own]) => rule(voter, heard, own)),
    [-1, -1, -1, 0, 0, 0, 1, 1, 1],
  );
  assert.deepEqual(
    pairs.map(([heard, own]) => rule(approximateMajority, heard, own)),
    [-1, -1, 0, -1, 0, 1, 0, 1, 1],
  );
  const population = voter(
    ring(9),
    range(9).map((i) => (i < 3 ? 1 : -1)),
  );
  const { reason } = await new Network(population, { nodeCount: 9, seed: 1 }).run({ time: 1e5 });
  assert.equal(reason, 'converged');
  assert.ok([...population.counts].includes(9));
});

test('named errors', () => {
  assert.throws(
    () => pairwiseAveraging(ring(3), [1, 2]),
    /pairwiseAveraging: values must be 3 finite numbers, got 2 numbers/,
  );
  assert.throws(
    () => pairwiseAveraging(ring(3), [1, NaN, 2]),
    /values must be 3 finite numbers, got 3 numbers, NaN among them/,
  );
  assert.throws(
    () => exchangesToAverage(ring(3), [1, 1, 1], { ratio: 0.1 }),
    /exchangesToAverage: values must not all be equal, got 1 alone/,
  );
  assert.throws(
    () => exchangesToAverage(ring(3), [1, 2, 1], { ratio: 1e-9, most: 2 }),
    /must be reached after at most 2 exchanges/,
  );
  assert.throws(() => voter(ring(3), [1, 2, 1]), /voter: states must be 3 of -1, 0, 1/);
});
