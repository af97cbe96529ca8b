// Parallel tempering against enumeration, on a complete graph of spins that a heat bath at the lowest
// temperature cannot turn: all ladders start with every spin up, and must end half down. Swaps at the wrong
// rate bend the law of every temperature.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { heatBath, metropolis, flip, parallelTempering, sample } from '../../src/dynamics/index.js';
import { bond, hamiltonian } from '../../src/energies/index.js';
import { ready } from '../../src/tensors/index.js';
import { boltzmannLaw, isingEnergies } from '../../src/exact/index.js';
import { Field } from '../../src/fields/index.js';
import { complete } from '../../src/graphs/index.js';
import { long, seedOf } from './scale.js';
import { likely, meanByChance } from './statistics.js';

before(() => ready());

test('energies and magnetisation at all temperatures are the enumerated ones, where one temperature alone stays put', async () => {
  const [graph, temperatures, chains] = [complete(8), [1.8, 2.6, 3.8, 5.5, 9], 64];
  const energy = hamiltonian(graph, [bond((a, b) => a.mul(b).sum().neg())]);
  const initial = new Field(new Float32Array(8 * chains).fill(1), { sites: 8, chains, codomain: 'spin' });
  const alone = await sample(heatBath(energy, { temperature: 1.8 }), {
    initial,
    steps: 200,
    every: 200,
    seed: 1,
  });
  assert.ok(alone.states[0].filter((x) => x < 0).length < 64, 'the test system is no trap');
  for (const sampler of [
    (temperature: number) => heatBath(energy, { temperature }),
    (temperature: number) => metropolis(energy, { temperature, proposal: flip }),
  ]) {
    const { samples, swaps, roundTrips } = await parallelTempering<never>({
      temperatures,
      sampler: sampler as never,
      initial,
      chains,
      burnIn: 60,
      steps: long(2000, 80),
      seed: seedOf('tempering'),
    });
    temperatures.forEach((T, k) => {
      const energies = isingEnergies(graph);
      const { probabilities } = boltzmannLaw(energies, T);
      const exact = energies.reduce((sum, E, s) => sum + probabilities[s] * E, 0);
      const [mean, up] = [new Float64Array(chains), new Float64Array(chains)];
      for (const values of samples[k].states) {
        for (let c = 0; c < chains; c++) {
          const M = Array.from({ length: 8 }, (_, i) => values[i * chains + c]).reduce(
            (sum, s) => sum + s,
            0,
          );
          mean[c] += (8 - M * M) / 2 / samples[k].states.length;
          up[c] += M / 8 / samples[k].states.length;
        }
      }
      likely(`<H> at T = ${T}`, meanByChance(mean, exact), `(${mean[0]}, exactly ${exact})`);
      likely(`<M> at T = ${T}`, meanByChance(up, 0));
    });
    assert.ok(swaps.every(({ rate, tried, taken }) => rate > 0.1 && rate < 1 && rate === taken / tried));
    assert.ok(roundTrips.reduce((sum, n) => sum + n, 0) > chains);
  }
});
