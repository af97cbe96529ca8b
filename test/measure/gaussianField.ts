// Exact samples of Gaussian fields, H = (1/2) x . K x: every mode of K is a stationary Ornstein-Uhlenbeck
// process of variance T / mu, drawn exactly from record to record, so that a finding on them is a false
// alarm. Modes with mu = 0 diffuse freely from 0, Var = 2 T t.
import { EigenvalueDecomposition, type Matrix } from 'ml-matrix';
import { hamiltonian, interaction, type Hamiltonian } from '../../src/energies/index.js';
import { laplacian, type Graph } from '../../src/graphs/index.js';
import type { ChainSamples } from '../../src/measure/index.js';
import { normals, Purpose, randomKey, type Seed } from '../../src/randomness/index.js';

/** H = (1/2) x . L x. */
export const gaussianEnergy = (graph: Graph): Hamiltonian => hamiltonian(graph, [interaction({ J: 0.5 })]);

export interface ExactRun {
  /** K, the Laplacian of the free field unless given. */
  readonly stiffness?: Matrix;
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

export function exactField(
  graph: Graph,
  {
    stiffness = laplacian(graph),
    temperature = 1,
    components = 1,
    chains = 8,
    records = 200,
    spacing = 0.6,
    seed,
    start,
  }: ExactRun,
): ChainSamples {
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(stiffness, {
    assumeSymmetric: true,
  });
  const nodes = stiffness.rows;
  const lanes = components * chains;
  const draw = (step: number): Float64Array =>
    normals(new Float64Array(nodes * lanes), randomKey(seed, 'exact'), {
      step,
      purpose: Purpose.noise,
      nodes,
      lanes,
    });
  const modes = realEigenvalues.map((mu) => ({
    free: mu < 1e-9,
    deviation: mu < 1e-9 ? Math.sqrt(2 * temperature * spacing) : Math.sqrt(temperature / mu),
    decay: Math.exp(-mu * spacing),
  }));
  const amplitudes = draw(0).map((z, at) => {
    const { free, deviation } = modes[Math.floor(at / lanes)];
    return free ? 0 : deviation * (start ?? z);
  });
  const states = Array.from({ length: records }, (_, record) => {
    const noise = record > 0 ? draw(record) : undefined;
    const state = new Float32Array(nodes * lanes);
    modes.forEach(({ free, deviation, decay }, k) => {
      const kick = deviation * (free ? 1 : Math.sqrt(1 - decay ** 2));
      for (let lane = 0; lane < lanes; lane++) {
        const at = k * lanes + lane;
        if (noise) amplitudes[at] = (free ? 1 : decay) * amplitudes[at] + kick * noise[at];
        for (let i = 0; i < nodes; i++)
          state[i * lanes + lane] += eigenvectorMatrix.get(i, k) * amplitudes[at];
      }
    });
    return state;
  });
  return {
    sampler: 'exact Ornstein-Uhlenbeck',
    temperature,
    temperatures: states.map(() => temperature),
    nodes,
    components,
    chains,
    gauge: 'free',
    steps: states.map((_, record) => record),
    states,
    acceptance: undefined,
  };
}
