// Many graphs side by side as one, without edges between them: independent systems, each on a graph of its
// own, that one sampler runs together. The nodes of graph k follow those of graph k - 1.
import { Graph } from '../graph.js';
import { aList } from '../../numerics/rules.js';
import { requireGraph } from '../requireGraph.js';
import { requireMemory } from '../memory.js';

/**
 * The disjoint union of graphs. Node i of graph k becomes node start(k) + i; start(k) counts the nodes of the
 * graphs before it. Names of nodes are dropped: two graphs may have the same.
 *
 * @throws RangeError for no graphs, and for a union too large for memory
 * @example graphs.disjointUnion([ring(5), ring(7)]).componentCount; // 2
 */
export function disjointUnion(graphs: readonly Graph[]): Graph {
  aList('disjointUnion', 'graphs', graphs as never);
  for (const graph of graphs) requireGraph('disjointUnion', graph);
  if (graphs.length === 0) throw new RangeError('disjointUnion: needs at least one graph, got none');
  const total = (count: 'nodeCount' | 'edgeCount'): number =>
    graphs.reduce((sum, graph) => sum + graph[count], 0);
  const [nodes, edges] = [total('nodeCount'), total('edgeCount')];
  requireMemory('disjointUnion', nodes, edges, { edge: 8, node: 0 });
  const endpoints = new Int32Array(2 * edges);
  let [node, half] = [0, 0];
  for (const graph of graphs) {
    for (const end of graph.endpoints) endpoints[half++] = node + end;
    node += graph.nodeCount;
  }
  return new Graph(
    nodes,
    endpoints,
    couplings(graphs, edges),
    `${graphs.length} graphs, the first ${graphs[0]!.name}`,
  );
}

/** One number if all couplings are equal. */
function couplings(graphs: readonly Graph[], edges: number): Float64Array | number {
  const first = graphs.find(({ edgeCount }) => edgeCount > 0)?.equalCoupling;
  if (
    first !== undefined &&
    graphs.every(({ edgeCount, equalCoupling }) => edgeCount === 0 || equalCoupling === first)
  )
    return first;
  const all = new Float64Array(edges);
  let at = 0;
  for (const graph of graphs) {
    all.set(graph.couplings, at);
    at += graph.edgeCount;
  }
  return all;
}
