// Wrong calls of samplers and runs: each is refused, by the name of the function, the rule and the value.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import {
  baoab,
  densityOfStates,
  drive,
  forwardFlux,
  gaussian,
  glauber,
  heatBath,
  langevin,
  linear,
  mala,
  metropolis,
  multispin,
  parallelTempering,
  reheating,
  sample,
  sgld,
  swendsenWang,
  wolff,
} from '../../src/dynamics/index.js';
import { bond, hamiltonian, site } from '../../src/energies/index.js';
import { constantField, fieldFrom } from '../../src/fields/index.js';
import { ring } from '../../src/graphs/index.js';
import { ready } from '../../src/tensors/index.js';

before(() => ready());

const graph = ring(6);
const ising = hamiltonian(graph, [bond((a, b, J) => a.mul(b).sum().mul(J).neg(), { J: 1 })]);
const springs = hamiltonian(graph, [bond((a, b) => a.sub(b).squaredNorm()), site((x) => x.squaredNorm())]);
const sampler = heatBath(ising, { temperature: 2 });
const wrong = (value: unknown) => value as never;

test('samplers name an option that is unknown, missing or no temperature', () => {
  const makers: [name: string, make: (options: object) => unknown, rest: object][] = [
    ['langevin', (o) => langevin(springs, wrong(o)), { timeStep: 0.1 }],
    ['mala', (o) => mala(springs, wrong(o)), { timeStep: 0.1 }],
    ['baoab', (o) => baoab(springs, wrong(o)), { timeStep: 0.1, friction: 1 }],
    ['heatBath', (o) => heatBath(ising, wrong(o)), {}],
    ['glauber', (o) => glauber(ising, wrong(o)), {}],
    ['metropolis', (o) => metropolis(springs, wrong({ proposal: gaussian(1), ...o })), {}],
    ['wolff', (o) => wolff(ising, wrong(o)), {}],
    ['swendsenWang', (o) => swendsenWang(ising, wrong(o)), {}],
    ['multispin', (o) => multispin(4, 4, wrong(o)), {}],
  ];
  for (const [name, make, rest] of makers) {
    assert.throws(() => make(rest), { name: 'TypeError', message: `${name}: temperature is missing` });
    assert.throws(() => make({ ...rest, temprature: 1 }), {
      message: `${name}: unknown option "temprature"; did you mean "temperature"?`,
    });
    for (const [temperature, got] of [
      ['1', '"1"'],
      [(step: number) => step, 'a function'],
      [null, 'null'],
      [{ at: 1 }, 'an object (Object)'],
    ] as const) {
      assert.throws(
        () => make({ ...rest, temperature }),
        (error: Error) =>
          error instanceof TypeError &&
          error.message.startsWith(`${name}: temperature must be a number or a schedule`) &&
          error.message.endsWith(`got ${got}`),
      );
    }
    assert.throws(() => make({ ...rest, temperature: -1 }), {
      message: `${name}: temperature must be finite and not negative, got -1`,
    });
  }
  assert.throws(
    () => langevin(springs, wrong({ temperature: 1, timeStep: '0.02' })),
    /langevin: timeStep must be positive and finite, got "0.02"/,
  );
  assert.throws(
    () => reheating(wrong({ base: '1', height: 1, every: 5 })),
    /reheating: base must be a number or a schedule.*got "1"/,
  );
  assert.throws(
    () => linear(wrong({ from: 1, to: 0, step: 5 })),
    /linear: unknown option "step"; did you mean "steps"/,
  );
});

test('what is no energy, no proposal and no sampler is named', async () => {
  assert.throws(
    () => langevin(wrong(graph), { temperature: 1, timeStep: 0.1 }),
    /langevin: energy must be an energy, as hamiltonian/,
  );
  assert.throws(
    () => heatBath(wrong(undefined), { temperature: 1 }),
    /heatBath: energy must be an energy.*got undefined/,
  );
  assert.throws(
    () => metropolis(ising, wrong({ temperature: 1, proposal: 'flip' })),
    /metropolis: proposal must be a proposal.*got "flip"/,
  );
  await assert.rejects(sample(wrong(ising), { steps: 1 }), /sample: the sampler must be a sampler/);
});

test('a run without a record, and options that nobody reads, are refused', async () => {
  await assert.rejects(sample(sampler, { steps: 5, every: 10 }), {
    name: 'RangeError',
    message: 'sample: every must be an integer in [1, 5], got 10',
  });
  await assert.rejects(
    sample(sampler, wrong({ steps: 5, burnin: 1 })),
    /sample: unknown option "burnin"; did you mean "burnIn"/,
  );
  await assert.rejects(
    sample(sampler, wrong({ steps: 5, chain: 2 })),
    /unknown option "chain"; did you mean "chains"/,
  );
  await assert.rejects(sample(sampler, wrong({})), /sample: steps is missing/);
  await assert.rejects(
    sample(sampler, wrong({ steps: 1, initial: [1, 1] })),
    /sample: initial must be a field, such as .*, got a list of 2/,
  );
  const tempering = {
    temperatures: [1, 2],
    sampler: (temperature: number) => heatBath(ising, { temperature }),
    steps: 4,
  };
  await assert.rejects(
    parallelTempering({ ...tempering, every: 8 }),
    /parallelTempering: every must be an integer in \[1, 4\], got 8/,
  );
  await assert.rejects(
    parallelTempering(wrong({ ...tempering, ladders: 2 })),
    /parallelTempering: unknown option "ladders"/,
  );
  await assert.rejects(
    densityOfStates(ising, wrong({ step: 5 })),
    /densityOfStates: unknown option "step"; did you mean "steps"/,
  );
  await assert.rejects(drive<never>(wrong({ protocol: [1, 2] })), /drive: energy is missing/);
  await assert.rejects(
    forwardFlux({ start: () => 0, step: (n) => n, score: (n) => n, levels: [1, 2] }, wrong({ trial: 3 })),
    /forwardFlux: unknown option "trial"/,
  );
});

test('an initial field must live on the nodes and have the components that are asked for', async () => {
  const edges = constantField({ support: 'edge', sites: 6 }, 0);
  const still = langevin(springs, { temperature: 1, timeStep: 0.01 });
  await assert.rejects(
    sample(still, { steps: 1, initial: edges }),
    /sample: the initial field must live on nodes, got one on edges/,
  );
  const one = fieldFrom([0, 0, 0, 0, 0, 0]);
  await assert.rejects(
    sample(still, { steps: 1, initial: one, components: 2 }),
    /sample: components must be that of the initial field, 1, got 2/,
  );
});

const spins = fieldFrom([1, -1, 1, -1, 1, 1], { codomain: 'spin' });

test('Langevin steps do not move spins and labels', async () => {
  await assert.rejects(
    sample(langevin(ising, { temperature: 1, timeStep: 0.01 }), { steps: 1, initial: spins }),
    { name: 'TypeError', message: 'langevin: moves continuous fields, got a spin field' },
  );
});

test('a run goes on under the same options, energy and temperature', async () => {
  const first = await sample(sampler, { steps: 4, chains: 2, seed: 1 });
  await sample(sampler, { steps: 8, chains: 2, seed: 1, resume: first });
  await sample(heatBath(ising, { temperature: 3 }), {
    steps: 4,
    resume: first.state,
    allow: ['temperature'],
  }); // a state is a place to start from
  for (const [options, message] of [
    [{ chains: 3 }, /sample: chains must be that of what is resumed, 2, got 3/],
    [{ seed: 2 }, /sample: seed must be that of what is resumed, 1, got 2/],
    [{ every: 2 }, /sample: every must be that of the samples to resume, 1, got 2/],
  ] as const)
    await assert.rejects(sample(sampler, { steps: 8, resume: first, ...options }), message);
  await assert.rejects(
    sample(sampler, { steps: 3, resume: first }),
    /sample: steps of a resumed run count from its start: at least those that it has made \(4\), got 3/,
  );
  await assert.rejects(
    sample(sampler, { steps: 8, resume: first, initial: spins }),
    /sample: a run starts from initial or from resume, got both/,
  );
  await assert.rejects(
    sample(sampler, { steps: 8, seed: 1, allow: ['temperature'] }),
    /sample: allow belongs to resume, and resume is missing/,
  );
  await assert.rejects(
    sample(heatBath(ising, { temperature: 3 }), { steps: 8, resume: first }),
    /heatBath: the state is of another temperature, "T = 2" .*, the sampler's is "T = 3"/,
  );
  await assert.rejects(
    sample(heatBath(ising.with({ J: 2 }), { temperature: 2 }), { steps: 8, resume: first }),
    /heatBath: the state is of another energy/,
  );
});

test('tempering is of one energy, and goes on from one start', async () => {
  const ladder = {
    temperatures: [1, 2],
    steps: 4,
    seed: 1,
    sampler: (temperature: number) => heatBath(ising, { temperature }),
  };
  const sampler = (temperature: number) =>
    heatBath(temperature > 1 ? ising.with({ J: 2 }) : ising, { temperature });
  await assert.rejects(parallelTempering({ ...ladder, sampler }), {
    name: 'RangeError',
    message: 'parallelTempering: all samplers must have one energy, got another at 2 than at 1',
  });
  const resume = await parallelTempering(ladder);
  await assert.rejects(
    parallelTempering({ ...ladder, steps: 3, resume }),
    /parallelTempering: steps of a resumed run count from its start: at least those that it has made \(4\), got 3/,
  );
  await assert.rejects(
    parallelTempering({ ...ladder, steps: 8, initial: spins, resume }),
    /parallelTempering: a run starts from initial or from resume, got both/,
  );
});

test('tempering refuses a sampler of another temperature than its rung', async () => {
  await assert.rejects(
    parallelTempering({ temperatures: [1, 2], steps: 4, sampler: () => heatBath(ising, { temperature: 1 }) }),
    { name: 'RangeError', message: 'parallelTempering: sampler(2) must have that temperature, got one of 1' },
  );
});

test('engine has the same four words in every sampler, and tensors takes every one', () => {
  const makers: ((options: object) => unknown)[] = [
    (o) => langevin(springs, wrong({ temperature: 1, timeStep: 0.1, ...o })),
    (o) => mala(springs, wrong({ temperature: 1, timeStep: 0.1, ...o })),
    (o) => baoab(springs, wrong({ temperature: 1, timeStep: 0.1, friction: 1, ...o })),
    (o) => sgld(springs, wrong({ temperature: 1, timeStep: 0.1, batch: 2, ...o })),
    (o) => heatBath(ising, wrong({ temperature: 1, ...o })),
    (o) => glauber(ising, wrong({ temperature: 1, ...o })),
    (o) => metropolis(springs, wrong({ temperature: 1, proposal: gaussian(1), ...o })),
  ];
  for (const make of makers) {
    assert.throws(() => make({ engine: 'cuda' }), /: engine must be one of auto, tensors, wasm, webgpu, got/);
    assert.doesNotThrow(() => make({ engine: 'tensors' }));
  }
});
