// Spins and labels by single-site moves against exact results at the size that is run (oracles O13, O14, O16 to O19, O21,
// O22, O24 to O27): chain, complete graph with and without pinned spins, random regular graphs, Potts, quenches and cooling.
// Sites are drawn at random where time matters, as the closed forms have it. Each average is one number a chain.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { heatBath, logarithmic, metropolis, flip, sample, swendsenWang, type Sampler, type SampleOptions } from '../../src/dynamics/index.js';
import { bond, type Hamiltonian, hamiltonian } from '../../src/energy/index.js';
import { ready } from '../../src/engine/index.js';
import {
  boltzmannLaw, completeIsing, completePotts, deepestTrap, glauberWalls, isingEnergies, isingState, ringIsing,
} from '../../src/exact/index.js';
import { Field, randomSpins } from '../../src/field/index.js';
import { complete, disjointUnion, fromEdges, grid, type Graph, randomRegular, ring, smallWorld, torus } from '../../src/graph/index.js';
import { energyOf, magnetisation, mean, observe, type Observable, separated } from '../../src/measure/index.js';
import { long, seedOf } from './scale.js';
import { binomialByChance, likely, sameMean } from './statistics.js';

before(() => ready());

const ising = (graph: Graph, J = 1): Hamiltonian => hamiltonian(graph, [bond((a, b, J) => a.mul(b).sum().mul(J).neg(), { J })]);
const potts = (graph: Graph, J = 1): Hamiltonian =>
  hamiltonian(graph, [bond((a, b, J) => a.sub(b).square().sum().min(1).sub(1).mul(J), { J })]);
/** One mean over the records for each chain. */
const averages = async (sampler: Sampler<never>, of: Observable, options: SampleOptions): Promise<number[]> =>
  observe(await sample(sampler, options), of).map((series) => mean(series));
const asAny = (sampler: unknown): Sampler<never> => sampler as Sampler<never>;
const range = (count: number): number[] => Array.from({ length: count }, (_, k) => k);

test('O13: the ring\'s energy by heat bath in three orders, and by Metropolis', async () => {
  const [N, T, chains] = [32, 1, long(256, 128)];
  const energy = ising(ring(N));
  const exact = N * ringIsing(N, { temperature: T }).energyPerSpin;
  const samplers = { colouring: heatBath(energy, { temperature: T }), sequential: heatBath(energy, { temperature: T, order: 'sequential' }),
    random: heatBath(energy, { temperature: T, order: 'random' }), metropolis: metropolis(energy, { temperature: T, proposal: flip, engine: 'wasm' }) };
  for (const [name, sampler] of Object.entries(samplers)) {
    const energies = await averages(asAny(sampler), energyOf(energy), { chains, burnIn: 100, steps: long(2000, 800), every: 4, seed: seedOf(name) });
    sameMean(name, energies, exact, long(0.005, 0.02));
  }
});

test('O14: walls of the quenched ring, random sites', async () => {
  const samples = await sample(heatBath(ising(ring(4000)), { temperature: 0, order: 'random' }), {
    chains: long(256, 64), steps: 10, seed: seedOf('walls'),
  });
  const walls = observe(samples, (s) => mean(s.map((spin, i) => Number(spin !== s[(i + 1) % s.length]))));
  for (const t of [1, 2, 5, 10]) sameMean(`t = ${t}`, walls.map((series) => series[t - 1]!), glauberWalls(t), long(0.02, 0.04));
});

test('O16, O18: order on the complete graph, with and without pinned spins', async () => {
  const [N, chains] = [40, long(128, 32)];
  const energy = ising(complete(N), 1 / N);
  for (const [T, pinned] of [[0.9, 0], [1.5, 0], [0.8, 3], [0.8, 8]] as const) {
    const values = Float32Array.from({ length: N * chains }, (_, at) => (at < pinned * chains || (at * 7) % 3 === 0 ? -1 : 1));
    const initial = new Field(values, { sites: N, chains, codomain: 'spin', gauge: pinned > 0 ? { pinned: range(pinned) } : 'free' });
    const exact = completeIsing(N, { temperature: T, pinned });
    const seen = await averages(asAny(heatBath(energy, { temperature: T, order: 'random' })), (s) => Math.abs(magnetisation(s, 1)), {
      initial, burnIn: 300, steps: long(8000, 1500), every: 5, seed: seedOf('pinned', T, pinned),
    });
    sameMean(`T = ${T}, ${pinned} pinned`, seen, exact.average(Math.abs), long(0.02, 0.2));
  }
});

test('O17: reversals of the complete graph take their exact mean time', async () => {
  const [N, T, chains] = [16, 0.6, long(2048, 512)];
  const exact = completeIsing(N, { temperature: T });
  const most = exact.magnetisations[exact.probabilities.indexOf(Math.max(...exact.probabilities))]!;
  const from = Math.abs(most);
  const values = new Float32Array(N * chains).fill(1).fill(-1, 0, ((N - from) / 2) * chains);
  const samples = await sample(heatBath(ising(complete(N), 1 / N), { temperature: T, order: 'random' }), {
    initial: new Field(values, { sites: N, chains, codomain: 'spin' }), steps: Math.ceil(12 * exact.passageTime(from, -from)), seed: seedOf('reversal'),
  });
  // seen at whole sweeps only, on average half a sweep late and a little more where it has turned back
  const times = observe(samples, magnetisation).map((m) => samples.steps[m.findIndex((x) => N * x <= -from)] ?? samples.steps.at(-1)!);
  const mean = times.reduce((sum, t) => sum + t, 0) / chains;
  const expected = exact.passageTime(from, -from);
  assert.ok(Math.abs(mean / expected - 1) < 5 / Math.sqrt(chains) + 1.5 / expected, `${mean} sweeps, exactly ${expected}`);
});

test('O19: random regular graphs above T_c have the energy of the Bethe lattice, but for their few short cycles', async () => {
  const [N, z, T, copies] = [2000, 4, 5, 16];
  const graphs = disjointUnion(range(copies).map((k) => randomRegular(N, z, { seed: seedOf('regular', k) })));
  const samples = await sample(heatBath(ising(graphs), { temperature: T }), { chains: 4, burnIn: 50, steps: long(1000, 200), every: 2, seed: seedOf('bethe') });
  const parts = separated(samples, copies);
  const energies = range(copies).map((k) => {
    const one = ising(randomRegular(N, z, { seed: seedOf('regular', k) }));
    const series = range(4).map((c) => mean(parts.states.map((state) => one.energy64(Float64Array.from({ length: N }, (_, i) => state[i * 4 * copies + 4 * k + c]!)))));
    return mean(series) / N;
  });
  const t = Math.tanh(1 / T);
  const cycles = ((z - 1) ** 3 / 2) * t ** 2 / N; // 4.5 triangles a graph, each bond of which gains t^2
  assert.ok(Math.abs(mean(energies) + (z / 2) * t) < cycles + 5 * (Math.sqrt(z / 2) / Math.sqrt(N * copies * 40)), `${mean(energies)}`);
});

test('O21, O22: three labels on a small torus, by heat bath and clusters; on the complete graph at its transition', async () => {
  const graph = torus(3, 3);
  const [energy, T] = [potts(graph), 0.994973];
  const levels = range(3 ** 9).map((s) => energy.energy64(Float64Array.from({ length: 9 }, (_, i) => Math.floor(s / 3 ** i) % 3)));
  const { probabilities } = boltzmannLaw(levels, T);
  const exact = levels.reduce((sum, E, s) => sum + probabilities[s]! * E, 0);
  for (const [name, sampler] of Object.entries({ heatBath: heatBath(energy, { temperature: T, states: 3 }), swendsenWang: swendsenWang(energy, { temperature: T, states: 3 }) })) {
    const energies = await averages(asAny(sampler), energyOf(energy), { chains: 64, burnIn: 100, steps: long(4000, 600), every: 3, seed: seedOf('potts', name) });
    sameMean(name, energies, exact, long(0.01, 0.05));
  }
  const [N, beta] = [45, 4 * Math.LN2];
  const law = completePotts(N, 3, { temperature: 1 / beta });
  const order = (labels: Float64Array): number => {
    const counts = [0, 1, 2].map((label) => labels.filter((x) => x === label).length);
    return ((3 * Math.max(...counts)) / N - 1) / 2;
  };
  const orders = await averages(asAny(heatBath(potts(complete(N), 1 / N), { temperature: 1 / beta, states: 3 })), order, {
    chains: 64, burnIn: 200, steps: long(12_000, 1500), every: 5, seed: seedOf('complete potts'),
  });
  sameMean('complete', orders, law.meanOrder, long(0.03, 0.15));
});

test('O24, O25: quenches end striped or split as often by compiled code as by the interpreter', async () => {
  for (const [name, one, sweeps] of [['small world', (k: number) => smallWorld(30, 4, 0.1, { seed: seedOf('world', k) }), 60], ['open square', () => grid(6, 6), 200]] as const) {
    const runs = long(4000, 400);
    const graphs = disjointUnion(range(runs).map(one));
    const agreed = async (engine: 'interpreter' | 'wasm'): Promise<number> => {
      const samples = await sample(heatBath(ising(graphs), { temperature: 0, order: 'random', engine }), {
        initial: randomSpins({ sites: graphs.nodeCount, seed: seedOf(name, engine) }), chains: 1, steps: sweeps, every: sweeps, seed: seedOf(name, engine),
      });
      return observe(separated(samples, runs), (s) => Number(Math.abs(magnetisation(s, 1)) === 1)).filter(([yes]) => yes === 1).length;
    };
    const [ours, reference] = [await agreed('wasm'), await agreed('interpreter')];
    likely(name, binomialByChance(ours, reference, runs), `(${ours} and ${reference} of ${runs})`);
    assert.ok(ours > 0.1 * runs && ours < 0.9 * runs, `${name}: ${ours} of ${runs} agree, which tells nothing`);
  }
});

test('O26, O27: cooled logarithmically from the depth of the deepest trap, the law of all states after every sweep is the exact one', async () => {
  const edges: [number, number][] = [[0, 4]];
  for (const first of [0, 4]) for (let a = 0; a < 4; a++) for (let b = 0; b < a; b++) edges.push([first + b, first + a]);
  const graph = fromEdges(8, edges);
  const levels = isingEnergies(graph);
  const { depth } = deepestTrap(levels);
  const ground = levels.reduce((a, b) => Math.min(a, b));
  const [chains, sweeps] = [long(20_000, 3000), 400];
  const schedule = logarithmic({ depth });
  let law = new Float64Array(256).fill(1 / 256);
  const exact = range(sweeps).map((k) => {
    for (let node = 0; node < 8; node++) {
      law = law.map((_, s) => {
        const [down, up] = [s & ~(1 << node), s | (1 << node)];
        const p = 1 / (1 + Math.exp((levels[up]! - levels[down]!) / schedule.at(k)));
        return (law[down]! + law[up]!) * (s === up ? p : 1 - p);
      });
    }
    return law.reduce((sum, p, s) => sum + (levels[s] === ground ? p : 0), 0);
  });
  const samples = await sample(heatBath(ising(graph), { temperature: schedule, order: 'sequential' }), { chains, steps: sweeps, every: 100, seed: seedOf('cooling') });
  const found = observe(samples, (s) => Number(levels[isingState(s)] === ground));
  samples.steps.forEach((step, record) => {
    const count = found.filter((chain) => chain[record] === 1).length;
    const p = exact[step - 1]!;
    const z = (count - p * chains) / Math.sqrt(p * (1 - p) * chains);
    assert.ok(Math.abs(z) < 5, `after ${step} sweeps ${count} of ${chains}, exactly ${p}`);
  });
});
