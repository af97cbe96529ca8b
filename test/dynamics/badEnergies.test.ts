// Energies that are not a number, infinite or without a lower bound, under every sampler: it stops by name,
// says the term and the place, and keeps what it had; or it goes on where the law allows (+Infinity forbids a
// state).
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import {
  baoab,
  densityOfStates,
  drive,
  flip,
  gaussian,
  glauber,
  heatBath,
  langevin,
  mala,
  metropolis,
  parallelTempering,
  sample,
  sgld,
  swendsenWang,
  wolff,
  type AnyState,
  type Sampler,
  type Samples,
} from '../../src/dynamics/index.js';
import {
  bond,
  globalSum,
  hamiltonian,
  hopfield,
  interaction,
  labelDistance,
  site,
  star,
  type Hamiltonian,
  type SiteEnergy,
  type Term,
} from '../../src/energies/index.js';
import { constantField, Field, randomSpins } from '../../src/fields/index.js';
import { complete, ring } from '../../src/graphs/index.js';
import { ready } from '../../src/tensors/index.js';

before(() => ready());

type Made = (energy: Hamiltonian) => Sampler<AnyState>;
const made = (make: (energy: Hamiltonian) => unknown): Made => make as Made;
const [timeStep, temperature] = [0.05, 1];

const continuous: Readonly<Record<string, Made>> = {
  'langevin, wasm': made((e) => langevin(e, { temperature, timeStep, engine: 'wasm' })),
  'langevin, Euler-Maruyama, wasm': made((e) =>
    langevin(e, { temperature, timeStep, engine: 'wasm', method: 'euler-maruyama' }),
  ),
  'langevin, tensors': made((e) => langevin(e, { temperature, timeStep, engine: 'tensors' })),
  'baoab, wasm': made((e) => baoab(e, { temperature, timeStep, friction: 1, engine: 'wasm' })),
  'baoab, tensors': made((e) => baoab(e, { temperature, timeStep, friction: 1, engine: 'tensors' })),
  'sgld, wasm': made((e) => sgld(e, { temperature, timeStep, batch: 3, engine: 'wasm' })),
  'sgld, tensors': made((e) => sgld(e, { temperature, timeStep, batch: 3, engine: 'tensors' })),
  'mala, wasm': made((e) => mala(e, { temperature, timeStep, engine: 'wasm' })),
  'mala, tensors': made((e) => mala(e, { temperature, timeStep, engine: 'tensors' })),
  metropolis: made((e) => metropolis(e, { temperature, proposal: gaussian(0.5) })),
};

/** What a run of 600 steps from 0.5 everywhere ends with. */
type End = 'stops' | 'goes on' | 'may do either';

const wells: Readonly<Record<string, { term: SiteEnergy; end: (sampler: string) => End }>> = {
  'not a number, with a gradient': { term: (x) => x.component(0).sub(1000).log(), end: () => 'stops' },
  'not a number, without a gradient': { term: (x) => x.component(0).sub(1000).sqrt(), end: () => 'stops' },
  'not a number outside a well': { term: (x) => x.squaredNorm().neg().add(1).sqrt(), end: () => 'stops' },
  '+Infinity at once': { term: (x) => x.component(0).mul(0).log().neg(), end: () => 'stops' },
  '-Infinity at once': { term: (x) => x.component(0).mul(0).log(), end: () => 'stops' },
  '+Infinity behind a wall': {
    term: (x) => x.component(0).sub(x.component(0).max(0).log().mul(2)),
    end: (name) => (/mala|metropolis/.test(name) ? 'goes on' : 'may do either'),
  },
  diverging: {
    term: (x) => x.squaredNorm().square().neg(),
    end: (name) => (name === 'metropolis' ? 'goes on' : 'stops'),
  }, // it walks, and does not roll
};

const rows = (partial: unknown): readonly Samples[] =>
  'samples' in (partial as object) ? (partial as { samples: Samples[] }).samples : [partial as Samples];

/** The error of a run that stops by name, with the term and what was done. */
function requireStop(
  what: string,
  error: Error & { partial?: unknown; term?: string; step?: number },
  term = 'bad',
): void {
  assert.equal(error.name, 'RunFailed', `${what}: ${error.stack}`);
  assert.match(
    error.message,
    /^(langevin|baoab|sgld|mala|metropolis|glauber|heatBath|wolff|swendsenWang|sample|parallelTempering|drive|densityOfStates): /,
    what,
  );
  const isSlow = /200 steps in a row were refused/.test(error.message); // MALA knows no term then
  assert.ok(
    isSlow || (error.term === term && Number.isInteger(error.step)),
    `${what}: term ${error.term}, step ${error.step}: ${error.message}`,
  );
  for (const { states, state, steps } of rows(error.partial)) {
    assert.equal(states.length, steps.length, what);
    assert.ok(
      states.every((values) => values.every(Number.isFinite)),
      `${what}: records are finite`,
    );
    assert.ok(
      state.arrays['values'].every((x: number) => Number.isFinite(x)),
      `${what}: the state is whole`,
    );
  }
}

const run = (sampler: Sampler<AnyState>, initial: Field): Promise<Samples> =>
  sample(sampler, { initial, steps: 600, every: 20, seed: 1 });

for (const [name, make] of Object.entries(continuous)) {
  for (const [what, { term, end }] of Object.entries(wells)) {
    test(`${name}: an energy that is ${what}`, async () => {
      const energy = hamiltonian(ring(8), [interaction(), site(term, {}, { name: 'bad' })]);
      const found = await run(make(energy), constantField({ sites: 8, chains: 2 }, 0.5)).catch(
        (error: Error) => error,
      );
      const expected = end(name);
      if (found instanceof Error) {
        assert.notEqual(expected, 'goes on', found.message);
        requireStop(`${name}, ${what}`, found);
      } else {
        assert.notEqual(expected, 'stops', `${name}, ${what}`);
        assert.equal(found.states.length, 30);
      }
    });
  }
}

const ising = bond((a, b) => a.mul(b).sum().neg(), {}, { name: 'Ising' });
const bad = (energy: SiteEnergy): readonly Term[] => [
  ising,
  site(energy, {}, { name: 'bad', codomain: 'spin' }),
];
const spinEnergies: Readonly<Record<string, { terms: readonly Term[]; end: End }>> = {
  'not a number anywhere': { terms: bad((x) => x.sum().sub(10).log()), end: 'stops' },
  'not a number on -1': { terms: bad((x) => x.sum().add(0.5).log()), end: 'stops' },
  'not a number among unlike neighbours': {
    terms: [
      ising,
      star(
        (_, near) =>
          near
            .sum((y) => y)
            .sum()
            .add(1.5)
            .log(),
        {},
        { name: 'bad', codomain: 'spin' },
      ),
    ],
    end: 'stops',
  },
  'not a number after some sweeps': {
    terms: [
      ising,
      globalSum(
        (nodes) =>
          nodes
            .sum((x) => x.sum())
            .add(3)
            .log(),
        {},
        { name: 'bad', codomain: 'spin' },
      ),
    ],
    end: 'stops',
  },
  '+Infinity anywhere': { terms: bad((x) => x.sum().abs().sub(1).log().neg()), end: 'stops' },
  '-Infinity on -1': { terms: bad((x) => x.sum().add(1).log()), end: 'stops' },
  '-Infinity of a pair': {
    terms: [ising, bond((a, b) => a.add(b).sum().add(2).log(), {}, { name: 'bad', codomain: 'spin' })],
    end: 'stops',
  },
  '+Infinity on -1': { terms: bad((x) => x.sum().add(1).log().neg()), end: 'goes on' },
};
const up = new Field(new Float32Array(24).fill(1), { sites: 12, chains: 2, codomain: 'spin' });
const spinRuns: Readonly<Record<string, (energy: Hamiltonian) => Promise<unknown>>> = {
  ...Object.fromEntries(
    (['tensors', 'wasm'] as const).flatMap((engine) => [
      [`heat bath, ${engine}`, (e: Hamiltonian) => run(heatBath(e, { temperature, engine }) as never, up)],
      [`glauber, ${engine}`, (e: Hamiltonian) => run(glauber(e, { temperature, engine }) as never, up)],
      [
        `metropolis, ${engine}`,
        (e: Hamiltonian) => run(metropolis(e, { temperature, proposal: flip, engine }) as never, up),
      ],
    ]),
  ),
  wolff: (e) => run(wolff(e, { temperature }) as never, up),
  swendsenWang: (e) => run(swendsenWang(e, { temperature }) as never, up),
  parallelTempering: (e) =>
    parallelTempering({
      temperatures: [1, 2],
      sampler: (T) => heatBath(e, { temperature: T }),
      initial: up,
      steps: 600,
      every: 20,
      seed: 1,
    }),
  drive: (e) =>
    drive({
      energy: () => e,
      protocol: [1, 2, 3],
      temperature,
      sampler: (at, T) => heatBath(at, { temperature: T }),
      initial: up,
      steps: 200,
      seed: 1,
    }),
  densityOfStates: (e) => densityOfStates(e, { steps: 20, seed: 1, width: 2 }),
};

for (const [name, begin] of Object.entries(spinRuns)) {
  for (const [what, { terms, end }] of Object.entries(spinEnergies)) {
    test(`${name}: an energy of spins that is ${what}`, async () => {
      const energy = hamiltonian(ring(12), terms);
      const found = await (async () => begin(energy))().catch((error: Error) => error);
      if (!(found instanceof Error)) return assert.equal(end, 'goes on', `${name}, ${what}`);
      if (found.name !== 'RunFailed') {
        // refused before the first step, by name, with the term or the node
        return assert.match(
          found.message,
          /^(heatBath|glauber|metropolis|wolff|swendsenWang): .*("bad"|every value at node 0)/,
          `${name}, ${what}`,
        );
      }
      assert.ok(end === 'stops' || name === 'densityOfStates', found.message); // a forbidden state has no level
      if (name === 'drive' || name === 'densityOfStates') return assert.match(found.message, /term "bad"/);
      return requireStop(`${name}, ${what}`, found);
    });
  }
}

test('clusters that begin in a forbidden state stop by name, with the state before the step', async () => {
  // node 0 must be up and node 1 down: together in one cluster they have no value
  const sign = Float64Array.from({ length: 12 }, (_, i) => (i === 0 ? 1 : i === 1 ? -1 : 0));
  const energy = hamiltonian(ring(12), [
    bond((a, b) => a.mul(b).sum().mul(-50)),
    site((x, h) => x.sum().mul(h).add(1).max(0).log().neg(), { h: sign }, { name: 'bad', codomain: 'spin' }),
  ]);
  for (const make of [wolff, swendsenWang]) {
    const error = await run(make(energy, { temperature: 1 }) as never, up).then(
      () => assert.fail('it did not stop'),
      (failed: Error & { partial: Samples; chain: number }) => failed,
    );
    assert.match(
      error.message,
      new RegExp(
        `^${make.name}: the energy of (the present state|every label) is infinite \\(chain 0, step 0\\)`,
      ),
    );
    assert.deepEqual([...error.partial.state.arrays['values']], [...up.values]);
  }
});

test('samplers of continuous fields refuse a term that declares spins or labels', async () => {
  const graph = complete(6);
  const spins = hamiltonian(graph, [hopfield(graph, randomSpins({ sites: 6, seed: 1 }))]);
  const labels = hamiltonian(graph, [
    labelDistance([
      [0, 1],
      [1, 0],
    ]),
  ]);
  const own = hamiltonian(graph, [
    bond((a, b) => a.mul(b).sum().neg(), {}, { name: 'Ising', codomain: 'spin' }),
  ]);
  for (const make of [
    (e: Hamiltonian) => langevin(e, { temperature: 1, timeStep: 0.01 }),
    (e: Hamiltonian) => baoab(e, { temperature: 1, timeStep: 0.01, friction: 1 }),
    (e: Hamiltonian) => mala(e, { temperature: 1, timeStep: 0.01 }),
    (e: Hamiltonian) => sgld(e, { temperature: 1, timeStep: 0.01, batch: 2 }),
  ]) {
    await assert.rejects(
      sample(make(spins) as Sampler<AnyState>, { steps: 2 }),
      /^TypeError: \w+: moves continuous fields, got the term "Hopfield" of spins$/,
    );
    await assert.rejects(
      sample(make(labels) as Sampler<AnyState>, { steps: 2 }),
      /got the term "distance of labels" of labels$/,
    );
    await assert.rejects(
      sample(make(own) as Sampler<AnyState>, { steps: 2 }),
      /got the term "Ising" of spins$/,
    );
  }
  await sample(heatBath(spins, { temperature: 1 }), { steps: 2 });
  assert.throws(
    () => bond((a, b) => a.mul(b).sum(), {}, { codomain: 'spins' as never }),
    /bond: codomain must be one of real, .*did you mean "spin"/,
  );
});
