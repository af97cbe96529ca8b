// The Kirchhoff index Kf = sum over pairs of R_ij = N Tr L^+ = N sum over k > 0 of 1 / mu_k, sparse, node by
// node: with b = e_i - 1/N, L^+_ii = b . L^+ b is the sum of alpha_k |r_k|^2 over the iterations of conjugate
// gradients, which need not store the solution. The rest after k of them is the square of the solution's
// error, so that few iterations give all digits. Their number grows as sqrt(mu_max / mu_2): some 20 on random
// regular graphs of any size, N / 2 on a ring. W^2 / T = Kf / N^2 is the disagreement of H = x . L x / 2.
// Sources: Klein and Randic, J. Math. Chem. 12 (1993) 81, DOI 10.1007/BF01164627; Hestenes and Stiefel, J.
// Res. NBS 49 (1952) 409, DOI 10.6028/jres.049.044, theorem 6:1.
import type { Graph } from '../graph.js';
import { requireConnected } from './laplacian.js';

/** The sum ends at a term below this part of it. */
const ENOUGH = 1e-9;

/**
 * Kf, the sum of the effective resistances of all pairs of nodes, to a relative accuracy of about 1e-8; O(N x
 * iterations x edges).
 *
 * @throws RangeError for a disconnected graph
 * @example graphs.kirchhoffIndex(ring(10)) / 10 ** 2; // 0.825 = (N^2 - 1) / (12 N), the disagreement W^2 / T
 */
export function kirchhoffIndex(graph: Graph): number {
  requireConnected('kirchhoffIndex', graph);
  const { nodeCount: N, offsets, neighbours, edgeOf, couplings } = graph;
  const J = Float64Array.from(edgeOf, (edge) => couplings[edge]);
  const strength = new Float64Array(N);
  for (let i = 0; i < N; i++) for (let h = offsets[i]; h < offsets[i + 1]; h++) strength[i] += J[h];
  const [r, p, Lp] = [new Float64Array(N), new Float64Array(N), new Float64Array(N)];
  let trace = 0;
  for (let node = 0; node < N && N > 1; node++) {
    r.fill(-1 / N);
    r[node] += 1;
    p.set(r);
    let [rr, sum, term] = [1 - 1 / N, 0, Infinity];
    while (term > ENOUGH * sum) {
      let pLp = 0;
      for (let i = 0; i < N; i++) {
        let current = strength[i] * p[i];
        for (let h = offsets[i]; h < offsets[i + 1]; h++) current -= J[h] * p[neighbours[h]];
        Lp[i] = current;
        pLp += p[i] * current;
      }
      const alpha = rr / pLp;
      term = alpha * rr;
      sum += term;
      let next = 0;
      for (let i = 0; i < N; i++) {
        r[i] -= alpha * Lp[i];
        next += r[i] * r[i];
      }
      const beta = next / rr;
      for (let i = 0; i < N; i++) p[i] = r[i] + beta * p[i];
      rr = next;
      if (!(next > 0)) break; // exact already
    }
    trace += sum;
  }
  return N * trace;
}
