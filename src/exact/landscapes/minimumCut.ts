// Minimum cut between sources and sinks on an undirected graph, by Dinic's algorithm: breadth-first levels
// from the nodes with supply left, then paths along rising levels to nodes with demand left, until there is
// none. Sources: Ford and Fulkerson, Can. J. Math. 8 (1956) 399, DOI 10.4153/CJM-1956-045-5; Dinic, Soviet
// Math. Dokl. 11 (1970) 1277.
import type { Graph } from '../../graphs/index.js';

/**
 * The nodes on the source side of the minimum cut that has the fewest there (1, else 0). Node i is joined to
 * the source with capacity terminal[i] if that is positive, to the sink with -terminal[i] if it is negative;
 * neighbours are joined with `capacity`.
 */
export function sourceSide(
  graph: Graph,
  terminal: Float64Array,
  capacity: (edge: number) => number,
): Uint8Array {
  const flow = new MaximumFlow(graph, terminal, capacity);
  while (flow.setLevels()) flow.block();
  return Uint8Array.from(flow.level, (depth) => (depth >= 0 ? 1 : 0));
}

class MaximumFlow {
  /** Edges from the nearest node with supply left; -1 for nodes that cannot be reached. */
  readonly level: Int32Array;
  readonly #graph: Graph;
  readonly #residual: Float64Array;
  readonly #reverse: Int32Array;
  /** What is left of them. */
  readonly #supply: Float64Array;
  readonly #demand: Float64Array;
  /** The half-edge of each node that is to be tried next. */
  readonly #next: Int32Array;
  readonly #queue: Int32Array;

  constructor(graph: Graph, terminal: Float64Array, capacity: (edge: number) => number) {
    this.#graph = graph;
    this.#residual = Float64Array.from(graph.edgeOf, capacity);
    this.#reverse = oppositeHalves(graph);
    this.#supply = terminal.map((t) => Math.max(t, 0));
    this.#demand = terminal.map((t) => Math.max(-t, 0));
    this.level = new Int32Array(graph.nodeCount);
    this.#next = new Int32Array(graph.nodeCount);
    this.#queue = new Int32Array(graph.nodeCount);
  }

  /** Sets the levels; true if a node that can be reached has demand left. */
  setLevels(): boolean {
    const { nodeCount, offsets, neighbours } = this.#graph;
    const [level, queue, residual] = [this.level, this.#queue, this.#residual];
    level.fill(-1);
    let [end, found] = [0, false];
    const enter = (node: number, depth: number): void => {
      level[node] = depth;
      queue[end++] = node;
      if (this.#demand[node] > 0) found = true;
    };
    for (let node = 0; node < nodeCount; node++) if (this.#supply[node] > 0) enter(node, 0);
    for (let at = 0; at < end; at++) {
      const node = queue[at];
      for (let h = offsets[node]; h < offsets[node + 1]; h++) {
        if (residual[h] > 0 && level[neighbours[h]] < 0) enter(neighbours[h], level[node] + 1);
      }
    }
    return found;
  }

  /** Sends flow along rising levels until no path is left. */
  block(): void {
    const { nodeCount, offsets } = this.#graph;
    this.#next.set(offsets.subarray(0, nodeCount));
    for (let root = 0; root < nodeCount; root++) {
      while (this.#supply[root] > 0) {
        const path = this.#pathFrom(root);
        if (path === undefined) break;
        this.#send(root, path);
      }
    }
  }

  /** A path of half-edges from the root to a node with demand, or undefined; dead ends are not tried again. */
  #pathFrom(root: number): number[] | undefined {
    const { offsets, neighbours } = this.#graph;
    const [level, next] = [this.level, this.#next];
    const path: number[] = [];
    for (let node = root; ; ) {
      if (this.#demand[node] > 0) return path;
      const h = next[node];
      if (h < offsets[node + 1]) {
        if (this.#residual[h] > 0 && level[neighbours[h]] === level[node] + 1) {
          path.push(h);
          node = neighbours[h];
        } else next[node]++;
        continue;
      }
      const last = path.pop();
      if (last === undefined) return undefined;
      node = neighbours[this.#reverse[last]];
      next[node]++;
    }
  }

  /** The least becomes 0 exactly: every path uses up a half-edge, a supply or a demand. */
  #send(root: number, path: readonly number[]): void {
    const [residual, supply, demand] = [this.#residual, this.#supply, this.#demand];
    const target = path.length === 0 ? root : this.#graph.neighbours[path[path.length - 1]];
    let amount = Math.min(supply[root], demand[target]);
    for (const h of path) amount = Math.min(amount, residual[h]);
    for (const h of path) {
      residual[h] -= amount;
      residual[this.#reverse[h]] += amount;
    }
    supply[root] -= amount;
    demand[target] -= amount;
  }
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
