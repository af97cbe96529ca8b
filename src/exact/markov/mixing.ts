// The rate at which a chain with transition matrix P forgets its start, in steps of P:
//   spectral gap     1 - max |lambda| over the eigenvalues but the 1; the relaxation time is 1 / gap
//   mixing time      least t with max over s of TV(P^t(s, .), pi) <= epsilon
// Under detailed balance (1 / gap - 1) ln(1 / 2 epsilon) <= mixing time <= ln(1 / (epsilon min pi)) / gap.
// Source: Levin, Peres, Markov Chains and Mixing Times (2017), sections 4.5, 12.1, 12.2.
import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { antisymmetricFlux } from './antisymmetricFlux.js';
import { stationaryLaw } from './stationaryLaw.js';
import { halfOfDifferences } from './totalVariation.js';

/** The largest flux of a chain in detailed balance, to rounding. */
const BALANCED = 1e-12;

/**
 * The spectral gap of an irreducible chain, in [0, 1]; 0 for a periodic one. The start is forgotten in about
 * 1 / gap steps.
 *
 * @throws RangeError as `stationaryLaw`
 * @example
 * import { Matrix } from 'ml-matrix';
 * exact.spectralGap(new Matrix([[0.5, 0.5], [0.25, 0.75]])); // 0.75: the eigenvalues are 1 and 1/4
 */
export function spectralGap(P: Matrix): number {
  const law = stationaryLaw(P);
  const balanced = law.every((p) => p > 0) && antisymmetricFlux(P, law).largest < BALANCED;
  const { realEigenvalues, imaginaryEigenvalues } = balanced
    ? new EigenvalueDecomposition(symmetrised(P, law), { assumeSymmetric: true })
    : new EigenvalueDecomposition(P);
  const sizes = realEigenvalues
    .map((real, k) => Math.hypot(real, imaginaryEigenvalues[k]))
    .sort((a, b) => b - a);
  return 1 - sizes[1];
}

/** sqrt(pi_s) P_st / sqrt(pi_t): similar to P, and symmetric under detailed balance. */
function symmetrised(P: Matrix, law: Float64Array): Matrix {
  const S = Matrix.zeros(P.rows, P.rows);
  for (let s = 0; s < P.rows; s++) {
    for (let t = 0; t < P.rows; t++) S.set(s, t, Math.sqrt(law[s] / law[t]) * P.get(s, t));
  }
  return S.add(S.transpose()).div(2);
}

/**
 * The mixing time from the worst start, in steps: after it the law is within epsilon of the stationary one,
 * in total variation. Infinity if it never is (a periodic chain).
 *
 * @throws RangeError as `stationaryLaw`, and unless 0 < epsilon < 1
 * @example
 * import { Matrix } from 'ml-matrix';
 * exact.mixingTime(new Matrix([[0.5, 0.5], [0.25, 0.75]]), 0.01); // 4: TV = 2/3 4^-t from state 0
 */
export function mixingTime(P: Matrix, epsilon = 0.25): number {
  if (!(epsilon > 0 && epsilon < 1))
    throw new RangeError(`mixingTime: epsilon must be in (0, 1), got ${epsilon}`);
  const law = stationaryLaw(P);
  const isMixed = (power: Matrix): boolean => {
    for (let s = 0; s < P.rows; s++) if (halfOfDifferences(power.getRow(s), law) > epsilon) return false;
    return true;
  };
  const powers = [P]; // P^(2^k), up to the first that mixes
  while (!isMixed(powers[powers.length - 1])) {
    if (powers.length > MOST_DOUBLINGS) return Infinity;
    powers.push(powers[powers.length - 1].mmul(powers[powers.length - 1]));
  }
  let [steps, power] = [0, Matrix.eye(P.rows)]; // the longest that does not mix
  if (isMixed(power)) return 0;
  for (let k = powers.length - 2; k >= 0; k--) {
    const longer = power.mmul(powers[k]);
    if (!isMixed(longer)) [steps, power] = [steps + 2 ** k, longer];
  }
  return steps + 1;
}

/** Beyond 2^45 steps rounding errors of the rows dominate. */
const MOST_DOUBLINGS = 45;
