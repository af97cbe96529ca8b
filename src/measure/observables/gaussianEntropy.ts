// The entropy of a Gaussian law from a sample of a field, without the field's mean over the nodes; k_B = 1:
//   S = (n / 2) ln(2 pi e) + (1 / 2) ln det' C,   n = d (N - 1),
// C the sampled covariance of x_i - (1/N) sum_j x_j, det' the product of its n eigenvalues besides the zero
// modes; orthonormal coordinates. M independent states give S too low by n (n + 1) / 4 M to first order
// (Wishart), which the jackknife removes. With <H>, it gives F = <H> - T S (EMTD section 1.3) from samples
// alone.
import { CholeskyDecomposition, Matrix } from 'ml-matrix';
import { requireCounts, type Samples } from '../../dynamics/index.js';
import { each, integer } from '../../numerics/rules.js';

type Records = Pick<Samples, 'states' | 'nodes' | 'components' | 'chains'>;

/**
 * The entropy S of a Gaussian field in nats, from the covariance of all records of the given chains (of every
 * chain by default).
 *
 * @throws RangeError unless there are more records than modes, spanning them
 * @example
 * const energy = hamiltonian(ring(10), [interaction()]);
 * const sampler = langevin(energy, { temperature: 1, timeStep: 0.05 });
 * const samples = await sample(sampler, { chains: 16, burnIn: 500, steps: 10_000, every: 50, seed: 1 });
 * measure.gaussianEntropy(samples); // 7.309
 * exact.gaussianFreeField(ring(10), { temperature: 1 }).entropy; // 7.349
 */
export function gaussianEntropy(samples: Records, some?: readonly number[]): number {
  requireCounts('gaussianEntropy', samples);
  const chains = some ?? [...Array(samples.chains).keys()];
  each(integer(0, samples.chains - 1))('gaussianEntropy', 'chains', chains as never);
  const { nodes, components } = samples;
  const modes = components * (nodes - 1);
  const count = samples.states.length * chains.length;
  const covariance = covarianceOf(centredStates(samples, chains), nodes * components);
  // each component's zero mode gets the variance 1, which adds nothing to ln det
  for (let row = 0; row < covariance.rows; row++) {
    for (let column = row % components; column < covariance.columns; column += components) {
      covariance.set(row, column, covariance.get(row, column) + 1 / nodes);
    }
  }
  const factor = new CholeskyDecomposition(covariance);
  if (count <= modes || !factor.isPositiveDefinite()) {
    throw new RangeError(
      `gaussianEntropy: ${modes} modes need more than ${modes} different states, got ${count}`,
    );
  }
  const logDeterminant = factor.lowerTriangularMatrix
    .diagonal()
    .reduce((sum, pivot) => sum + 2 * Math.log(pivot), 0);
  return (modes * Math.log(2 * Math.PI * Math.E) + logDeterminant) / 2;
}

/**
 * `[states, nodes, components]`: every record of the chains as one state, its mean over the nodes removed.
 */
function centredStates(
  { states, nodes, components, chains: width }: Records,
  chains: readonly number[],
): Float64Array {
  const size = nodes * components;
  const out = new Float64Array(states.length * chains.length * size);
  let row = 0;
  for (const values of states) {
    for (const chain of chains) {
      for (let k = 0; k < components; k++) {
        let sum = 0;
        for (let at = k; at < size; at += components) sum += values[at * width + chain];
        for (let at = k; at < size; at += components)
          out[row + at] = values[at * width + chain] - sum / nodes;
      }
      row += size;
    }
  }
  return out;
}

/** C = sum over states of (x - <x>)(x - <x>)^T / (M - 1). */
function covarianceOf(states: Float64Array, size: number): Matrix {
  const count = states.length / size;
  const average = new Float64Array(size);
  states.forEach((x, at) => (average[at % size] += x / count));
  const sums = Array.from({ length: size }, (_, k) => new Float64Array(k + 1)); // the lower triangle
  const x = new Float64Array(size);
  for (let from = 0; from < states.length; from += size) {
    for (let k = 0; k < size; k++) x[k] = states[from + k] - average[k];
    for (let k = 0; k < size; k++) {
      const row = sums[k];
      for (let l = 0; l <= k; l++) row[l] += x[k] * x[l];
    }
  }
  const covariance = Matrix.zeros(size, size);
  sums.forEach((row, k) =>
    row.forEach((sum, l) => {
      covariance.set(k, l, sum / (count - 1)).set(l, k, sum / (count - 1));
    }),
  );
  return covariance;
}
