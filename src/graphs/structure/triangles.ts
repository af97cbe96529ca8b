// The triangles of a graph, each once: nodes a < b < c, with the edges between them and their directions. The
// search starts at the end of lower degree of every edge: O(edges^1.5). Source: Chiba, Nishizeki, SIAM J.
// Comput. 14 (1985) 210, doi:10.1137/0214017.
import type { Graph } from '../graph.js';

export interface Triangles {
  readonly count: number;
  /** `[3 per triangle]`: edges ab, bc, ca. */
  readonly edges: Int32Array;
  /** `[3 per triangle]`: 1 where the edge is given in the direction a to b to c to a, else -1. */
  readonly signs: Int8Array;
}

export function trianglesOf(graph: Graph): Triangles {
  const { nodeCount, edgeCount, endpoints, offsets, neighbours, edgeOf } = graph;
  const [edges, signs]: number[][] = [[], []];
  const edgeTo = new Int32Array(nodeCount).fill(-1); // from the first end to each node, of the edge at hand
  const direction = (edge: number, from: number): number => (endpoints[2 * edge] === from ? 1 : -1);
  const degree = (node: number): number => offsets[node + 1] - offsets[node];
  for (let e = 0; e < edgeCount; e++) {
    const ends = [endpoints[2 * e], endpoints[2 * e + 1]];
    const [low, high] = degree(ends[0]) <= degree(ends[1]) ? ends : ends.toReversed();
    for (let h = offsets[low]; h < offsets[low + 1]; h++) edgeTo[neighbours[h]] = edgeOf[h];
    for (let h = offsets[high]; h < offsets[high + 1]; h++) {
      const third = neighbours[h];
      if (edgeTo[third] < 0 || third < Math.max(low, high)) continue; // once, from the edge without its highest node
      const [a, b] = [Math.min(low, high), Math.max(low, high)];
      const [toLow, toHigh] = [edgeTo[third], edgeOf[h]];
      const [ca, bc] = a === low ? [toLow, toHigh] : [toHigh, toLow];
      edges.push(e, bc, ca);
      signs.push(direction(e, a), direction(bc, b), direction(ca, third));
    }
    for (let h = offsets[low]; h < offsets[low + 1]; h++) edgeTo[neighbours[h]] = -1;
  }
  return { count: edges.length / 3, edges: Int32Array.from(edges), signs: Int8Array.from(signs) };
}
