// The same graph with other numbers for its nodes: node i becomes permutation[i]. Edges keep their index,
// orientation and coupling, so edge arrays stay as they are; no physical quantity may change.
// Source: the gauge test of EMTD-A.1.
import { Graph } from '../graph.js';
import { requireMemory } from '../memory.js';
import { requireGraph } from '../requireGraph.js';

/**
 * The same graph with other labels: node i becomes node permutation[i]. Edges keep their order and their
 * couplings.
 *
 * @param permutation the new label of each node
 * @throws RangeError unless `permutation` holds each of 0 ... nodeCount - 1 once, and for a graph too large
 * for memory
 * @example graphs.permuteNodes(fromEdges(3, [[0, 1], [1, 2]]), [2, 0, 1]).endpoints; // [2, 0, 0, 1]
 */
export function permuteNodes(graph: Graph, permutation: ArrayLike<number>): Graph {
  requireGraph('permuteNodes', graph);
  requirePermutation('permuteNodes', graph.nodeCount, permutation);
  requireMemory('permuteNodes', graph.nodeCount, graph.edgeCount);
  const endpoints = new Int32Array(graph.endpoints.length);
  for (let h = 0; h < endpoints.length; h++) endpoints[h] = permutation[graph.endpoints[h]];
  const names = graph.nodeNames && Array.from(graph.nodeNames);
  graph.nodeNames?.forEach((name, node) => (names![permutation[node]] = name));
  return new Graph(graph.nodeCount, endpoints, graph.equalCoupling ?? graph.couplings, graph.name, names);
}

/** Throws unless `permutation` holds each of 0 ... count - 1 once. */
export function requirePermutation(caller: string, count: number, permutation: ArrayLike<number>): void {
  const seen = new Uint8Array(count);
  for (let i = 0; i < permutation.length && seen[permutation[i]] === 0; i++) seen[permutation[i]] = 1;
  if (permutation.length === count && !seen.includes(0)) return;
  const shown = Array.from({ length: Math.min(8, permutation.length) }, (_, i) => permutation[i]).join(', ');
  const more = permutation.length > 8 ? ', ...' : '';
  throw new RangeError(
    `${caller}: permutation must hold each of 0 ... ${count - 1} once, got ${shown}${more}`,
  );
}
