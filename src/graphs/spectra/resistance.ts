// Effective resistance and spanning trees, both from the Cholesky factor of the grounded Laplacian: L without
// its last row and column, which for a connected graph is positive definite, L_g = G G^T.
import { CholeskyDecomposition } from 'ml-matrix';
import { requireInteger } from '../../numerics/check.js';
import type { Graph } from '../graph.js';
import { denseLaplacian, requireConnected } from './laplacian.js';

/** A pivot below this part of its diagonal element is all rounding error. */
const LEAST_PIVOT = 1e-13;

/**
 * The effective resistance between two nodes when each edge conducts J_ij:
 * R_ab = (e_a - e_b) . L^+ (e_a - e_b) = |G^-1 (e_a - e_b)|^2. Under H = x . L x / 2 at temperature T, <(x_a
 * - x_b)^2> = T R_ab.
 * Factoring costs O(N^3) once, each pair O(N^2).
 * Source: Klein, Randic, J. Math. Chem. 12 (1993) 81, DOI 10.1007/BF01164627.
 *
 * @throws RangeError for a disconnected graph or above 2048 nodes; the result throws it for a node out of
 * range
 * @example graphs.effectiveResistance(complete(10))(0, 1); // 0.2 = 2 / N
 */
export function effectiveResistance(graph: Graph): (a: number, b: number) => number {
  const G = groundedFactor('effectiveResistance', graph);
  const y = new Float64Array(G.length);
  return (a, b) => {
    requireInteger('effectiveResistance', 'node', a, 0, graph.nodeCount - 1);
    requireInteger('effectiveResistance', 'node', b, 0, graph.nodeCount - 1);
    if (a === b) return 0;
    const first = Math.min(a, b);
    let squaredNorm = 0;
    for (let i = first; i < y.length; i++) {
      const row = G[i];
      let sum = (i === a ? 1 : 0) - (i === b ? 1 : 0);
      for (let k = first; k < i; k++) sum -= row[k] * y[k];
      y[i] = sum / row[i];
      squaredNorm += y[i] * y[i];
    }
    return squaredNorm;
  };
}

/**
 * ln tau, with tau the number of spanning trees; with couplings, the sum over trees of the product of their
 * couplings. tau = det L_g = (product of the nonzero eigenvalues of L) / N (matrix-tree theorem).
 * Source: Kirchhoff, Ann. Phys. Chem. 148 (1847) 497, DOI 10.1002/andp.18471481202.
 *
 * @throws RangeError for a disconnected graph or above 2048 nodes
 * @example Math.exp(graphs.logSpanningTrees(complete(10))); // 1e8 = N^(N - 2)
 */
export function logSpanningTrees(graph: Graph): number {
  return groundedFactor('logSpanningTrees', graph).reduce((sum, row, i) => sum + 2 * Math.log(row[i]), 0);
}

/** The rows of the lower triangular G with G G^T = L_g. */
function groundedFactor(caller: string, graph: Graph): number[][] {
  const L = denseLaplacian(caller, graph);
  requireConnected(caller, graph);
  const free = Array.from({ length: graph.nodeCount - 1 }, (_, node) => node);
  if (free.length === 0) return [];
  const grounded = L.selection(free, free);
  const G = new CholeskyDecomposition(grounded).lowerTriangularMatrix.to2DArray();
  if (!G.every((row, i) => row[i] ** 2 > LEAST_PIVOT * grounded.get(i, i))) {
    throw new RangeError(`${caller}: the couplings differ by more than float64 can resolve`);
  }
  return G;
}
