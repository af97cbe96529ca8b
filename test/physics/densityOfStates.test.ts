// The density of states of Ising systems by multicanonical chains: 16 to 20 spins on small worlds against
// enumeration, level by level (row EMTD-2.16), and the torus 8 x 8 against Kaufman's energies and free
// energies and its two ground states. The scores of all levels of many seeds must be Student's: errors are
// neither too small nor too large.
import { test } from 'node:test';
import { bond, hamiltonian } from '../../src/energies/index.js';
import { isingEnergies, kaufmanIsing } from '../../src/exact/index.js';
import { smallWorld, torus, type Graph } from '../../src/graphs/index.js';
import { densityOfStates } from '../../src/dynamics/index.js';
import type { Estimate } from '../../src/statistics/index.js';
import { studentCritical, studentTwoSided } from '../../src/numerics/student.js';
import { long, seedOf } from './scale.js';
import { anyOf, calibrated, likely } from './statistics.js';

const chains = 24;
const isingOf = (graph: Graph) => hamiltonian(graph, [bond((a, b) => a.dot(b).neg())]);

/** Probability of the deviation by chance, by Student's t of the chains. */
function pValue({ estimate, interval: [low, high] }: Estimate, exact: number): number {
  const error = (high - low) / 2 / studentCritical(0.05, chains - 1);
  return studentTwoSided((estimate - exact) / error, chains - 1);
}

for (const N of [16, 20]) {
  test(`${N} spins on a small world: ln g of every level`, async () => {
    const worst: number[] = [];
    const middle: number[] = [];
    for (let run = 0; run < long(12, 1); run++) {
      const graph = smallWorld(N, 4, 0.2, { seed: run });
      const exact = new Map<number, number>();
      for (const E of isingEnergies(graph)) exact.set(E, (exact.get(E) ?? 0) + 1);
      const found = await densityOfStates(isingOf(graph), {
        width: 2,
        chains,
        steps: long(8000, 600),
        seed: seedOf('density', N, run),
      });
      const ps = Array.from(found.energies, (E, k) => pValue(found.logStates[k], Math.log(exact.get(E)!)));
      worst.push(anyOf(ps));
      middle.push(ps[Math.floor(ps.length / 2)]);
    }
    likely('the worst level', anyOf(worst));
    calibrated('a level in the middle', middle);
  });
}

test('the torus 8 x 8: ln 2 ground states, energies and free energies of Kaufman', async () => {
  const [ground, energies]: [number[], number[]] = [[], []];
  for (let run = 0; run < long(4, 1); run++) {
    const found = await densityOfStates(isingOf(torus(8, 8)), {
      width: 4,
      chains,
      steps: long(20_000, 1500),
      seed: seedOf('torus', run),
    });
    ground.push(pValue(found.logStates[0], Math.LN2));
    for (const temperature of [1.5, 2.269185, 3.5]) {
      const exact = kaufmanIsing(8, 8, { temperature });
      const { meanEnergy, freeEnergy } = found.equilibrium(temperature);
      energies.push(pValue(meanEnergy, exact.meanEnergy), pValue(freeEnergy, exact.freeEnergy));
    }
  }
  likely('ln g of the ground states', anyOf(ground));
  likely('energies and free energies', anyOf(energies));
});
