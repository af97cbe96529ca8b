// MALA and BAOAB as samplers: what they refuse, gauges, runs that go on from a saved state, one seed one run.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import {
  baoab,
  geometric,
  kineticTemperature,
  mala,
  parseState,
  sample,
  serialiseState,
} from '../../src/dynamics/index.js';
import { hamiltonian, interaction, site } from '../../src/energies/index.js';
import { ready } from '../../src/tensors/index.js';
import { constantField, normalField, pinned, randomSpins } from '../../src/fields/index.js';
import { ring, smallWorld } from '../../src/graphs/index.js';
import { certify, configurationalTemperature } from '../../src/measure/index.js';
import { mean } from '../../src/statistics/index.js';

before(() => ready());

const graph = smallWorld(12, 4, 0.2, { seed: 3 });
const energy = hamiltonian(graph, [interaction(), site((x) => x.squaredNorm().sub(1).square().mul(0.25))]);
const samplers = [
  mala(energy, { temperature: 0.8, timeStep: 0.05 }),
  baoab(energy, { temperature: 0.8, timeStep: 0.15, friction: 1, mass: 1.5 }),
] as const;

test('a run that was saved goes on as if it had not been', async () => {
  for (const sampler of samplers) {
    const options = { chains: 5, components: 2, seed: 8 };
    const whole = await sample<never>(sampler as never, { ...options, steps: 60 });
    const first = await sample<never>(sampler as never, { ...options, steps: 25 });
    const rest = await sample<never>(sampler as never, {
      steps: 35,
      resume: parseState(serialiseState(first.state)),
    });
    assert.deepEqual(rest.states.at(-1), whole.states.at(-1), sampler.name);
    assert.deepEqual(rest.acceptance, whole.acceptance);
    assert.deepEqual(rest.state.arrays, whole.state.arrays);
    const other = await sample<never>(sampler as never, { ...options, seed: 9, steps: 60 });
    assert.notDeepEqual(other.states.at(-1), whole.states.at(-1));
  }
});

test('held nodes stay where they are, and a centred field keeps its mean', async () => {
  const flat = normalField({ sites: 12, components: 2, chains: 4, seed: 1 });
  for (const sampler of samplers) {
    const initial = pinned(flat, [0, 5]);
    const { states } = await sample<never>(sampler as never, { initial, steps: 20, seed: 1 });
    for (const node of [0, 5])
      assert.deepEqual(
        states.at(-1)!.slice(node * 8, node * 8 + 8),
        flat.values.slice(node * 8, node * 8 + 8),
      );
    const zero = constantField({ sites: 12, chains: 4 }, 0);
    const centred = await sample<never>(sampler as never, {
      initial: zero.with(zero.values, { gauge: 'centred' }),
      steps: 200,
      seed: 1,
    });
    for (let c = 0; c < 4; c++)
      assert.ok(Math.abs(mean(centred.states.at(-1)!.filter((_, at) => at % 4 === c))) < 1e-5);
  }
});

test('the certificate passes MALA at a step where Euler-Maruyama fails, and BAOAB', async () => {
  for (const sampler of [mala(energy, { temperature: 0.8, timeStep: 0.06 }), samplers[1]]) {
    const samples = await sample<never>(sampler as never, {
      chains: 32,
      burnIn: 400,
      steps: 6000,
      every: 10,
      seed: 5,
    });
    assert.deepEqual(certify(samples, energy).findings, [], sampler.name);
  }
});

test('kinetic and configurational temperature are measured apart', async () => {
  const springs = hamiltonian(ring(8), [site((x) => x.squaredNorm().mul(0.5))]);
  const sampler = baoab(springs, { temperature: 0.5, timeStep: 1, friction: 1 });
  const samples = await sample(sampler, { chains: 512, burnIn: 40, steps: 20, every: 1, seed: 2 });
  const positions = configurationalTemperature(samples, springs).estimate;
  const velocities = mean(kineticTemperature(sampler.restore(samples.state)));
  assert.ok(Math.abs(positions / 0.5 - 1) < 0.05, `positions ${positions}`);
  assert.ok(Math.abs(velocities / (0.5 * (1 - 1 / 4)) - 1) < 0.12, `velocities ${velocities}`); // 4 errors
});

test('a run that stands still stops and says so; what cannot be run is refused', async () => {
  const stuck = mala(energy, { temperature: 0.01, timeStep: 5 });
  const initial = normalField({ sites: 12, chains: 3, seed: 1 });
  await assert.rejects(
    sample(stuck, { initial, steps: 1000, seed: 1 }),
    /mala: 200 steps in a row were refused in all 3 chains, up to step 199; timeStep 5/,
  );
  assert.throws(
    () => mala(energy, { temperature: 1, timeStep: 0 }),
    /mala: timeStep must be positive and finite, got 0/,
  );
  assert.throws(
    () => mala(energy, { temperature: -1, timeStep: 1 }),
    /temperature must be finite and not negative, got -1/,
  );
  await assert.rejects(
    sample(mala(energy, { temperature: 0, timeStep: 0.1 }), { steps: 1, seed: 1 }),
    /mala: the temperature at step 0 must be positive/,
  );
  assert.throws(
    () => baoab(energy, { temperature: 1, timeStep: 0.1, friction: 0 }),
    /baoab: friction must be positive and finite, got 0/,
  );
  assert.throws(
    () => baoab(energy, { temperature: 1, timeStep: 0.1, friction: 1, mass: -2 }),
    /baoab: mass must be positive and finite, got -2/,
  );
  const coarse = baoab(energy, { temperature: 1, timeStep: 3, friction: 1 });
  assert.throws(
    () => coarse.init(initial, 1),
    /baoab: timeStep must be below 2 sqrt\(m \/ lambda_max\) = 0\.\d+ .*, got 3/,
  );
  const spins = randomSpins({ sites: 12, seed: 1 });
  for (const sampler of samplers)
    assert.throws(() => sampler.init(spins, 1), /moves continuous fields, got a spin field/);
  const cooled = await sample(
    mala(energy, { temperature: geometric({ from: 1, to: 0.1, steps: 50 }), timeStep: 0.05 }),
    { steps: 50, every: 50, seed: 1 },
  );
  assert.ok(Math.abs(cooled.temperature - 0.1) < 1e-12);
});
