// An undirected simple graph with an edge coupling J_ij >= 0, in compressed sparse rows: the neighbours of
// node i are neighbours[offsets[i] ... offsets[i + 1]), in ascending order.
// Source: EMTD section 1.1 (G = (V, E): nodes compute, edges connect).
import { counted, inspectText, jupyterDisplay, type MimeBundle, summaryOf } from '../display/index.js';
import { componentsOf } from './components.js';
import { compressedRows, edgesOfRows } from './compressedRows.js';
import { degreeText, graphCard } from './display.js';
import { hashOf } from './hash.js';

/**
 * A graph; made by `fromEdges` or a generator, which check it. Its arrays must not be written to. It holds 16 bytes
 * an edge and 4 a node; `couplings` that are all equal and `edgeOf` are made when they are first read, 8 bytes each.
 */
export class Graph {
  readonly nodeCount: number;
  readonly edgeCount: number;
  /** [2 E]: the two ends of each edge, a0 b0 a1 b1 ..., in the order and orientation of the input. */
  readonly endpoints: Int32Array;
  /** J if all edges have the same coupling, and undefined if they differ: then `couplings` tells. */
  readonly equalCoupling: number | undefined;
  /** [N + 1]: where each node's half-edges begin. */
  readonly offsets: Int32Array;
  /** [2 E]: the far node of each half-edge, ascending for each node. */
  readonly neighbours: Int32Array;
  readonly name: string;
  #couplings: Float64Array | undefined;
  #edgeOf: Int32Array | undefined;
  #components: Int32Array | undefined;
  #componentCount: number | undefined;
  #hash: string | undefined;

  constructor(nodeCount: number, endpoints: Int32Array, couplings: Float64Array | number, name: string) {
    this.nodeCount = nodeCount;
    this.edgeCount = endpoints.length / 2;
    this.endpoints = endpoints;
    this.name = name;
    if (typeof couplings === 'number') this.equalCoupling = couplings;
    else this.#couplings = couplings;
    [this.offsets, this.neighbours] = compressedRows(nodeCount, endpoints);
  }

  /** [E]: J_ij of each edge. */
  get couplings(): Float64Array {
    return (this.#couplings ??= new Float64Array(this.edgeCount).fill(this.equalCoupling!));
  }

  /** [2 E]: the edge of each half-edge. */
  get edgeOf(): Int32Array {
    return (this.#edgeOf ??= edgesOfRows(this.endpoints, this.offsets, this.neighbours));
  }

  /** J_ij of one edge, whether or not `couplings` are made. */
  coupling(edge: number): number {
    return this.#couplings === undefined ? this.equalCoupling! : this.#couplings[edge];
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
    return (this.#componentCount ??= 1 + summaryOf(this.components).greatest);
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
