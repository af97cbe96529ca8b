// A graph from its edges, checked: the error names the first edge that is wrong.
import { got, requireInteger, requireOnePer } from '../../numerics/check.js';
import { byDefault, type Options, type OptionsOf, readOptions, typed } from '../../numerics/options.js';
import { aBoolean, aList, aString } from '../../numerics/rules.js';
import { Graph } from '../graph.js';
import { requireMemory } from '../memory.js';

/** Pairs of nodes, or a flat array a0 b0 a1 b1 ... of them. */
export type Edges = Iterable<readonly [number, number]> | Int32Array;

export const graphOptions = {
  /** What the graph is called where it shows; `graph` by default. */
  name: byDefault('graph', aString),
  /** Whether every node must be reachable from every other; true by default. */
  connected: byDefault(true, aBoolean),
};

/** Options of every graph that is made of edges. */
export interface GraphOptions extends Options, OptionsOf<typeof graphOptions> {}

const edgeOptions = {
  /**
   * J_ij of each edge, in the order of the edges; all 1 by default. Spin glasses have negative ones;
   * functions that take a coupling as a weight refuse these.
   */
  couplings: typed<ArrayLike<number>>(aList),
  ...graphOptions,
  /** A name for each node, no two the same: see `graph.nodeNames`. */
  nodeNames: typed<readonly string[]>(aList),
};

/** Options of `fromEdges`. */
export interface EdgeOptions extends GraphOptions, OptionsOf<typeof edgeOptions> {}

/**
 * The graph of `nodeCount` nodes and the given undirected edges. With a flat array, ten million nodes and
 * forty million edges take seconds and no object per edge.
 *
 * @throws RangeError naming the first edge that is not two nodes, out of range, a self loop, repeated, or
 * whose coupling is not finite; for names that are not one per node or not distinct; for no nodes; for a
 * disconnected graph unless `connected` is false; for a graph too large for memory, with the size needed
 * @example
 * const triangle = fromEdges(3, [[0, 1], [1, 2], [2, 0]], { couplings: [1, 1, 2] });
 * triangle.degree(0); // 2
 */
export function fromEdges(nodeCount: number, edges: Edges, options: EdgeOptions = {}): Graph {
  requireInteger('fromEdges', 'nodeCount', nodeCount, 1);
  const { couplings, name, connected, nodeNames } = readOptions('fromEdges', options, edgeOptions);
  const endpoints = endpointsOf(nodeCount, edges);
  const names = nodeNames && namesOf(nodeCount, nodeNames);
  const graph = new Graph(nodeCount, endpoints, couplingsOf(endpoints.length / 2, couplings), name, names);
  refuseRepeatedEdges(graph);
  if (connected && graph.componentCount > 1) {
    const advice = 'pass { connected: false } to allow them';
    throw new RangeError(
      `fromEdges: the graph must be connected, got ${graph.componentCount} components; ${advice}`,
    );
  }
  return graph;
}

/** A flat copy of the edges. */
function endpointsOf(nodeCount: number, edges: Edges): Int32Array {
  if (!(edges instanceof Int32Array)) return flatten(nodeCount, edges);
  if (edges.length % 2 !== 0) {
    throw new RangeError(`fromEdges: flat edges must be two nodes per edge, got ${edges.length} numbers`);
  }
  requireMemory('fromEdges', nodeCount, edges.length / 2);
  for (let h = 0; h < edges.length; h += 2) requireEdge(nodeCount, edges[h], edges[h + 1], h / 2);
  return edges.slice();
}

/** Edges of unknown number go into an array that doubles when it is full. */
function flatten(nodeCount: number, edges: Iterable<readonly [number, number]>): Int32Array {
  requireMemory('fromEdges', nodeCount, 0);
  if (typeof (edges as Partial<typeof edges> | null)?.[Symbol.iterator] !== 'function') {
    throw new TypeError(`fromEdges: edges must be a list of pairs of nodes, got ${got(edges)}`);
  }
  let ends = new Int32Array(1024);
  let at = 0;
  for (const edge of edges) {
    if (!Array.isArray(edge) || edge.length !== 2) {
      const found = Array.isArray(edge) ? `${edge.length} values` : got(edge);
      throw new RangeError(
        `fromEdges: an edge must be two nodes (its coupling stands in { couplings }), got ${found} as edge ${at / 2}`,
      );
    }
    const [a, b] = edge as readonly [number, number];
    requireEdge(nodeCount, a, b, at / 2);
    if (at === ends.length) {
      requireMemory('fromEdges', nodeCount, at);
      const full = ends;
      ends = new Int32Array(2 * at);
      ends.set(full);
    }
    ends[at++] = a;
    ends[at++] = b;
  }
  return ends.slice(0, at);
}

function requireEdge(nodeCount: number, a: number, b: number, edge: number): void {
  const isNode = (node: number): boolean => Number.isInteger(node) && node >= 0 && node < nodeCount;
  if (!isNode(a) || !isNode(b)) {
    const wrong = got(isNode(a) ? b : a);
    throw new RangeError(
      `fromEdges: nodes must be integers in [0, ${nodeCount - 1}], got ${wrong} in edge ${edge}`,
    );
  }
  if (a === b)
    throw new RangeError(`fromEdges: an edge must join two nodes, got ${a} - ${b} as edge ${edge}`);
}

function namesOf(nodeCount: number, names: readonly string[]): readonly string[] {
  requireOnePer('fromEdges', 'nodeNames', names, nodeCount);
  const nodeOf = new Map<string, number>();
  names.forEach((name, node) => {
    if (typeof name !== 'string')
      throw new TypeError(`fromEdges: nodeNames must be texts, got ${got(name)} for node ${node}`);
    const other = nodeOf.get(name);
    if (other !== undefined)
      throw new RangeError(
        `fromEdges: nodeNames must be distinct, got ${got(name)} for nodes ${other} and ${node}`,
      );
    nodeOf.set(name, node);
  });
  return [...names];
}

/** One number if all couplings are equal. */
function couplingsOf(edgeCount: number, couplings: ArrayLike<number> | undefined): Float64Array | number {
  if (couplings === undefined) return 1;
  if (couplings.length !== edgeCount) {
    throw new RangeError(`fromEdges: couplings must be one per edge (${edgeCount}), got ${couplings.length}`);
  }
  const J = new Float64Array(edgeCount);
  for (let edge = 0; edge < edgeCount; edge++) {
    const weight = couplings[edge];
    if (!Number.isFinite(weight))
      throw new RangeError(`fromEdges: couplings must be finite, got ${got(weight)} for edge ${edge}`);
    J[edge] = weight + 0; // -0 becomes 0
  }
  return J.every((weight) => weight === J[0]) ? (J[0] ?? 1) : J;
}

/** Rows are ascending, so a repeated edge stands next to itself. */
function refuseRepeatedEdges({ nodeCount, endpoints, offsets, neighbours }: Graph): void {
  for (let node = 0; node < nodeCount; node++) {
    for (let h = offsets[node] + 1; h < offsets[node + 1]; h++) {
      if (neighbours[h] !== neighbours[h - 1]) continue;
      const far = neighbours[h];
      const copies: number[] = [];
      for (let end = 0; end < endpoints.length; end++)
        if (endpoints[end] === node && endpoints[end ^ 1] === far) copies.push(end >> 1);
      throw new RangeError(
        `fromEdges: edges must be distinct, got ${node} - ${far} as edges ${copies[0]} and ${copies[1]}`,
      );
    }
  }
}
