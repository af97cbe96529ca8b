// Forward flux against exact passage times of a birth-death chain (the magnetisation of a Curie-Weiss model):
// rare ones far beyond what a run of that length sees, and a common one beside brute force.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Aborted } from '../../src/display/index.js';
import { passageTime } from '../../src/exact/markov/birthDeath.js';
import { forwardFlux, type RareTime } from '../../src/dynamics/index.js';
import { uniformGenerator } from '../../src/randomness/index.js';

/** Heat bath of N spins on the complete graph, one attempt a step: u spins up. */
function clique(N: number, T: number): { rise: Float64Array; fall: Float64Array } {
  const chance = (u: number, s: 1 | -1): number =>
    1 / (1 + Math.exp((-2 * s * (2 * u - N - s * -1)) / (N * T)));
  // a spin that is down sees the field (2u - N + 1) / N of the others, one that is up (2u - N - 1) / N
  const rise = Float64Array.from({ length: N + 1 }, (_, u) => ((N - u) / N) * chance(u, 1));
  const fall = Float64Array.from({ length: N + 1 }, (_, u) => (u / N) * chance(u, -1));
  return { rise, fall };
}

for (const [N, T, levels, from, trials, replicas] of [
  [16, 0.7, [5, 6, 7, 8, 9], 1, 400, 32],
  [40, 0.6, [7, 9, 11, 13, 15, 17, 19, 21, 23], 2, 300, 24],
  [60, 0.5, [6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30, 32], 2, 100, 24],
] as const) {
  test(`the mean time over the barrier of ${N} spins at T = ${T}, against the exact one`, async () => {
    const { rise, fall } = clique(N, T);
    const exact = passageTime({ rise, fall }, from, levels.at(-1)!);
    const {
      estimate,
      interval: [low, high],
    } = await forwardFlux<number>(
      {
        start: () => from,
        step: (u, random) => {
          const x = random();
          return x < rise[u] ? u + 1 : x < rise[u] + fall[u] ? u - 1 : u;
        },
        score: (u) => u,
        levels,
      },
      { trials, chains: replicas, seed: 'barrier' },
    );
    const sigma = Math.log(high / low) / 4;
    assert.ok(
      Math.abs(Math.log(estimate / exact)) < 4.5 * sigma + 0.03,
      `${estimate} [${low}, ${high}] for ${exact}`,
    ); // 0.03: short paths from home
    assert.ok(sigma < 0.25);
  });
}

test('an aborted run loses no chain: it hands over what is done, and goes on to the same time', async () => {
  const coin = {
    start: () => 0,
    step: (n: number, random: () => number) => Math.max(0, n + (random() < 0.4 ? 1 : -1)),
    score: (n: number) => n,
    levels: [2, 3, 4],
  };
  const whole = await forwardFlux(coin, { trials: 20, seed: 'coin' });
  const abort = new AbortController();
  const stopped = forwardFlux(coin, {
    trials: 20,
    seed: 'coin',
    signal: abort.signal,
    onProgress: (done) => done === 5 && abort.abort(),
  });
  const error = await stopped.catch((thrown: unknown) => thrown as Aborted<Pick<RareTime, 'rates'>>);
  assert.ok(error instanceof Aborted && error.name === 'AbortError');
  assert.deepEqual(error.partial.rates, whole.rates.slice(0, 5));
  assert.match(error.message, /forwardFlux: aborted after 5 of 16 chains; go on with resume: error\.partial/);
  const progress: number[] = [];
  const rest = await forwardFlux(coin, {
    trials: 20,
    seed: 'coin',
    resume: error.partial,
    onProgress: (done) => progress.push(done),
  });
  assert.deepEqual([rest.estimate, rest.interval, rest.rates], [whole.estimate, whole.interval, whole.rates]);
  assert.deepEqual(
    progress,
    Array.from({ length: 11 }, (_, k) => k + 6),
  );
  await assert.rejects(
    forwardFlux(coin, { trials: 20, resume: { rates: new Array<number>(17).fill(1) } }),
    /forwardFlux: chains done must be .* got 17/,
  );
  const late = new AbortController(); // a run that is done is done
  assert.equal(
    (
      await forwardFlux(coin, {
        trials: 20,
        seed: 'coin',
        signal: late.signal,
        onProgress: (done) => done === 16 && late.abort(),
      })
    ).estimate,
    whole.estimate,
  );
});

test('refusals name the rule and the value', async () => {
  const walk = {
    start: () => 0,
    step: (n: number, random: () => number) => n + (random() < 0.5 ? 1 : -1) * Number(Math.abs(n) < 9),
    score: (n: number) => n,
    levels: [1, 2],
  };
  await assert.rejects(
    forwardFlux({ ...walk, levels: [1] }, { trials: 10 }),
    /forwardFlux: needs at least two levels, got 1/,
  );
  await assert.rejects(
    forwardFlux({ ...walk, levels: [2, 2] }, { trials: 10 }),
    /forwardFlux: levels must ascend, got 2 before 2/,
  );
  await assert.rejects(
    forwardFlux({ ...walk, levels: [0, 2] }, { trials: 10 }),
    /forwardFlux: the start must score below the first level 0, got 0/,
  );
  await assert.rejects(forwardFlux(walk, { trials: 10, chains: 3 }), /forwardFlux: chains must be .* got 3/);
  assert.equal(uniformGenerator('x')(), uniformGenerator('x')());
});
