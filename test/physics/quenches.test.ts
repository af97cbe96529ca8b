// Quenches at T = 0, and cooling, from random spins (oracles O24 to O27): the law of all 2^N states, visit by
// visit, is known on graphs of up to 12 nodes, and so the probability at every sweep that all agree. Larger
// squares end striped as often as percolation says but for their size: with open boundaries the crossing
// probability is 1/2 - (sqrt 3 / 2 pi) ln(27/16) = 0.3558, finite L lies below, and corrections fall faster
// than 1 / L, so that P(L) and 2 P(2 L) - P(L) have it in between. Sources: Barros, Krapivsky, Redner, Phys.
// Rev. E 80 (2009) 040101, arXiv 0905.3521; Hajek, Math. Oper. Res. 13 (1988) 311.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import {
  geometric,
  heatBath,
  logarithmic,
  sample,
  type Schedule,
  type Temperature,
} from '../../src/dynamics/index.js';
import { bond, hamiltonian } from '../../src/energies/index.js';
import { ready } from '../../src/tensors/index.js';
import { deepestTrap, isingEnergies } from '../../src/exact/index.js';
import { randomSpins } from '../../src/fields/index.js';
import { disjointUnion, fromEdges, type Graph, grid, smallWorld } from '../../src/graphs/index.js';
import { magnetisation, observe, separated } from '../../src/measure/index.js';
import { swept } from './law.js';
import { full, long, seedOf } from './scale.js';
import { anyOf, binomialByChance, countByChance, likely } from './statistics.js';

before(() => ready());

type Order = 'sequential' | 'random';
interface Cooling {
  readonly temperature: Temperature;
  readonly order: Order;
  readonly engine?: 'wasm' | 'tensors';
  readonly sweeps: readonly number[];
  readonly runs: number;
  readonly seed: string;
}
const range = (count: number): number[] => Array.from({ length: count }, (_, k) => k);
const ising = (graph: Graph) => hamiltonian(graph, [bond((a, b) => a.mul(b).sum().neg())]);
const agree = (s: Float64Array): number => Number(Math.abs(magnetisation(s, 1)) === 1);

/** How many of the runs agree after so many sweeps. */
async function agreed(
  graph: Graph,
  { temperature, order, engine = 'wasm', sweeps, runs, seed }: Cooling,
): Promise<number[]> {
  const samples = await sample(heatBath(ising(graph), { temperature, order, engine }), {
    initial: randomSpins({ sites: graph.nodeCount, chains: runs, seed }),
    steps: sweeps.at(-1)!,
    seed,
  });
  const found = observe({ ...samples, states: sweeps.map((n) => samples.states[n - 1]) }, agree);
  return sweeps.map((_, r) => found.filter((series) => series[r] === 1).length);
}

/** The same by the law of all states. */
function probabilities(
  graph: Graph,
  temperature: number | Schedule,
  order: Order,
  sweeps: readonly number[],
): number[] {
  let law: Float64Array = new Float64Array(2 ** graph.nodeCount).fill(2 ** -graph.nodeCount);
  const all = range(sweeps.at(-1)!).map((k) => {
    law = swept(law, graph, typeof temperature === 'number' ? temperature : temperature.at(k), order);
    return law[0] + law[law.length - 1];
  });
  return sweeps.map((n) => all[n - 1]);
}

for (const [name, graph, last] of [
  ['open squares', grid(3, 4), 0.13157],
  ['small worlds', smallWorld(12, 4, 0.1, { seed: 3 }), 0.32127],
] as const) {
  test(`O24, O25: ${name}, quenched: as often without consensus after every sweep as the law of all states says`, async () => {
    const [runs, sweeps] = [long(20_000, 4000), full ? [1, 2, 5, 10, 40] : [1, 2, 5, 10]];
    for (const order of ['random', 'sequential'] as const) {
      const exact = probabilities(graph, 0, order, sweeps);
      if (full && order === 'random')
        assert.ok(Math.abs(1 - exact.at(-1)! - last) < 2e-4, `${1 - exact.at(-1)!} stay without`);
      for (const engine of ['wasm', 'tensors'] as const) {
        const counts = await agreed(graph, {
          temperature: 0,
          order,
          engine,
          sweeps,
          runs: engine === 'wasm' ? runs : runs / 8,
          seed: seedOf(name, order, engine),
        });
        const n = engine === 'wasm' ? runs : runs / 8;
        likely(
          `${order}, ${engine}`,
          anyOf(counts.map((count, r) => countByChance(count, n, exact[r]))),
          `(${counts.join()} of ${n}, exactly ${exact.join()})`,
        );
      }
    }
  });
}

test('O24: the larger an open square, the more often it ends striped: from below towards 0.3558', async () => {
  const limit = 1 / 2 - (Math.sqrt(3) / (2 * Math.PI)) * Math.log(27 / 16);
  assert.ok(Math.abs(limit - 0.3558) < 5e-5);
  const [[small, few], [large, many]] = (
    await Promise.all(
      (
        [
          [long(6, 4), long(8192, 2048)],
          [long(12, 8), long(2048, 256)],
        ] as const
      ).map(async ([L, runs]) => {
        const [without] = await agreed(grid(L, L), {
          temperature: 0,
          order: 'random',
          sweeps: [2 * L * L],
          runs,
          seed: seedOf('stripes', L),
        });
        return [1 - without / runs, runs] as const;
      }),
    )
  ).map(([p, runs]) => [p, Math.sqrt((p * (1 - p)) / runs)]);
  assert.ok(large - small > 3 * Math.hypot(few, many), `${small} +- ${few}, then ${large} +- ${many}`);
  assert.ok(
    large < limit + 4 * many && 2 * large - small > limit - 4 * Math.hypot(2 * many, few),
    `${large} and ${2 * large - small}, not around ${limit}`,
  );
});

test('O25: small worlds of 30, a fresh one a run: as often split by compiled code as by the interpreter', async () => {
  const runs = long(1500, 300);
  const graphs = disjointUnion(range(runs).map((k) => smallWorld(30, 4, 0.1, { seed: seedOf('world', k) })));
  const [ours, reference] = await Promise.all(
    (['wasm', 'tensors'] as const).map(async (engine) => {
      const samples = await sample(heatBath(ising(graphs), { temperature: 0, order: 'random', engine }), {
        initial: randomSpins({ sites: graphs.nodeCount, seed: seedOf('worlds', engine) }),
        steps: 60,
        every: 60,
        seed: seedOf('worlds', engine),
      });
      return observe(separated(samples, runs), agree).filter(([yes]) => yes === 1).length;
    }),
  );
  const p = (ours + reference) / (2 * runs);
  likely('consensus', binomialByChance(ours, reference, runs), `(${ours} and ${reference} of ${runs})`);
  assert.ok(p > 0.1 && p < 0.9, `${p} agree, which tells nothing`);
});

test('O26: cooled from 4 to 0.05 in n sweeps, all agree as often as the law of all states says, and the oftener the slower', async () => {
  const [graph, runs] = [smallWorld(10, 4, 0.1, { seed: 3 }), long(20_000, 4000)];
  const found: number[] = [];
  for (const n of full ? [3, 10, 30, 100] : [3, 30]) {
    const temperature = geometric({ from: 4, to: 0.05, steps: n });
    const sweeps = [n, n + 10]; // and a quench at 0.05
    const exact = probabilities(graph, temperature, 'random', sweeps);
    const counts = await agreed(graph, {
      temperature,
      order: 'random',
      sweeps,
      runs,
      seed: seedOf('cooled', n),
    });
    likely(
      `${n} sweeps`,
      anyOf(counts.map((count, r) => countByChance(count, runs, exact[r]))),
      `(${counts.join()} of ${runs}, exactly ${exact.join()})`,
    );
    found.push(counts[1] / runs);
  }
  found.slice(1).forEach((p, k) => assert.ok(p > found[k], found.join()));
  const steps = long(1000, 300);
  const worlds = disjointUnion(
    range(long(300, 100)).map((k) => smallWorld(50, 4, 0.1, { seed: seedOf('cooled world', k) })),
  );
  const parts = worlds.nodeCount / 50;
  const [quenched, slow] = await Promise.all(
    [0, geometric({ from: 4, to: 0.05, steps })].map(async (temperature) => {
      const samples = await sample(heatBath(ising(worlds), { temperature, order: 'random' }), {
        chains: 1,
        steps: steps + 50,
        every: steps + 50,
        seed: seedOf('cooled worlds'),
      });
      return observe(separated(samples, parts), agree).filter(([yes]) => yes === 1).length / parts;
    }),
  );
  assert.ok(
    slow - quenched > 4 * Math.sqrt(1 / (2 * parts)),
    `of 50 nodes ${quenched} agree quenched, ${slow} cooled in ${steps} sweeps`,
  );
});

test('O26, O27: cooled logarithmically from the depth of the deepest trap, the ground state has its exact probability after every sweep', async () => {
  const edges: [number, number][] = [[0, 4]];
  for (const first of [0, 4])
    for (let a = 0; a < 4; a++) for (let b = 0; b < a; b++) edges.push([first + b, first + a]);
  const graph = fromEdges(8, edges);
  const { depth } = deepestTrap(isingEnergies(graph));
  const [runs, sweeps] = [long(20_000, 3000), [100, 200, 300, 400]];
  const temperature = logarithmic({ depth });
  const exact = probabilities(graph, temperature, 'sequential', sweeps);
  const counts = await agreed(graph, {
    temperature,
    order: 'sequential',
    sweeps,
    runs,
    seed: seedOf('logarithmic'),
  });
  likely(
    'ground state',
    anyOf(counts.map((count, r) => countByChance(count, runs, exact[r]))),
    `(${counts.join()} of ${runs}, exactly ${exact.join()})`,
  );
  assert.ok(
    exact.every((p, r) => r === 0 || p > exact[r - 1]),
    exact.join(),
  );
});
