// The same graph under other names for its nodes: node i becomes permutation[i]. Edges keep their index,
// orientation and coupling, so edge arrays stay as they are; nothing that is physics may change.
// Source: the gauge test of EMTD-A.1.
import { fromEdges } from './fromEdges.js';
import type { Graph } from './graph.js';

/**
 * The graph with its nodes relabelled.
 *
 * @param permutation the new label of each node
 * @throws RangeError unless it holds each of 0 ... nodeCount - 1 once
 * @example
 * permuteNodes(fromEdges(3, [[0, 1], [1, 2]]), [2, 0, 1]).endpoints; // [2, 0, 0, 1]
 */
export function permuteNodes(graph: Graph, permutation: ArrayLike<number>): Graph {
  requirePermutation('permuteNodes', graph.nodeCount, permutation);
  return fromEdges(graph.nodeCount, graph.endpoints.map((node) => permutation[node]), {
    weights: graph.couplings,
    name: graph.name,
    connected: false,
  });
}

/** Throws unless `permutation` holds each of 0 ... count - 1 once. */
export function requirePermutation(caller: string, count: number, permutation: ArrayLike<number>): void {
  const labels = new Set(Array.from(permutation));
  const whole = permutation.length === count && labels.size === count;
  if (whole && [...labels].every((label) => Number.isInteger(label) && label >= 0 && label < count)) return;
  const shown = Array.from(permutation).slice(0, 8).join(', ') + (permutation.length > 8 ? ', ...' : '');
  throw new RangeError(`${caller}: permutation must hold each of 0 ... ${count - 1} once, got ${shown}`);
}
