// The mean work of a ramp: the sudden and the slow limit.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { meanRampWork, ornsteinUhlenbeck, quenchWork, rampFreeEnergy } from '../../src/exact/index.js';
import { complete } from '../../src/graphs/index.js';

const ramp = { temperature: 1, from: 1, to: 2, jumps: 10, duration: 0.1 };

test('the mean work is that of a quench in one jump, and falls to the free energy as the ramp slows', () => {
  const ends = { temperature: 1, nodeCount: 6, from: 1, to: 2 };
  const work = (jumps: number, duration: number): number =>
    meanRampWork(complete(6), { ...ramp, jumps, duration });
  assert.ok(Math.abs(work(1, 5) - quenchWork(ends)) < 1e-12);
  assert.ok(Math.abs(work(7, 0) - quenchWork(ends)) < 1e-12, 'without time to relax, jumps add up');
  const slow = [0.01, 0.1, 1, 10, 100].map((duration) => work(1000, duration));
  slow.slice(1).forEach((w, k) => assert.ok(w < slow[k] && w > rampFreeEnergy(ends)));
  assert.ok(Math.abs(slow[4] / rampFreeEnergy(ends) - 1) < 1e-3);
  // relaxed completely between jumps: sum of (N - 1)(T / 2)(J_k / J_(k-1) - 1)
  const staircase = [1, 1.5].reduce((sum, J) => sum + 2.5 * (0.5 / J), 0);
  assert.ok(Math.abs(work(2, 1e3) - staircase) < 1e-12);
  assert.ok(
    Math.abs(meanRampWork(complete(6), { ...ramp, components: 3 }) - 3 * meanRampWork(complete(6), ramp)) <
      1e-12,
  );
});

test('between two jumps each mode relaxes as an Ornstein-Uhlenbeck process of stiffness 2 J mu', () => {
  const mu = 6; // of the five modes of K6
  const mode = ornsteinUhlenbeck({ stiffness: 2 * 1.5 * mu, temperature: 1 });
  const start = 1 / (2 * mu); // the variance at J = 1
  const relaxed = mode.transitionMean(Math.sqrt(start), 0.05) ** 2 + mode.transitionVariance(0.05);
  const exact = 5 * mu * (0.5 * start + 0.5 * relaxed);
  assert.ok(Math.abs(meanRampWork(complete(6), { ...ramp, jumps: 2 }) - exact) < 1e-12);
});
