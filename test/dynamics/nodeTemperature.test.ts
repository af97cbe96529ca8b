// Temperatures by node: what takes them and what refuses them; equal ones are one; runs resume bit for bit,
// and say what they ran at.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import {
  baoab,
  diffusingTemperature,
  drive,
  flip,
  gaussian,
  geometric,
  glauber,
  heatBath,
  langevin,
  mala,
  metropolis,
  multispin,
  parallelTempering,
  parseState,
  reheating,
  sample,
  serialiseState,
  sgld,
  swendsenWang,
  wolff,
  type AnyState,
  type Sampler,
  type Schedule,
  type Temperature,
} from '../../src/dynamics/index.js';
import { bond, custom, globalSum, hamiltonian, interaction, site } from '../../src/energies/index.js';
import { ready, tf } from '../../src/tensors/index.js';
import { fieldFrom } from '../../src/fields/index.js';
import { complete, smallWorld } from '../../src/graphs/index.js';
import { certify, configurationalTemperature, separated, spinTemperature } from '../../src/measure/index.js';
import { jupyterDisplay } from '../../src/display/index.js';

before(() => ready());

const graph = smallWorld(10, 4, 0.2, { seed: 1 });
const field = hamiltonian(graph, [interaction(), site((x) => x.squaredNorm())]);
const ising = hamiltonian(graph, [bond((a, b) => a.mul(b).sum().neg())]);
const hot = Float64Array.from({ length: 10 }, (_, i) => 0.5 + i / 5);
const equal = new Array<number>(10).fill(1.5);
const spreading = (): Schedule<Float64Array> => diffusingTemperature(graph, { initial: hot, rate: 0.02 });
const text = (shown: object): string =>
  (Reflect.get(shown, jupyterDisplay) as () => Record<string, string>).call(shown)['text/plain'];

test('equal temperatures by node are one temperature', async () => {
  const run = { chains: 4, steps: 20, every: 5, seed: 3 };
  const makers = {
    heatBath: (temperature: number | number[]) => heatBath(ising, { temperature, engine: 'tensors' }),
    glauber: (temperature: number | number[]) =>
      glauber(ising, { temperature, engine: 'tensors', order: 'random' }),
    metropolis: (temperature: number | number[]) =>
      metropolis(field, { temperature, proposal: gaussian(0.5) }),
  };
  for (const [name, make] of Object.entries(makers)) {
    assert.deepEqual((await sample(make(equal), run)).states, (await sample(make(1.5), run)).states, name);
  }
  for (const method of ['euler-maruyama', 'leimkuhler-matthews'] as const) {
    const [one, each] = [1.5, equal].map((temperature) =>
      langevin(field, { temperature, timeStep: 0.02, method, engine: 'tensors' }),
    );
    const [a, b] = [(await sample(one, run)).states.at(-1)!, (await sample(each, run)).states.at(-1)!];
    a.forEach((x, at) => assert.ok(Math.abs(x - b[at]) < 1e-5));
  }
});

test("'auto' compiles samplers whose temperatures differ from node to node", () => {
  for (const temperature of [hot, spreading()]) {
    assert.match(heatBath(ising, { temperature }).name, /wasm/);
    assert.match(metropolis(ising, { temperature, proposal: flip, engine: 'auto' }).name, /wasm/);
    const sampler = langevin(field, { temperature, timeStep: 0.01 });
    assert.ok(
      'stepper' in sampler.init(sampler.initialField({ components: 1, chains: 1, seed: 1 }), 1),
      'a compiled state',
    );
  }
});

test('a compiled state that goes over to a sampler of other temperatures goes on at those', async () => {
  const cold = hot.map((T) => T / 10);
  const pairs = [
    [hot, cold].map((temperature) => heatBath(ising, { temperature })),
    [hot, cold].map((temperature) => langevin(field, { temperature, timeStep: 0.01 })),
  ] as unknown as Sampler<AnyState>[][];
  for (const [first, second] of pairs) {
    const start = () =>
      first.advance!(first.init(first.initialField({ components: 1, chains: 5, seed: 1 }), 1), 10);
    const over = await second.advance!(await start(), 10);
    const resumed = await second.advance!(
      second.restore(await first.save(await start()), ['temperature']),
      10,
    );
    assert.deepEqual(await second.read(over), await second.read(resumed), second.name);
    const stayed = await first.advance!(await start(), 10);
    assert.notDeepEqual(await second.read(over), await first.read(stayed), second.name);
  }
});

test('temperatures must be one a node and not negative, at the start and later', async () => {
  assert.throws(() => heatBath(ising, { temperature: [1, 2] }), {
    name: 'RangeError',
    message: 'heatBath: needs one temperature per node (10), got 2',
  });
  assert.throws(() => langevin(field, { temperature: hot.with(3, -1), timeStep: 0.01 }), {
    name: 'RangeError',
    message: 'langevin: temperatures[3] must be finite and not negative, got -1',
  });
  const late = sgld(field, {
    temperature: { name: 'late', at: (step) => (step < 1 ? hot : hot.slice(1)) },
    timeStep: 0.01,
    batch: 3,
  });
  const state = await late.advance(late.init(late.initialField({ components: 1, chains: 1, seed: 1 }), 1), 1);
  await assert.rejects(
    late.advance(state, 1),
    /sgld: needs one temperature per node \(10\) at step 1, got 9/,
  );
  late.dispose(state);
});

test('what needs one temperature refuses many, as an array and as a schedule', async () => {
  for (const temperature of [hot, spreading()] as unknown as Temperature[]) {
    const refused = {
      mala: () => mala(field, { temperature, timeStep: 0.01 }),
      baoab: () => baoab(field, { temperature, timeStep: 0.01, friction: 1 }),
      swendsenWang: () => swendsenWang(ising, { temperature }),
      wolff: () => wolff(ising, { temperature }),
      multispin: () => multispin(4, 4, { temperature }),
      reheating: () => reheating({ base: temperature, height: 1, every: 5 }),
    };
    for (const [caller, make] of Object.entries(refused)) {
      assert.throws(make, {
        name: 'TypeError',
        message: `${caller}: the temperature must be one for all nodes, got 10 by node`,
      });
    }
    const driven = {
      energy: () => ising,
      protocol: [0, 1],
      burnIn: 1,
      sampler: () => heatBath(ising, { temperature: 1 }),
    };
    await assert.rejects(
      drive({ ...driven, temperature }),
      /drive: the temperature must be one for all nodes, got 10 by node/,
    );
  }
  const byNode = () => heatBath(ising, { temperature: hot });
  await assert.rejects(
    drive({ energy: () => ising, protocol: [0, 1], temperature: 1, burnIn: 1, sampler: byNode }),
    /drive: the sampler must have one temperature for all nodes, got T by node, 0.5 to 2.3/,
  );
  await assert.rejects(
    parallelTempering({ temperatures: [1, 2], steps: 1, sampler: byNode }),
    /parallelTempering: the sampler must have one temperature for all nodes/,
  );
  const samples = await sample(heatBath(ising, { temperature: hot }), { chains: 16, steps: 40, seed: 1 });
  for (const [caller, measure] of Object.entries({ certify, spinTemperature })) {
    assert.throws(() => measure(samples, ising), {
      name: 'RangeError',
      message: `${caller}: the samples must have one temperature for all nodes, got 0.5 to 2.3, mean 1.4 by node`,
    });
  }
  const springs = await sample(langevin(field, { temperature: hot, timeStep: 0.01 }), {
    chains: 16,
    steps: 40,
    seed: 1,
  });
  assert.throws(() => certify(springs, field), /certify: the samples must have one temperature/);
  assert.throws(
    () => configurationalTemperature(springs, field),
    /configurationalTemperature: the samples must have one temperature/,
  );
  assert.throws(() => separated(springs, 2), /separated: the samples must have one temperature/);
});

test('samples say what they ran at: by node, with the mean beside', async () => {
  const schedule = spreading();
  const samples = await sample(heatBath(ising, { temperature: schedule }), {
    chains: 2,
    burnIn: 5,
    steps: 30,
    every: 10,
    seed: 1,
  });
  assert.deepEqual(
    samples.nodeTemperatures,
    [14, 24, 34].map((step) => schedule.at(step)),
  );
  samples.temperatures.forEach((T) => assert.ok(Math.abs(T - 1.4) < 1e-12));
  assert.equal(samples.temperature, samples.temperatures.at(-1));
  assert.match(text(samples), /temperature by node +1\.\d+ to 1\.\d+, mean 1\.4, at the last record/);
  assert.match(text(heatBath(ising, { temperature: schedule })), /law +no exp\(-H\/T\)/);
  const one = await sample(heatBath(ising, { temperature: geometric({ from: 2, to: 1, steps: 5 }) }), {
    chains: 2,
    steps: 5,
    seed: 1,
  });
  assert.ok(!('nodeTemperatures' in one) && !/by node/.test(text(one)));
});

test('a run by node that was saved goes on as if it had not been, its schedule too', async () => {
  const samplers = () => [
    heatBath(ising, { temperature: spreading() }),
    metropolis(field, { temperature: spreading(), proposal: gaussian(0.5) }),
    glauber(ising, { temperature: hot }),
    langevin(field, { temperature: spreading(), timeStep: 0.01 }),
    sgld(field, { temperature: spreading(), timeStep: 0.01, batch: 4 }),
    sgld(field, { temperature: 1, timeStep: 0.01, batch: 4 }),
  ];
  for (const [k, sampler] of samplers().entries()) {
    const whole = await sample(sampler as never, { chains: 3, steps: 20, every: 5, seed: 8 });
    const half = await sample(sampler as never, { chains: 3, steps: 10, every: 5, seed: 8 });
    const rest = await sample(samplers()[k] as never, {
      steps: 10,
      every: 5,
      resume: parseState(serialiseState(half.state)),
    });
    assert.deepEqual([...half.states, ...rest.states], whole.states, whole.sampler);
    assert.deepEqual(
      [...(half.nodeTemperatures ?? []), ...(rest.nodeTemperatures ?? [])],
      whole.nodeTemperatures ?? [],
    );
    assert.deepEqual(rest.state, whole.state);
  }
});

test('sgld says that it is biased, draws batches anew for each chain, and refuses what has no edges of its own', async () => {
  const sampler = sgld(field, { temperature: 1, timeStep: 0.01, batch: 4 });
  for (const words of [String(sampler), text(sampler)]) {
    assert.match(
      words,
      /^Sampler sgld \(biased; 4 of 20 edges a step, dt = 0.01\)\n +law +samples exp\(-H\/T\) only as dt -> 0; .*hotter/,
    );
  }
  const cold = await sample(
    sgld(hamiltonian(graph, [interaction()]), { temperature: 0, timeStep: 0.01, batch: 1 }),
    {
      chains: 40,
      steps: 1,
      seed: 2,
      initial: fieldFrom([0, 1, 2, 3, 4, 5, 6, 7, 8, 10]),
    },
  );
  const moved = Array.from({ length: 40 }, (_, c) =>
    Array.from({ length: 10 }, (_n, i) => cold.states[0][i * 40 + c])
      .map((x, i) => (x === (i === 9 ? 10 : i) ? '' : i))
      .join(''),
  );
  assert.ok(
    moved.every((nodes) => nodes.length === 2),
    'one edge moves its two ends',
  );
  assert.ok(new Set(moved).size > 10, 'other edges in other chains');
  assert.throws(
    () => sgld(field, { temperature: 1, timeStep: 0.01, batch: 0 }),
    /sgld: batch must be an integer in \[1, 20\], got 0/,
  );
  assert.throws(
    () => sgld(field, { temperature: 1, timeStep: 0.01, batch: 21 }),
    /sgld: batch must be an integer in \[1, 20\], got 21/,
  );
  assert.throws(
    () => sgld(field, { temperature: 1, timeStep: 0, batch: 2 }),
    /sgld: timeStep must be positive/,
  );
  const stiff = sgld(field, { temperature: 1, timeStep: 1, batch: 2 });
  assert.throws(
    () => stiff.init(stiff.initialField({ components: 1, chains: 1, seed: 1 }), 1),
    /sgld: timeStep must be below 2 \/ lambda_max/,
  );
  const weights = tf.ones<tf.Rank.R3>([6, 1, 1]);
  const mean = hamiltonian(complete(4), [
    globalSum((all) => all.sum((x) => x.sum()).square(), {}, { name: 'mean' }),
  ]);
  assert.throws(
    () => mean.gradient(tf.ones([4, 1, 1]), { edgeWeights: weights }),
    /gradient: the term "mean" is neither a bond nor a site, and its edges have no parts/,
  );
  for (const term of [
    globalSum((all) => all.sum((x) => x.sum()).square()),
    custom((x) => x.square().sum([0, 1])),
  ]) {
    assert.throws(() => sgld(hamiltonian(complete(4), [term]), { temperature: 1, timeStep: 0.1, batch: 2 }), {
      name: 'TypeError',
      message: `sgld: needs an energy of bonds and sites, but the term "${term.name}" is neither a bond nor a site`,
    });
  }
});
