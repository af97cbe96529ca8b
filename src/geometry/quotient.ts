// The quotient of a graph: edges of length 0 are contracted, so that their ends are one node; edges of
// infinite length are cut. Parallel edges become one, and all take the length of the shortest; an edge inside
// a contracted node is contracted too.
import { fromEdges, type Graph } from '../graphs/index.js';

export interface Quotient {
  readonly graph: Graph;
  /** [edges of the quotient] */
  readonly lengths: Float64Array;
  /** `[E]`: the edge of the quotient of each edge; -1 for contracted and cut ones. */
  readonly edgeOf: Int32Array;
  /** `[N]`: the node of the quotient of each node, numbered by lowest node. */
  readonly nodeOf: Int32Array;
}

export function quotientOf(graph: Graph, lengths: Float64Array): Quotient {
  const { nodeCount, edgeCount, endpoints, name } = graph;
  const nodeOf = lengths.includes(0)
    ? pointsOf(graph, lengths)
    : Int32Array.from({ length: nodeCount }, (_, node) => node);
  const edgeOf = new Int32Array(edgeCount).fill(-1);
  const known = new Map<number, number>();
  const [ends, least]: number[][] = [[], []];
  for (let edge = 0; edge < edgeCount; edge++) {
    const [a, b] = [nodeOf[endpoints[2 * edge]], nodeOf[endpoints[2 * edge + 1]]];
    if (a === b || lengths[edge] === Infinity) continue;
    const pair = Math.min(a, b) * nodeCount + Math.max(a, b);
    let at = known.get(pair);
    if (at === undefined) {
      known.set(pair, (at = least.length));
      ends.push(a, b);
      least.push(lengths[edge]);
    }
    least[at] = Math.min(least[at], lengths[edge]);
    edgeOf[edge] = at;
  }
  const nodes = nodeOf.reduce((most, node) => Math.max(most, node + 1), 0);
  return {
    graph: fromEdges(nodes, Int32Array.from(ends), { name, connected: false }),
    lengths: Float64Array.from(least),
    edgeOf,
    nodeOf,
  };
}

/** [E] from [edges of the quotient]; `otherwise` gives the value of a contracted or cut edge. */
export const onEdges = (
  { edgeOf }: Quotient,
  values: Float64Array,
  otherwise: (edge: number) => number,
): Float64Array => Float64Array.from(edgeOf, (at, edge) => (at < 0 ? otherwise(edge) : values[at]));

/** The nodes that edges of length 0 join: components of the graph of these edges. */
function pointsOf({ nodeCount, endpoints }: Graph, lengths: Float64Array): Int32Array {
  const ends = endpoints.filter((_, h) => lengths[h >> 1] === 0);
  return fromEdges(nodeCount, ends, { connected: false }).components;
}
