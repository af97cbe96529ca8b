// The proposal's own program over many runs, against what its rule predicts exactly:
//   node 0 of degree d takes the signal s with probability exp(-d s^2 / (2 T_0)), T_0 = 100;
//   node i, offered the s of node 0 in sweep m, takes it with probability min(1, exp(-(z - a) s^2 / (2
// T_m))), where
//   z of its neighbours are at 0 and a at s when it is visited, T_m = T_0 decay^(m-1). Given the past the
// decisions are
//   independent, so their scores, (taken - p) / sqrt(p (1 - p)), sum to a normal (martingale limit theorem).
// And steps, degrees and outcomes are those of the original program's 4000 runs a point (two samples,
// chi-square). Source: EMTD section 3.3; src/reference; claims EMTD-2.12, 3.16, 3.18.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  injectionProbability,
  originalEnsembles,
  referenceEnsemble,
  referenceRuns,
  referenceTemperature,
} from '../../src/reference/index.js';
import { full, long, seedOf } from './scale.js';
import { anyOf, calibratedScores, chiSquareByChance, countByChance, likely } from './statistics.js';

test('the signal is taken with its probability, degree by degree', () => {
  const [byDegree, scores] = [[], []] as number[][];
  for (const signal of [1, 3.14159, 6, 8, 10]) {
    for (let part = 0; part < 4; part++) {
      const { leaderDegreeCounts, injectedByLeaderDegree } = referenceEnsemble({
        runs: long(10_000, 1000),
        nodeCount: 30,
        signal,
        seed: seedOf('injected', signal, part),
      });
      let [excess, variance] = [0, 0];
      leaderDegreeCounts.forEach((count, degree) => {
        const [p, injected] = [injectionProbability(degree, signal), injectedByLeaderDegree[degree]];
        excess += injected - count * p;
        variance += count * p * (1 - p);
        byDegree.push(countByChance(injected, count, p));
      });
      scores.push(excess / Math.sqrt(variance));
    }
  }
  likely('degrees', anyOf(byDegree));
  calibratedScores('all degrees', scores);
});

test('every later decision has its Metropolis probability', () => {
  const scores: number[] = [];
  for (const [signal, decay] of [
    [3, 0.95],
    [6, 0.95],
    [8, 0.5],
    [12, 0.95],
    [8, 0.999],
  ]) {
    for (let part = 0; part < long(8, 4); part++) {
      let [sum, decisions] = [0, 0];
      const seed = seedOf('decisions', signal, decay, part);
      for (const { graph, run } of referenceRuns({
        runs: long(5000, 500),
        nodeCount: 30,
        signal,
        decay,
        seed,
      })) {
        if (!run.injected) continue;
        const state = new Float64Array(graph.nodeCount);
        state[0] = signal;
        run.stateAfterSweep.forEach((after, sweep) => {
          const T = referenceTemperature * decay ** sweep;
          for (let i = 1; i < graph.nodeCount; i++) {
            if (state[i] !== 0) continue;
            let excess = 0; // neighbours at 0 less neighbours at s
            for (let h = graph.offsets[i]; h < graph.offsets[i + 1]; h++) {
              excess += state[graph.neighbours[h]] === 0 ? 1 : -1;
            }
            const p = Math.min(1, Math.exp((-excess * signal ** 2) / (2 * T)));
            const taken = after[i] === signal ? 1 : 0;
            if (p === 1) assert.equal(taken, 1, 'what costs nothing is taken');
            else if (p > 1e-3) {
              sum += (taken - p) / Math.sqrt(p * (1 - p));
              decisions++;
            } else assert.ok(p > 1e-12 || taken === 0);
            state[i] = after[i];
          }
          if (state[0] !== after[0]) assert.fail('node 0 is offered what it holds');
        });
      }
      assert.ok(decisions > 100);
      scores.push(sum / Math.sqrt(decisions));
    }
  }
  calibratedScores('parts', scores);
});

test('steps, degrees and outcomes are distributed as in the original program', () => {
  for (const original of originalEnsembles) {
    const { nodeCount, signal, decay } = original;
    if (!full && signal !== 10) continue;
    const seed = seedOf('original', signal, decay);
    const ours = referenceEnsemble({ runs: long(20_000, 1500), nodeCount, signal, decay, seed });
    const outcomes = ({ outcomes: { agreed, allZero, split } }: typeof original): number[] => [
      allZero,
      agreed,
      split,
    ];
    likely(
      `signal ${signal}, decay ${decay}`,
      anyOf([
        twoSamples(ours.stepCounts, original.stepCounts),
        twoSamples(ours.leaderDegreeCounts, original.leaderDegreeCounts),
        twoSamples(outcomes(ours), outcomes(original)),
      ]),
    );
  }
});

/** Two histograms of one law; thin cells are taken together. */
function twoSamples(a: readonly number[], b: readonly number[]): number {
  const [totalA, totalB] = [a, b].map((counts) => counts.reduce((sum, c) => sum + c, 0));
  const cells: [number, number][] = [[0, 0]];
  const full = ([x, y]: [number, number]): boolean => x + y >= 50;
  for (let k = 0; k < Math.max(a.length, b.length); k++) {
    if (full(cells.at(-1)!)) cells.push([0, 0]);
    cells.at(-1)![0] += a[k] ?? 0;
    cells.at(-1)![1] += b[k] ?? 0;
  }
  if (cells.length > 1 && !full(cells.at(-1)!)) {
    const [x, y] = cells.pop()!;
    cells.at(-1)![0] += x;
    cells.at(-1)![1] += y;
  }
  const chiSquare = cells.reduce(
    (sum, [x, y]) => sum + (x * totalB - y * totalA) ** 2 / (totalA * totalB * (x + y)),
    0,
  );
  return cells.length === 1 ? 1 : chiSquareByChance(chiSquare, cells.length - 1);
}
