// Spins and labels by single-site moves against exact results at the size that is run (oracles O13 to O19,
// O21, O22): chain, square, complete graph with and without pinned spins, random regular graphs, Potts.
// Sites are drawn at random where time matters, as the closed forms have it. Each average is one number a
// chain.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import {
  heatBath,
  metropolis,
  flip,
  multispin,
  sample,
  swendsenWang,
  type Sampler,
  type SampleOptions,
} from '../../src/dynamics/index.js';
import { bond, type Hamiltonian, hamiltonian } from '../../src/energies/index.js';
import { ready } from '../../src/tensors/index.js';
import {
  betheIsing,
  boltzmannLaw,
  completeIsing,
  completePotts,
  glauberWalls,
  kaufmanIsing,
  ringIsing,
  squareIsing,
} from '../../src/exact/index.js';
import { Field } from '../../src/fields/index.js';
import { complete, disjointUnion, type Graph, randomRegular, ring, torus } from '../../src/graphs/index.js';
import { energyOf, magnetisation, observe, type Observable, separated } from '../../src/measure/index.js';
import { mean } from '../../src/statistics/index.js';
import { long, seedOf } from './scale.js';
import { sameMean } from './statistics.js';

before(() => ready());

const ising = (graph: Graph, J = 1): Hamiltonian =>
  hamiltonian(graph, [bond((a, b, J) => a.mul(b).sum().mul(J).neg(), { J })]);
const potts = (graph: Graph, J = 1): Hamiltonian =>
  hamiltonian(graph, [bond((a, b, J) => a.sub(b).square().sum().min(1).sub(1).mul(J), { J })]);
/** One mean over the records for each chain. */
const averages = async (sampler: Sampler<never>, of: Observable, options: SampleOptions): Promise<number[]> =>
  observe(await sample(sampler, options), of).map((series) => mean(series));
const asAny = (sampler: unknown): Sampler<never> => sampler as Sampler<never>;
const range = (count: number): number[] => Array.from({ length: count }, (_, k) => k);

test("O13: the ring's energy by heat bath in three orders, and by Metropolis", async () => {
  const [N, T, chains] = [32, 1, long(256, 128)];
  const energy = ising(ring(N));
  const exact = N * ringIsing(N, { temperature: T }).meanEnergyPerNode;
  const samplers = {
    colouring: heatBath(energy, { temperature: T }),
    sequential: heatBath(energy, { temperature: T, order: 'sequential' }),
    random: heatBath(energy, { temperature: T, order: 'random' }),
    metropolis: metropolis(energy, { temperature: T, proposal: flip, engine: 'wasm' }),
  };
  for (const [name, sampler] of Object.entries(samplers)) {
    const energies = await averages(asAny(sampler), energyOf(energy), {
      chains,
      burnIn: 100,
      steps: long(2000, 800),
      every: 4,
      seed: seedOf(name),
    });
    sameMean(name, energies, exact, long(0.005, 0.02));
  }
});

test('O14: walls of the quenched ring, random sites', async () => {
  const samples = await sample(heatBath(ising(ring(4000)), { temperature: 0, order: 'random' }), {
    chains: long(256, 64),
    steps: 10,
    seed: seedOf('walls'),
  });
  const walls = observe(samples, (s) => mean(s.map((spin, i) => Number(spin !== s[(i + 1) % s.length]))));
  for (const t of [1, 2, 5, 10])
    sameMean(
      `t = ${t}`,
      walls.map((series) => series[t - 1]!),
      glauberWalls(t),
      long(0.02, 0.04),
    );
});

test("O15: Onsager's energy and Yang's magnetisation, on tori where they are not to be told from the infinite lattice", async () => {
  const L = 64;
  for (const [T, u, m] of [
    [1.5, -1.951117, 0.9865],
    [2, -1.745565, 0.911319],
    [2.5, -1.106079, undefined],
    [3, -0.81731, undefined],
  ] as const) {
    const { meanEnergyPerNode, magnetisation: yang, criticalTemperature } = squareIsing({ temperature: T });
    assert.ok(
      Math.abs(criticalTemperature - 2.269185) < 5e-7 &&
        Math.abs(meanEnergyPerNode - u) < 5e-7 &&
        Math.abs(yang - (m ?? 0)) < 5e-7,
    );
    const exact = kaufmanIsing(L, L, { temperature: T }).meanEnergy / L ** 2;
    assert.ok(Math.abs(exact / u - 1) < 1e-3, `${exact} on the torus, ${u} on the lattice`);
    const sampler = multispin(L, L, { temperature: T });
    const samples = await sample(sampler, {
      initial: new Field(new Float32Array(L * L * 32).fill(1), {
        sites: L * L,
        chains: 32,
        codomain: 'spin',
      }),
      burnIn: 200,
      steps: long(2000, 120),
      every: long(10, 20),
      seed: seedOf('square', T),
    });
    sameMean(
      `u(${T})`,
      observe(samples, energyOf(sampler.energy)).map((series) => mean(series) / L ** 2),
      exact,
      long(0.005, 0.04),
    );
    if (m !== undefined)
      sameMean(
        `m(${T})`,
        observe(samples, magnetisation).map((series) => mean(series)),
        m,
        long(0.002, 0.02),
      );
  }
});

test('O16, O18: order on the complete graph, with and without pinned spins', async () => {
  const [N, chains] = [40, long(128, 32)];
  const energy = ising(complete(N), 1 / N);
  for (const [T, pinned] of [
    [0.9, 0],
    [1.5, 0],
    [0.8, 3],
    [0.8, 8],
  ] as const) {
    const values = Float32Array.from({ length: N * chains }, (_, at) =>
      at < pinned * chains || (at * 7) % 3 === 0 ? -1 : 1,
    );
    const initial = new Field(values, {
      sites: N,
      chains,
      codomain: 'spin',
      gauge: pinned > 0 ? { pinned: range(pinned) } : 'free',
    });
    const exact = completeIsing(N, { temperature: T, pinned });
    const seen = await averages(
      asAny(heatBath(energy, { temperature: T, order: 'random' })),
      (s) => Math.abs(magnetisation(s, 1)),
      {
        initial,
        burnIn: 300,
        steps: long(8000, 1500),
        every: 5,
        seed: seedOf('pinned', T, pinned),
      },
    );
    sameMean(`T = ${T}, ${pinned} pinned`, seen, exact.average(Math.abs), long(0.02, 0.2));
  }
});

test('O17: reversals of the complete graph take their exact mean time', async () => {
  const [N, T, chains] = [16, 0.6, long(2048, 200)];
  const exact = completeIsing(N, { temperature: T });
  const most = exact.magnetisations[exact.probabilities.indexOf(Math.max(...exact.probabilities))]!;
  const from = Math.abs(most);
  const values = new Float32Array(N * chains).fill(1).fill(-1, 0, ((N - from) / 2) * chains);
  const samples = await sample(heatBath(ising(complete(N), 1 / N), { temperature: T, order: 'random' }), {
    initial: new Field(values, { sites: N, chains, codomain: 'spin' }),
    steps: Math.ceil(12 * exact.passageTime(from, -from)),
    seed: seedOf('reversal'),
  });
  // seen at whole sweeps only, on average half a sweep late and a little more where it has turned back
  const times = observe(samples, magnetisation).map(
    (m) => samples.steps[m.findIndex((x) => N * x <= -from)] ?? samples.steps.at(-1)!,
  );
  const mean = times.reduce((sum, t) => sum + t, 0) / chains;
  const expected = exact.passageTime(from, -from);
  assert.ok(
    Math.abs(mean / expected - 1) < 5 / Math.sqrt(chains) + 1.5 / expected,
    `${mean} sweeps, exactly ${expected}`,
  );
});

test('O19: random regular graphs above T_c have the energy of the Bethe lattice, but for their few short cycles', async () => {
  const [N, z, T, copies] = [2000, 4, 5, 16];
  const graphs = disjointUnion(range(copies).map((k) => randomRegular(N, z, { seed: seedOf('regular', k) })));
  const samples = await sample(heatBath(ising(graphs), { temperature: T }), {
    chains: 4,
    burnIn: 50,
    steps: long(1000, 60),
    every: long(4, 2),
    seed: seedOf('bethe'),
  });
  const parts = separated(samples, copies);
  const energies = range(copies).map((k) => {
    const one = ising(randomRegular(N, z, { seed: seedOf('regular', k) }));
    const series = range(4).map((c) =>
      mean(
        parts.states.map((state) =>
          one.energy64(Float64Array.from({ length: N }, (_, i) => state[i * 4 * copies + 4 * k + c]!)),
        ),
      ),
    );
    return mean(series) / N;
  });
  const t = Math.tanh(1 / T);
  const cycles = (((z - 1) ** 3 / 2) * t ** 2) / N; // 4.5 triangles a graph, each bond of which gains t^2
  const bethe = betheIsing(z, { temperature: T });
  assert.ok(Math.abs(bethe.criticalTemperature - 2.8854) < 5e-5 && T > bethe.criticalTemperature);
  assert.ok(
    Math.abs(mean(energies) - bethe.meanEnergyPerNode) <
      cycles + 5 * (Math.sqrt(z / 2) / Math.sqrt(N * copies * 40)),
    `${mean(energies)}`,
  );
});

test('O21, O22: three labels on a small torus, by heat bath and clusters; on the complete graph at its transition', async () => {
  const graph = torus(3, 3);
  const [energy, T] = [potts(graph), 0.994973];
  const levels = range(3 ** 9).map((s) =>
    energy.energy64(Float64Array.from({ length: 9 }, (_, i) => Math.floor(s / 3 ** i) % 3)),
  );
  const { probabilities } = boltzmannLaw(levels, T);
  const exact = levels.reduce((sum, E, s) => sum + probabilities[s]! * E, 0);
  for (const [name, sampler] of Object.entries({
    heatBath: heatBath(energy, { temperature: T, states: 3 }),
    swendsenWang: swendsenWang(energy, { temperature: T, states: 3 }),
  })) {
    const energies = await averages(asAny(sampler), energyOf(energy), {
      chains: 64,
      burnIn: 100,
      steps: long(4000, 600),
      every: 3,
      seed: seedOf('potts', name),
    });
    sameMean(name, energies, exact, long(0.01, 0.05));
  }
  const [N, beta] = [45, 4 * Math.LN2];
  const law = completePotts(N, 3, { temperature: 1 / beta });
  const order = (labels: Float64Array): number => {
    const counts = [0, 1, 2].map((label) => labels.filter((x) => x === label).length);
    return ((3 * Math.max(...counts)) / N - 1) / 2;
  };
  const orders = await averages(
    asAny(heatBath(potts(complete(N), 1 / N), { temperature: 1 / beta, states: 3 })),
    order,
    {
      chains: 64,
      burnIn: 200,
      steps: long(12_000, 1500),
      every: 5,
      seed: seedOf('complete potts'),
    },
  );
  sameMean('complete', orders, law.meanOrder, long(0.03, 0.15));
});
