// Minimum cut between sources and sinks on an undirected graph, by Dinic's algorithm: breadth-first levels
// from the nodes
// with supply left, then paths along rising levels to nodes with demand left, until there is none.
// Sources: Ford and Fulkerson, Can. J. Math. 8 (1956) 399, DOI 10.4153/CJM-1956-045-5; Dinic, Soviet Math.
// Dokl. 11 (1970) 1277.
import type { Graph } from '../../graph/index.js';

/**
 * The nodes on the source side of the minimum cut that has the fewest there (1, else 0), where node i is
 * joined to the source
 * with capacity terminal[i] if that is positive, to the sink with -terminal[i] if it is negative, and
 * neighbours with `capacity`.
 */
export function sourceSide(
  graph: Graph,
  terminal: Float64Array,
  capacity: (edge: number) => number,
): Uint8Array {
  const { nodeCount, offsets, neighbours, edgeOf } = graph;
  const residual = Float64Array.from(edgeOf, capacity);
  const reverse = oppositeHalves(graph);
  const [supply, demand] = [terminal.map((t) => Math.max(t, 0)), terminal.map((t) => Math.max(-t, 0))];
  const level = new Int32Array(nodeCount);
  const next = new Int32Array(nodeCount);
  const queue = new Int32Array(nodeCount);

  /** Sets the levels of all nodes that can be reached, -1 for others; true if one of them has demand left. */
  const reach = (): boolean => {
    level.fill(-1);
    let [end, found] = [0, false];
    const enter = (node: number, depth: number): void => {
      level[node] = depth;
      queue[end++] = node;
      if (demand[node] > 0) found = true;
    };
    for (let node = 0; node < nodeCount; node++) if (supply[node] > 0) enter(node, 0);
    for (let at = 0; at < end; at++) {
      const node = queue[at];
      for (let h = offsets[node]; h < offsets[node + 1]; h++) {
        if (residual[h] > 0 && level[neighbours[h]] < 0) enter(neighbours[h], level[node] + 1);
      }
    }
    return found;
  };

  /**
   * A path of half-edges from the root to a node with demand, or undefined; dead ends are not tried again.
   */
  const pathFrom = (root: number): number[] | undefined => {
    const path: number[] = [];
    for (let node = root; ; ) {
      if (demand[node] > 0) return path;
      const h = next[node];
      if (h < offsets[node + 1]) {
        if (residual[h] > 0 && level[neighbours[h]] === level[node] + 1) {
          path.push(h);
          node = neighbours[h];
        } else next[node]++;
        continue;
      }
      const last = path.pop();
      if (last === undefined) return undefined;
      node = neighbours[reverse[last]];
      next[node]++;
    }
  };

  while (reach()) {
    next.set(offsets.subarray(0, nodeCount));
    for (let root = 0; root < nodeCount; root++) {
      while (supply[root] > 0) {
        const path = pathFrom(root);
        if (path === undefined) break;
        const target = path.length === 0 ? root : neighbours[path[path.length - 1]];
        let flow = Math.min(supply[root], demand[target]);
        for (const h of path) flow = Math.min(flow, residual[h]);
        for (const h of path) {
          residual[h] -= flow; // the least becomes 0 exactly, so that every path uses up a half-edge, a supply or a demand
          residual[reverse[h]] += flow;
        }
        supply[root] -= flow;
        demand[target] -= flow;
      }
    }
  }
  return Uint8Array.from(level, (depth) => (depth >= 0 ? 1 : 0));
}

/** `[2 E]`: the other half of each half-edge. */
function oppositeHalves({ edgeOf, edgeCount }: Graph): Int32Array {
  const first = new Int32Array(edgeCount).fill(-1);
  const reverse = new Int32Array(edgeOf.length);
  edgeOf.forEach((edge, h) => {
    if (first[edge] < 0) first[edge] = h;
    else [reverse[h], reverse[first[edge]]] = [first[edge], h];
  });
  return reverse;
}
