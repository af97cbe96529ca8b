// Inputs that are small to write and large to work on: each ends at once, with a result or an error by name.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { langevin, parallelTempering, sample } from '../../src/dynamics/index.js';
import { bond, flow, hamiltonian, interaction, site } from '../../src/energies/index.js';
import { type Expression, latex, scalar } from '../../src/expressions/index.js';
import { constantField, normalField, randomSpins } from '../../src/fields/index.js';
import { ring } from '../../src/graphs/index.js';
import { ready } from '../../src/tensors/index.js';

before(() => ready());

const times = (count: number, start: Expression, change: (x: Expression) => Expression): Expression =>
  Array.from({ length: count }).reduce<Expression>((x) => change(x), start);

test('a formula whose parts are shared forty times over prints as its length', () => {
  assert.equal(
    latex(times(40, scalar('x'), (x) => x.mul(x).add(x))),
    '\\text{scalar expression of 2.4e+19 operations}',
  );
  const energy = hamiltonian(ring(4), [
    bond((a, b) => times(40, a.sub(b).squaredNorm(), (x) => x.mul(x).add(x))),
  ]);
  assert.match(energy.latex(), /scalar expression of 7\.3e\+19 operations/);
  assert.match(energy.hash, /^[0-9a-f]{64}$/);
});

test('formulas that are too deep are refused by name', () => {
  const deep = (x: Expression): Expression => times(1e4, x.sum(), (y) => y.add(1).sin());
  assert.throws(
    () => site(deep),
    /^RangeError: site: a formula must be at most 1000 operations deep, got 20002$/,
  );
  assert.throws(() => bond((a, b) => deep(a.sub(b))), /^RangeError: bond: a formula must be at most 1000/);
  assert.throws(() => flow((a) => deep(a)), /^RangeError: flow: a formula must be at most 1000/);
});

test('thousands of components run on tensors, and compiled engines refuse them by name', async () => {
  const energy = hamiltonian(ring(6), [interaction(), site((x) => x.logSumExp())]);
  const run = (engine: 'wasm' | 'tensors') =>
    sample(langevin(energy, { temperature: 1, timeStep: 0.01, engine }), { components: 2000, steps: 2 });
  assert.equal((await run('tensors')).states[0].length, 12_000);
  await assert.rejects(
    run('wasm'),
    /^RangeError: langevin: compiled code takes at most 256 components, got 2000; engine 'tensors' takes more$/,
  );
});

test('fields and records that no memory holds are refused with their size', async () => {
  for (const make of [
    () => constantField({ sites: 2, components: 2 ** 31 - 1 }, 0),
    () => normalField({ sites: 2e9, seed: 1 }),
    () => randomSpins({ sites: 1e6, chains: 1e6, seed: 1 }),
  ])
    assert.throws(
      make,
      /^RangeError: Field: a field must have at most 2\^30 numbers, 4 GiB, got \d+ for the shape/,
    );
  const sampler = (temperature: number) =>
    langevin(hamiltonian(ring(1e4), [interaction()]), { temperature, timeStep: 0.01 });
  await assert.rejects(
    sample(sampler(1), { steps: 1e9 }),
    /^RangeError: sample: 1000000000 records of 10000 numbers need 40(,000)? TB of memory, there are /,
  );
  await assert.rejects(
    parallelTempering({ temperatures: [1, 2], sampler, steps: 1e9 }),
    /^RangeError: parallelTempering: 2000000000 records of 10000 numbers need 80(,000)? TB/,
  );
});
