// Walks of birth-death chains against exact mean times of passage and the exact law at a time; the lifetimes
// of both uniform states of the complete graph without and with a field, 1000 reversals each (row AE-5), and
// a single jump, which is exponential.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { birthDeathWalk } from '../../src/ambient/index.js';
import { completeIsing } from '../../src/exact/index.js';
import { passageTimes } from '../../src/measure/index.js';

const mean = (x: readonly number[]): number => x.reduce((sum, each) => sum + each, 0) / x.length;
const errorOf = (x: readonly number[]): number =>
  Math.sqrt(mean(x.map((each) => (each - mean(x)) ** 2)) / (x.length - 1));
const range = (count: number): number[] => Array.from({ length: count }, (_, k) => k);

test('mean times of passage are exact, there and back, with and without censoring', () => {
  const { chain, passageTime } = completeIsing(12, { temperature: 0.8, field: 0.05 });
  for (const [from, to] of [
    [11, 3],
    [2, 9],
  ]) {
    const runs = range(1500).map((k) =>
      birthDeathWalk(chain, { start: from, time: 1e7, until: (u) => u === to, seed: `${from}/${k}` }),
    );
    const times = runs.map(({ passage }) => passage!);
    const exact = passageTime(2 * from - 12, 2 * to - 12);
    assert.ok(
      Math.abs(mean(times) - exact) < 4.5 * errorOf(times),
      `${mean(times)} +- ${errorOf(times)} for ${exact}`,
    );
    assert.ok(runs.every(({ states, events }) => states[0] === to && events >= Math.abs(from - to)));
  }
});

test('the lifetimes of both uniform states: as one without a field, apart by its exact ratio with one', () => {
  const [N, T] = [12, 0.5];
  for (const field of [0, 0.04]) {
    const { chain, reversalTime } = completeIsing(N, { temperature: T, field });
    const life = (sign: 1 | -1): number[] =>
      range(1000).map((k) => {
        const start = sign > 0 ? N : 0;
        return birthDeathWalk(chain, {
          start,
          time: 1e9,
          until: (u) => (2 * u - N) * sign <= 2 - N,
          seed: `${field}/${sign}/${k}`,
        }).passage!;
      });
    const [valid, invalid] = [life(1), life(-1)];
    for (const [lives, sign] of [
      [valid, 1],
      [invalid, -1],
    ] as const) {
      const {
        interval: [low, high],
      } = passageTimes(lives, [], { level: 1 - 1e-5 });
      const exact = completeIsing(N, { temperature: T, field }).passageTime(sign * N, -sign * (N - 2));
      assert.ok(low < exact && exact < high, `${sign}, field ${field}: [${low}, ${high}] for ${exact}`);
    }
    const ratio = mean(valid) / mean(invalid);
    const exact = reversalTime(1) / reversalTime(-1);
    assert.ok(Math.abs(Math.log(ratio / exact)) < 4.5 * Math.sqrt(2 / 1000) + 0.02, `${ratio} for ${exact}`);
  }
});

test('the law at the times of the records is that of the chain', () => {
  const chain = { rise: Float64Array.of(1, 2, 0.5, 0), fall: Float64Array.of(0, 0.7, 1, 3) };
  const law = [1, 0, 0, 0];
  const exact: number[][] = [];
  const dt = 1e-4;
  for (let step = 1; step <= 20_000; step++) {
    // Euler: an error of some 1e-4
    const flows = [0, 1, 2].map((u) => dt * (law[u] * chain.rise[u] - law[u + 1] * chain.fall[u + 1]));
    flows.forEach((flow, u) => {
      law[u] -= flow;
      law[u + 1] += flow;
    });
    if (step % 10_000 === 0) exact.push([...law]);
  }
  const runs = range(8000).map((k) => birthDeathWalk(chain, { start: 0, time: 2, every: 1, seed: k }));
  for (const record of [0, 1]) {
    range(4).forEach((u) => {
      const share = runs.filter(({ states }) => states[record] === u).length / runs.length;
      const p = exact[record][u];
      assert.ok(
        Math.abs(share - p) < 4.5 * Math.sqrt((p * (1 - p)) / runs.length) + 2e-4,
        `${u} at ${record + 1}: ${share} for ${p}`,
      );
    });
  }
});

test('a chain that is stuck stays; one that has what it waits for does not move', () => {
  const stuck = { rise: Float64Array.of(1, 0), fall: Float64Array.of(0, 0) };
  const { states, passage, events } = birthDeathWalk(stuck, { start: 0, time: 1000, every: 250, seed: 1 });
  assert.deepEqual([...states], [1, 1, 1, 1]);
  assert.deepEqual([passage, events], [undefined, 1]);
  assert.deepEqual(birthDeathWalk(stuck, { start: 0, time: 5, until: (u) => u === 0 }).passage, 0);
});

test('refusals name the rule and the value', () => {
  const chain = { rise: Float64Array.of(1, 0), fall: Float64Array.of(0, 1) };
  assert.throws(() => birthDeathWalk(chain, { start: 2, time: 1 }), /birthDeathWalk: start must be .* got 2/);
  assert.throws(
    () => birthDeathWalk(chain, { start: 0, time: 0 }),
    /birthDeathWalk: time must be positive and finite, got 0/,
  );
  assert.throws(
    () => birthDeathWalk(chain, { start: 0, time: 1, every: 0 }),
    /birthDeathWalk: every must be .* got 0/,
  );
  assert.throws(
    () => birthDeathWalk({ ...chain, rise: Float64Array.of(1, 1) }, { start: 0, time: 1 }),
    /must not lead out of the states, got rise 1 at the last/,
  );
  assert.throws(
    () => birthDeathWalk({ ...chain, rise: Float64Array.of(-1, 0) }, { start: 0, time: 1 }),
    /must be finite and not negative, got rise -1 at 0/,
  );
  assert.throws(
    () => birthDeathWalk({ ...chain, fall: Float64Array.of(0) }, { start: 0, time: 1 }),
    /needs a rise and a fall per state, got 2 and 1/,
  );
});
