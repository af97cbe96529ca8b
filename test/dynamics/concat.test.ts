// Several runs as one.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import {
  concat,
  heatBath,
  langevin,
  sample,
  type SampleOptions,
  type Samples,
} from '../../src/dynamics/index.js';
import { bond, hamiltonian, interaction } from '../../src/energies/index.js';
import { fromEdges, ring } from '../../src/graphs/index.js';
import { certify, disagreement, energyOf, observe } from '../../src/measure/index.js';
import { ready } from '../../src/tensors/index.js';

before(() => ready());

const energy = hamiltonian(ring(8), [interaction()]);
const run = (options: Partial<SampleOptions>, J = energy, temperature = 1): Promise<Samples> =>
  sample(langevin(J, { temperature, timeStep: 0.05 }), {
    chains: 3,
    steps: 40,
    every: 10,
    seed: 1,
    components: 2,
    ...options,
  });

test('along chains: every chain is one of its run, in the order of the runs', async () => {
  const parts = [await run({}), await run({ seed: 2, chains: 2 }), await run({ seed: 'c', chains: 1 })];
  const whole = concat(parts);
  assert.deepEqual([whole.chains, whole.states.length, whole.nodes, whole.components], [6, 4, 8, 2]);
  assert.deepEqual(whole.seeds, [1, 2, 'c']);
  assert.deepEqual(
    observe(whole, disagreement).map((series) => [...series]),
    parts.flatMap((part) => observe(part, disagreement).map((series) => [...series])),
  );
  assert.deepEqual(whole.steps, parts[0]!.steps);
});

test('along time: a run and its continuations are the run never stopped', async () => {
  const whole = await run({ steps: 90, burnIn: 20 });
  const first = await run({ steps: 40, burnIn: 20 });
  const second = await run({ steps: 30, resume: first.state });
  const third = await run({ steps: 20, resume: second.state });
  const joined = concat([first, second, third], { along: 'time' });
  const { state: _, seed, begin: _begin, ...expected } = whole;
  assert.deepEqual(joined, { ...expected, seeds: [seed] });
  assert.deepEqual(concat([concat([first, second], { along: 'time' }), third], { along: 'time' }), joined);
});

test('acceptance: by chain, or that of the last run', async () => {
  const ising = hamiltonian(ring(8), [bond((a, b) => a.dot(b).neg())]);
  const spins = (options: Partial<SampleOptions>): Promise<Samples> =>
    sample(heatBath(ising, { temperature: 2 }), { chains: 2, steps: 20, seed: 1, ...options });
  const [a, b] = [await spins({}), await spins({ seed: 2 })];
  assert.deepEqual(concat([a, b]).acceptance, [...a.acceptance!, ...b.acceptance!]);
  const later = await spins({ resume: a.state });
  assert.deepEqual(concat([a, later], { along: 'time' }).acceptance, (await spins({ steps: 40 })).acceptance);
});

test('certify and measures run on the whole, and count all of it', async () => {
  const long = { steps: 4000, burnIn: 500, every: 20, components: 1, chains: 4 };
  const whole = concat([await run({ ...long }), await run({ ...long, seed: 2 })]);
  const certificate = certify(whole, energy);
  assert.deepEqual([certificate.chains, certificate.records, certificate.findings], [8, 200, []]);
  assert.equal(observe(whole, energyOf(energy)).length, 8);
});

test('what does not fit is refused by name', async () => {
  const first = await run({});
  const refused = (other: Samples, message: RegExp, along?: 'chains' | 'time'): void =>
    assert.throws(() => concat([first, other], { along }), message);
  refused(
    await run({}),
    /^RangeError: concat: along chains each run must have a seed of its own, got 1 twice$/,
  );
  refused(
    await run({ seed: 2, components: 1 }),
    /concat: along chains all runs must have the same components, got 2 and, of run 1, 1$/,
  );
  refused(await run({ seed: 2, every: 20 }), /the same every, got 10 and, of run 1, 20$/);
  refused(
    await run({ seed: 2, burnIn: 10 }),
    /the same steps, got \[10,20,30,40\] and, of run 1, \[20,30,40,50\]$/,
  );
  refused(
    await run({ seed: 2 }, energy, 2),
    /the same temperatures, got \[1,1,1,1\] and, of run 1, \[2,2,2,2\]$/,
  );
  refused(
    await run({ seed: 2 }, hamiltonian(ring(9), [interaction()])),
    /the same nodes, got 8 and, of run 1, 9$/,
  );
  refused(
    await run({ seed: 2 }, hamiltonian(ring(8), [interaction({ J: 2 })])),
    /concat: along chains all runs must have the same energy, got "[0-9a-f]+\.\.\. and, of run 1, "[0-9a-f]+\.\.\.$/,
  );
  const turned = hamiltonian(fromEdges(8, ring(8).edges.toReversed()), [interaction()]);
  assert.equal(
    concat([first, await run({ seed: 2 }, turned)]).chains,
    6,
    'the same energy, written otherwise',
  );
  refused(
    await sample(langevin(energy, { temperature: 1, timeStep: 0.1 }), {
      chains: 3,
      steps: 40,
      every: 10,
      seed: 2,
      components: 2,
    }),
    /the same sampler, got "langevin/,
  );
  refused(
    await run({ resume: first.state, burnIn: 10 }),
    /concat: along time run 1 must begin 10 steps after run 0, which ends at step 40, got step 60$/,
    'time',
  );
  refused(
    await run({ seed: 2 }),
    /concat: along time all runs must have the same seed, got "1" and, of run 1, "2"$/,
    'time',
  );
  refused(
    await run({ chains: 2 }),
    /along time all runs must have the same chains, got 3 and, of run 1, 2$/,
    'time',
  );
  assert.throws(() => concat([]), /concat: needs at least one run, got none/);
  assert.throws(() => concat(first as never), /concat: samples must be a list of them, got an object/);
  assert.throws(
    () => concat([first], { along: 'chain' as never }),
    /concat: along must be one of chains, time, got "chain"; did you mean "chains"\?/,
  );
});
