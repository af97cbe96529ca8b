// Bits that a run overwrites, and the least heat of erasing them, k_B T ln 2 each (oracle O35). From
// Boltzmann's law pi on, a single-site rule changes a spin with probability 1 - sum over s of pi_s P_ss an
// attempt, P its exact transition matrix. Source: Landauer, DOI 10.1147/rd.53.0183;
// src/exact/markov/transitionMatrix.ts.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { flip, glauber, heatBath, metropolis, sample } from '../../src/dynamics/index.js';
import { bond, hamiltonian, site } from '../../src/energies/index.js';
import { ready } from '../../src/tensors/index.js';
import { transitionMatrix } from '../../src/exact/index.js';
import { smallWorld } from '../../src/graphs/index.js';
import {
  boundPrices,
  countOverwrites,
  devicePrices,
  landauerBound,
  landauerLedger,
} from '../../src/measure/index.js';
import { drawnFrom } from './law.js';
import { long, seedOf } from './scale.js';
import { sameMean } from './statistics.js';

before(() => ready());

test('O35: as many bits are overwritten as the transition matrix says, at k_B T ln 2 each', async () => {
  const near = (actual: number, expected: number, relative: number): void =>
    assert.ok(Math.abs(actual / expected - 1) < relative, `${actual}, not ${expected}`);
  near(landauerBound(300), 2.870979e-21, 1e-6);
  near(boundPrices(devicePrices, 300)['hashes'].joules, 7.35e-19, 1e-3);
  const [graph, T, chains, steps] = [smallWorld(7, 4, 0.3, { seed: 2 }), 4, 64, long(20_000, 1000)];
  const energy = hamiltonian(graph, [bond((a, b) => a.mul(b).sum().neg()), site((s) => s.sum().mul(-0.4))]);
  for (const [rule, sampler] of [
    ['heat bath', heatBath(energy, { temperature: T, order: 'random' })],
    ['glauber', glauber(energy, { temperature: T, order: 'random' })],
    ['metropolis', metropolis(energy, { temperature: T, proposal: flip, order: 'random', engine: 'wasm' })],
  ] as const) {
    const { matrix, law, states } = transitionMatrix({
      nodes: 7,
      values: [-1, 1],
      energy: (x) => energy.energy64(x),
      temperature: T,
      rule,
    });
    const changed = law.reduce((sum, p, s) => sum + p * (1 - matrix.get(s, s)), 0);
    const samples = await sample(sampler as never, {
      initial: drawnFrom(states, law, { chains, codomain: 'spin', seed: seedOf('bits', rule) }),
      steps,
      every: steps,
      seed: seedOf('bits', rule),
    });
    const bits = Array.from(
      { length: chains },
      (_, c) => countOverwrites({ ...samples, acceptance: [samples.acceptance![c]] }).bits,
    );
    sameMean(rule, bits, changed * steps * 7, long(0.01, 0.05));
    near(
      landauerLedger({ bits: countOverwrites(samples).bits }).bound,
      bits.reduce((sum, n) => sum + n, 0) * 300 * 1.380649e-23 * Math.LN2,
      1e-12,
    );
  }
});
