// Retrieval in Hopfield's network on the complete graph (oracle O36), from the pattern on, by the heat bath
// in order. One pattern is a Curie-Weiss ferromagnet in disguise, whose law of m is binomial sums at any N,
// and m = tanh(m / T) as N grows. At a load P / N of many patterns the theory is that of N -> infinity
// (`hopfieldRetrieval`, replica-symmetric). Its corrections at finite N are of order 1/N: as large as those
// between P patterns and the P - 1 that disturb each. Near the capacity 0.138 a finite network now and then
// loses a pattern that the theory keeps: the overlap is that of the others, and
// how many there are is counted. Beyond it patterns are lost the more the larger N is.
// Source: Amit, Gutfreund, Sompolinsky, Ann. Phys. 173 (1987) 30, DOI 10.1016/0003-4916(87)90092-3.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { heatBath, sample } from '../../src/dynamics/index.js';
import { hamiltonian, hopfield } from '../../src/energies/index.js';
import { ready } from '../../src/tensors/index.js';
import { curieWeiss, hopfieldRetrieval } from '../../src/exact/index.js';
import { Field, randomSpins } from '../../src/fields/index.js';
import { complete } from '../../src/graphs/index.js';
import { mean } from '../../src/statistics/index.js';
import { meanWithError } from '../../src/statistics/mean.js';
import { studentTwoSided } from '../../src/numerics/student.js';
import { full, long, seedOf } from './scale.js';
import { likely, sameMean } from './statistics.js';

before(() => ready());

interface Run {
  readonly nodes: number;
  readonly patterns: number;
  readonly temperature: number;
  readonly networks: number;
  readonly burnIn?: number;
  readonly steps?: number;
}

/** |m| with the pattern that a chain began with, averaged over the records, by network and chain. */
async function overlaps({
  nodes,
  patterns,
  temperature,
  networks,
  burnIn = 30,
  steps = 4,
}: Run): Promise<number[][]> {
  const graph = complete(nodes);
  const chains = Math.min(8, patterns);
  const all: number[][] = [];
  for (let network = 0; network < networks; network++) {
    const seed = seedOf('hopfield', nodes, patterns, network);
    const stored = randomSpins({ sites: nodes, chains: patterns, seed });
    const begun = Float32Array.from({ length: nodes * chains }, (_, at) =>
      stored.at(Math.floor(at / chains), 0, at % chains),
    );
    const sampler = heatBath(hamiltonian(graph, [hopfield(graph, stored)]), {
      temperature,
      order: 'sequential',
    });
    const initial = new Field(begun, { sites: nodes, chains, codomain: 'spin' });
    const { states } = await sample(sampler, { initial, burnIn, steps, every: 4, seed });
    const each = states.map((values) => {
      const m = new Array<number>(chains).fill(0);
      begun.forEach((xi, at) => (m[at % chains] += (xi * values[at]) / nodes));
      return m.map(Math.abs);
    });
    all.push(each[0].map((_, c) => mean(each.map((m) => m[c]))));
  }
  return all;
}

/** The mean over networks lies between theory for P and for P - 1 patterns. */
function between(
  what: string,
  values: readonly number[],
  { patterns, nodes, temperature }: Run,
  allowed: number,
): void {
  const theory = [patterns, patterns - 1].map(
    (count) => hopfieldRetrieval({ load: count / nodes, temperature }).overlap,
  );
  const { mean: m, standardError } = meanWithError(values);
  const nearest = Math.min(Math.max(m, Math.min(...theory)), Math.max(...theory));
  const fewWrong = Math.sqrt((2 * (1 - theory[0])) / (values.length * nodes)); // of bits too rare to scatter, that of a count
  const error = Math.max(standardError, fewWrong);
  assert.ok(error < allowed, `${what}: error ${error}`);
  likely(
    what,
    studentTwoSided((m - nearest) / error, values.length - 1),
    `(${m} +- ${error}, theory ${theory.join(' to ')})`,
  );
}

test('O36: one pattern: the exact law of the overlap at finite N, and tanh(m / T) as N grows', async () => {
  for (const T of [0.4, 0.6, 0.8]) {
    const exact = (N: number): number => {
      // <|m|> of the ferromagnet, by binomial coefficients
      const log = (n: number): number =>
        Array.from({ length: n }, (_, k) => Math.log(k + 1)).reduce((sum, x) => sum + x, 0);
      const weights = Array.from(
        { length: N + 1 },
        (_, up) => log(N) - log(up) - log(N - up) + (2 * up - N) ** 2 / (2 * N * T),
      );
      const most = Math.max(...weights);
      const Z = weights.reduce((sum, w) => sum + Math.exp(w - most), 0);
      return weights.reduce((sum, w, up) => sum + (Math.exp(w - most) * Math.abs(2 * up - N)) / (N * Z), 0);
    };
    const m = curieWeiss({ temperature: T }).magnetisation;
    assert.ok(
      Math.abs(m - Math.tanh(m / T)) < 1e-12 && Math.abs(2 * exact(800) - exact(400) - m) < 1e-3,
      `T = ${T}`,
    );
    const nodes = long(200, 60);
    const runs = await overlaps({
      nodes,
      patterns: 1,
      temperature: T,
      networks: long(48, 16),
      steps: long(1000, 200),
    });
    sameMean(
      `one pattern, T = ${T}`,
      runs.map(([m]) => m),
      exact(nodes),
      long(0.02, 0.1),
    );
  }
});

test('O36: few patterns at T > 0: the overlap of the theory', async () => {
  const nodes = full ? 1000 : 300;
  for (const [load, temperature] of [
    [0.02, 0.3],
    ...(full
      ? [
          [0.02, 0.5],
          [0.05, 0.3],
        ]
      : []),
  ]) {
    const run: Run = {
      nodes,
      patterns: Math.round(load * nodes),
      temperature,
      networks: long(16, 24),
      steps: long(60, 32),
    };
    between(
      `load ${load}, T = ${temperature}`,
      (await overlaps(run)).map((m) => mean(m)),
      run,
      long(0.003, 0.004),
    );
  }
});

test('O36: T = 0, retrieval at loads 0.05, 0.1 and 0.13, none at 0.15 and 0.2', async () => {
  const kept: Record<string, number[]> = {};
  for (const nodes of full ? [250, 1000] : [100, 300]) {
    for (const load of full ? [0.05, 0.1, 0.13, 0.15, 0.2] : [0.05, 0.1, 0.2]) {
      const run: Run = {
        nodes,
        patterns: Math.round(load * nodes),
        temperature: 0,
        networks: nodes < 300 ? long(96, 48) : long(24, 16),
      };
      const runs = await overlaps(run);
      const retrieved = runs.map((m) => m.filter((x) => x > 0.9));
      kept[`${load} of ${nodes}`] = retrieved.map((m, k) => m.length / runs[k].length);
      if (nodes < 300 || load > 0.13) continue;
      const good = retrieved.filter((m) => m.length > 0).map((m) => mean(m));
      between(`load ${load}, N = ${nodes}`, good, run, long(0.004, 0.005));
      assert.ok(
        mean(kept[`${load} of ${nodes}`]) > 0.9,
        `load ${load}: ${mean(kept[`${load} of ${nodes}`])} retrieved`,
      );
    }
  }
  // beyond capacity the larger network keeps fewer
  for (const load of full ? [0.15, 0.2] : [0.2]) {
    const [small, large] = (full ? [250, 1000] : [100, 300]).map((nodes) =>
      meanWithError(kept[`${load} of ${nodes}`]),
    );
    const error = Math.hypot(small.standardError, large.standardError);
    const seen = `load ${load}: ${small.mean} and ${large.mean} retrieved, +- ${error}`;
    assert.equal(hopfieldRetrieval({ load }).overlap, 0);
    if (load === 0.2) assert.ok(small.mean - large.mean > long(4.9, 2.5) * error, seen);
    assert.ok(large.mean < (load === 0.2 ? 0.5 : 0.95), seen);
  }
});
