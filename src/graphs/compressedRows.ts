// Compressed sparse rows of an undirected graph: the neighbours of node i are neighbours[offsets[i] ...
// offsets[i + 1]), in ascending order. Making them takes O(N + E) and no memory beside the result.
// The half-edges h = 2 e and 2 e + 1 run from endpoints[h] to endpoints[h ^ 1].
import { requireInteger } from '../numerics/check.js';
import { lowerBound } from '../numerics/lowerBound.js';

/**
 * Rows up to this long are sorted by insertion: they lie in the nearest cache, and most are nearly in order.
 */
const SHORT = 32;

/** Edges with their couplings, and the neighbours of each node. */
export class CompressedRows {
  readonly nodeCount: number;
  readonly edgeCount: number;
  /** `[2 E]`: the two ends of each edge, a0 b0 a1 b1 ..., in the order and orientation of the input. */
  readonly endpoints: Int32Array;
  /** J if all edges have the same coupling; undefined if they differ, as `couplings` says. */
  readonly equalCoupling: number | undefined;
  /** `[N + 1]`: where each node's half-edges begin. */
  readonly offsets: Int32Array;
  /** `[2 E]`: the far node of each half-edge, ascending for each node. */
  readonly neighbours: Int32Array;
  #couplings: Float64Array | undefined;
  #edges: readonly (readonly [number, number])[] | undefined;
  #edgeOf: Int32Array | undefined;

  constructor(nodeCount: number, endpoints: Int32Array, couplings: Float64Array | number) {
    this.nodeCount = nodeCount;
    this.edgeCount = endpoints.length / 2;
    this.endpoints = endpoints;
    if (typeof couplings === 'number') this.equalCoupling = couplings;
    else this.#couplings = couplings;
    [this.offsets, this.neighbours] = compressedRows(nodeCount, endpoints);
  }

  /** `[E]`: J_ij of each edge. */
  get couplings(): Float64Array {
    return (this.#couplings ??= new Float64Array(this.edgeCount).fill(this.equalCoupling!));
  }

  /**
   * `[E]`: the two ends of each edge, in the order and orientation of the input. Made when it is first read,
   * some 60 bytes per edge; `endpoints` is the flat form, which loops over large graphs should read.
   *
   * @example ring(3).edges; // [[0, 1], [1, 2], [2, 0]]
   */
  get edges(): readonly (readonly [number, number])[] {
    return (this.#edges ??= Array.from(
      { length: this.edgeCount },
      (_, e) => [this.endpoints[2 * e], this.endpoints[2 * e + 1]] as const,
    ));
  }

  /** `[2 E]`: the edge of each half-edge. */
  get edgeOf(): Int32Array {
    return (this.#edgeOf ??= edgesOfRows(this.endpoints, this.offsets, this.neighbours));
  }

  /** J_ij of one edge, without making `couplings`. @throws RangeError for an edge that does not exist */
  coupling(edge: number): number {
    if (edge >>> 0 !== edge || edge >= this.edgeCount)
      requireInteger('coupling', 'edge', edge, 0, this.edgeCount - 1);
    return this.#couplings === undefined ? this.equalCoupling! : this.#couplings[edge];
  }

  /** The number of neighbours of a node. @throws RangeError for a node that does not exist */
  degree(node: number): number {
    if (node >>> 0 !== node || node >= this.nodeCount)
      requireInteger('degree', 'node', node, 0, this.nodeCount - 1);
    return this.offsets[node + 1] - this.offsets[node];
  }

  /**
   * The neighbours of a node, ascending: a view, not a copy.
   * @throws RangeError for a node that does not exist
   */
  neighboursOf(node: number): Int32Array {
    requireInteger('neighboursOf', 'node', node, 0, this.nodeCount - 1);
    return this.neighbours.subarray(this.offsets[node], this.offsets[node + 1]);
  }
}

/** [N + 1], where each node's row begins, and [2 E], the far nodes of its half-edges, ascending. */
function compressedRows(
  nodeCount: number,
  endpoints: Int32Array,
): [offsets: Int32Array, neighbours: Int32Array] {
  const offsets = new Int32Array(nodeCount + 1);
  for (let h = 0; h < endpoints.length; h++) offsets[endpoints[h] + 1]++;
  for (let node = 0; node < nodeCount; node++) offsets[node + 1] += offsets[node];

  const neighbours = new Int32Array(endpoints.length);
  for (let h = 0; h < endpoints.length; h += 2) {
    const [a, b] = [endpoints[h], endpoints[h + 1]];
    neighbours[offsets[a]++] = b;
    neighbours[offsets[b]++] = a;
  }
  offsets.copyWithin(1, 0, nodeCount); // every offset has moved to the end of its row, where the next row begins
  offsets[0] = 0;

  for (let node = 0; node < nodeCount; node++) sortRow(neighbours, offsets[node], offsets[node + 1]);
  return [offsets, neighbours];
}

function sortRow(neighbours: Int32Array, begin: number, end: number): void {
  if (end - begin > SHORT) {
    neighbours.subarray(begin, end).sort();
    return;
  }
  for (let h = begin + 1; h < end; h++) {
    const far = neighbours[h];
    let at = h;
    for (; at > begin && neighbours[at - 1] > far; at--) neighbours[at] = neighbours[at - 1];
    neighbours[at] = far;
  }
}

/** `[2 E]`: the edge of each half-edge of the rows. */
function edgesOfRows(endpoints: Int32Array, offsets: Int32Array, neighbours: Int32Array): Int32Array {
  const edgeOf = new Int32Array(neighbours.length);
  for (let h = 0; h < endpoints.length; h++) {
    const near = endpoints[h];
    edgeOf[lowerBound(neighbours, endpoints[h ^ 1], offsets[near], offsets[near + 1])] = h >> 1;
  }
  return edgeOf;
}
