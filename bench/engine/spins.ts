// Heat bath of Ising spins on one core: the compiled sweep on a small world and the multi-spin coded square
// lattice, each in turns with the same sweep by hand in plain JavaScript (typed arrays, a table of chances, a
// short xorshift generator).
import { type AnyState, heatBath, multispin, type Sampler } from '../../src/dynamics/index.js';
import { bond, hamiltonian } from '../../src/energies/index.js';
import { randomSpins } from '../../src/fields/index.js';
import { type Graph, torus } from '../../src/graphs/index.js';
import { setThreads, threadCount } from '../../src/runtime/index.js';
import { type Contender, medianOf, race, ratio } from './contender.js';
import { type Case, graphOf } from './problem.js';
import type { Beside } from './prepared.js';

const [TEMPERATURE, CRITICAL, ROUNDS, SEED] = [2.5, 2 / Math.log(1 + Math.SQRT2), 7, 1];

/** 1e6 flips/s. */
export async function smallWorldRate(size: Case): Promise<Beside> {
  const graph = graphOf(size);
  const ising = hamiltonian(graph, [bond((a, b) => a.mul(b).sum().neg())]);
  const sampler = heatBath(ising, { temperature: TEMPERATURE, engine: 'wasm' });
  return beside(sampler, plainSweeps(graph, TEMPERATURE, size.chains), size.chains, 1e6);
}

/** Flips/ns. */
export const squareLatticeRate = (length: number, chains: number): Promise<Beside> =>
  beside(
    multispin(length, length, { temperature: CRITICAL }),
    plainSweeps(torus(length, length), CRITICAL, chains),
    chains,
    1e9,
  );

async function beside<State extends AnyState>(
  sampler: Sampler<State>,
  plain: Contender,
  chains: number,
  unit: number,
): Promise<Beside> {
  const sites = sampler.energy.graph.nodeCount;
  let state = sampler.init(randomSpins({ sites, chains, seed: SEED }), SEED);
  const compiled: Contender = {
    name: sampler.name,
    kind: 'library',
    threads: 1,
    run: async (steps) => {
      const start = performance.now();
      state = await sampler.advance!(state, steps);
      return { steps, seconds: (performance.now() - start) / 1000 };
    },
  };
  const threads = threadCount();
  setThreads(1);
  try {
    const [own, peer] = (await race([compiled, plain], sites * chains, ROUNDS)).map(({ rates }) => rates);
    const {
      median,
      interval: [low, high],
    } = ratio(own, peer);
    const best = Math.max(...own) / unit;
    return {
      value: medianOf(own).median / unit,
      beside: `best ${best.toPrecision(3)}; ${plain.name} ${(medianOf(peer).median / unit).toPrecision(3)}: ${median.toFixed(1)} [${low.toFixed(1)}, ${high.toFixed(1)}] times`,
    };
  } finally {
    setThreads(threads);
    sampler.dispose(state);
  }
}

/** Sweeps in the order of the nodes, chain by chain. */
function plainSweeps(
  { nodeCount, offsets, neighbours }: Graph,
  temperature: number,
  chains: number,
): Contender {
  const spins = Array.from({ length: chains }, () => new Int8Array(nodeCount).fill(1));
  const most = offsets.reduce(
    (greatest, offset, i) => (i === 0 ? 0 : Math.max(greatest, offset - offsets[i - 1])),
    0,
  );
  const chance = Float64Array.from(
    { length: 2 * most + 1 },
    (_, k) => 2 ** 32 / (1 + Math.exp((-2 * (k - most)) / temperature)),
  );
  let bits = 123456789;
  const sweep = (chain: Int8Array): void => {
    for (let i = 0; i < nodeCount; i++) {
      let sum = most;
      for (let h = offsets[i]; h < offsets[i + 1]; h++) sum += chain[neighbours[h]];
      bits ^= bits << 13;
      bits ^= bits >>> 17;
      bits ^= bits << 5;
      chain[i] = bits >>> 0 < chance[sum] ? 1 : -1;
    }
  };
  return {
    name: 'plain typed arrays',
    kind: 'other',
    threads: 1,
    run: async (steps) => {
      const start = performance.now();
      for (let n = 0; n < steps; n++) spins.forEach(sweep);
      return { steps, seconds: (performance.now() - start) / 1000 };
    },
  };
}
