import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import * as tf from '#tfjs';
import {
  langevin,
  parseState,
  sample,
  serialiseState,
  type Engine,
  type Samples,
} from '../../src/dynamics/index.js';
import { bond, hamiltonian, site } from '../../src/energies/index.js';
import { ready } from '../../src/tensors/index.js';
import { Aborted, RunFailed } from '../../src/display/index.js';
import { FieldDiverged } from '../../src/dynamics/compiled/index.js';
import { centred, constantField, normalField, pinned } from '../../src/fields/index.js';
import { laplacianSpectrum, ring, smallWorld } from '../../src/graphs/index.js';

before(() => ready());

const graph = smallWorld(20, 4, 0.1, { seed: 1 });
const energy = hamiltonian(graph, [bond((a, b, J) => a.sub(b).squaredNorm().mul(J), { J: 0.5 })]);
const modes = laplacianSpectrum(graph).slice(1);

/** Mean over chains of the time average of H, with its standard error over chains. */
function meanEnergy(samples: Samples, chains: number): [mean: number, error: number] {
  const averages = Array.from({ length: chains }, (_, c) => {
    const energies = samples.states.map((values) =>
      energy.energy64(Float64Array.from({ length: 20 }, (_, i) => values[i * chains + c])),
    );
    return energies.reduce((sum, h) => sum + h, 0) / energies.length;
  });
  const mean = averages.reduce((sum, h) => sum + h, 0) / chains;
  const variance = averages.reduce((sum, h) => sum + (h - mean) ** 2, 0) / (chains - 1);
  return [mean, Math.sqrt(variance / chains)];
}

for (const [method, ratio] of [
  ['leimkuhler-matthews', () => 1],
  [
    'euler-maruyama',
    (dt: number) => modes.reduce((sum, mu) => sum + 1 / (1 - (mu * dt) / 2), 0) / modes.length,
  ],
] as const) {
  test(`${method}: <H> is (N - 1) T / 2 times its step-size bias`, async () => {
    const [chains, dt, T] = [64, 0.15, 1.5];
    const sampler = langevin(energy, { temperature: T, timeStep: dt, method });
    const samples = await sample(sampler, { chains, burnIn: 300, steps: 1200, every: 6, seed: 7 });
    const [mean, error] = meanEnergy(samples, chains);
    const expected = ((graph.nodeCount - 1) * T * ratio(dt)) / 2;
    assert.ok(error / expected < 0.01, 'the run is long enough to tell the two schemes apart');
    assert.ok(Math.abs(mean - expected) < 4 * error, `${mean} +- ${error} against ${expected}`);
  });
}

test('the zero mode diffuses when free, stays when centred, and pinned nodes are held', async () => {
  const sampler = langevin(energy, { temperature: 1, timeStep: 0.1 });
  const chains = 256;
  const mean = (samples: Samples, c: number): number =>
    Array.from({ length: 20 }, (_, i) => samples.states[0][i * chains + c]).reduce((sum, x) => sum + x, 0) /
    20;
  const free = await sample(sampler, { chains, steps: 100, every: 100, seed: 3 });
  const means = Array.from({ length: chains }, (_, c) => mean(free, c));
  const variance = means.reduce((sum, x) => sum + x * x, 0) / chains;
  const expected = (2 * 1 * 0.1 * 100) / 20; // 2 T t / N; Leimkuhler-Matthews differs by half a step
  assert.ok(Math.abs(variance / expected - 1) < 4 * Math.sqrt(2 / chains), `${variance} against ${expected}`);

  const start = constantField({ sites: 20, chains }, 0);
  const held = await sample(sampler, { initial: centred(start), chains, steps: 100, every: 100, seed: 3 });
  assert.ok(Array.from({ length: chains }, (_, c) => mean(held, c)).every((x) => Math.abs(x) < 1e-5));

  const fixed = await sample(sampler, {
    initial: pinned(start, [0, 7]),
    chains,
    steps: 50,
    every: 50,
    seed: 3,
  });
  for (const node of [0, 7])
    assert.ok(fixed.states[0].slice(node * chains, (node + 1) * chains).every((x) => x === 0));
  assert.ok(fixed.states[0].slice(chains, 2 * chains).some((x) => x !== 0));
});

test('a resumed run is identical to an uninterrupted one, through JSON too', async () => {
  const sampler = langevin(energy, { temperature: 1, timeStep: 0.1 });
  const initial = normalField({ sites: 20, components: 2, chains: 3, seed: 5 });
  const whole = await sample(sampler, { initial, steps: 40, every: 10, seed: 9 });
  const half = await sample(sampler, { initial, steps: 20, every: 10, seed: 9 });
  const rest = await sample(sampler, {
    resume: parseState(serialiseState(half.state)),
    steps: 20,
    every: 10,
  });
  assert.deepEqual([...half.steps, ...rest.steps], whole.steps);
  assert.deepEqual([...half.states, ...rest.states], whole.states);
  assert.deepEqual(rest.state, whole.state);
});

test('a state goes on under another energy, method and time step, on compiled engines as on tensors', async () => {
  const wells = hamiltonian(graph, [
    bond((a, b, J) => a.sub(b).squaredNorm().mul(J), { J: 0.5 }),
    site((x) => x.squaredNorm().sub(1).square().mul(0.2)),
  ]);
  const initial = normalField({ sites: 20, components: 2, chains: 3, seed: 5 });
  const run = async (engine: Engine): Promise<Float32Array> => {
    const samplers = [
      langevin(energy, { temperature: 1, timeStep: 0.1, engine }),
      langevin(energy, { temperature: 1, timeStep: 0.1, method: 'euler-maruyama', engine }),
      langevin(wells, { temperature: 2, timeStep: 0.05, method: 'euler-maruyama', engine }),
      langevin(wells, { temperature: 1, timeStep: 0.05, engine }),
    ];
    let state = samplers[0].init(initial, 9);
    for (const sampler of samplers) state = await sampler.advance(state, 1);
    const values = await samplers[0].read(state);
    samplers[0].dispose(state);
    return values;
  };
  const [found, expected] = [await run('wasm'), await run('tensors')];
  for (const [at, x] of found.entries())
    assert.ok(Math.abs(x - expected[at]) < 1e-5, `${at}: ${x}, ${expected[at]}`);
});

test('chains do not depend on one another, and seeds matter', async () => {
  const sampler = langevin(energy, { temperature: 1, timeStep: 0.1 });
  const run = async (seed: number) =>
    (await sample(sampler, { chains: 4, steps: 5, every: 5, seed })).states[0];
  assert.deepEqual(await run(1), await run(1));
  const [one, two] = [await run(1), await run(2)];
  assert.ok(one.every((x, at) => x !== two[at]));
  assert.ok(one.every((x, at) => at % 4 === 0 || x !== one[at - 1]));
});

test('aborting keeps what was done, and reports progress', async () => {
  const sampler = langevin(energy, { temperature: 1, timeStep: 0.1 });
  const controller = new AbortController();
  let seen = 0;
  const onProgress = (done: number, total: number): void => {
    seen = done;
    assert.equal(total, 1e6);
    controller.abort();
  };
  const run = sample(sampler, {
    chains: 2,
    steps: 1e6,
    every: 1,
    seed: 1,
    onProgress,
    signal: controller.signal,
  });
  const error = await run.then(
    () => assert.fail('not aborted'),
    (reason: unknown) => reason as Aborted<Samples>,
  );
  assert.ok(error instanceof Aborted);
  assert.equal(error.partial.states.length, seen);
  const more = await sample(sampler, { resume: error.partial.state, steps: 1 });
  assert.equal(more.steps[0], seen + 1);
});

test('no tensor leaks over 10,000 steps', async () => {
  const quartic = hamiltonian(ring(8), [
    bond((a, b, J) => a.sub(b).squaredNorm().mul(J), { J: [1, 2, 1, 2, 1, 2, 1, 2] }),
    site((x, h) => x.squaredNorm().sub(1).square().mul(h), { h: 0.25 }),
  ]);
  const sampler = langevin(quartic, { temperature: 0.5, timeStep: 0.02 });
  await sample(sampler, { chains: 2, steps: 10, seed: 1 });
  const before = tf.memory();
  await sample(sampler, { chains: 2, steps: 10_000, every: 1000, seed: 1 });
  const after = tf.memory();
  assert.equal(after.numTensors, before.numTensors);
  assert.equal(after.numBytes, before.numBytes);
  quartic.dispose();
});

test('bad input is named', async () => {
  const T = { temperature: 1 };
  assert.throws(
    () => langevin(energy, { ...T, timeStep: -0.1 }),
    /langevin: timeStep must be positive and finite, got -0.1/,
  );
  assert.throws(
    () => langevin(energy, { temperature: -1, timeStep: 0.1 }),
    /temperature must be finite and not negative, got -1/,
  );
  assert.throws(
    () => langevin(energy, { ...T, timeStep: 0.1, method: 'verlet' as never }),
    /method must be .* got "verlet"/,
  );
  const bound = 2 / modes.at(-1)!;
  const unstable = langevin(energy, { ...T, timeStep: 1.05 * bound });
  await assert.rejects(sample(unstable, { steps: 1 }), (error: Error) => {
    const said = Number(/2 \/ lambda_max = ([\d.]+)/.exec(error.message)?.[1]);
    return error.message.startsWith('langevin: timeStep must be below') && Math.abs(said / bound - 1) < 0.05;
  });
  const sampler = langevin(energy, { ...T, timeStep: 0.1 });
  await assert.rejects(sample(sampler, { steps: 0 }), /sample: steps must be an integer in \[1, .*, got 0/);
  await assert.rejects(
    sample(sampler, { steps: 1, initial: constantField({ sites: 7 }, 0) }),
    /sample: the initial field must have one site per node \(20\), got 7/,
  );
  const elsewhere = await sample(langevin(energy, { ...T, timeStep: 0.05 }), { steps: 1 });
  await assert.rejects(
    sample(sampler, { resume: elsewhere.state, steps: 1 }),
    /cannot resume a state saved by/,
  );
  assert.throws(() => parseState('{"sampler":'), /parseState: the text is not a saved state/);
});

test('a field that stops being finite is an error that says where, at which step and by which term, and loses nothing', async () => {
  const runaway = hamiltonian(ring(5), [
    site((x) => x.squaredNorm().mul(0.5), {}, { name: 'well' }),
    site((x) => x.squaredNorm().square().mul(-1), {}, { name: 'hill' }),
  ]);
  const initial = constantField({ sites: 5, chains: 2 }, 3);
  const run = (engine: Engine): Promise<Samples> =>
    sample(langevin(runaway, { temperature: 1, timeStep: 0.001, engine }), { initial, steps: 500, every: 1 });
  for (const engine of ['tensors', 'wasm'] as const) {
    const error = await run(engine).then(
      () => assert.fail('it ran'),
      (reason: RunFailed<Samples>) => reason,
    );
    assert.ok(error instanceof RunFailed && error.cause instanceof FieldDiverged, String(error));
    assert.match(
      error.message,
      /langevin: the field is \S+ at node \d, component 0, chain [01] after step \d+: the gradient of "hill" there was -\d/,
    );
    assert.deepEqual([error.step, error.term], [error.cause.step, 'hill']);
    assert.equal(error.partial.state.step, error.step);
    assert.equal(error.partial.states.length, error.step);
    assert.ok([...error.partial.state.arrays['values']].every(Number.isFinite));
    // strides of many steps find the same last whole state, noise and all
    const sparse = await sample(langevin(runaway, { temperature: 1, timeStep: 0.001, engine }), {
      initial,
      steps: 500,
      every: 500,
    }).then(
      () => assert.fail('it ran'),
      (reason: RunFailed<Samples>) => reason,
    );
    assert.deepEqual(sparse.partial.state, error.partial.state);
  }
});

test('an engine that stops before its steps are done, as a kernel interrupts it, ends the run with what it has', async () => {
  const sampler = langevin(energy, { temperature: 1, timeStep: 0.1, engine: 'wasm' });
  for (const more of [0, 1]) {
    // at a record, and between two
    let stoppedAt: number | undefined;
    const stopping: typeof sampler = {
      ...sampler,
      advance(state, steps, signal) {
        assert.equal(stoppedAt, undefined, 'it went on');
        if (state.step < 50 || steps <= more) return sampler.advance(state, steps, signal);
        stoppedAt = state.step + more;
        return sampler.advance(state, more, signal);
      },
    };
    const error = await sample(stopping, { steps: 5000, every: 50, seed: 1 }).then(
      () => assert.fail('it was done'),
      (reason: unknown) => reason as Aborted<Samples>,
    );
    assert.ok(error instanceof Aborted, String(error));
    assert.equal(error.partial.state.step, stoppedAt);
    assert.deepEqual(
      error.partial.steps,
      Array.from({ length: Math.floor(stoppedAt! / 50) }, (_, k) => 50 * (k + 1)),
    );
  }
});

test('an engine of single steps gives the event loop its turn by time, not by steps', async () => {
  let turns = 0;
  const start = performance.now();
  await sample(langevin(energy, { temperature: 1, timeStep: 0.1, engine: 'tensors' }), {
    steps: 400,
    every: 400,
    seed: 1,
    onProgress: () => turns++,
  });
  assert.ok(turns <= 2 + (performance.now() - start) / 40, `${turns} turns`);
});
