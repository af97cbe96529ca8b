import { test } from 'node:test';
import assert from 'node:assert/strict';
import {
  type EnsembleRun,
  injectionProbability,
  type OriginalEnsemble,
  originalEnsembles,
  referenceEnsemble,
  referenceOutcome,
  referenceRuns,
} from '../../src/reference/index.js';

const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);

/** Standard deviations between the number of signals taken and the prediction, given the degrees drawn. */
function surprise({ runs, signal, injected, leaderDegreeCounts }: OriginalEnsemble): number {
  let [mean, variance] = [0, 0];
  leaderDegreeCounts.forEach((count, degree) => {
    const p = Math.exp((-degree * signal * signal) / 200);
    mean += count * p;
    variance += count * p * (1 - p);
  });
  assert.equal(sum(leaderDegreeCounts), runs);
  return Math.abs(injected - mean) / Math.sqrt(variance);
}

/** Chi-square for two histograms of one law, in standard deviations above its mean; thin bins are pooled. */
function unlikeness(a: readonly number[], b: readonly number[]): number {
  const [totalA, totalB] = [sum(a), sum(b)];
  const bins: [number, number][] = [[0, 0]];
  for (let k = 0; k < Math.max(a.length, b.length); k++) {
    let bin = bins[bins.length - 1];
    if (bin[0] + bin[1] >= 20) bins.push((bin = [0, 0]));
    bin[0] += a[k] ?? 0;
    bin[1] += b[k] ?? 0;
  }
  if (bins.length > 1 && sum(bins[bins.length - 1]) < 20) {
    const [x, y] = bins.pop()!;
    bins[bins.length - 1][0] += x;
    bins[bins.length - 1][1] += y;
  }
  assert.ok(bins.length > 1, 'nothing to compare');
  const chiSquare = sum(bins.map(([x, y]) => (x * totalB - y * totalA) ** 2 / (totalA * totalB * (x + y))));
  const freedom = bins.length - 1;
  return (chiSquare - freedom) / Math.sqrt(2 * freedom);
}

test('signals are taken with probability E_d[exp(-d s^2 / (2 T_0))]', () => {
  assert.ok(Math.abs(injectionProbability(4, 10) - Math.exp(-2)) < 1e-15);
  for (const signal of [1, 3.14159, 6, 10]) {
    const ensemble = referenceEnsemble({ runs: 1000, nodeCount: 50, signal, seed: 1 });
    assert.ok(surprise(ensemble) < 4, `signal ${signal}`);
    const predicted = sum(
      ensemble.leaderDegreeCounts.map((count, degree) => count * injectionProbability(degree, signal)),
    );
    assert.ok(Math.abs(ensemble.predictedInjection - predicted / 1000) < 1e-12);
  }
});

test('the original program obeys the same prediction', () => {
  for (const original of originalEnsembles) assert.ok(surprise(original) < 4, `signal ${original.signal}`);
});

test('steps and degrees are distributed as in the original program', () => {
  for (const original of originalEnsembles.filter(({ signal }) => [3.14159, 8, 12].includes(signal))) {
    const { nodeCount, signal, decay } = original;
    const ours = referenceEnsemble({ runs: 1500, nodeCount, signal, decay, seed: 2 });
    const at = `signal ${signal}, decay ${decay}`;
    assert.ok(unlikeness(ours.stepCounts, original.stepCounts) < 4, at);
    assert.ok(unlikeness(ours.leaderDegreeCounts, original.leaderDegreeCounts) < 4, at);
  }
});

test('the comparison tells histograms of different signals and decays apart', () => {
  const [, pi, six, eight] = originalEnsembles;
  const cold = originalEnsembles.find(({ decay }) => decay === 0.5)!;
  assert.ok(unlikeness(pi.stepCounts, six.stepCounts) > 4);
  assert.ok(unlikeness(eight.stepCounts, cold.stepCounts) > 4);
});

test('every run is counted once, and all are called crystallized', () => {
  const ensemble = referenceEnsemble({ runs: 600, nodeCount: 30, signal: 12, decay: 0.5, seed: 3 });
  const { runs, injected, outcomes, converged, stepCounts } = ensemble;
  assert.equal(outcomes.agreed + outcomes.allZero + outcomes.split, runs);
  assert.equal(outcomes.agreed + outcomes.split, injected);
  assert.equal(sum(stepCounts), runs);
  assert.equal(converged, runs);
  assert.ok(outcomes.allZero > 0.8 * runs && outcomes.split > 0);
});

test('an ensemble counts its runs', () => {
  const input = { runs: 120, nodeCount: 30, signal: 8, decay: 0.9, seed: 6 };
  const all = [...referenceRuns(input)];
  const seen: EnsembleRun[] = [];
  const ensemble = referenceEnsemble(input, (one) => seen.push(one));
  assert.deepEqual(
    seen.map(({ run }) => run),
    all.map(({ run }) => run),
  );
  assert.ok(all.every(({ graph }) => graph.edgeCount === 2 * input.nodeCount)); // four neighbours each
  const byDegree = (entered: boolean, degree: number) =>
    all.filter(({ graph, run }) => graph.degree(0) === degree && (run.injected || !entered)).length;
  const { leaderDegreeCounts, injectedByLeaderDegree } = ensemble;
  assert.deepEqual(
    leaderDegreeCounts,
    leaderDegreeCounts.map((_, d) => byDegree(false, d)),
  );
  assert.deepEqual(
    injectedByLeaderDegree,
    leaderDegreeCounts.map((_, d) => byDegree(true, d)),
  );
  assert.equal(sum(injectedByLeaderDegree), ensemble.injected);
  assert.ok(ensemble.injected > 0 && ensemble.injected < 120);
});

test('runs of one seed share their graphs and uniforms, whatever the signal and the decay', () => {
  const graphs = (signal: number, decay: number) =>
    [...referenceRuns({ runs: 5, nodeCount: 30, signal, decay, seed: 7 })].map(({ graph }) => graph.hash);
  assert.deepEqual(graphs(3, 0.5), graphs(14, 0.999));
  assert.equal(new Set(graphs(3, 0.5)).size, 5);
  const taken = (signal: number) =>
    [...referenceRuns({ runs: 40, nodeCount: 30, signal, seed: 7 })].map(({ run }) => run.injected);
  const [small, large] = [taken(6), taken(8)];
  assert.ok(large.every((injected, k) => !injected || small[k])); // the larger signal has the lower threshold
});

test('a run under another decay is the run of an ensemble with that decay', () => {
  const input = { runs: 40, nodeCount: 30, signal: 10, seed: 8 };
  const again = [...referenceRuns(input)].map(({ withDecay }) => withDecay(0.5));
  assert.deepEqual(
    again,
    [...referenceRuns({ ...input, decay: 0.5 })].map(({ run }) => run),
  );
});

test('pathology: decay has no part in what enters, and for a signal of 8 hardly in what follows', () => {
  const run = (decay: number) => referenceEnsemble({ runs: 800, nodeCount: 50, signal: 8, decay, seed: 4 });

  test('decay decides whether the rest follow a loud signal', () => {
    const entered: EnsembleRun[] = [];
    referenceEnsemble(
      { runs: 3000, nodeCount: 50, signal: 12, seed: 9 },
      (one) => one.run.injected && entered.push(one),
    );
    const agreed = (decay: number) =>
      entered.filter(({ withDecay }) => referenceOutcome(withDecay(decay), 12) === 'agreed').length /
      entered.length;
    const error = Math.sqrt(0.25 / entered.length);
    assert.ok(agreed(0.999) > 1 - 3 * error);
    assert.ok(Math.abs(agreed(0.5) - 104 / 490) < 5 * error); // 8000 runs with other seeds
  });
  const [fast, usual, slow] = [0.5, 0.95, 0.999].map(run);
  assert.equal(fast.injected, usual.injected);
  assert.equal(slow.injected, usual.injected);
  assert.ok(Math.abs(fast.outcomes.agreed - usual.outcomes.agreed) <= 0.02 * 800);
  assert.ok(Math.abs(slow.outcomes.agreed - usual.outcomes.agreed) <= 0.02 * 800);
});

test('the seed decides the counts', () => {
  const run = (seed: number | string) => referenceEnsemble({ runs: 40, nodeCount: 20, signal: 6, seed });
  assert.deepEqual(run(5), run(5));
  assert.deepEqual(run(0), referenceEnsemble({ runs: 40, nodeCount: 20, signal: 6, decay: 0.95 }));
  assert.notDeepEqual(run(5).stepCounts, run(6).stepCounts);
  assert.notDeepEqual(run('five').stepCounts, run('six').stepCounts);
});

test('bad input is refused by name', () => {
  for (const runs of [0, -1, 1.5, NaN]) {
    assert.throws(() => referenceEnsemble({ runs, nodeCount: 50, signal: 3 }), {
      name: 'RangeError',
      message: `referenceRuns: runs must be an integer in [1, 9007199254740991], got ${runs}`,
    });
  }
  const one = (nodeCount: number, signal: number) => () => referenceEnsemble({ runs: 1, nodeCount, signal });
  assert.throws(one(0, 3), /^RangeError: smallWorld: nodeCount/);
  assert.throws(one(9, NaN), /^RangeError: referenceRuns: signal/);
});
