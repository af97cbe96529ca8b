// The oracles of gossip, in the simulator: averaging in pairs, push, voters and approximate majority against
// exact finite-size values.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { complete, laplacianModes, laplacianSpectrum, ring } from '../../src/graphs/index.js';
import { meanWithError } from '../../src/statistics/mean.js';
import {
  approximateMajority,
  constantLatency,
  everybody,
  exchangesToAverage,
  Network,
  pairwiseAveraging,
  pushRumour,
  voter,
} from '../../src/protocol/index.js';
import { uniformGenerator } from '../../src/randomness/index.js';
import { long, seedOf } from './scale.js';
import { countByChance, likely, sameMean } from './statistics.js';

const range = (count: number): number[] => Array.from({ length: count }, (_, k) => k);

test('O29: on the complete graph an exchange multiplies the variance by 1 - 1/(N - 1), in the mean, whatever the values', async () => {
  const N = 50;
  const factor = (1 - 1 / 49) ** 98;
  assert.ok(Math.abs(factor - 0.1326) < 5e-5);
  const random = uniformGenerator(seedOf('values'));
  for (const values of [range(N), range(N).map((i) => Number(i === 0)), range(N).map(() => random())]) {
    const ratios: number[] = [];
    for (const run of range(long(6000, 600))) {
      const averaging = pairwiseAveraging(complete(N), values);
      await new Network(averaging, { nodeCount: N, seed: seedOf('pairs', run, values[1]) }).run({
        time: 1e4,
        events: 3 * 98,
      }); // a ring, an offer, an answer
      ratios.push(averaging.varianceRatio);
    }
    sameMean('variance after 98 exchanges', ratios, factor, long(0.08, 0.3));
  }
});

test('O29: the averaging time lies between its bounds', () => {
  const epsilon = 0.05; // T: the ticks after which |x| / |x(0)| >= epsilon has a probability of at most epsilon
  for (const graph of [ring(8), ring(16), ring(16, 4), complete(16)]) {
    const { nodeCount: N } = graph;
    const lambda = 1 - laplacianSpectrum(graph)[1] / (N * (graph.neighbours.length / N));
    const unit = Math.log(1 / epsilon) / Math.log(1 / lambda);
    const slowest = laplacianModes(graph).modes[1];
    const runs = long(4000, 800);
    const times = range(runs)
      .map((run) =>
        exchangesToAverage(graph, slowest, { ratio: epsilon ** 2, seed: seedOf(graph.name, run) }),
      )
      .sort((a, b) => a - b);
    // T is the 95 % quantile; that of the runs, five standard errors of its rank down and up
    const quantile = (share: number): number =>
      times[Math.min(runs - 1, Math.max(0, Math.round(share * runs)))];
    const error = 5 * Math.sqrt((epsilon * (1 - epsilon)) / runs);
    assert.ok(
      quantile(1 - epsilon + error) >= unit / 2,
      `${graph.name}: ${quantile(1 - epsilon)} below ${unit / 2}`,
    );
    assert.ok(
      quantile(1 - epsilon - error) <= 3 * unit,
      `${graph.name}: ${quantile(1 - epsilon)} above ${3 * unit}`,
    );
  }
});

/**
 * Mean rounds of push on the complete graph, exactly: from k holders, one ball after another hits a node
 * without the rumour, and one not yet hit.
 */
function pushRounds(N: number): number {
  const reach = new Float64Array(N + 1); // probability that ever exactly k hold it after a round
  reach[1] = 1;
  let rounds = 0;
  for (let k = 1; k < N; k++) {
    if (reach[k] < 1e-15) continue;
    const fresh = new Float64Array(Math.min(k, N - k) + 1); // by the number of nodes hit
    fresh[0] = 1;
    let [low, high] = [0, 0];
    for (let ball = 0; ball < k; ball++) {
      high = Math.min(high + 1, fresh.length - 1);
      for (let m = high; m >= low; m--) {
        const hit = (N - k - m) / (N - 1);
        fresh[m] = fresh[m] * (1 - hit) + (m > 0 ? (fresh[m - 1] * (N - k - m + 1)) / (N - 1) : 0);
      }
      while (low < high && fresh[low] < 1e-15) fresh[low++] = 0;
    }
    rounds += reach[k] / (1 - fresh[0]);
    for (let m = 1; m < fresh.length; m++) reach[k + m] += (reach[k] * fresh[m]) / (1 - fresh[0]);
  }
  return rounds;
}

async function roundsOf(N: number, run: number): Promise<number> {
  const rumour = pushRumour(everybody(N));
  await new Network(rumour, {
    nodeCount: N,
    clock: 'rounds',
    links: { latency: constantLatency(0.5) },
    seed: seedOf('push', N, run),
  }).run({ time: 1000 });
  return rumour.coverage.timeTo(1) - 0.5;
}

test('O30: push among everybody takes log2 N + ln N + O(1) rounds: exactly for 100 and 1000, between its bounds for 10,000', async () => {
  assert.equal(pushRounds(2), 1);
  assert.ok(Math.abs(pushRounds(3) - 7 / 3) < 1e-12); // after one round two hold it; then one of two hits the third with 3/4
  for (const [N, runs] of [
    [100, long(4000, 400)],
    [1000, long(400, 48)],
  ] as const) {
    const rounds: number[] = [];
    for (const run of range(runs)) rounds.push(await roundsOf(N, run));
    sameMean(`push among ${N}`, rounds, pushRounds(N), long(0.04, 0.1));
    assert.ok(Math.abs(pushRounds(N) - Math.log2(N) - Math.log(N)) < 1.5);
  }
  const rounds: number[] = [];
  for (const run of range(16)) rounds.push(await roundsOf(10_000, run));
  const { mean, standardError } = meanWithError(rounds);
  // Doerr, Kuennemann, ANALCO 2014, doi:10.1137/1.9781611973204.8: floor(log2 N) + ln N - 1.116 to ceil(log2
  // N) + ln N + 2.765
  assert.ok(
    mean > 13 + Math.log(1e4) - 1.116 - 5 * standardError &&
      mean < 14 + Math.log(1e4) + 2.765 + 5 * standardError,
    `${mean}`,
  );
  assert.ok(
    Math.abs(mean - Math.log2(1e4) - Math.log(1e4) - (pushRounds(1000) - Math.log2(1000) - Math.log(1000))) <
      0.5 + 5 * standardError,
    `${mean}`,
  ); // O(1) is settled
});

test('O31: voters on the complete graph: exit with probability x, after N [-x ln x - (1 - x) ln(1 - x)] rings a node', async () => {
  const [N, k] = [100, 30];
  let exact = 0; // in rings a node; the limit is 61.1
  for (let j = 1; j < N; j++) exact += (j <= k ? (N - k) / (N - j) : k / j) * ((N - 1) / N);
  assert.ok(Math.abs(exact - 61.1) < 1.5, `${exact}`);
  const [times, runs]: [number[], number] = [[], long(4000, 400)];
  let wins = 0;
  for (const run of range(runs)) {
    const population = voter(
      everybody(N),
      range(N).map((node) => (node < k ? 1 : -1)),
    );
    const { messages } = await new Network(population, { nodeCount: N, seed: seedOf('voters', run) }).run({
      time: 1e5,
    });
    times.push(messages.sent / N);
    wins += Number(population.counts[2] === N);
  }
  sameMean('time of exit', times, exact, long(0.08, 0.25));
  likely('exit', countByChance(wins, runs, k / N), `(${wins} of ${runs})`);
});

/**
 * Mean messages of approximate majority from (x, y) of N nodes with 1 and -1, exactly, by Gauss and Seidel.
 */
function majorityMessages(N: number, x0: number, y0: number): number {
  const time = new Float64Array((N + 1) * (N + 1));
  const at = (x: number, y: number): number => x * (N + 1) + y;
  const pairs = N * (N - 1);
  for (let change = 1; change > 1e-10; ) {
    change = 0;
    for (let x = 0; x <= N; x++) {
      for (let y = 0; x + y <= N; y++) {
        const b = N - x - y;
        const [clash, gainX, gainY] = [x * y, x * b, y * b];
        const moves = 2 * clash + gainX + gainY;
        if (moves === 0 || x === N || y === N) continue;
        const sum =
          (clash > 0 ? clash * (time[at(x, y - 1)] + time[at(x - 1, y)]) : 0) +
          (gainX > 0 ? gainX * time[at(x + 1, y)] : 0) +
          (gainY > 0 ? gainY * time[at(x, y + 1)] : 0);
        const next = (pairs + sum) / moves;
        change = Math.max(change, Math.abs(next - time[at(x, y)]));
        time[at(x, y)] = next;
      }
    }
  }
  return time[at(x0, y0)];
}

async function majorityRun(N: number, ones: number, run: number) {
  const population = approximateMajority(
    everybody(N),
    range(N).map((node) => (node < ones ? 1 : -1)),
  );
  const { messages } = await new Network(population, {
    nodeCount: N,
    seed: seedOf('majority', N, ones, run),
  }).run({ time: 1e5 });
  return { messages: messages.sent, isRight: population.counts[2] === N };
}

test('O32: approximate majority: messages exactly for 20 nodes, O(N log N) from 300 to 10,000, and the majority wins', async () => {
  for (const ones of [10, 14]) {
    const counts: number[] = [];
    for (const run of range(long(20_000, 1500))) counts.push((await majorityRun(20, ones, run)).messages);
    sameMean(`20 nodes, ${ones} of them 1`, counts, majorityMessages(20, ones, 20 - ones), 0.1);
  }
  const scaled: number[] = [];
  for (const N of [300, 1000, 3000, 10_000]) {
    const ones = Math.round(N / 2 + Math.sqrt(N * Math.log(N))); // a lead of twice sqrt(N ln N)
    const runs = [];
    for (const run of range(16)) runs.push(await majorityRun(N, ones, run));
    assert.ok(
      runs.every(({ isRight }) => isRight),
      `${N}`,
    );
    scaled.push(meanWithError(runs.map(({ messages }) => messages)).mean / (N * Math.log(N)));
  }
  // messages / (N ln N) settles: N times the logarithm's power below 1/2 and above -1/2 of it
  assert.ok(
    Math.max(...scaled) / Math.min(...scaled) < (Math.log(10_000) / Math.log(300)) ** 0.5,
    `${scaled}`,
  );
});
