// What a node senses of dissipation and participation, against the rates that made what it sees.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fadingSpins, iterate, localRates } from '../../src/ambient/index.js';
import { ring } from '../../src/graphs/index.js';
import { uniformGenerator } from '../../src/randomness/index.js';

test('of nodes that go and come at known rates each finds both, and 95 % intervals cover them about as often', () => {
  const [nodes, decay, back, span] = [64, 0.3, 0.5, 0.4];
  const random = uniformGenerator('telegraph');
  const [settled, left] = [back / (back + decay), Math.exp(-(back + decay) * span)];
  const snapshots = [Float64Array.from({ length: nodes }, () => Number(random() < settled))];
  for (let t = 0; t < 1600; t++)
    snapshots.push(snapshots.at(-1)!.map((now) => Number(random() < settled + (now - settled) * left)));
  const all = localRates(ring(nodes), snapshots, { span });
  for (const [name, truth] of [
    ['decay', decay],
    ['participation', settled],
  ] as const) {
    const estimates = all.map((each) => each[name]);
    const mean = estimates.reduce((sum, { estimate }) => sum + estimate, 0) / nodes;
    const covered =
      estimates.filter(({ interval: [low, high] }) => low <= truth && truth <= high).length / nodes;
    const width = estimates.reduce((sum, { interval: [low, high] }) => sum + high - low, 0) / nodes;
    assert.ok(Math.abs(mean / truth - 1) < 0.02, `${name}: ${mean} for ${truth}`);
    assert.ok(covered > 0.85, `${name}: ${covered} of the intervals hold it`); // nodes share neighbours: some 25 independent ones
    assert.ok(width < 0.35 * truth, `${name}: width ${width}`);
  }
});

test('of spins that fade, none of whom ever goes: no dissipation, all take part', () => {
  const graph = ring(6);
  const snapshots = Array.from(
    iterate(fadingSpins(graph, { temperature: 1, decay: 0 }), new Int8Array(6).fill(1), {
      steps: 40,
      seed: 1,
    }),
    ({ present }) => present,
  );
  for (const { decay, participation } of localRates(graph, snapshots, { span: 1 })) {
    assert.deepEqual([decay.estimate, participation.estimate], [0, 1]);
  }
});

test('refusals name the rule and the value', () => {
  const few = Array.from({ length: 33 }, () => new Int8Array(6));
  assert.throws(
    () => localRates(ring(6), few.slice(1), { span: 1 }),
    /localRates: needs at least 33 snapshots, got 32/,
  );
  assert.throws(
    () => localRates(ring(7), few, { span: 1 }),
    /localRates: a snapshot must have one value per node \(7\), got 6/,
  );
  assert.throws(
    () => localRates(ring(6), few, { span: 0 }),
    /localRates: span must be positive and finite, got 0/,
  );
});

test('a node sees itself and its neighbours, nobody else', () => {
  const blinking = Array.from({ length: 161 }, (_, t) =>
    Int8Array.from({ length: 8 }, (_, i) => (i === 4 ? Number(t % 3 > 0) : 1)),
  );
  localRates(ring(8), blinking, { span: 1 }).forEach(({ participation: { estimate } }, i) =>
    assert.ok(Math.abs(estimate - (Math.abs(i - 4) <= 1 ? 8 / 9 : 1)) < 0.01, `node ${i}: ${estimate}`),
  );
});
