// Work of driven runs against exact free energies: <exp(-W/T)> = exp(-dF/T) at any speed (Jarzynski), there
// and back
//   <1 / (1 + e^((W - dF)/T))>_forward = <1 / (1 + e^((W + dF)/T))>_backward (Crooks, in Bennett's form),
// the mean work of a staircase that relaxes completely, sum of <H_k - H_(k-1)>_(k-1), and heat against it.
//   Ising in a rising field, by single moves and clusters: dF by enumeration
//   the coupling of a Gaussian free field by MALA: dF = (N - 1)(T / 2) ln(J1 / J0), 1.7329 on K6 (oracle O12)
// Euler-Maruyama steps as coarse as MALA's break the equality: the test sees it.
// Sources: Jarzynski, doi:10.1103/PhysRevLett.78.2690; Crooks, doi:10.1103/PhysRevE.60.2721; Bennett,
// doi:10.1016/0021-9991(76)90078-4.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import {
  drive,
  type DrivenRun,
  flip,
  glauber,
  heatBath,
  langevin,
  mala,
  metropolis,
  swendsenWang,
  wolff,
  type AnyState,
  type Sampler,
} from '../../src/dynamics/index.js';
import { bond, type Hamiltonian, hamiltonian, interaction, site } from '../../src/energies/index.js';
import { ready } from '../../src/tensors/index.js';
import { boltzmannLaw, isingEnergies, rampFreeEnergy } from '../../src/exact/index.js';
import { complete, smallWorld } from '../../src/graphs/index.js';
import { meanWithError } from '../../src/statistics/mean.js';
import { long, seedOf } from './scale.js';
import { anyOf, likely, LEVEL, meanByChance, normalByChance, sameMean } from './statistics.js';

before(() => ready());

type Make = (energy: Hamiltonian, temperature: number) => Sampler<AnyState>;
const graph = smallWorld(8, 4, 0.3, { seed: 5 });
const inField = (h: number): Hamiltonian =>
  hamiltonian(graph, [bond((a, b) => a.mul(b).sum().neg()), site((x) => x.sum().mul(-h))]);
const T = 3;
const chains = long(40_000, 2400);

const fermi = (W: Float64Array, dF: number, T: number): Float64Array =>
  W.map((w) => 1 / (1 + Math.exp((w - dF) / T)));
function crooks(there: DrivenRun, back: DrivenRun, dF: number, T: number): number {
  const [a, b] = [meanWithError(fermi(there.work, dF, T)), meanWithError(fermi(back.work, -dF, T))];
  return normalByChance((a.mean - b.mean) / Math.hypot(a.standardError, b.standardError));
}
const jarzynski = (W: Float64Array, dF: number, T: number): number =>
  meanByChance(
    W.map((w) => Math.exp(-(w - dF) / T)),
    1,
  );

const samplers: Record<string, Make> = {
  'heat bath': (energy, temperature) => heatBath(energy, { temperature }) as Sampler<AnyState>,
  glauber: (energy, temperature) => glauber(energy, { temperature, order: 'random' }) as Sampler<AnyState>,
  metropolis: (energy, temperature) =>
    metropolis(energy, { temperature, proposal: flip, engine: 'wasm' }) as Sampler<AnyState>,
  swendsenWang: (energy, temperature) => swendsenWang(energy, { temperature }) as Sampler<AnyState>,
  wolff: (energy, temperature) => wolff(energy, { temperature }) as Sampler<AnyState>,
};

for (const [name, sampler] of Object.entries(samplers)) {
  test(`${name}: a spin system in a field that rises and falls again`, async () => {
    const isCluster = name === 'wolff' || name === 'swendsenWang';
    const protocol = [0, 0.15, 0.3, 0.45, 0.6];
    const [F0, F1] = [0, 0.6].map((h) => boltzmannLaw(isingEnergies(graph, h), T).freeEnergy);
    const run = (lambdas: number[], way: string): Promise<DrivenRun> =>
      drive({
        energy: inField,
        protocol: lambdas,
        temperature: T,
        sampler,
        burnIn: isCluster ? 60 : 40,
        chains: isCluster ? long(40_000, 1200) : chains,
        seed: seedOf(name, way),
      });
    const [there, back] = [await run(protocol, 'there'), await run(protocol.toReversed(), 'back')];
    likely('Jarzynski', anyOf([jarzynski(there.work, F1 - F0, T), jarzynski(back.work, F0 - F1, T)]));
    likely('Crooks', crooks(there, back, F1 - F0, T));
    // the second law, and by more than chance: the ramp is fast
    const { mean, standardError } = meanWithError(there.work);
    assert.ok(mean - (F1 - F0) > 5 * standardError, `<W> = ${mean}, dF = ${F1 - F0}`);
  });
}

test('a staircase that relaxes completely: mean work and heat, stage by stage', async () => {
  const protocol = [0.2, 0.5, 0.8];
  const laws = protocol.map((h) => boltzmannLaw(isingEnergies(graph, h), T).probabilities);
  const energies = protocol.map((h) => isingEnergies(graph, h));
  const average = (law: number, stage: number): number =>
    laws[law].reduce((sum, p, s) => sum + p * energies[stage][s], 0);
  const run = await drive({
    energy: inField,
    protocol,
    temperature: T,
    sampler: samplers['heat bath'],
    burnIn: 60,
    steps: 60,
    chains,
    seed: seedOf('staircase'),
  });
  for (const stage of [1, 2]) {
    sameMean(
      `work at stage ${stage}`,
      run.works[stage],
      average(stage - 1, stage) - average(stage - 1, stage - 1),
      long(0.08, 0.3),
    );
    sameMean(
      `heat at stage ${stage}`,
      run.heats[stage],
      average(stage, stage) - average(stage - 1, stage),
      long(0.2, 1),
    );
  }
  sameMean(
    'entropy of the bath',
    run.entropy,
    -(average(1, 1) - average(0, 1) + average(2, 2) - average(1, 2)) / T,
    long(0.2, 1),
  );
});

test('O12: MALA, the coupling of K6 from 1 to 2 (1.7329), which Euler-Maruyama misses', async () => {
  const dF = rampFreeEnergy({ temperature: 1, nodeCount: 6, from: 1, to: 2 });
  const energy = (J: number): Hamiltonian => hamiltonian(complete(6), [interaction({ J })]);
  const protocol = [1, 1.2, 1.4, 1.6, 1.8, 2];
  const run = (lambdas: number[], sampler: Make, way: string): Promise<DrivenRun> =>
    drive({
      energy,
      protocol: lambdas,
      temperature: 1,
      sampler,
      burnIn: 60,
      steps: 2,
      chains,
      seed: seedOf('K6', way),
    });
  const exact: Make = (driven, temperature) =>
    mala(driven, { temperature, timeStep: 0.03 }) as Sampler<AnyState>;
  const [there, back] = [
    await run(protocol, exact, 'there'),
    await run(protocol.toReversed(), exact, 'back'),
  ];
  likely('Jarzynski', anyOf([jarzynski(there.work, dF, 1), jarzynski(back.work, -dF, 1)]));
  likely('Crooks', crooks(there, back, dF, 1));
  const euler: Make = (driven, temperature) =>
    langevin(driven, { temperature, timeStep: 0.03, method: 'euler-maruyama' }) as Sampler<AnyState>;
  const biased = await run(protocol, euler, 'Euler');
  assert.ok(jarzynski(biased.work, dF, 1) < LEVEL, 'Euler-Maruyama passes');
});
