// The errors of a series that is not kept, against those that are known exactly.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { normals, randomKey } from '../../src/randomness/index.js';
import { blockedMean, Blocking } from '../../src/statistics/blocking.js';
import { mean, variance } from '../../src/statistics/index.js';

const noise = (seed: number, count: number): Float32Array =>
  normals(new Float32Array(count), randomKey(seed), { step: 0, purpose: 0, nodes: count, lanes: 1 });

/** x_(t+1) = phi x_t + noise, of variance 1: tau = (1 + phi) / (1 - phi). */
function series(phi: number, seed: number, count: number): Float64Array {
  const z = noise(seed, count);
  let x = z[0];
  return Float64Array.from(
    { length: count },
    (_, t) => (x = t === 0 ? x : phi * x + Math.sqrt(1 - phi ** 2) * z[t]),
  );
}
const blockingOf = (values: ArrayLike<number>): Blocking => {
  const sums = new Blocking();
  for (let t = 0; t < values.length; t++) sums.add(values[t]);
  return sums;
};

test('mean and variance of the values are those of the list', () => {
  const values = series(0.5, 1, 1000);
  const sums = blockingOf(values);
  assert.ok(Math.abs(sums.levels[0].mean - mean(values)) < 1e-12);
  assert.ok(Math.abs(sums.levels[0].squares / 999 - variance(values)) < 1e-12);
  assert.equal(sums.levels[3].count, 125);
});

test('the autocorrelation time and the error of AR(1) are (1 + phi) / (1 - phi) and sqrt(tau / n)', () => {
  const count = 2 ** 16;
  for (const phi of [0, 0.9, 0.98]) {
    const tau = (1 + phi) / (1 - phi);
    const seeds = Array.from({ length: 16 }, (_, k) => k + 1);
    const found = seeds.map((seed) => blockedMean([blockingOf(series(phi, seed, count))]));
    const time = mean(found.map((one) => one.time));
    assert.ok(Math.abs(time / tau - 1) < 0.15, `tau ${time}, exactly ${tau}`);
    // mean / error is a standard normal number: its mean square over 16 seeds is 1 with error sqrt(2 / 16)
    const square = mean(found.map((one) => (one.mean / one.standardError) ** 2));
    assert.ok(square > 0.4 && square < 2, `phi ${phi}: mean square ${square}`);
  }
});

test('several chains are one longer series', () => {
  const phi = 0.9;
  const chains = Array.from({ length: 16 }, (_, k) => blockingOf(series(phi, 100 + k, 4096)));
  const { time, standardError, records } = blockedMean(chains);
  assert.equal(records, 65536);
  assert.ok(Math.abs(time / 19 - 1) < 0.25, `tau ${time}`);
  assert.ok(Math.abs(standardError / Math.sqrt(19 / 65536) - 1) < 0.25);
});

test('too short a series has no error, and what does not vary has error 0', () => {
  assert.ok(Number.isNaN(blockedMean([blockingOf(series(0.98, 1, 200))]).standardError));
  assert.ok(Number.isNaN(blockedMean([blockingOf([1])]).standardError));
  assert.equal(blockedMean([blockingOf([2, 2, 2, 2])]).standardError, 0);
});
