// An undirected simple graph with an edge coupling J_ij >= 0, in compressed sparse rows: the neighbours of
// node i are neighbours[offsets[i] ... offsets[i + 1]), in ascending order.
// Source: EMTD section 1.1 (G = (V, E): nodes compute, edges connect).
import { counted, inspectText, jupyterDisplay, type MimeBundle } from '../display/index.js';
import { componentsOf } from './components.js';
import { degreeText, graphCard } from './display.js';
import { hashOf } from './hash.js';

/** A graph; made by `fromEdges` or a generator, which check it. Its arrays must not be written to. */
export class Graph {
  readonly nodeCount: number;
  readonly edgeCount: number;
  /** [2 E]: the two ends of each edge, a0 b0 a1 b1 ..., in the order and orientation of the input. */
  readonly endpoints: Int32Array;
  /** [E]: J_ij of each edge. */
  readonly couplings: Float64Array;
  /** [N + 1]: where each node's half-edges begin. */
  readonly offsets: Int32Array;
  /** [2 E]: the far node of each half-edge, ascending for each node. */
  readonly neighbours: Int32Array;
  /** [2 E]: the edge of each half-edge. */
  readonly edgeOf: Int32Array;
  readonly name: string;
  #components: Int32Array | undefined;
  #hash: string | undefined;

  constructor(nodeCount: number, endpoints: Int32Array, couplings: Float64Array, name: string) {
    this.nodeCount = nodeCount;
    this.edgeCount = couplings.length;
    this.endpoints = endpoints;
    this.couplings = couplings;
    this.name = name;
    [this.offsets, this.neighbours, this.edgeOf] = compressedRows(nodeCount, endpoints);
  }

  /** The number of neighbours of a node. */
  degree(node: number): number {
    return this.offsets[node + 1] - this.offsets[node];
  }

  /** The neighbours of a node, ascending: a view, not a copy. */
  neighboursOf(node: number): Int32Array {
    return this.neighbours.subarray(this.offsets[node], this.offsets[node + 1]);
  }

  /** [N]: the connected component of each node, numbered by lowest node. Zero couplings do not connect. */
  get components(): Int32Array {
    return (this.#components ??= componentsOf(this));
  }

  get componentCount(): number {
    return 1 + this.components.reduce((most, label) => Math.max(most, label), -1);
  }

  /** SHA-256 (hex) of nodes, edges and couplings, whatever the order and orientation of the edges. */
  get hash(): string {
    return (this.#hash ??= hashOf(this));
  }

  /** @example String(ring(5)); // 'ring(5, 2): 5 nodes, 5 edges, degree 2' */
  toString(): string {
    return `${this.name}: ${counted(this.nodeCount, 'node')}, ${counted(this.edgeCount, 'edge')}, degree ${degreeText(this)}`;
  }

  [jupyterDisplay](): MimeBundle {
    return graphCard(this);
  }

  [inspectText](): string {
    return `Graph ${this.toString()}`;
  }
}

/**
 * Offsets, neighbours and edges of the half-edges h = 2 e and 2 e + 1, which run from endpoints[h] to
 * endpoints[h ^ 1]. Two bucket sorts, by far node and then by near node, leave every row ascending: O(N + E).
 */
function compressedRows(nodeCount: number, endpoints: Int32Array): [Int32Array, Int32Array, Int32Array] {
  const offsets = new Int32Array(nodeCount + 1);
  for (const node of endpoints) offsets[node + 1]++;
  for (let node = 0; node < nodeCount; node++) offsets[node + 1] += offsets[node];

  const byFarNode = new Int32Array(endpoints.length);
  let next = offsets.slice();
  for (let h = 0; h < endpoints.length; h++) byFarNode[next[endpoints[h ^ 1]]++] = h;

  const neighbours = new Int32Array(endpoints.length);
  const edgeOf = new Int32Array(endpoints.length);
  next = offsets.slice();
  for (const h of byFarNode) {
    const at = next[endpoints[h]]++;
    neighbours[at] = endpoints[h ^ 1];
    edgeOf[at] = h >> 1;
  }
  return [offsets, neighbours, edgeOf];
}
