// MALA has the law exp(-H/T) at any time step: springs in all gauges, y_k normal with variance T / mu_k, and
// a ring of rotors whose <cos 2(x_i - x_j)> is known (transfer matrix, see ./anharmonic.test.ts), at steps
// where Euler-Maruyama and Leimkuhler-Matthews are far from it. One spring's acceptance is a double integral:
// with z, xi standard normal,
//   x = z sqrt(T / mu), x' = (1 - h mu) x + sqrt(2 T h) xi,  accepted with min(1, e^a), which for a spring is
//   a = -(h mu / 4) mu (x'^2 - x^2) / T.
// Source: src/dynamics/langevin/mala.ts; a by the formula there, with g = mu x.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { mala, sample } from '../../src/dynamics/index.js';
import { bond, hamiltonian, interaction, site } from '../../src/energies/index.js';
import { ready } from '../../src/tensors/index.js';
import { constantField, pinned } from '../../src/fields/index.js';
import { karateClub, ring } from '../../src/graphs/index.js';
import { long, seedOf } from './scale.js';
import { amplitudes, springs } from './springs.js';
import { likely, meanByChance, sameMean, standardNormal } from './statistics.js';

before(() => ready());

const graph = karateClub();
const T = 0.7;

for (const [gauge, held] of [
  ['free', []],
  ['centred', []],
  ['pinned', [0, 33]],
] as const) {
  test(`springs, ${gauge}: every mode has the variance T / mu`, async () => {
    const [chains, components] = [long(2048, 96), 2];
    const energy = hamiltonian(graph, [interaction({ J: 0.5 })]);
    const { stiffness, modes } = springs(graph, held);
    const flat = constantField({ sites: 34, components, chains }, 0);
    const initial =
      gauge === 'free' ? flat : gauge === 'pinned' ? pinned(flat, held) : flat.with(flat.values, { gauge });
    const h = 0.05;
    const steps = Math.ceil(16 / (h * stiffness[0]));
    const samples = await sample(mala(energy, { temperature: T, timeStep: h }), {
      initial,
      steps,
      every: steps,
      seed: seedOf(gauge),
    });
    const z = modes.flatMap((mode, k) =>
      Array.from(amplitudes(samples, 0, mode), (y) => y / Math.sqrt(T / stiffness[k])),
    );
    standardNormal('amplitudes', z);
    const accepted = samples.acceptance!;
    assert.ok(
      accepted.every((fraction) => fraction > 0.3 && fraction < 0.98),
      `acceptance ${accepted[0]}`,
    );
  });
}

test('a ring of rotors has the exact order at a coarse step', async () => {
  const nodes = 8;
  const circle = Array.from({ length: 96 }, (_, i) => (i * 2 * Math.PI) / 96);
  const bessel = (n: number): number =>
    circle.reduce((sum, x) => sum + Math.exp(Math.cos(x)) * Math.cos(n * x), 0);
  let [Z, weighted] = [0, 0];
  for (let n = -20; n <= 20; n++) {
    Z += bessel(n) ** nodes;
    weighted += (bessel(n) ** (nodes - 1) * (bessel(n - 2) + bessel(n + 2))) / 2;
  }
  const energy = hamiltonian(ring(nodes), [bond((a, b) => a.sub(b).component(0).cos().neg())]);
  const chains = long(2048, 512);
  const samples = await sample(mala(energy, { temperature: 1, timeStep: 0.48 }), {
    chains,
    burnIn: 100,
    steps: long(2000, 400),
    every: 8,
    seed: seedOf('rotors'),
  });
  const order = new Float64Array(chains);
  for (const state of samples.states) {
    for (let at = 0; at < state.length; at++) {
      order[at % chains] +=
        Math.cos(2 * (state[at] - state[(at + chains) % state.length])) / (nodes * samples.states.length);
    }
  }
  sameMean('<cos 2(x_i - x_j)>', order, weighted / Z, long(0.02, 0.1));
});

test('one spring accepts as often as its double integral says', async () => {
  const [mu, h] = [1, 1.5];
  const points = Array.from({ length: 401 }, (_, k) => -8 + 0.04 * k);
  let exact = 0;
  for (const z of points) {
    for (const xi of points) {
      const x = z * Math.sqrt(T / mu);
      const moved = (1 - h * mu) * x + Math.sqrt(2 * T * h) * xi;
      const a = (-(h * mu) / 4) * ((mu * (moved * moved - x * x)) / T);
      exact += (Math.exp(-(z * z + xi * xi) / 2) / (2 * Math.PI)) * Math.min(1, Math.exp(a)) * 0.04 ** 2;
    }
  }
  const apart = hamiltonian(ring(3), [site((x, k) => x.squaredNorm().mul(k), { k: [mu / 2, 0, 0] })]);
  const sampler = mala(apart, { temperature: T, timeStep: h });
  const samples = await sample(sampler, {
    chains: 64,
    steps: long(20_000, 2000),
    every: long(20_000, 2000),
    seed: seedOf('one spring'),
  });
  likely(
    'acceptance',
    meanByChance(samples.acceptance!, exact),
    `(${samples.acceptance![0]}, exactly ${exact})`,
  );
  assert.ok(exact < 0.9, `${exact}`);
});
