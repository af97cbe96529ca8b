// A run that observes gives the numbers of one that keeps its states, and goes on from a checkpoint to the bit.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type AnyState,
  type Checkpoint,
  heatBath,
  langevin,
  type Observables,
  sample,
  type Sampler,
} from '../../src/dynamics/index.js';
import { bond, hamiltonian, interaction, site } from '../../src/energies/index.js';
import { ring, smallWorld } from '../../src/graphs/index.js';
import { energyOf, magnetisation, observe } from '../../src/measure/index.js';
import { mean } from '../../src/statistics/index.js';

const energy = hamiltonian(smallWorld(20, 4, 0.1, { seed: 1 }), [interaction()]);
const sampler = langevin(energy, { temperature: 1, timeStep: 0.02 });
const observed = { energy: energyOf(energy), m: magnetisation };
const options = { chains: 4, burnIn: 50, steps: 3000, every: 10, seed: 1 };

/** Keeps texts; due each time, or never. */
function memory(isDue: boolean): Checkpoint & { readonly texts: Map<string, string> } {
  const texts = new Map<string, string>();
  return { texts, read: (name) => texts.get(name), write: (name, text) => void texts.set(name, text), isDue };
}

test('means are those of the kept states', async () => {
  const kept = await sample(sampler, options);
  const run = await sample(sampler, { ...options, observe: observed });
  assert.deepEqual([run.states, run.steps], [[], []]);
  assert.deepEqual(run.state.arrays, kept.state.arrays);
  for (const [name, f] of Object.entries(observed)) {
    const all = mean(observe(kept, f).flatMap((chain) => [...chain]));
    assert.ok(Math.abs(run.observed![name].mean - all) < 1e-12 * Math.max(1, Math.abs(all)), name);
    assert.equal(run.observed![name].records, 1200);
  }
  assert.match(String(run), /energy +mean .*, standard error .*, time .* records/);
});

test('the mean energy of a Gaussian field is (n - 1) T / 2 within the error', async () => {
  const { observed: found } = await sample(langevin(energy, { temperature: 1, timeStep: 0.01 }), {
    chains: 16,
    burnIn: 2000,
    steps: 40_000,
    every: 20,
    seed: 2,
    observe: observed,
  });
  const { mean: E, standardError, time } = found!['energy'];
  assert.ok(time >= 1);
  assert.ok(Math.abs(E - 19 / 2) < 4 * standardError, `${E} ± ${standardError}`);
});

test('a run that goes on from a checkpoint is one that never stopped, to the bit', async () => {
  const spins = hamiltonian(ring(30), [bond((a, b) => a.dot(b).neg())]);
  const runs: readonly { of: Sampler<AnyState>; with: Observables }[] = [
    { of: sampler as Sampler<never> as Sampler<AnyState>, with: observed },
    {
      of: heatBath(spins, { temperature: 2 }) as Sampler<never> as Sampler<AnyState>,
      with: { m: magnetisation },
    },
  ];
  for (const { of, with: names } of runs) {
    const whole = await sample(of, { ...options, observe: names });
    const texts = memory(true);
    await sample(of, { ...options, steps: 1230, observe: names, checkpoint: texts });
    const again = { ...memory(false), read: (name: string) => texts.read(name) };
    const rest = await sample(of, { ...options, observe: names, checkpoint: again });
    assert.deepEqual(rest.observed, whole.observed);
    assert.deepEqual(rest.state.arrays, whole.state.arrays);
  }
});

test('a signal stops the run between records, with a checkpoint there', async () => {
  // a record takes several turns of the event loop, so that the stop comes between two
  const whole = await sample(sampler, { ...options, steps: 2_000_000, every: 1_000_000, observe: observed });
  const stop = new AbortController();
  const checkpoint = memory(false);
  const first = sample(sampler, {
    ...options,
    steps: 2_000_000,
    every: 1_000_000,
    observe: observed,
    checkpoint,
    signal: stop.signal,
    onProgress: (done) => done > 8000 && stop.abort(),
  });
  await assert.rejects(first, { name: 'AbortError' });
  const { state } = JSON.parse(checkpoint.texts.get('sample 0')!) as { state: string };
  assert.notEqual(((JSON.parse(state) as { state: { step: number } }).state.step - 50) % 1_000_000, 0);
  const rest = await sample(sampler, {
    ...options,
    steps: 2_000_000,
    every: 1_000_000,
    observe: observed,
    checkpoint: { ...memory(false), read: checkpoint.read },
  });
  assert.deepEqual(rest.observed, whole.observed);
  assert.deepEqual(rest.state.arrays, whole.state.arrays);
});

test('two samples of one run have places of their own', async () => {
  const checkpoint = memory(true);
  for (const seed of [1, 2]) await sample(sampler, { ...options, seed, observe: observed, checkpoint });
  assert.deepEqual([...checkpoint.texts.keys()], ['sample 0', 'sample 1']);
});

test('wrong calls are named', async () => {
  const refused = (more: object, message: RegExp) =>
    assert.rejects(sample(sampler, { ...options, ...more }), message);
  await refused({ observe: {} }, /sample: observe must be functions of a state by name/);
  await refused({ observe: { m: 1 } }, /got m = 1/);
  await refused({ checkpoint: memory(true) }, /sample: checkpoint needs observe/);
  await refused(
    { observe: observed, checkpoint: {} },
    /sample: checkpoint must be the checkpoint that a sweep gives/,
  );
  await refused(
    { observe: { x: () => NaN } },
    /sample: observe.x must be finite, got NaN at step 60, chain 0/,
  );
  const run = await sample(sampler, { ...options, observe: observed });
  await assert.rejects(
    sample(sampler, { ...options, resume: run }),
    /samples that were observed are not resumed/,
  );
  const runaway = hamiltonian(ring(10), [site((x) => x.squaredNorm().square().neg())]);
  const failed = sample(langevin(runaway, { temperature: 1, timeStep: 0.01 }), {
    steps: 1000,
    every: 10,
    seed: 1,
    observe: { m: magnetisation },
  });
  await assert.rejects(failed, { name: 'RunFailed' });
});
