// The Gaussian free field H = (1/2) x . L x as springs, u_k . x of stiffness mu_k, whatever the gauge: modes
// of the Laplacian without the rows and columns of held nodes; the zero mode left out. And the exact law of a
// spring under Langevin steps, x' = a x + noise with a = 1 - h mu, at any number of steps from rest:
//   Euler-Maruyama         v' = a^2 v + 2 T h
//   Leimkuhler-Matthews    v' = a^2 v + 2 a c + T h, c = <x noise> = T h / 2 after the first step, 0 before
// Source: the schemes of src/dynamics/langevin/langevin.ts; Leimkuhler, Matthews, DOI 10.1093/amrx/abs010.
import { EigenvalueDecomposition } from 'ml-matrix';
import type { LangevinMethod, Samples } from '../../src/dynamics/index.js';
import { Field } from '../../src/fields/index.js';
import { type Graph, laplacian } from '../../src/graphs/index.js';
import { normals, Purpose, randomKey, type Seed } from '../../src/randomness/index.js';

export interface Springs {
  /** mu_k, ascending. */
  readonly stiffness: readonly number[];
  /** u_k, one entry a node. */
  readonly modes: readonly Float64Array[];
}

export function springs(graph: Graph, held: readonly number[] = []): Springs {
  const free = Array.from({ length: graph.nodeCount }, (_, i) => i).filter((i) => !held.includes(i));
  const { realEigenvalues: mu, eigenvectorMatrix } = new EigenvalueDecomposition(
    laplacian(graph).selection(free, free),
    { assumeSymmetric: true },
  );
  const order = mu
    .map((_, k) => k)
    .filter((k) => mu[k] > 1e-9)
    .sort((a, b) => mu[a] - mu[b]);
  const mode = (k: number): Float64Array => {
    const u = new Float64Array(graph.nodeCount);
    free.forEach((node, i) => (u[node] = eigenvectorMatrix.get(i, k)));
    return u;
  };
  return { stiffness: order.map((k) => mu[k]), modes: order.map(mode) };
}

/** Variance of a spring after some steps from rest. */
export function varianceAfter(
  steps: number,
  method: LangevinMethod,
  mu: number,
  h: number,
  T: number,
): number {
  const a = 1 - h * mu;
  let v = 0;
  for (let n = 0; n < steps; n++) {
    v = method === 'euler-maruyama' ? a * a * v + 2 * T * h : a * a * v + (n === 0 ? 0 : a * T * h) + T * h;
  }
  return v;
}

/** u . x in every lane (component and chain) of a record. */
export function amplitudes(
  { states, nodes }: Samples,
  record: number,
  mode: ArrayLike<number>,
): Float64Array {
  const state = states[record];
  const lanes = state.length / nodes;
  const out = new Float64Array(lanes);
  for (let i = 0; i < nodes; i++) {
    const u = mode[i];
    for (let lane = 0; lane < lanes; lane++) out[lane] += u * state[i * lanes + lane];
  }
  return out;
}

/** The free field in equilibrium, H = (1/2) x . L x: every spring drawn from its law. */
export function freeFieldInLaw(
  graph: Graph,
  { temperature: T, chains, seed }: { temperature: number; chains: number; seed: Seed },
): Field {
  const { stiffness, modes } = springs(graph);
  const z = normals(new Float64Array(stiffness.length * chains), randomKey(seed, 'springs'), {
    step: 0,
    purpose: Purpose.initial,
    nodes: stiffness.length,
    lanes: chains,
  });
  const values = new Float64Array(graph.nodeCount * chains);
  modes.forEach((mode, k) => {
    const deviation = Math.sqrt(T / stiffness[k]);
    mode.forEach((u, i) => {
      for (let c = 0; c < chains; c++) values[i * chains + c] += deviation * u * z[k * chains + c];
    });
  });
  return new Field(Float32Array.from(values), { sites: graph.nodeCount, chains });
}
