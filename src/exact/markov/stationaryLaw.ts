// The stationary law of a transition matrix, pi P = pi with P_st the probability of t after s, by elimination
// of one state after another without subtractions, so that small probabilities keep their digits.
// Source: Grassmann, Taksar, Heyman, Oper. Res. 33 (1985) 1107, DOI 10.1287/opre.33.5.1107.
import type { Matrix } from 'ml-matrix';

/**
 * The stationary law of a transition matrix, pi P = pi: the share of time that a long walk spends in each
 * state. Small probabilities keep their digits.
 *
 * @throws RangeError unless P is a square stochastic matrix with one stationary law, positive at state 0
 * @example
 * import { Matrix } from 'ml-matrix';
 * exact.stationaryLaw(new Matrix([[0.5, 0.5], [0.25, 0.75]])); // [1/3, 2/3]
 */
export function stationaryLaw(P: Matrix): Float64Array {
  requireStochastic('stationaryLaw', P);
  const n = P.rows;
  const rest = P.clone();
  for (let k = n - 1; k > 0; k--) {
    let out = 0;
    for (let t = 0; t < k; t++) out += rest.get(k, t);
    if (out === 0) {
      throw new RangeError(
        `stationaryLaw: the law must be unique, got a matrix in which state ${k} never leads to those below`,
      );
    }
    for (let s = 0; s < k; s++) {
      const share = rest.get(s, k) / out;
      rest.set(s, k, share);
      for (let t = 0; t < k; t++) rest.set(s, t, rest.get(s, t) + share * rest.get(k, t));
    }
  }
  const law = Float64Array.of(1, ...new Float64Array(n - 1));
  for (let t = 1; t < n; t++) for (let s = 0; s < t; s++) law[t] += law[s] * rest.get(s, t);
  const sum = law.reduce((total, p) => total + p);
  return law.map((p) => p / sum);
}

/** Throws unless rows are probabilities that sum to 1. */
function requireStochastic(caller: string, P: Matrix): void {
  if (P.rows !== P.columns)
    throw new RangeError(`${caller}: the matrix must be square, got ${P.rows} x ${P.columns}`);
  for (let s = 0; s < P.rows; s++) {
    const row = P.getRow(s);
    const sum = row.reduce((total, p) => total + p, 0);
    if (Math.abs(sum - 1) > 1e-9 || row.some((p) => !(p >= -1e-15))) {
      throw new RangeError(
        `${caller}: rows must be probabilities that sum to 1, got a sum of ${sum} in row ${s}`,
      );
    }
  }
}
