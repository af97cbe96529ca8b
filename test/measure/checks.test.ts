// The parts of a certificate, each on data that it must flag and on data that it must not.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ring, smallWorld } from '../../src/graphs/index.js';
import { rHatLimit, rHatQuantile } from '../../src/measure/chains/agreement.js';
import { pooledTime } from '../../src/measure/chains/autocorrelationTime.js';
import { drift } from '../../src/measure/chains/drift.js';
import { frozenFindings, frozenTests } from '../../src/measure/certificate/frozen.js';
import { ratioByChance, ratioInterval, ratioOf } from '../../src/measure/chains/ratio.js';
import { splitRHat } from '../../src/measure/chains/rHat.js';
import { replicasOf } from '../../src/measure/chains/replicas.js';
import { deviation, type Scores } from '../../src/measure/observables/localLaws.js';
import { failing, threshold } from '../../src/measure/certificate/significance.js';
import { totalVariation } from '../../src/measure/certificate/enumeratedLaw.js';
import { fisherExact, dependentChainTests } from '../../src/measure/certificate/dependentChains.js';
import { ndtri } from '../../src/numerics/special.js';
import { normals, Purpose, randomKey } from '../../src/randomness/index.js';
import { exactField } from './gaussianField.js';
import { isingDraws, isingEnergy } from './isingDraws.js';

const near = (actual: number, expected: number, relative = 1e-9): void =>
  assert.ok(Math.abs(actual - expected) <= relative * Math.abs(expected), `${actual}, expected ${expected}`);

/** Stationary autoregressions. */
function chainsOf(count: number, length: number, seed: number, rho = 0): Float64Array[] {
  return Array.from({ length: count }, (_, c) => {
    const draw = { step: c, purpose: Purpose.noise, nodes: length, lanes: 1 };
    const series = normals(new Float64Array(length), randomKey(seed, 'checks'), draw);
    for (let t = 1; t < length; t++) series[t] = rho * series[t - 1] + Math.sqrt(1 - rho * rho) * series[t];
    return series;
  });
}
const rate = (runs: number, flagged: (seed: number) => boolean): number =>
  Array.from({ length: runs }, (_, seed) => seed).filter(flagged).length / runs;
/** Within 4 standard errors of a probability, or below it. */
const atMost = (seen: number, p: number, runs: number): void =>
  assert.ok(seen <= p + 4 * Math.sqrt((p * (1 - p)) / runs), `${seen} of ${runs} runs, allowed ${p}`);

test('significance: a family shares its probability among its tests', () => {
  near(threshold(), 0.01 / 8);
  near(threshold(10), 0.01 / 80);
  const family = [3e-4, 1e-5, 0.5].map((pValue, subject) => ({ subject, pValue }));
  assert.deepEqual(
    failing(family).map(({ subject }) => subject),
    [1, 0],
  );
  assert.equal(failing([...family, ...family]).length, 2);
});

test('scores: the larger error counts, that between replicas or that of the local laws', () => {
  const replicas = (variance: number): Scores[] => [1, 3].map((mean) => ({ mean, variance, records: 50 }));
  near(deviation(replicas(1)), 2 / 1);
  near(deviation(replicas(400)), 2 / 2);
  assert.equal(deviation([0, 0].map((mean) => ({ mean, variance: 0, records: 1 }))), 0);
});

test('ratio: the error of a mean when the denominator is constant; log-symmetric interval', () => {
  const ratio = ratioOf([1, 2, 3, 4], [2, 2, 2, 2]);
  near(ratio.estimate, 1.25);
  near(ratio.relativeError, Math.sqrt(5 / 3 / 4) / 2.5);
  const [low, high] = ratioInterval(ratio, 0.95);
  near(low * high, 1.25 ** 2);
  near(ratioByChance(ratio, high), 0.05, 1e-6);
  assert.equal(ratioByChance(ratioOf([0, 0], [1, 1]), 1), 0);
});

test('ratio: false alarms of skewed values keep to the corrected level', () => {
  // squares of normals: the skewest that a temperature gets
  const [runs, level] = [1500, 0.01];
  const flagged = rate(runs, (seed) => {
    const squares = chainsOf(1, 800, seed)[0].map((x) => x * x);
    const blocks = Array.from(
      { length: 32 },
      (_, b) => squares.slice(25 * b, 25 * b + 25).reduce((s, x) => s + x, 0) / 25,
    );
    return (
      ratioByChance(
        ratioOf(
          blocks,
          blocks.map(() => 1),
        ),
        1,
      ) < level
    );
  });
  atMost(flagged, level, runs);
  assert.ok(flagged > 0.002, `${flagged}`);
});

test('R-hat limit: correct chains exceed its quantile as seldom as told', () => {
  const [runs, probability] = [120, 0.05];
  for (const rho of [0, 0.5]) {
    atMost(
      rate(runs, (seed) => {
        const chains = chainsOf(8, 200, seed, rho);
        return splitRHat(chains) > rHatQuantile(8, 200, pooledTime(chains), probability);
      }),
      probability,
      runs,
    );
  }
  const long = { time: 1, relativeError: 0.01 };
  assert.equal(rHatLimit(8, 10_000, long, 0.001), 1.01);
  assert.ok(rHatLimit(8, 100, long, 0.001) > 1.015);
});

test('R-hat quantile: with a known time, chi-square with 2 M - 1 degrees over e - 1', () => {
  // 16.01276 is exceeded with probability 0.025 at 7 degrees; n = 100 records of time 2 are e = 50
  const quantile = rHatQuantile(4, 200, { time: 2, relativeError: 1e-3 }, 0.05);
  near(quantile, Math.sqrt(1 - 1 / 100 + 16.01276 / 7 / 49), 1e-6);
});

test('the time of short chains has no bias, though each takes its own mean, and its error is as told', () => {
  const times = Array.from({ length: 300 }, (_, seed) => pooledTime(chainsOf(16, 150, seed, 0.8)));
  const mean = times.reduce((sum, { time }) => sum + time, 0) / 300;
  assert.ok(Math.abs(mean / 9 - 1) < 0.05, `${mean}, exact 9`); // without the correction 15 % too small
  const spread = Math.sqrt(times.reduce((sum, { time }) => sum + (time / mean - 1) ** 2, 0) / 299);
  const told = times.reduce((sum, { relativeError }) => sum + relativeError, 0) / 300;
  assert.ok(spread > told / 1.5 && spread < told * 1.5, `${spread}, told ${told}`);
});

const white = { time: 1, relativeError: 0.1 };

test('drift: flags a violent first record and a mild long start, hardly ever a stationary chain', () => {
  const [runs, probability] = [200, 0.05];
  atMost(
    rate(runs, (seed) => {
      const chains = chainsOf(8, 120, seed, 0.4);
      return drift(chains, pooledTime(chains)).pValue < probability;
    }),
    probability,
    runs,
  );
  const violent = chainsOf(8, 120, 1).map((chain) => chain.with(0, -6));
  assert.ok(drift(violent, white).pValue < 1e-6);
  assert.equal(drift(violent, white).window, 1);
  const mild = chainsOf(8, 400, 1).map((chain) => chain.map((x, t) => x + 2 * Math.exp(-t / 30)));
  assert.ok(drift(mild, white).pValue < 1e-5);
  assert.ok(drift(mild, white).window >= 16);
});

test('drift: in units of its error, a difference falls as the root of the time', () => {
  const chains = chainsOf(4, 256, 5).map((chain) => chain.map((x, t) => x + (t < 64 ? 2 : 0)));
  const deviation = (time: number): number => {
    const { window, pValue } = drift(chains, { time, relativeError: 1e-4 });
    assert.equal(window, 64);
    return -ndtri(pValue / 8 / 2); // of eight windows
  };
  near(deviation(1), 2 * deviation(4), 1e-5);
});

test('drift: rare events that no chain begins with are no burn-in', () => {
  const chains = chainsOf(8, 400, 3).map((chain) => chain.map((x, t) => (t > 3 && x > 1 ? 1 : 0)));
  assert.ok(drift(chains, white).pValue > 0.01, `${drift(chains, white).pValue}`);
});

test('Fisher exact: the lady tasting tea', () => {
  near(fisherExact(4, 0, 0, 4), 1 / 70);
  near(fisherExact(3, 1, 1, 3), 17 / 70);
  near(fisherExact(0, 4, 4, 0), 1);
});

test('twins: copies and common noise are found, coincident rare events are not', () => {
  const chains = chainsOf(6, 120, 1, 0.5);
  assert.deepEqual(failing(dependentChainTests(chains, 3)), []);
  const copied = [...chains.slice(0, 5), chains[1]];
  assert.deepEqual(
    failing(dependentChainTests(copied, 3)).map(({ subject }) => subject),
    [[1, 5]],
  );
  const noisy = [...chains.slice(0, 5), chains[1].map((x, t) => x + 0.2 * chains[5][t])];
  assert.deepEqual(
    failing(dependentChainTests(noisy, 3)).map(({ subject }) => subject),
    [[1, 5]],
  );
  // rarely low rather than rarely high
  const dips = chains.map((chain) => chain.map((x) => Math.min(x, -0.8)));
  assert.deepEqual(
    failing(dependentChainTests([...dips.slice(0, 5), dips[1]], 1)).map(({ subject }) => subject),
    [[1, 5]],
  );
  const once = Array.from({ length: 6 }, () => new Float64Array(120).with(60, 1));
  assert.deepEqual(failing(dependentChainTests(once, 1)), []);
  assert.deepEqual(
    failing(
      dependentChainTests(
        once.map(() => new Float64Array(120)),
        NaN,
      ),
    ),
    [],
  );
});

test('twins: false alarms of independent chains, few and many levels', () => {
  for (const [runs, level] of [
    [150, 0.5],
    [150, 2],
  ]) {
    atMost(
      rate(runs, (seed) => {
        const chains = chainsOf(5, 100, seed).map((chain) => chain.map((x) => (x > level ? 1 : 0)));
        return dependentChainTests(chains, 1).some(({ pValue }) => pValue < 0.05 / 10);
      }),
      0.05,
      runs,
    );
  }
});

test('frozen: a spin that leaves with probability p stays for n records by chance with exp(-n p / time)', () => {
  const [records, gap, beta, time] = [40, 1.5, 0.8, 2.5];
  const p = 1 / (1 + Math.exp(beta * gap)); // of the other letter
  const letters = [Float64Array.of(-1), Float64Array.of(1)];
  const gaps = Float64Array.from({ length: 2 * records }, (_, at) => (at % 2) * gap);
  const held = { records, nodes: 1, letters, gaps, present: new Uint8Array(records) };
  const moved = { ...held, present: held.present.with(7, 1) };
  const replicas = [0, 1].map((chain) => ({ chain, from: 0, to: records }));
  const [still, free] = frozenTests([held, moved], replicas, 0, beta, time);
  assert.ok(Math.abs(still.pValue / Math.exp((-records * p) / time) - 1) < 1e-12);
  assert.deepEqual([still.subject, free.pValue], [{ node: 0, chain: 0 }, 1]);
});

test('frozen: components, nodes and chains are named, pinned nodes excused', () => {
  const graph = smallWorld(6, 4, 0.3, { seed: 1 });
  const samples = exactField(graph, { components: 2, chains: 4, records: 20, seed: 1 });
  const hold = (which: (node: number, k: number, chain: number) => boolean): typeof samples => ({
    ...samples,
    states: samples.states.map((state) =>
      state.map((x, at) =>
        which(Math.floor(at / 8), Math.floor(at / 4) % 2, at % 4) ? samples.states[0][at] : x,
      ),
    ),
  });
  assert.deepEqual(frozenFindings(samples), []);
  assert.match(
    frozenFindings(hold((_, k) => k === 1))[0],
    /^component 1 is frozen: it never moves on any node/,
  );
  assert.match(
    frozenFindings(hold((node, _, chain) => node === 3 && chain === 2))[0],
    /component 0 is frozen on node 3 in chain 2/,
  );
  const held = hold((node) => node === 3);
  assert.equal(frozenFindings(held).length, 2);
  assert.deepEqual(frozenFindings({ ...held, gauge: { pinned: [3] } }), []);
});

test('total variation: exact draws stay below the limit, another temperature does not', () => {
  const graph = ring(6);
  const energy = isingEnergy(graph);
  const [runs, probability] = [80, 0.05];
  const replicas = replicasOf(8, 200, 1);
  let [distance, floor] = [0, 0];
  atMost(
    rate(runs, (seed) => {
      const tv = totalVariation(isingDraws(graph, { temperature: 2, seed }), energy, replicas, probability);
      distance += tv.distance / runs;
      floor += tv.noiseFloor / runs;
      return tv.distance > tv.limit;
    }),
    probability,
    runs,
  );
  // sqrt(2 / pi) of the floor for many equally rare states
  assert.ok(0.7 * floor < distance && distance < 0.9 * floor, `${distance}, floor ${floor}`);
  const other = totalVariation(
    { ...isingDraws(graph, { temperature: 2, seed: 1 }), temperature: 1.5 },
    energy,
    replicas,
    probability,
  );
  assert.ok(other.distance > other.limit);
  assert.equal(other.states, 32);
  // the allowance over the floor is sqrt(ln(1/p) / 2 n), n effective records of 1600
  const effective = Math.log(1 / probability) / (2 * (other.limit - other.noiseFloor) ** 2);
  assert.ok(1000 < effective && effective < 1601, `${effective}`);
});

test('total variation: the sign is a gauge without a field, and not with one', () => {
  const graph = ring(6);
  const replicas = replicasOf(8, 200, 1);
  const samples = isingDraws(graph, { temperature: 1, field: 0.3, seed: 1 });
  const flipped = { ...samples, states: samples.states.map((state) => state.map((s) => -s)) };
  const [energy, even] = [isingEnergy(graph, 0.3), isingEnergy(graph)];
  const distance = (run: typeof samples, of: typeof energy): number =>
    totalVariation(run, of, replicas, 0.01).distance;
  assert.ok(distance(samples, energy) < 0.1 && distance(flipped, energy) > 0.5);
  near(distance(samples, even), distance(flipped, even), 1e-12);
});
