// The study of cooling against what is known exactly: two cliques whose law is enumerated, agreement that is
// certain, and a model that cannot agree.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { geometric, heatBath } from '../../src/dynamics/index.js';
import { bond, hamiltonian } from '../../src/energies/index.js';
import { annealedProbability, isingEnergies } from '../../src/exact/index.js';
import { complete, fromEdges, type Graph, ring } from '../../src/graphs/index.js';
import { consensusByCooling } from '../../src/studies/index.js';

const align = bond((a, b) => a.mul(b).sum().neg());
const ising = (graph: Graph) => hamiltonian(graph, [align]);

function twoCliques(): Graph {
  const pairs: [number, number][] = [
    [0, 4],
    [2, 6],
  ];
  for (const first of [0, 4])
    for (let a = 0; a < 4; a++) for (let b = 0; b < a; b++) pairs.push([first + b, first + a]);
  return fromEdges(8, pairs);
}

test('two cliques: P(consensus) and the energy left are those of the exact law, at each cooling time', async () => {
  const cliques = twoCliques();
  const energies = isingEnergies(cliques);
  const least = Math.min(...energies);
  const isGround = (state: number): boolean => energies[state]! < least + 1e-9;
  const times = [3, 30];
  const study = await consensusByCooling({
    energy: ising,
    graphs: () => cliques,
    sizes: [8],
    times,
    graphCount: 64,
    runs: 128,
    settle: 20,
    move: (energy, { temperature }) => heatBath(energy, { temperature, order: 'sequential' }) as never,
    seed: 3,
  });
  for (const sweeps of times) {
    const ramp = geometric({ from: 4, to: 0.05, steps: sweeps });
    const temperatures = Array.from({ length: sweeps + 20 }, (_, k) => (k < sweeps ? ramp.at(k) : 0));
    const ground = annealedProbability(energies, temperatures, isGround).at(-1)!;
    const { consensus, residual, runs } = study.at(8, sweeps);
    assert.equal(runs, 64 * 128);
    const error = Math.sqrt((ground * (1 - ground)) / runs);
    assert.ok(
      Math.abs(consensus.estimate - ground) < 4 * error,
      `${sweeps}: ${consensus.estimate}, ${ground}`,
    );
    assert.ok(consensus.interval[0] < ground && ground < consensus.interval[1]);
    // what does not agree is split between the cliques: two bonds broken, 4 above agreement, on 8 nodes
    const split = (1 - ground) * (4 / 8);
    assert.ok(
      Math.abs(residual.estimate - split) < 4 * 0.5 * error + 1e-12,
      `${residual.estimate}, ${split}`,
    );
  }
});

test('the exact law at constant temperature tends to Boltzmann, at T = 0 to states that no spin leaves', () => {
  const energies = isingEnergies(twoCliques());
  const total = energies.reduce((sum, E) => sum + Math.exp(-E / 2), 0);
  const isUp = (state: number): boolean => state === 255;
  const law = annealedProbability(energies, new Float64Array(400).fill(2), isUp);
  assert.ok(Math.abs(law.at(-1)! - Math.exp(-energies[255]! / 2) / total) < 1e-9);
  assert.throws(() => annealedProbability([0, 1, 2], [1], isUp), /2\^N states, N from 1 to 20, got 3/);
  assert.throws(() => annealedProbability([0, 1], [-1], isUp), /temperatures/);
});

test('a complete graph agrees at once, a long ring does not; half of the runs agree at the time that is named', async () => {
  const seed = 5;
  const certain = await consensusByCooling({
    energy: ising,
    graphs: (nodes) => complete(nodes),
    sizes: [30],
    times: [20],
    graphCount: 16,
    runs: 2,
    seed,
  });
  assert.equal(certain.at(30, 20).consensus.estimate, 1);
  assert.equal(certain.at(30, 20).residual.estimate, 0);
  assert.throws(() => certain.timeToAgree(30), /times must reach from below to above one half for 30 nodes/);
  const rings = await consensusByCooling({
    energy: ising,
    graphs: (nodes) => ring(nodes),
    sizes: [12, 24, 600],
    times: [2, 4, 16, 64, 256],
    settle: 1,
    graphCount: 32,
    runs: 16,
    seed,
  });
  assert.equal(rings.at(600, 256).consensus.estimate, 0);
  assert.ok(rings.at(600, 256).consensus.interval[1] > 0.1, 'an interval over 32 graphs, not over 512 runs');
  const time = rings.timeToAgree(12).estimate;
  assert.ok(time > 1 && time < 256, `${time}`);
  // walls wander and meet: time grows as the square of the length
  const { estimate, interval } = rings.growth(12, 24);
  assert.ok(interval[0] < 2.3 && interval[1] > 1.2 && estimate > 0.8, `${estimate} [${interval.join()}]`);
});

test('options that cannot be are named', async () => {
  const options = { energy: ising, graphs: () => ring(5), sizes: [6], times: [2], seed: 1 };
  await assert.rejects(consensusByCooling(options), /graphs must give 6 nodes, got 5/);
  await assert.rejects(
    consensusByCooling({ ...options, times: [1] }),
    /consensusByCooling: times must be 0 or at least 2, got 1/,
  );
  await assert.rejects(consensusByCooling({ ...options, graphCount: 4 }), /consensusByCooling: graphCount/);
});
