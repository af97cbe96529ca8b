// Participation: activities are shot noise whatever the step, fade exactly, and the two rules count what they
// say.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { activityAt, after, checkUpdate, interactions, participation } from '../../src/ambient/index.js';
import { shotNoise } from '../../src/exact/index.js';
import { complete, fromEdges, ring, smallWorld } from '../../src/graphs/index.js';
import { uniformGenerator } from '../../src/randomness/index.js';

const graph = smallWorld(3000, 4, 0.2, { seed: 2 });
const nobody = new Float64Array(2 * graph.edgeCount + graph.nodeCount);
const [rate, tau] = [0.8, 3];
const stationary = (timeStep: number) =>
  after(interactions(graph, { rates: new Float64Array(3000).fill(rate), tau, timeStep }), nobody, {
    steps: Math.ceil(36 / timeStep),
    seed: 7,
  });

function assertMean(values: Float64Array, expected: number, what: string): void {
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
  const error = Math.sqrt(values.reduce((sum, x) => sum + (x - mean) ** 2, 0)) / values.length;
  assert.ok(Math.abs(mean - expected) < 4.5 * error, `${what}: ${mean} +- ${error}, expected ${expected}`);
}

test('activity is stationary shot noise whatever the step: mean r tau, variance r tau / 2; partners count by its transform', () => {
  for (const timeStep of [0.5, 12]) {
    const activity = stationary(timeStep);
    const [plain, distinct] = (['plain', 'distinct'] as const).map((rule) =>
      participation(graph, activity, rule),
    );
    assertMean(plain, rate * tau, `mean, step ${timeStep}`);
    assertMean(
      plain.map((u) => (u - rate * tau) ** 2),
      (rate * tau) / 2,
      `variance, step ${timeStep}`,
    );
    const one = (node: number) => 1 - shotNoise({ rate: rate / graph.degree(node), tau }).transform(1);
    assertMean(
      distinct.map((u, i) => u - graph.degree(i) * one(i)),
      0,
      `distinct, step ${timeStep}`,
    );
  }
});

test('who stops fades by e^{-t / tau}, and nothing of the past is kept', () => {
  const present = stationary(1);
  const stopped = interactions(graph, { rates: new Float64Array(3000), tau, timeStep: 0.7 });
  after(stopped, present, { steps: 10, seed: 1 }).forEach((a, h) =>
    assert.ok(Math.abs(a - present[h] * Math.exp(-7 / tau)) < 1e-12),
  );
  const small = interactions(ring(5), { rates: [1, 2, 0, 1, 3], tau: 2, timeStep: 1 });
  const random = uniformGenerator('presents');
  checkUpdate(
    small,
    [0, 1, 2].map(() => Float64Array.from({ length: 15 }, () => random())),
  );
});

test('a trade with oneself counts under the plain rule alone, the same partner once under the distinct rule', () => {
  const three = complete(3);
  const activity = new Float64Array(9);
  activity[activityAt(three, 0, 0)] = 5;
  activity[activityAt(three, 1, 2)] = 50;
  activity[activityAt(three, 2, 0)] = activity[activityAt(three, 2, 1)] = 0.5;
  assert.deepEqual(Array.from(participation(three, activity)), [5, 50, 1]);
  const [own, one, two] = participation(three, activity, 'distinct');
  assert.deepEqual([own, one], [0, 1]);
  assert.ok(Math.abs(two - 2 * (1 - Math.exp(-0.5))) < 1e-15);
});

test('every pair has a place of its own', () => {
  const some = fromEdges(
    5,
    [
      [0, 3],
      [3, 4],
      [1, 3],
      [2, 4],
    ],
    { connected: false },
  );
  const places = new Set<number>();
  for (let i = 0; i < 5; i++) {
    for (let j = 0; j < 5; j++) {
      const at = activityAt(some, i, j);
      const linked =
        i === j || Array.from(some.neighbours.subarray(some.offsets[i], some.offsets[i + 1])).includes(j);
      assert.equal(at >= 0, linked, `${i}, ${j}`);
      if (linked) places.add(at);
    }
  }
  assert.deepEqual(
    [...places].sort((a, b) => a - b),
    Array.from({ length: 13 }, (_, k) => k),
  );
});

test('refusals name the rule and the value', () => {
  assert.throws(
    () => participation(graph, [1]),
    /participation: activity must be \[half-edges \+ nodes\] = \[15000\], got 1 numbers/,
  );
  assert.throws(
    () => interactions(graph, { rates: [1], tau, timeStep: 1 }),
    /interactions: rates must have one value per node \(3000\), got 1/,
  );
  assert.throws(
    () => interactions(ring(3), { rates: [1, -1, 1], tau, timeStep: 1 }),
    /interactions: rates\[1\] must be finite and not negative, got -1/,
  );
  assert.throws(
    () => interactions(ring(3), { rates: [1, 1, 1], tau: 0, timeStep: 1 }),
    /interactions: tau must be positive and finite, got 0/,
  );
});
