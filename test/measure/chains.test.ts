// Oracles: closed forms of the autoregression x' = rho x + sqrt(1 - rho^2) noise, tau = (1 + rho)/(1 - rho);
// peer: ArviZ 0.23.4 on stored series (test/fixtures/measure/arviz.json).
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { autocorrelationTime } from '../../src/measure/chains/autocorrelationTime.js';
import { effectiveSampleSize } from '../../src/measure/chains/effectiveSampleSize.js';
import { splitRHat } from '../../src/measure/chains/rHat.js';
import { normalScores } from '../../src/statistics/ranks.js';
import { normals, Purpose, randomKey } from '../../src/randomness/index.js';

interface Case {
  readonly name: string;
  readonly chains: readonly (readonly number[])[];
  readonly ess: number;
  readonly essBulk: number;
  readonly rHat: number;
}
const fixture = new URL('../../../test/fixtures/measure/arviz.json', import.meta.url);
const { cases } = JSON.parse(readFileSync(fixture, 'utf8')) as { cases: Case[] };

/** A stationary autoregression: chain number `stream`. */
function autoregression(rho: number, length: number, stream: number): Float64Array {
  const key = randomKey('autoregression', stream);
  const series = normals(new Float64Array(length), key, {
    step: 0,
    purpose: Purpose.noise,
    nodes: length,
    lanes: 1,
  });
  for (let t = 1; t < length; t++) series[t] = rho * series[t - 1] + Math.sqrt(1 - rho * rho) * series[t];
  return series;
}
const chainsOf = (count: number, rho: number, length: number): Float64Array[] =>
  Array.from({ length: count }, (_, c) => autoregression(rho, length, c));

for (const { name, chains, ess, essBulk, rHat } of cases) {
  test(`ArviZ on "${name}": effective sample size and R-hat`, () => {
    const near = (actual: number, expected: number): void =>
      assert.ok(Math.abs(actual / expected - 1) < 1e-9, `${actual}, ArviZ ${expected}`);
    near(effectiveSampleSize(chains), ess);
    near(effectiveSampleSize(joined(normalScores(halves(chains)))), essBulk);
    near(splitRHat(chains), rHat);
  });
}
const halves = (chains: Case['chains']): number[][] =>
  chains.flatMap((x) => [x.slice(0, Math.floor(x.length / 2)), x.slice(Math.ceil(x.length / 2))]);
const joined = (parts: Float64Array[]): Float64Array[] =>
  parts.filter((_, i) => i % 2 === 0).map((part, i) => Float64Array.of(...part, ...parts[2 * i + 1]));

// Averages over 24 independent chains against the closed form, within 4 standard errors of the average plus
// the bias of a truncated sum, of order tau^2 / n.
for (const rho of [-0.5, 0, 0.5, 0.9]) {
  test(`autocorrelationTime of an autoregression, rho = ${rho}`, () => {
    const exact = (1 + rho) / (1 - rho);
    const length = 20_000;
    const times = chainsOf(24, rho, length).map(autocorrelationTime);
    const average = times.reduce((sum, x) => sum + x, 0) / times.length;
    const spread = Math.sqrt(times.reduce((sum, x) => sum + (x - average) ** 2, 0) / (times.length - 1));
    const tolerance =
      (4 * spread) / Math.sqrt(times.length) + (10 * exact ** 2) / length + 2 / Math.sqrt(length);
    assert.ok(Math.abs(average - exact) < tolerance, `${average} +- ${tolerance}, exact ${exact}`);
    assert.ok(tolerance < 0.12 * Math.max(1, exact), `the test must resolve 12 %, has ${tolerance}`);
  });
}

test('autocorrelationTime refuses short and constant chains', () => {
  assert.throws(
    () => autocorrelationTime(autoregression(0.95, 300, 0)),
    /needs 50 autocorrelation times of records, got 300/,
  );
  assert.throws(
    () => autocorrelationTime(new Float64Array(100)),
    /must be finite and vary, got 100 records that do not/,
  );
});

test('effective sample size is M n (1 - rho)/(1 + rho), and predicts the spread of means', () => {
  const [rho, length, count] = [0.6, 2000, 60];
  const chains = chainsOf(count, rho, length);
  const exact = (count * length * (1 - rho)) / (1 + rho);
  assert.ok(
    Math.abs(effectiveSampleSize(chains) / exact - 1) < 0.06,
    `${effectiveSampleSize(chains)}, exact ${exact}`,
  );
  // variance of chain means x ESS per chain = variance of the field = 1, chi-squared with 59 degrees
  const means = chains.map((x) => x.reduce((sum, v) => sum + v, 0) / length);
  const scaled = (means.reduce((sum, m) => sum + m * m, 0) / count) * (effectiveSampleSize(chains) / count);
  assert.ok(Math.abs(scaled - 1) < 4 * Math.sqrt(2 / count), `${scaled}`);
});

test('R-hat: near 1 for one law; large for a shifted, a wide and a drifting chain', () => {
  const chains = chainsOf(4, 0.3, 1000);
  assert.ok(splitRHat(chains) < 1.01, `${splitRHat(chains)}`);
  assert.ok(splitRHat(chains.map((x, c) => (c === 0 ? x.map((v) => v + 2) : x))) > 1.2);
  assert.ok(splitRHat(chains.map((x, c) => (c === 0 ? x.map((v) => 4 * v) : x))) > 1.1);
  assert.ok(splitRHat(chains.map((x) => x.map((v, t) => v + t / 300))) > 1.2);
});

test('R-hat does not move under monotone maps of the observable beyond its folded part', () => {
  const chains = chainsOf(4, 0.3, 200).map((x, c) => x.map((v) => v + c));
  const mapped = chains.map((x) => x.map((v) => Math.sinh(v)));
  assert.ok(Math.abs(splitRHat(chains) - splitRHat(mapped)) < 1e-9);
});

test('chains are checked', () => {
  assert.throws(() => splitRHat([new Float64Array(100)]), /splitRHat: needs at least 2 chains, got 1/);
  assert.throws(
    () =>
      splitRHat([
        [1, 2],
        [3, 4],
      ]),
    /a chain needs at least 8 records, got 2/,
  );
  assert.throws(() => effectiveSampleSize([]), /effectiveSampleSize: needs at least one chain, got none/);
  assert.throws(
    () => effectiveSampleSize([[1, 2, NaN, 4, 5, 6, 7, 8]]),
    /values must be finite, got NaN at record 2 of chain 0/,
  );
  assert.throws(
    () => effectiveSampleSize([new Float64Array(9), new Float64Array(8)]),
    /of one length, got 9 and 8/,
  );
});
