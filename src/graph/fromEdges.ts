// The one door through which graphs are made: it takes edges, and names the first thing wrong with them.
import { requireInteger } from './check.js';
import { Graph } from './graph.js';

/** Pairs of nodes, or a flat array a0 b0 a1 b1 ... of them. */
export type Edges = Iterable<readonly [number, number]> | Int32Array;

export interface EdgeOptions {
  /** J_ij of each edge, in the order of the edges; all 1 by default. */
  readonly weights?: ArrayLike<number>;
  readonly name?: string;
  /** Whether every node must be reachable from every other, which is the default. */
  readonly connected?: boolean;
}

/**
 * The graph of `nodeCount` nodes and the given undirected edges: pairs, or a flat Int32Array a0 b0 a1 b1 ...
 * (a million nodes and two million edges take less than a second and no object per edge).
 *
 * @throws RangeError naming the first edge that is out of range, a self loop, repeated, or whose coupling is
 *   negative or not finite; for no nodes; for a disconnected graph unless `connected` is false
 * @example
 * const triangle = fromEdges(3, [[0, 1], [1, 2], [2, 0]], { weights: [1, 1, 2] });
 * triangle.degree(0); // 2
 */
export function fromEdges(
  nodeCount: number,
  edges: Edges,
  { weights, name = 'graph', connected = true }: EdgeOptions = {},
): Graph {
  requireInteger('fromEdges', 'nodeCount', nodeCount, 1);
  const endpoints = checkedEndpoints(nodeCount, edges);
  const graph = new Graph(nodeCount, endpoints, checkedCouplings(endpoints.length / 2, weights), name);
  refuseRepeatedEdges(graph);
  if (connected && graph.componentCount > 1) {
    throw new RangeError(
      `fromEdges: the graph must be connected, got ${graph.componentCount} components; ` +
        'pass { connected: false } to allow them',
    );
  }
  return graph;
}

function checkedEndpoints(nodeCount: number, edges: Edges): Int32Array {
  const ends = edges instanceof Int32Array ? edges : flattened(edges);
  if (ends.length % 2 !== 0) {
    throw new RangeError(`fromEdges: flat edges must be two nodes an edge, got ${ends.length} numbers`);
  }
  for (let h = 0; h < ends.length; h++) {
    const node = ends[h];
    if (!Number.isInteger(node) || node < 0 || node >= nodeCount) {
      throw new RangeError(
        `fromEdges: nodes must be integers in [0, ${nodeCount - 1}], got ${String(node)} in edge ${h >> 1}`,
      );
    }
    if (h % 2 === 1 && node === ends[h - 1]) {
      throw new RangeError(`fromEdges: an edge must join two nodes, got ${node} - ${node} as edge ${h >> 1}`);
    }
  }
  return Int32Array.from(ends);
}

function flattened(edges: Iterable<readonly [number, number]>): number[] {
  const ends: number[] = [];
  for (const [a, b] of edges) ends.push(a, b);
  return ends;
}

function checkedCouplings(edgeCount: number, weights: ArrayLike<number> | undefined): Float64Array {
  if (weights === undefined) return new Float64Array(edgeCount).fill(1);
  if (weights.length !== edgeCount) {
    throw new RangeError(`fromEdges: weights must be one an edge (${edgeCount}), got ${weights.length}`);
  }
  return Float64Array.from(weights, (weight, edge) => {
    if (Number.isFinite(weight) && weight >= 0) return weight + 0; // -0 becomes 0
    throw new RangeError(
      `fromEdges: weights must be finite and not negative, got ${String(weight)} for edge ${edge}`,
    );
  });
}

/** Rows ascend, so a repeated edge stands twice in a row, next to itself. */
function refuseRepeatedEdges({ nodeCount, offsets, neighbours, edgeOf }: Graph): void {
  for (let node = 0; node < nodeCount; node++) {
    for (let h = offsets[node] + 1; h < offsets[node + 1]; h++) {
      if (neighbours[h] !== neighbours[h - 1]) continue;
      throw new RangeError(
        `fromEdges: edges must be distinct, got ${node} - ${neighbours[h]} ` +
          `as edges ${edgeOf[h - 1]} and ${edgeOf[h]}`,
      );
    }
  }
}
