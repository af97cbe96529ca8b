// Independent draws from the enumerated law of a small Ising system.
import { bond, hamiltonian, site, type Hamiltonian } from '../../src/energies/index.js';
import { isingDistribution } from '../../src/exact/index.js';
import type { Graph } from '../../src/graphs/index.js';
import type { ChainSamples } from '../../src/measure/index.js';
import { uniformGenerator, type Seed } from '../../src/randomness/index.js';

/** H = - sum s_i s_j - field sum s_i. */
export const isingEnergy = (graph: Graph, field = 0): Hamiltonian =>
  hamiltonian(graph, [
    bond((a, b) => a.dot(b).neg()),
    ...(field === 0 ? [] : [site((s) => s.sum().mul(-field))]),
  ]);

export interface IsingDraws {
  readonly temperature: number;
  readonly field?: number;
  readonly chains?: number;
  readonly records?: number;
  readonly seed: Seed;
}

export function isingDraws(
  graph: Graph,
  { temperature, field = 0, chains = 8, records = 200, seed }: IsingDraws,
): ChainSamples {
  const law = isingDistribution(graph, { temperature, field });
  const nodes = graph.nodeCount;
  const random = uniformGenerator(seed, 'ising');
  let sum = 0;
  const upTo = law.map((probability) => (sum += probability));
  const draw = (): number => {
    const level = random();
    let [from, to] = [0, law.length - 1];
    while (from < to) {
      const middle = (from + to) >> 1;
      if (upTo[middle] < level) from = middle + 1;
      else to = middle;
    }
    return from;
  };
  const states = Array.from({ length: records }, () => {
    const drawn = Array.from({ length: chains }, draw);
    return Float32Array.from({ length: nodes * chains }, (_, at) =>
      (drawn[at % chains] >> Math.floor(at / chains)) & 1 ? 1 : -1,
    );
  });
  return {
    sampler: 'enumeration',
    temperature,
    temperatures: states.map(() => temperature),
    nodes,
    components: 1,
    chains,
    gauge: 'free',
    steps: states.map((_, record) => record),
    states,
    acceptance: undefined,
  };
}
