// Survival curves: the worked examples of Kaplan and Meier (1958) and of the remission times of Freireich et
// al. (Blood 21 (1963) 699), whose Greenwood errors and log-log intervals stand in textbooks (Cox, Oakes,
// Analysis of Survival Data, 1984); and exponential lives that are censored at random: the intervals hold the
// true curve, median and mean as often as they say.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { survival } from '../../src/measure/index.js';
import { binomialInterval } from '../../src/statistics/index.js';
import { uniformGenerator } from '../../src/randomness/index.js';

const near = (actual: number, expected: number, tolerance: number): void =>
  assert.ok(Math.abs(actual - expected) <= tolerance, `${actual}, expected ${expected}`);

test("Kaplan's and Meier's own example", () => {
  const { times, fractions: shares, atRisk, at } = survival([3.1, 0.8, 9.2, 5.4], [1, 2.7, 12.1, 7]);
  assert.deepEqual([...times], [0.8, 3.1, 5.4, 9.2]);
  assert.deepEqual([...atRisk], [8, 5, 4, 2]);
  shares.forEach(({ estimate }, k) => near(estimate, [7 / 8, 0.7, 0.525, 0.2625][k], 1e-14));
  near(at(5.4).estimate, 0.525, 1e-14);
  near(at(5.399).estimate, 0.7, 1e-14);
  assert.deepEqual(at(0.5), binomialInterval(8, 8));
});

test('remission under 6-mercaptopurine: shares, log-log intervals, median and mean as printed', () => {
  const remission = survival(
    [6, 6, 6, 7, 10, 13, 16, 22, 23],
    [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35],
  );
  const table = [
    [6, 21, 0.8571, 0.6197, 0.9516],
    [7, 17, 0.8067, 0.5631, 0.9228],
    [10, 15, 0.7529, 0.5032, 0.8894],
    [13, 12, 0.6902, 0.4316, 0.8491],
    [16, 11, 0.6275, 0.3675, 0.8049],
    [22, 7, 0.5378, 0.2678, 0.7468],
    [23, 6, 0.4482, 0.1881, 0.6801],
  ];
  assert.deepEqual(
    [...remission.times],
    table.map(([time]) => time),
  );
  assert.deepEqual(
    [...remission.atRisk],
    table.map(([, atRisk]) => atRisk),
  );
  remission.fractions.forEach(({ estimate, interval: [low, high] }, k) =>
    [estimate, low, high].forEach((value, j) => near(value, table[k][2 + j], 5e-5)),
  );
  assert.equal(remission.median.estimate, 23);
  assert.deepEqual(remission.median.interval, [13, Infinity]);
  const {
    estimate,
    interval: [low, high],
  } = remission.restrictedMean(35);
  near(estimate, 23.287, 5e-4);
  near((high - low) / 2 / 1.959964, 2.8274, 5e-4);
});

test('without censoring it is the share of those left, and Greenwood is the binomial error', () => {
  const lives = survival([1, 2, 2, 3, 5, 8, 9, 9, 9, 12]);
  near(lives.at(4).estimate, 0.6, 1e-14);
  const {
    interval: [low, high],
  } = lives.at(4);
  const spread = (x: number): number => Math.log(-Math.log(x)); // error sqrt((1 - S) / (n S)) / |ln S|
  near((spread(low) - spread(high)) / 2, (1.959964 * Math.sqrt(0.4 / 6)) / -Math.log(0.6), 1e-5);
  assert.equal(lives.at(12).estimate, 0);
  assert.ok(lives.at(20).interval[1] === lives.fractions.at(-2)!.interval[1]);
  near(lives.restrictedMean(12).estimate, 6, 1e-12);
});

test('exponential lives, half of them censored: the intervals cover as often as they say', () => {
  const [runs, count, tau] = [400, 200, 3];
  let [curve, middle, area, median] = [0, 0, 0, 0];
  for (let run = 0; run < runs; run++) {
    const random = uniformGenerator('exponential lives', run);
    const [ended, censored]: number[][] = [[], []];
    for (let k = 0; k < count; k++) {
      const [life, followed] = [-tau * Math.log1p(-random()), 6 * random()];
      if (life < followed) ended.push(life);
      else censored.push(followed);
    }
    const lives = survival(ended, censored);
    const holds = (
      { interval: [low, high] }: { interval: readonly [number, number] },
      truth: number,
    ): number => Number(low <= truth && truth <= high);
    curve += holds(lives.at(1), Math.exp(-1 / tau));
    middle += holds(lives.at(4), Math.exp(-4 / tau));
    area += holds(lives.restrictedMean(4), tau * (1 - Math.exp(-4 / tau)));
    median += holds(lives.median, tau * Math.LN2);
    assert.ok(lives.ended.reduce((sum, each) => sum + each, 0) === ended.length && lives.atRisk[0] <= count);
  }
  for (const covered of [curve, middle, area, median]) {
    // 95 %, of which small samples may lose some
    const {
      interval: [low, high],
    } = binomialInterval(covered, runs, { level: 0.9999 });
    assert.ok(low < 0.95 && high > 0.94, `${covered} of ${runs}`);
  }
});

test('refusals name the rule and the value', () => {
  assert.throws(() => survival([], [1]), /survival: needs an end, got 0 among 1 times/);
  assert.throws(() => survival([-1]), /survival: a time must be finite and not negative, got -1/);
  assert.throws(() => survival([1], [], { level: 1 }), /survival: level must be in \(0, 1\), got 1/);
  assert.throws(() => survival([1], [2]).at(3), /survival: time must not lie beyond the last time 2, got 3/);
  assert.throws(
    () => survival([1], [2]).restrictedMean(0),
    /survival: until must be positive and finite, got 0/,
  );
});

test('the median of a curve that stands at a half is the middle of that flat, as in R (survfit)', () => {
  const upTo = (n: number): number[] => Array.from({ length: n }, (_, k) => k + 1);
  assert.equal(survival(upTo(24)).median.estimate, 12.5);
  assert.equal(survival(upTo(25)).median.estimate, 13);
  for (let n = 2; n <= 400; n++) assert.equal(survival(upTo(n)).median.estimate, (n + 1) / 2, `of ${n}`);
  assert.equal(survival([1], [2]).median.estimate, 1); // the flat has no end
  assert.equal(survival([1, 3], [4, 4]).median.estimate, 3);
  assert.equal(survival([1, 3, 9], [4]).median.estimate, 6);
});
