// The contact process against its birth-death chain on the complete graph: mean extinction times below and
// above the threshold, the law of the number present, the lifetime growing exponentially with the nodes; and
// single nodes, which fade by their own clock.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { contactProcess } from '../../src/ambient/index.js';
import { passageTime } from '../../src/exact/markov/birthDeath.js';
import { complete, fromEdges, ring } from '../../src/graphs/index.js';

const mean = (x: readonly number[]): number => x.reduce((sum, each) => sum + each, 0) / x.length;
const errorOf = (x: readonly number[]): number =>
  Math.sqrt(mean(x.map((each) => (each - mean(x)) ** 2)) / (x.length - 1));
const chain = (N: number, copying: number): { rise: Float64Array; fall: Float64Array } => ({
  rise: Float64Array.from({ length: N + 1 }, (_, n) => copying * n * (N - n)),
  fall: Float64Array.from({ length: N + 1 }, (_, n) => n),
});
/** Exactly, from all present. */
const lifetime = (N: number, copying: number): number => passageTime(chain(N, copying), N, 0);

test('mean extinction times are those of the birth-death chain, below and above the threshold', async () => {
  for (const [N, load] of [
    [8, 0.5],
    [8, 2],
    [20, 0.8],
    [12, 2],
  ] as const) {
    const runs: number[] = [];
    for (let k = 0; k < 600; k++)
      runs.push(
        (await contactProcess(complete(N), { copying: load / N, time: 1e6, seed: `${N}/${load}/${k}` }))
          .extinction!,
      );
    const exact = lifetime(N, load / N);
    assert.ok(
      Math.abs(mean(runs) - exact) < 4.5 * errorOf(runs),
      `${N} nodes, ${load}: ${mean(runs)} +- ${errorOf(runs)} for ${exact}`,
    );
  }
});

test('above the threshold the lifetime grows exponentially with the nodes, below it as their logarithm', () => {
  const growth = (load: number, sizes: readonly number[]): number[] => {
    const log = sizes.map((N) => Math.log(lifetime(N, load / N)));
    return log.slice(1).map((each, k) => (each - log[k]) / (sizes[k + 1] - sizes[k]));
  };
  const above = growth(2, [40, 80, 160]); // ln 2 - 1/2 a node in the limit, with ln N / N corrections
  assert.ok(Math.abs(above[1] - (Math.log(2) - 0.5)) < 0.02, `${above.join()}`);
  assert.ok(growth(0.5, [40, 80, 160])[1] < 0.003);
});

test('a node that is alone keeps the state for an exponential time, one on a weighted pair for the exact one', async () => {
  const alone = fromEdges(3, [[0, 1]], { couplings: [3], connected: false });
  const [single, pair]: number[][] = [[], []];
  for (let k = 0; k < 2000; k++) {
    single.push(
      (await contactProcess(alone, { copying: 1, decay: 2, initial: [0, 0, 1], time: 1e6, seed: `s${k}` }))
        .extinction!,
    );
    pair.push(
      (await contactProcess(alone, { copying: 1, decay: 2, initial: [1, 1, 0], time: 1e6, seed: `p${k}` }))
        .extinction!,
    );
  }
  assert.ok(Math.abs(mean(single) - 0.5) < 4.5 * errorOf(single));
  const exact = passageTime({ rise: Float64Array.of(0, 3, 0), fall: Float64Array.of(0, 2, 4) }, 2, 0);
  assert.ok(
    Math.abs(mean(pair) - exact) < 4.5 * errorOf(pair),
    `${mean(pair)} +- ${errorOf(pair)} for ${exact}`,
  );
});

test('how many records are taken does not change the law: the mean share at a time, the extinction time', async () => {
  const of = async (records: number): Promise<{ shares: number[]; ends: number[] }> => {
    const [shares, ends]: number[][] = [[], []];
    for (let k = 0; k < 400; k++) {
      const run = await contactProcess(complete(8), {
        copying: 2 / 8,
        time: 4,
        every: 4 / records,
        seed: `${records}/${k}`,
      });
      shares.push(run.fractions.at(-1)!);
      ends.push(run.extinction ?? 4);
    }
    return { shares, ends };
  };
  const [one, many] = [await of(1), await of(40)];
  for (const name of ['shares', 'ends'] as const) {
    const difference = mean(one[name]) - mean(many[name]);
    assert.ok(
      Math.abs(difference) < 4.5 * Math.hypot(errorOf(one[name]), errorOf(many[name])),
      `${name}: ${mean(one[name])} and ${mean(many[name])}`,
    );
  }
});

test('refusals name the rule and the value', async () => {
  const refused = (change: object, message: RegExp): Promise<void> =>
    assert.rejects(contactProcess(ring(4), { copying: 1, time: 1, ...change }), message);
  await refused({ copying: -1 }, /contactProcess: copying must be finite and not negative, got -1/);
  await refused({ decay: 0 }, /contactProcess: decay must be positive and finite, got 0/);
  await refused({ time: 0 }, /contactProcess: time must be positive and finite, got 0/);
  await refused({ every: 0 }, /contactProcess: every must be .* got 0/);
  await refused({ time: 10, every: 4 }, /contactProcess: time must be a multiple of every, got 10 and 4/);
  await refused({ initial: [1] }, /contactProcess: initial must have one value per node \(4\), got 1/);
  await refused({ initial: [1, 2, 0, 0] }, /contactProcess: initial must be 0 or 1, got 2 on node 1/);
});
