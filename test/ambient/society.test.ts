// The society against the presence field that it is made of: exchange with the air, diffusion by meetings in
// the mean, the total to rounding, and every strategy's own law.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  after,
  checkUpdate,
  destructive,
  honest,
  idleHoarder,
  iterate,
  leaver,
  presence,
  relax,
  selfTrader,
  society,
  thief,
  totalValue,
  strangers,
  type Society,
  type Strategy,
} from '../../src/ambient/index.js';
import { shotNoise } from '../../src/exact/index.js';
import { complete, fromEdges, ring } from '../../src/graphs/index.js';
import { randomKey, uniformGenerator } from '../../src/randomness/index.js';

const field = { tau: 8, decay: 0.1, release: 0.004, timeStep: 0.25 };
const many = (count: number, make: () => Strategy): Strategy[] => Array.from({ length: count }, make);
const crowd = complete(12);
const ones = new Float64Array(12).fill(1);

function assertMean(values: readonly number[], expected: number, what: string): void {
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
  const error = Math.sqrt(values.reduce((sum, x) => sum + (x - mean) ** 2, 0)) / values.length;
  assert.ok(Math.abs(mean - expected) < 4.5 * error, `${what}: ${mean} +- ${error}, expected ${expected}`);
}

test('without meetings it is the presence field at its participation', async () => {
  const random = uniformGenerator('amounts');
  const activity = Float64Array.from({ length: 12 * 12 }, (_, h) => (h < 132 ? 0 : random()));
  const start: Society = { ...strangers(crowd, { held: ones.map(() => random()), air: 3 }), activity };
  const still = society(crowd, { strategies: many(12, idleHoarder), ...field, tau: 1e15 });
  const end = after(still, start, { steps: 40, seed: 1 });
  const alone = presence(fromEdges(12, [], { connected: false }), {
    decay: field.decay,
    release: field.release,
    participation: activity.subarray(132),
  });
  const expected = (await relax(alone, [...start.held, start.air], { time: 10, timeStep: 0.01 })).state;
  end.held.forEach((m, i) => assert.ok(Math.abs(m - expected[i]) < 1e-9, `node ${i}: ${m}, ${expected[i]}`));
  assert.ok(Math.abs(end.air - expected[12]) < 1e-9);
});

test('meetings diffuse: the mean over runs is the presence field with half a meeting a time as weight', async () => {
  const circle = ring(6);
  const options = { ...field, release: 1e-12, timeStep: 0.5 };
  const kernel = society(circle, { strategies: many(6, honest), ...options });
  const runs = Array.from(
    { length: 3000 },
    (_, seed) => after(kernel, strangers(circle, { held: [1, 0, 0, 0, 0, 0] }), { steps: 4, seed }).held,
  );
  // node i turns to j at 1/2, j to i at 1/2, each halves the difference: w = 1/2
  const mean = (
    await relax(presence(ring(6), { decay: 0.1, release: 1e-12 }), [1, 0, 0, 0, 0, 0, 0], { time: 1 })
  ).state; // w = 1 for half the time
  for (let i = 0; i < 6; i++)
    assertMean(
      runs.map((held) => held[i]),
      mean[i] * Math.exp(-0.1),
      `node ${i}`,
    );
});

test('nothing is made or lost, whoever takes part: 1e-12 over 4000 steps; and no amount is negative', () => {
  const strategies = [
    thief(),
    destructive(),
    idleHoarder(),
    selfTrader(),
    leaver({ leaves: 100, returns: 400 }),
    selfTrader({ identities: [5, 6] }),
    selfTrader({ identities: [5, 6] }),
    ...many(5, honest),
  ];
  for (const rule of ['plain', 'distinct'] as const) {
    let worst = 0;
    for (const { present } of iterate(
      society(crowd, { strategies, ...field, rule }),
      strangers(crowd, { held: ones, air: 4 }),
      { steps: 4000, seed: 3 },
    )) {
      worst = Math.max(worst, Math.abs(totalValue(present) / 16 - 1));
      assert.ok(
        present.held.every((m) => m >= 0) && present.carried.every((m) => m >= 0) && present.air >= 0,
      );
    }
    assert.ok(worst < 1e-12, `${rule}: ${worst}`);
  }
});

test("an idle hoard decays at gamma, a leaver's once its activity has faded, and what a thief carried out after he stopped", () => {
  const strategies = [
    idleHoarder(),
    leaver({ leaves: 50, returns: 1e9 }),
    thief({ fraction: 0.3 }),
    ...many(9, honest),
  ];
  const kernel = society(crowd, { strategies, ...field, tau: 1 });
  const gone = after(kernel, strangers(crowd, { held: ones }), { steps: 400, seed: 2 });
  assert.ok(Math.abs(gone.held[0] / Math.exp(-10) - 1) < 1e-12);
  const later = after(kernel, gone, { steps: 40, seed: 2, from: 400 });
  assert.ok(Math.abs(later.held[1] / (gone.held[1] * Math.exp(-1)) - 1) < 1e-9);
  const reformed = society(crowd, { strategies: strategies.with(2, honest()), ...field });
  const loot = after(reformed, gone, { steps: 40, seed: 4 });
  assert.ok(
    gone.carried[2] > 0.1 && Math.abs(loot.carried[2] / (gone.carried[2] * Math.exp(-1)) - 1) < 1e-12,
  );
  assert.ok(later.held[0] < 1e-4 && loot.activity.length === 144);
});

test('a self-trader keeps as much as the honest do by as many meetings; by distinct partners as its participation over theirs', () => {
  const ratios = (rule: 'plain' | 'distinct') =>
    Array.from({ length: 20 }, (_, seed) => {
      const kernel = society(crowd, {
        strategies: [
          selfTrader(),
          selfTrader({ identities: [1, 2] }),
          selfTrader({ identities: [1, 2] }),
          ...many(9, honest),
        ],
        ...field,
        rule,
      });
      const kept = new Float64Array(12);
      for (const { step, present } of iterate(kernel, strangers(crowd, { held: ones }), {
        steps: 800,
        seed: `kept ${seed}`,
      })) {
        if (step > 320) present.held.forEach((m, i) => (kept[i] += m));
      }
      const fair = kept.subarray(3).reduce((sum, m) => sum + m, 0) / 9;
      return [kept[0] / fair, (kept[1] + kept[2]) / fair];
    });
  const plain = ratios('plain');
  // the honest turn to 11 others, of which 8 answer
  assertMean(
    plain.map(([alone]) => alone),
    11 / 8,
    'alone',
  );
  assertMean(
    plain.map(([, ring]) => ring),
    11 / 8,
    'a ring of two',
  );
  const distinct = ratios('distinct');
  assert.ok(distinct.every(([alone]) => alone < 1e-3));
  const u = (rate: number) => 1 - shotNoise({ rate, tau: 8 }).transform(1);
  assertMean(
    distinct.map(([, ring]) => ring),
    (2 * u(1 / 2)) / (8 * u(1 / 11)),
    'a ring of two, distinct',
  );
});

test('meetings move what they say, and only between those who accept', () => {
  const holdings = () => ({ held: Float64Array.of(1, 5), carried: Float64Array.of(0, 0), air: 2 });
  const after = (strategy: Strategy) => {
    const now = holdings();
    strategy.trade(now, 0, 1);
    return [...now.held, ...now.carried, now.air];
  };
  assert.deepEqual(after(honest()), [3, 3, 0, 0, 2]);
  assert.deepEqual(after(thief({ fraction: 0.2 })), [1, 4, 1, 0, 2]);
  assert.deepEqual(after(destructive({ fraction: 0.2 })), [1, 4, 0, 0, 3]);
  assert.deepEqual(after(selfTrader()), [1, 5, 0, 0, 2]);
  const ringOfTwo = selfTrader({ identities: [1, 3], rate: 3 });
  assert.deepEqual(
    [ringOfTwo.rate, ringOfTwo.accepts(3), ringOfTwo.accepts(0), ringOfTwo.choosePartner(crowd, 3, () => 0)],
    [1.5, true, false, 1],
  );
  assert.deepEqual([0, 1, 2].map(leaver({ leaves: 1, returns: 2 }).isHere), [true, false, true]);
});

test('the society remembers nothing but its present, and refusals name the rule and the value', () => {
  const strategies = [thief(), destructive(), selfTrader(), ...many(9, honest)];
  const kernel = society(crowd, { strategies, ...field });
  const presents = [0, 1, 2].map((k) => kernel(strangers(crowd, { held: ones }), randomKey('presents', k)));
  checkUpdate(kernel, presents);
  assert.throws(
    () => society(crowd, { strategies: [], ...field }),
    /society: strategies must have one value per node \(12\), got 0/,
  );
  assert.throws(
    () => society(crowd, { strategies, ...field, decay: 0 }),
    /society: decay must be positive and finite, got 0/,
  );
  assert.throws(
    () => strangers(crowd, { held: [1] }),
    /strangers: held must have one value per node \(12\), got 1/,
  );
  assert.throws(
    () => strangers(crowd, { held: ones, air: -1 }),
    /strangers: air must be finite and not negative, got -1/,
  );
  assert.throws(() => thief({ fraction: 2 }), /thief: fraction must be in \[0, 1\], got 2/);
  assert.throws(() => honest({ rate: -1 }), /honest: rate must be finite and not negative, got -1/);
  assert.throws(
    () => selfTrader({ identities: [1] }),
    /selfTrader: identities must be an integer in \[2, .*got 1/,
  );
});
