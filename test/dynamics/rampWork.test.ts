// Work under a ramp of the coupling: oracle O12 and the exact mean.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rampWork } from '../../src/dynamics/index.js';
import { meanRampWork, rampFreeEnergy } from '../../src/exact/index.js';
import { complete, fromEdges, ring } from '../../src/graphs/index.js';

const ramp = { temperature: 1, from: 1, to: 2, jumps: 10, duration: 0.1 };

const withError = (values: ArrayLike<number>): [mean: number, error: number] => {
  const list = Array.from(values);
  const mean = list.reduce((sum, x) => sum + x, 0) / list.length;
  const variance = list.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (list.length - 1);
  return [mean, Math.sqrt(variance / list.length)];
};

test("single runs have the exact mean, and Jarzynski's average at any speed (K6, J 1 to 2: 1.7329)", () => {
  for (const duration of [0, 0.1, 1]) {
    const work = rampWork(complete(6), { ...ramp, duration, runs: 20_000, seed: 3 });
    const [mean, error] = withError(work);
    const exact = meanRampWork(complete(6), { ...ramp, duration });
    assert.ok(Math.abs(mean - exact) < 4 * error, `t = ${duration}: ${mean} +- ${error} against ${exact}`);
    const [factor, factorError] = withError(work.map((w) => Math.exp(-w)));
    const freeEnergy = -Math.log(factor);
    assert.ok(
      Math.abs(freeEnergy - 1.7329) < 4 * (factorError / factor) + 5e-5,
      `t = ${duration}: ${freeEnergy}`,
    );
  }
});

test('on a graph with several relaxation times, downwards, at another temperature and in two components', () => {
  const protocol = { temperature: 0.5, from: 2, to: 0.8, jumps: 5, duration: 0.4, components: 2 };
  const work = rampWork(ring(7), { ...protocol, runs: 20_000, seed: 4 });
  const [mean, error] = withError(work);
  assert.ok(Math.abs(mean - meanRampWork(ring(7), protocol)) < 4 * error);
  const [factor, factorError] = withError(work.map((w) => Math.exp(-w / 0.5)));
  const exact = rampFreeEnergy({ temperature: 0.5, nodeCount: 7, from: 2, to: 0.8, components: 2 });
  assert.ok(Math.abs(-0.5 * Math.log(factor) - exact) < 4 * 0.5 * (factorError / factor));
});

test('one seed gives the same work; what is no ramp is named', () => {
  const run = (seed: number): Float64Array => rampWork(complete(4), { ...ramp, runs: 5, seed });
  assert.deepEqual(run(1), run(1));
  assert.notDeepEqual(run(1), run(2));
  assert.throws(() => meanRampWork(complete(4), { ...ramp, to: 0 }), /meanRampWork: to must be positive/);
  assert.throws(
    () => rampWork(complete(4), { ...ramp, jumps: 0, runs: 1, seed: 1 }),
    /rampWork: jumps must be an integer/,
  );
  assert.throws(
    () => meanRampWork(complete(4), { ...ramp, duration: -1 }),
    /duration must be finite and not negative, got -1/,
  );
  const apart = fromEdges(
    4,
    [
      [0, 1],
      [2, 3],
    ],
    { connected: false },
  );
  assert.throws(() => meanRampWork(apart, ramp), /must be connected, got 2 components/);
});
