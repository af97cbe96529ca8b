// The Gaussian free field H = (1/2) x . L x under Langevin steps h, in equilibrium, mode by mode:
//   <(u_k . x)^2> = (T / mu_k) r_k,   r_k = 1 (Leimkuhler-Matthews), 1 / (1 - h mu_k / 2) (Euler-Maruyama),
// hence <H> = (T / 2) sum of r_k, and under Leimkuhler-Matthews <(x_a - x_b)^2> = T R_ab (effective
// resistance). Modes are independent, so their p-values must be uniform. Source: oracles O1, O2, O6, O7;
// src/exact/gaussian/stepBias.ts.
import { before, test } from 'node:test';
import { langevin, type LangevinMethod, sample } from '../../src/dynamics/index.js';
import { hamiltonian, interaction } from '../../src/energies/index.js';
import { ready } from '../../src/tensors/index.js';
import { eulerMaruyamaRatio, gaussianFreeField, leimkuhlerMatthewsRatio } from '../../src/exact/index.js';
import { centred, constantField, type Field, pinned } from '../../src/fields/index.js';
import { type Graph, karateClub, smallWorld, torus } from '../../src/graphs/index.js';
import { modeVariances } from '../../src/measure/index.js';
import { long, seedOf } from './scale.js';
import { springs } from './springs.js';
import { anyOf, calibrated, likely, meanByChance, sameMean } from './statistics.js';

before(() => ready());

interface System {
  readonly graph: Graph;
  readonly gauge: string;
  readonly components: number;
  readonly T: number;
  readonly held?: readonly number[];
  readonly start: (field: Field) => Field;
}
const stubborn = [0, 8, 21];
const systems: System[] = [
  { graph: karateClub(), gauge: 'free', components: 1, T: 1, start: (field) => field },
  { graph: smallWorld(30, 4, 0.2, { seed: 8 }), gauge: 'centred', components: 2, T: 0.3, start: centred },
  {
    graph: torus(5, 6),
    gauge: 'pinned',
    components: 1,
    T: 2.5,
    held: stubborn,
    start: (field) => pinned(field, stubborn),
  },
];
const ratios = { 'leimkuhler-matthews': leimkuhlerMatthewsRatio, 'euler-maruyama': eulerMaruyamaRatio };
const [seeds, chains, records, every] = [long(4, 1), long(1024, 128), long(200, 40), 5];

for (const { graph, gauge, components, T, held, start } of systems) {
  const { stiffness, modes } = springs(graph, held);
  const h = 1 / stiffness.at(-1)!; // half the stability bound: Euler-Maruyama doubles the stiffest mode
  const energy = hamiltonian(graph, [interaction({ J: 0.5 })]);
  const burnIn = Math.ceil(12 / (h * stiffness[0])); // leaves e^-24 of the start at rest
  const pairs = Array.from({ length: 12 }, (_, i) => Math.floor((i * graph.edgeCount) / 12));
  const difference = (e: number): Float64Array => {
    const u = new Float64Array(graph.nodeCount);
    u[graph.endpoints[2 * e]] = 1;
    u[graph.endpoints[2 * e + 1]] = -1;
    return u;
  };

  for (const method of ['leimkuhler-matthews', 'euler-maruyama'] satisfies LangevinMethod[]) {
    test(`O1, O2, O6, O7: ${graph.name}, ${gauge}, ${method}: every mode has its variance at step h`, async () => {
      const expected = stiffness.map((mu) => (T / mu) * ratios[method](mu, h));
      const perChain: Float64Array[] = [];
      const perPair: Float64Array[] = [];
      for (let run = 0; run < seeds; run++) {
        const samples = await sample(langevin(energy, { temperature: T, timeStep: h, method }), {
          initial: start(constantField({ sites: graph.nodeCount, components, chains }, 0)),
          burnIn,
          steps: records * every,
          every,
          seed: seedOf(graph.name, method, run),
        });
        perChain.push(...modeVariances(samples, modes));
        perPair.push(...modeVariances(samples, pairs.map(difference)));
      }
      calibrated(
        'modes',
        modes.map((_, k) =>
          meanByChance(
            perChain.map((v) => v[k]),
            expected[k],
          ),
        ),
      );
      const energies = (variances: ArrayLike<number>): number =>
        stiffness.reduce((sum, mu, k) => sum + (components * mu * variances[k]) / 2, 0);
      sameMean('<H>', perChain.map(energies), energies(expected), long(0.002, 0.03));

      const pairVariance = (e: number): number => {
        const u = difference(e);
        return modes.reduce(
          (sum, mode, k) => sum + expected[k] * mode.reduce((s, m, i) => s + m * u[i], 0) ** 2,
          0,
        );
      };
      const exact = (e: number): number =>
        // effective resistance, where it is the law
        gauge === 'pinned' || method === 'euler-maruyama'
          ? pairVariance(e)
          : gaussianFreeField(graph, { temperature: T, J: 1 / 2 }).pairVariance(
              graph.endpoints[2 * e],
              graph.endpoints[2 * e + 1],
            );
      likely(
        '<(x_a - x_b)^2>',
        anyOf(
          pairs.map((e, i) =>
            meanByChance(
              perPair.map((v) => v[i]),
              exact(e),
            ),
          ),
        ),
      );
    });
  }
}
