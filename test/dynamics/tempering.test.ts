// Ladders of temperatures: refusals, an abort that loses no round, and a resumed run that is the run never
// stopped. Their laws are tested in test/physics.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import {
  heatBath,
  langevin,
  metropolis,
  flip,
  gaussian,
  parallelTempering,
  type Tempering,
  type Sampler,
  type TemperingOptions,
} from '../../src/dynamics/index.js';
import { copyRungs, startRungs, swapRungs } from '../../src/dynamics/tempering/roundTrips.js';
import { Aborted, type RunFailed } from '../../src/display/index.js';
import { bond, hamiltonian, site } from '../../src/energies/index.js';
import { Field } from '../../src/fields/index.js';
import { ready } from '../../src/tensors/index.js';
import { ring, smallWorld } from '../../src/graphs/index.js';
import { WebAssembly } from '../../src/runtime/index.js';

before(() => ready());

const ising = hamiltonian(smallWorld(20, 4, 0.1, { seed: 1 }), [bond((a, b) => a.mul(b).sum().neg())]);
const springs = hamiltonian(ring(6), [bond((a, b) => a.sub(b).squaredNorm()), site((x) => x.squaredNorm())]);
const ladder = { temperatures: [1.5, 2.5, 4], steps: 40, chains: 3, seed: 'ladder' };

/** The same ladder under each kind of sampler: what it keeps besides the field differs. */
const kinds: Record<string, Pick<TemperingOptions<never>, 'sampler'>> = {
  compiled: { sampler: ((temperature: number) => heatBath(ising, { temperature })) as never },
  'step by step': {
    sampler: ((temperature: number) =>
      metropolis(ising, { temperature, proposal: flip, engine: 'tensors' })) as never,
  },
  langevin: {
    sampler: ((temperature: number) => langevin(springs, { temperature, timeStep: 0.05 })) as never,
  },
};

test('a run that was aborted and resumed is the run that was never stopped', async () => {
  for (const [name, kind] of Object.entries(kinds)) {
    const whole = await parallelTempering({ ...ladder, ...kind });
    const stop = new AbortController();
    const cut = await parallelTempering({
      ...ladder,
      ...kind,
      signal: stop.signal,
      onProgress: (done) => done === 13 && stop.abort(),
    }).then(
      () => assert.fail(`${name}: not aborted`),
      (error: unknown) => error as Aborted<Tempering>,
    );
    assert.ok(cut instanceof Aborted, `${name}: ${String(cut)}`);
    assert.match(cut.message, /parallelTempering: aborted after round 13; go on with resume: error\.partial/);
    assert.equal(cut.partial.samples[0].states.length, 13);
    const rest = await parallelTempering({ ...ladder, ...kind, steps: 27, resume: cut.partial.state });
    const { samples, swaps, roundTrips, state } = await parallelTempering({
      ...ladder,
      ...kind,
      resume: cut.partial,
    });
    assert.deepEqual({ samples, swaps, roundTrips, state }, { ...whole }, `${name}: the same call, resumed`);
    assert.equal(rest.state.round, 40);
    whole.samples.forEach(({ states, steps }, k) => {
      assert.deepEqual(
        [...cut.partial.samples[k].states, ...rest.samples[k].states],
        states,
        `${name}, temperature ${k}`,
      );
      assert.deepEqual([...cut.partial.samples[k].steps, ...rest.samples[k].steps], steps);
    });
    assert.deepEqual(rest.roundTrips, whole.roundTrips);
    whole.swaps.forEach(({ tried, taken }, k) => {
      const [a, b] = [cut.partial.swaps[k], rest.swaps[k]];
      assert.deepEqual([a.tried + b.tried, a.taken + b.taken], [tried, taken]);
    });
  }
});

test('a ladder compiles once, and takes its memory once, however many rounds there are', async (t) => {
  await parallelTempering({ ...ladder, ...kinds['compiled'], steps: 1 });
  for (const kind of ['compiled', 'langevin']) {
    const counted = { Memory: 0, Instance: 0 };
    for (const name of ['Memory', 'Instance'] as const) {
      const Plain = WebAssembly[name] as new (...args: never[]) => object;
      t.mock.method(
        WebAssembly,
        name,
        class extends Plain {
          constructor(...args: never[]) {
            super(...args);
            counted[name]++;
          }
        } as never,
      );
    }
    await parallelTempering({ ...ladder, ...kinds[kind], steps: 100 });
    t.mock.restoreAll();
    for (const [what, count] of Object.entries(counted))
      assert.ok(count <= 3, `${kind}: ${count} new WebAssembly.${what} for 3 temperatures`);
  }
});

test('where the chance of one pair is not a number, no pair has swapped in the state that is left', async () => {
  const wall = site((x) => x.component(0).max(0).log().neg(), {}, { name: 'wall' });
  const energy = hamiltonian(ring(4), [wall]);
  const sampler = (temperature: number): Sampler<never> =>
    metropolis(energy, { temperature, proposal: gaussian(0.1) }) as never;
  const temperatures = [1, 1.01, 2, 3];
  // held node 0 is behind the wall on the two upper rungs: both energies are infinite, and nothing moves it
  const saved = await Promise.all(
    temperatures.map((T, k) => {
      const values = new Float32Array(4 * 8).fill(1).fill(k < 2 ? 1 : -1, 0, 8);
      const field = new Field(values, { sites: 4, chains: 8, gauge: { pinned: [0] } });
      const one = sampler(T);
      return one.save(one.init(field, k));
    }),
  );
  const rungs = startRungs(4, 8);
  const run = parallelTempering({
    temperatures,
    sampler,
    steps: 5,
    burnIn: 5,
    resume: { round: 0, step: 0, seed: 1, saved, rungs },
  });
  const error = (await run.catch((reason: unknown) => reason)) as RunFailed<Tempering>;
  assert.match(error.message, /parallelTempering: the energies on rungs 2 and 3 are Infinity and Infinity/);
  assert.deepEqual(error.partial.state.rungs, rungs);
});

test('a timer stops a ladder of short rounds', async () => {
  const stop = new AbortController();
  setTimeout(() => stop.abort(), 100);
  const run = parallelTempering({
    ...ladder,
    ...kinds['compiled'],
    steps: 2e6,
    every: 2,
    burnIn: 2e6,
    signal: stop.signal,
  });
  await assert.rejects(run, Aborted);
});

test('a round trip goes from the bottom to the top and back; a start at the top is none', () => {
  const rungs = startRungs(3, 2);
  const go = (...ks: number[]): number => {
    ks.forEach((k) => swapRungs(rungs, k, 1));
    return rungs.trips[1];
  };
  assert.equal(go(0), 0, 'field 1 is at the bottom');
  assert.equal(go(0), 0, 'field 0 is back, and had begun at the bottom without being seen there');
  const before = copyRungs(rungs);
  assert.equal(go(0, 1, 1, 0), 1, 'field 0 goes to the top and comes back');
  assert.equal(go(0, 0), 1, 'half a way is none');
  assert.equal(go(0, 1, 1, 0), 2);
  assert.equal(before.trips[1], 0, 'a copy stays as it was');
  assert.equal(rungs.trips[0], 0, 'the other ladder has not moved');
});

test('refusals name the rule and the value', async () => {
  const refused = (change: Partial<TemperingOptions<never>>, message: RegExp): Promise<void> =>
    assert.rejects(parallelTempering({ ...ladder, ...kinds['compiled'], ...change }), {
      name: 'RangeError',
      message,
    });
  await refused({ temperatures: [1] }, /parallelTempering: needs at least two temperatures, got 1/);
  await refused({ temperatures: [2, 1] }, /parallelTempering: temperatures must ascend, got 2 before 1/);
  await refused(
    { temperatures: [0, 1] },
    /parallelTempering: temperatures\[0\] must be positive and finite, got 0/,
  );
  await refused({ steps: 0 }, /parallelTempering: steps must be .* got 0/);
  await refused({ every: 3 }, /parallelTempering: steps must be a multiple of every \(3\), got 40/);
  await refused({ burnIn: -1 }, /parallelTempering: burnIn must be .* got -1/);
  const { state } = await parallelTempering({ ...ladder, ...kinds['compiled'], steps: 1 });
  await refused(
    { temperatures: [1, 2], resume: state },
    /parallelTempering: cannot resume a ladder of 3 temperatures on one of 2/,
  );
});
