// The entropy of a Gaussian law from a sample of a field, without the field's mean over the nodes; k_B = 1:
//   S = (n / 2) ln(2 pi e) + (1 / 2) ln det' C,   n = d (N - 1),
// C the sampled covariance of x_i - (1/N) sum_j x_j, det' the product of its n eigenvalues besides the zero
// modes; orthonormal coordinates. M independent states give S too low by n (n + 1) / 4 M to first order
// (Wishart), which the jackknife takes out. With <H>, it gives F = <H> - T S (EMTD section 1.3) from samples
// alone.
import { CholeskyDecomposition, Matrix } from 'ml-matrix';
import type { Samples } from '../dynamics/index.js';

/** What is read of a run. */
type Records = Pick<Samples, 'states' | 'nodes' | 'components' | 'chains'>;

/**
 * S in nats, from all records of the given chains (of every chain by default).
 *
 * @throws RangeError unless there are more records than modes, spanning them
 * @example gaussianEntropy(samples, [0, 1, 2, 3]); // from four of the chains
 */
export function gaussianEntropy(samples: Records, chains = Array.from({ length: samples.chains }, (_, c) => c)): number {
  const { nodes, components } = samples;
  const modes = components * (nodes - 1);
  const states = centredStates(samples, chains);
  const covariance = covarianceOf(states);
  // each component's zero mode gets the variance 1, which adds nothing to ln det
  for (let row = 0; row < covariance.rows; row++) {
    for (let column = row % components; column < covariance.columns; column += components) {
      covariance.set(row, column, covariance.get(row, column) + 1 / nodes);
    }
  }
  const factor = new CholeskyDecomposition(covariance);
  if (states.length <= modes || !factor.isPositiveDefinite()) {
    throw new RangeError(`gaussianEntropy: ${modes} modes need more than ${modes} different states, got ${states.length}`);
  }
  const logDeterminant = factor.lowerTriangularMatrix.diagonal().reduce((sum, pivot) => sum + 2 * Math.log(pivot), 0);
  return (modes * Math.log(2 * Math.PI * Math.E) + logDeterminant) / 2;
}

/** Every record of the chains as one state, its mean over the nodes removed. */
function centredStates({ states, nodes, components, chains: width }: Records, chains: readonly number[]): Float64Array[] {
  const size = nodes * components;
  return states.flatMap((values) =>
    chains.map((chain) => {
      const state = new Float64Array(size);
      for (let k = 0; k < components; k++) {
        let sum = 0;
        for (let at = k; at < size; at += components) sum += values[at * width + chain];
        for (let at = k; at < size; at += components) state[at] = values[at * width + chain] - sum / nodes;
      }
      return state;
    }),
  );
}

/** C = sum over states of (x - <x>)(x - <x>)^T / (M - 1). */
function covarianceOf(states: readonly Float64Array[]): Matrix {
  const size = states[0].length;
  const average = new Float64Array(size);
  for (const state of states) for (let k = 0; k < size; k++) average[k] += state[k] / states.length;
  const sums = Array.from({ length: size }, (_, k) => new Float64Array(k + 1)); // the lower triangle
  const x = new Float64Array(size);
  for (const state of states) {
    for (let k = 0; k < size; k++) x[k] = state[k] - average[k];
    for (let k = 0; k < size; k++) {
      const row = sums[k];
      for (let l = 0; l <= k; l++) row[l] += x[k] * x[l];
    }
  }
  const covariance = Matrix.zeros(size, size);
  sums.forEach((row, k) => row.forEach((sum, l) => {
    covariance.set(k, l, sum / (states.length - 1)).set(l, k, sum / (states.length - 1));
  }));
  return covariance;
}
