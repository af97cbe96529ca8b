// The graph Laplacian L = D - J: L_ii = sum over j of J_ij, L_ij = -J_ij, so x . L x = sum over edges of
// J_ij (x_i - x_j)^2, the interaction of EMTD Definition 1.2 without its norm.
import { Matrix } from 'ml-matrix';
import { showAs } from '../../display/index.js';
import { matrixCard } from '../graphPicture.js';
import type { Graph } from '../graph.js';
import { requireUnsigned } from '../requireGraph.js';

/** Dense linear algebra costs O(N^3) time and O(N^2) memory; larger graphs are refused. */
const MOST_DENSE_NODES = 2048;

/**
 * The Laplacian L = D - J as a dense matrix [N, N]: L_ij = -J_ij on an edge, L_ii = sum over j of J_ij.
 *
 * @throws RangeError above 2048 nodes
 * @example graphs.laplacian(complete(3)).to2DArray(); // [[2, -1, -1], [-1, 2, -1], [-1, -1, 2]]
 */
export const laplacian = (graph: Graph): Matrix => showAs(denseLaplacian('laplacian', graph), matrixCard);

/**
 * The Laplacian without its display.
 * @throws RangeError, with advice, when a graph is too large for dense linear algebra
 */
export function denseLaplacian(caller: string, graph: Graph): Matrix {
  requireUnsigned(caller, graph);
  if (graph.nodeCount > MOST_DENSE_NODES) {
    const advice =
      'measure on smaller graphs of the same kind, or bound the spectrum with laplacianBound(graph)';
    throw new RangeError(
      `${caller}: dense linear algebra takes at most ${MOST_DENSE_NODES} nodes, got ${graph.nodeCount}; ${advice}`,
    );
  }
  const L = Matrix.zeros(graph.nodeCount, graph.nodeCount);
  graph.couplings.forEach((J, edge) => {
    const [a, b] = [graph.endpoints[2 * edge], graph.endpoints[2 * edge + 1]];
    L.set(a, b, -J);
    L.set(b, a, -J);
    L.set(a, a, L.get(a, a) + J);
    L.set(b, b, L.get(b, b) + J);
  });
  return L;
}

/**
 * An upper bound of the largest Laplacian eigenvalue for a graph of any size, in O(E):
 * mu_max <= max over edges (a, b) of L_aa + L_bb, at most 2 max L_aa.
 * Source: Anderson, Morley, Linear Multilinear Algebra 18 (1985) 141, DOI 10.1080/03081088508817681.
 *
 * @example laplacianBound(ring(10)); // 4, which is reached
 */
export function laplacianBound(graph: Graph): number {
  requireUnsigned('laplacianBound', graph);
  const { nodeCount, endpoints } = graph;
  const strength = new Float64Array(nodeCount);
  for (let h = 0; h < endpoints.length; h++) strength[endpoints[h]] += graph.coupling(h >> 1);
  let bound = 0;
  for (let h = 0; h < endpoints.length; h += 2) {
    if (graph.coupling(h >> 1) > 0)
      bound = Math.max(bound, strength[endpoints[h]] + strength[endpoints[h + 1]]);
  }
  return bound;
}

/** Throws when a graph has more than one component. */
export function requireConnected(caller: string, graph: Graph): void {
  requireUnsigned(caller, graph);
  if (graph.componentCount === 1) return;
  throw new RangeError(`${caller}: the graph must be connected, got ${graph.componentCount} components`);
}
