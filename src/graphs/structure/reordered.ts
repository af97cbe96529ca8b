// Nodes renumbered so that neighbours have near numbers and their values lie in the same part of the cache:
// breadth first from a node at the periphery of the graph, reversed. The N - 1 edges of the search's tree are
// then read in sequence on any graph, and the others stay within the front of the search.
// Source: Cuthill, McKee, Proc. 24th Nat. Conf. ACM (1969) 157, DOI 10.1145/800195.805928; their order by
// degree among the neighbours of a node is left out, since it makes no sweep faster (bench/NOTES.md).
import { card, numeral, printAs } from '../../display/index.js';
import { degreeText } from '../graphPicture.js';
import type { Graph } from '../graph.js';
import { permuteNodes } from './permutation.js';

/** A graph with its nodes in another order. */
export interface Reordered {
  readonly graph: Graph;
  /** The new label of each node, as `permuteNodes` and `permuteField` take it. */
  readonly permutation: Int32Array;
}

/**
 * The graph with its nodes in an order that makes sweeps faster than random labels do: for a million nodes
 * about eight times on a lattice, three to four times on a small world, twice on a random regular graph. It
 * costs five to twenty sweeps. `ring`, `torus` and large graphs of `smallWorld` have such an order already.
 *
 * @throws RangeError for a graph too large for memory
 * @example
 * const { graph, permutation } = reordered(fromEdges(4, [[0, 2], [2, 1], [1, 3]]));
 * graph.endpoints; // [0, 1, 1, 2, 2, 3]
 */
export function reordered(graph: Graph): Reordered {
  const order = breadthFirst(graph);
  const permutation = new Int32Array(graph.nodeCount);
  for (let i = 0; i < order.length; i++) permutation[order[i]] = order.length - 1 - i;
  return printAs({ graph: permuteNodes(graph, permutation), permutation }, reorderedCard);
}

/** `[N]`: all nodes, one component after another, each from the node farthest from its lowest node. */
function breadthFirst({ nodeCount, offsets, neighbours }: Graph): Int32Array {
  const order = new Int32Array(nodeCount);
  const visits = new Uint8Array(nodeCount);
  const spread = (root: number, begin: number, visit: number): number => {
    let end = begin;
    const reach = (node: number): void => {
      if (visits[node] === visit) return;
      visits[node] = visit;
      order[end++] = node;
    };
    reach(root);
    for (let at = begin; at < end; at++) {
      for (let h = offsets[order[at]]; h < offsets[order[at] + 1]; h++) reach(neighbours[h]);
    }
    return end;
  };
  let begin = 0;
  for (let root = 0; root < nodeCount; root++) {
    if (visits[root] > 0) continue;
    const end = spread(root, begin, 1);
    begin = spread(order[end - 1], begin, 2);
  }
  return order;
}

const reorderedCard = ({ graph }: { readonly graph: Graph }) =>
  card(`${graph.name}, reordered`, {
    nodes: numeral(graph.nodeCount),
    edges: numeral(graph.edgeCount),
    degree: degreeText(graph),
  });
