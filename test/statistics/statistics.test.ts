// Peers: SciPy 1.17 (t, normal, binomtest with Wilson's interval, spearmanr).
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from '../property.js';
import { binomialInterval } from '../../src/statistics/binomialInterval.js';
import { interval } from '../../src/statistics/interval.js';
import { meanWithError } from '../../src/statistics/mean.js';
import { normalScores, ranks } from '../../src/statistics/ranks.js';
import { correlation, spearman } from '../../src/statistics/spearman.js';
import { erf } from '../../src/numerics/special.js';
import { normals, Purpose, randomKey } from '../../src/randomness/index.js';

const near = (actual: number, expected: number, relative = 1e-9): void =>
  assert.ok(Math.abs(actual - expected) <= relative * Math.abs(expected), `${actual}, expected ${expected}`);

const draws = (length: number, stream: number): Float64Array =>
  normals(new Float64Array(length), randomKey(11, stream), {
    step: 0,
    purpose: Purpose.noise,
    nodes: length,
    lanes: 1,
  });

test('meanWithError: s / sqrt(n)', () => {
  const { mean, standardError } = meanWithError([1, 2, 3, 4]);
  assert.equal(mean, 2.5);
  near(standardError, Math.sqrt(5 / 3 / 4), 1e-14);
  assert.throws(() => meanWithError([1]), /at least 2 values for an error, got 1/);
});

test('interval: the example, and refusal below 16 seeds', () => {
  const {
    estimate,
    interval: [low, high],
  } = interval(Array.from({ length: 16 }, (_, i) => i));
  assert.equal(estimate, 7.5);
  near(high - estimate, 2.131449545559776 * Math.sqrt((16 * 17) / 12 / 16));
  near(estimate - low, high - estimate);
  assert.throws(() => interval(new Float64Array(15)), /interval: a band needs at least 16 seeds, got 15/);
  assert.throws(() => interval(new Float64Array(16), { level: 1 }), /level must be in \(0, 1\), got 1/);
});

test('interval covers the true mean at its level', () => {
  const runs = 2000;
  const covered = Array.from(
    { length: runs },
    (_, run) => interval(draws(16, run), { level: 0.9 }).interval,
  ).filter(([low, high]) => low <= 0 && 0 <= high).length;
  const error = Math.sqrt((0.9 * 0.1) / runs);
  assert.ok(Math.abs(covered / runs - 0.9) < 4 * error, `${covered} of ${runs}`);
});

test('binomialInterval: SciPy', () => {
  const cases = [
    [0, 200, 0, 0.018845326377266575],
    [10, 200, 0.02738264560076392, 0.08957814813877599],
    [195, 200, 0.9428216595933581, 0.9892752803482388],
    [3, 7, 0.1582198552514697, 0.7495416354723428],
  ];
  for (const [successes, trials, low, high] of cases) {
    const {
      estimate,
      interval: [from, to],
    } = binomialInterval(successes, trials);
    assert.equal(estimate, successes / trials);
    near(from, low);
    near(to, high);
  }
  assert.throws(() => binomialInterval(3, 2), /successes must be an integer in \[0, 2\], got 3/);
  assert.throws(() => binomialInterval(0, 0), /trials must be an integer in \[1, .*\], got 0/);
});

test('ranks: ties averaged; a permutation of ranks without ties', () => {
  assert.deepEqual([...ranks([30, 10, 20, 10])], [4, 1.5, 3, 1.5]);
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer(), { minLength: 1 }), (values) => {
      assert.deepEqual(
        [...ranks(values)].sort((a, b) => a - b),
        values.map((_, i) => i + 1),
      );
    }),
  );
});

test('normal scores: Phi(z) = (rank - 3/8) / (n + 1/4), the chains ranked together', () => {
  const [a, b] = normalScores([
    [5, -1],
    [70, 2],
  ]).map((scores) => [...scores].map((z) => (1 + erf(z / Math.SQRT2)) / 2));
  [a[1], b[1], a[0], b[0]].forEach((share, k) => near(share, (k + 1 - 3 / 8) / 4.25, 1e-12));
});

test('spearman: SciPy; blind to monotone maps', () => {
  const a = [106, 86, 100, 101, 99, 103, 97, 113, 112, 110];
  const b = [7, 0, 27, 50, 28, 29, 20, 12, 6, 17];
  near(spearman(a, b).correlation, -0.17575757575757575);
  near(spearman(a, b).pValue, 0.6271883447764846);
  near(
    spearman(
      a.map((x) => Math.exp(x / 10)),
      b,
    ).correlation,
    -0.17575757575757575,
  );
  assert.equal(spearman([1, 2, 3], [2, 4, 5]).pValue, 0);
  near(correlation(a, b), -0.037601, 1e-4);
  assert.throws(() => correlation([1, 2], [1]), /got 2 and 1/);
});

test('ranks refuse NaN, which has no place in an order, by name', () => {
  assert.throws(() => ranks([2, NaN]), /ranks: values must be numbers, got NaN at 1/);
  assert.throws(() => spearman([1, 2, 3], [1, NaN, 3]), /spearman: values must be numbers, got NaN at 1/);
  assert.throws(() => spearman([NaN, 2, 3], [1, 2, 3]), /spearman: values must be numbers, got NaN at 0/);
  assert.equal(spearman([1, 2, Infinity], [-Infinity, 4, 5]).correlation, 1);
});
