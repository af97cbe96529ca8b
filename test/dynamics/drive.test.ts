// Driven runs: the first law chain by chain, what jumps and baths are worth in cases known by hand, and what
// is refused.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import {
  baoab,
  drive,
  geometric,
  heatBath,
  langevin,
  mala,
  metropolis,
  flip,
  swendsenWang,
  type AnyState,
  type Sampler,
} from '../../src/dynamics/index.js';
import { bond, hamiltonian, interaction, site, type Hamiltonian } from '../../src/energies/index.js';
import { Aborted } from '../../src/display/index.js';
import { ready } from '../../src/tensors/index.js';
import { constantField, Field, normalField, randomSpins } from '../../src/fields/index.js';
import { complete, ring, smallWorld } from '../../src/graphs/index.js';

before(() => ready());

type Make = (energy: Hamiltonian, temperature: number) => Sampler<AnyState>;
const graph = smallWorld(12, 4, 0.2, { seed: 3 });
const inField = (h: number): Hamiltonian =>
  hamiltonian(graph, [bond((a, b) => a.mul(b).sum().neg()), site((x) => x.sum().mul(-h))]);
const springs = (J: number): Hamiltonian => hamiltonian(graph, [interaction({ J })]);

test('the first law holds chain by chain, and energies are those of the fields', async () => {
  const runs = {
    'heat bath, wasm': {
      energy: inField,
      sampler: (energy: Hamiltonian, temperature: number) => heatBath(energy, { temperature }),
    },
    'step by step': {
      energy: inField,
      sampler: (energy: Hamiltonian, temperature: number) =>
        metropolis(energy, { temperature, proposal: flip, engine: 'tensors' }),
    },
    clusters: {
      energy: inField,
      sampler: (energy: Hamiltonian, temperature: number) => swendsenWang(energy, { temperature }),
    },
    mala: {
      energy: springs,
      sampler: (energy: Hamiltonian, temperature: number) => mala(energy, { temperature, timeStep: 0.02 }),
    },
    langevin: {
      energy: springs,
      sampler: (energy: Hamiltonian, temperature: number) =>
        langevin(energy, { temperature, timeStep: 0.02 }),
    },
    baoab: {
      energy: springs,
      sampler: (energy: Hamiltonian, temperature: number) =>
        baoab(energy, { temperature, timeStep: 0.1, friction: 1 }),
    },
  };
  for (const [name, { energy, sampler }] of Object.entries(runs)) {
    const protocol = [0.5, 0.7, 1.1, 0.9];
    const run = await drive({
      energy,
      sampler: sampler as Make,
      protocol,
      temperature: geometric({ from: 2, to: 1, steps: 4 }),
      burnIn: 5,
      steps: 3,
      chains: 6,
      seed: 4,
    });
    const { work, heat, entropy, works, heats, energies, temperatures, state } = run;
    assert.deepEqual([works.length, heats.length, energies.length], [4, 4, 4]);
    for (let c = 0; c < 6; c++) {
      const change = energies[3][c] - energies[0][c];
      assert.ok(
        Math.abs(work[c] + heat[c] - change) < 1e-12 * Math.max(1, Math.abs(change), Math.abs(work[c])),
        name,
      );
      assert.ok(
        Math.abs(entropy[c] + heats.reduce((sum, Q, k) => sum + Q[c] / temperatures[k], 0)) < 1e-12,
        name,
      );
    }
    for (const by of [works, heats])
      assert.ok(
        by.slice(1).some((values) => values.some((x) => x !== 0)),
        name,
      );
    assert.equal(state.step, 5 + 3 * 3);
    assert.deepEqual(
      temperatures.map((T) => Number(T.toFixed(6))),
      Float64Array.of(2, 1.587401, 1.259921, 1),
    );
    const again = await drive({
      energy,
      sampler: sampler as Make,
      protocol,
      temperature: geometric({ from: 2, to: 1, steps: 4 }),
      burnIn: 5,
      steps: 3,
      chains: 6,
      seed: 4,
    });
    assert.deepEqual(again.works, works, name);
  }
});

test('work is what the jump costs the field that stands there; a change of temperature alone costs nothing', async () => {
  const up = new Field(new Float32Array(12 * 3).fill(1), { sites: 12, chains: 3, codomain: 'spin' });
  const frozen = await drive({
    energy: inField,
    protocol: [0, 1, 3],
    temperature: 1e-9,
    initial: up,
    chains: 3,
    seed: 1,
    sampler: (energy, temperature) => heatBath(energy, { temperature }),
  });
  assert.deepEqual([...frozen.work], [-36, -36, -36]); // -(3 - 0) x 12 spins
  assert.deepEqual([...frozen.heat], [0, 0, 0]);
  const cooled = await drive({
    energy: () => inField(0.2),
    protocol: [0, 1, 2, 3, 4],
    temperature: geometric({ from: 5, to: 0.5, steps: 5 }),
    burnIn: 20,
    steps: 5,
    chains: 64,
    seed: 1,
    sampler: (energy, temperature) => heatBath(energy, { temperature }),
  });
  assert.ok(cooled.work.every((W) => W === 0));
  const total = (values: Float64Array): number => values.reduce((sum, x) => sum + x, 0);
  assert.ok(total(cooled.heat) < 0 && total(cooled.entropy) > -total(cooled.heat) / 5);
});

test('velocities go on from stage to stage', async () => {
  const free = hamiltonian(ring(3), [site((x) => x.squaredNorm().mul(0))]);
  const sampler = (energy: Hamiltonian, temperature: number) =>
    baoab(energy, { temperature, timeStep: 0.1, friction: 1e-9 });
  const initial = constantField({ sites: 3, chains: 2 }, 0);
  const one = await drive({
    energy: () => free,
    protocol: [0, 0],
    temperature: 1,
    sampler,
    steps: 40,
    initial,
    seed: 2,
  });
  const many = await drive({
    energy: () => free,
    protocol: new Array<number>(41).fill(0),
    temperature: 1,
    sampler,
    initial,
    seed: 2,
  });
  assert.deepEqual(many.state.arrays, one.state.arrays);
});

test('what is no driven run is refused, and one can be aborted', async () => {
  const sampler = (energy: Hamiltonian, temperature: number) => heatBath(energy, { temperature });
  const initial = randomSpins({ sites: 12, seed: 1 });
  const good = { energy: inField, protocol: [0, 1], temperature: 1, sampler, initial, seed: 1 };
  await assert.rejects(
    drive({ ...good, protocol: [1] }),
    /drive: the protocol needs at least two values, got 1/,
  );
  await assert.rejects(
    drive({ ...good, temperature: 0 }),
    /drive: the temperature of stage 0 must be positive and finite, got 0/,
  );
  await assert.rejects(drive({ ...good, steps: 0 }), /drive: steps must be an integer in \[1, .*, got 0/);
  await assert.rejects(
    drive({ ...good, initial: undefined }),
    /drive: needs a burnIn, or an initial field in the law of stage 0/,
  );
  const other = (energy: Hamiltonian, temperature: number) =>
    mala(energy, { temperature, timeStep: 0.01 * temperature });
  const real = normalField({ sites: 12, seed: 1 });
  await assert.rejects(
    drive({
      ...good,
      energy: springs,
      protocol: [1, 2],
      temperature: geometric({ from: 1, to: 2, steps: 2 }),
      initial: real,
      sampler: other,
    }),
    /cannot resume a state saved by/,
  );
  const stale = (_: Hamiltonian, temperature: number) => heatBath(inField(0), { temperature });
  await assert.rejects(
    drive({ ...good, sampler: stale }),
    /drive: sampler\(energy, 1\) must have that energy/,
  );
  const hot = (energy: Hamiltonian) => heatBath(energy, { temperature: 3 });
  await assert.rejects(
    drive({ ...good, sampler: hot }),
    /drive: sampler\(energy, 1\) must have that temperature, got one of 3/,
  );
  const controller = new AbortController();
  const seen: number[] = [];
  const long = drive({
    ...good,
    energy: () => hamiltonian(complete(12), [interaction({ J: 0 })]),
    protocol: new Array<number>(1e6).fill(0),
    signal: controller.signal,
    onProgress: (done) => {
      seen.push(done);
      controller.abort();
    },
  });
  await assert.rejects(long, Aborted);
  assert.ok(seen.length >= 1 && seen[0] > 0 && seen[0] < 1e6);
});

test('a timer stops a run of many short stages', async () => {
  const stop = new AbortController();
  setTimeout(() => stop.abort(), 100);
  const run = drive({
    energy: () => inField(0),
    protocol: new Float64Array(1e5),
    temperature: 1,
    sampler: (energy, temperature) => heatBath(energy, { temperature, engine: 'tensors' }),
    burnIn: 1,
    seed: 1,
    signal: stop.signal,
  });
  await assert.rejects(run, Aborted);
});
