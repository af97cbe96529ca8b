// Exact samples of the discrete Gaussian free field, H = (1/2) x . L x: every Laplacian mode is a stationary
// Ornstein-Uhlenbeck process of variance T / mu, drawn exactly from record to record, so that any finding on
// them is a false alarm. The zero mode diffuses freely, Var = 2 T t / N.
import { EigenvalueDecomposition } from 'ml-matrix';
import { bond, hamiltonian, type Hamiltonian } from '../../src/energy/index.js';
import { laplacian, type Graph } from '../../src/graph/index.js';
import type { ChainSamples } from '../../src/measure/index.js';
import { normals, Purpose, randomKey, type Seed } from '../../src/random/index.js';

export const gaussianEnergy = (graph: Graph, J = 0.5): Hamiltonian =>
  hamiltonian(graph, [bond((a, b, J) => a.sub(b).squaredNorm().mul(J), { J })]);

export interface ExactRun {
  readonly graph: Graph;
  readonly temperature?: number;
  readonly components?: number;
  readonly chains?: number;
  readonly records?: number;
  /** Time between records. */
  readonly spacing?: number;
  readonly seed: Seed;
  /** Start every mode at this multiple of its standard deviation instead of in equilibrium. */
  readonly start?: number;
}

export function exactField({
  graph, temperature = 1, components = 1, chains = 8, records = 200, spacing = 1, seed, start,
}: ExactRun): ChainSamples {
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(laplacian(graph), { assumeSymmetric: true });
  const nodes = graph.nodeCount;
  const lanes = components * chains;
  const draw = (step: number): Float64Array =>
    normals(new Float64Array(nodes * lanes), randomKey(seed, 'exact'), { step, purpose: Purpose.noise, nodes, lanes });
  const free = realEigenvalues.map((mu) => mu < 1e-9);
  const deviation = realEigenvalues.map((mu, k) => (free[k] ? Math.sqrt(2 * temperature * spacing) : Math.sqrt(temperature / mu)));
  const decay = realEigenvalues.map((mu, k) => (free[k] ? 1 : Math.exp(-mu * spacing)));
  const modes = draw(0).map((z, at) => {
    const k = Math.floor(at / lanes);
    return free[k] ? 0 : deviation[k] * (start ?? z);
  });
  const states = Array.from({ length: records }, (_, record) => {
    if (record > 0) {
      const noise = draw(record);
      for (let at = 0; at < modes.length; at++) {
        const k = Math.floor(at / lanes);
        const kick = free[k] ? 1 : Math.sqrt(1 - decay[k] ** 2);
        modes[at] = decay[k] * modes[at] + deviation[k] * kick * noise[at];
      }
    }
    const state = new Float32Array(nodes * lanes);
    for (let i = 0; i < nodes; i++) {
      for (let k = 0; k < nodes; k++) {
        const weight = eigenvectorMatrix.get(i, k);
        for (let lane = 0; lane < lanes; lane++) state[i * lanes + lane] += weight * modes[k * lanes + lane];
      }
    }
    return state;
  });
  return {
    sampler: 'exact Ornstein-Uhlenbeck', temperature, temperatures: states.map(() => temperature), nodes, components,
    chains, gauge: 'free', steps: states.map((_, record) => record), states, acceptance: undefined,
  };
}
