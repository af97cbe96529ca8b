// Damage: the network that remains when nodes or links are lost, and its parts.
//   share of the largest part  S = max_c s_c / n            pairs without a path  1 - sum over parts of s_c
// (s_c - 1) / (n (n - 1))
// with n surviving nodes in parts of s_c nodes. Losses at random are site (nodes) and bond (links)
// percolation; `bethePercolation` has the limit of random regular graphs. Sources: Broadbent and Hammersley,
// Proc. Camb. Philos. Soc. 53 (1957) 629, DOI 10.1017/S0305004100032680; EMTD section 4.1 (row EMTD-4.3).
import { card, formatNumber, numeral, printAs } from '../../display/index.js';
import { requireInteger, requireOnePer } from '../../numerics/check.js';
import { byDefault, needed, type OptionsOf, readOptions } from '../../numerics/options.js';
import { aList, oneOf, fraction } from '../../numerics/rules.js';
import { randomInteger } from '../../randomness/index.js';
import { drawing } from '../graphPicture.js';
import { Graph } from '../graph.js';
import { requireGraph } from '../requireGraph.js';
import { type GraphRandomness, randomness, sourceOf } from '../generators/randomness.js';

/** A network after damage. */
export interface Survivors {
  /** The surviving nodes, renumbered in order, with the links between them; it may be disconnected. */
  readonly graph: Graph;
  /** `[surviving nodes]`: the number of each before the damage. */
  readonly nodes: Int32Array;
  /** `[nodes before]`: 1 if the node has survived, else 0. */
  readonly alive: Uint8Array;
  /** S, the share of the surviving nodes that are in the largest part. */
  readonly largest: number;
  /** The fraction of surviving pairs of nodes without a path. */
  readonly brokenPairs: number;
}

const losses = {
  /**
   * The fraction that survives: exactly this fraction of all, to the nearest whole number, drawn without
   * replacement.
   */
  keep: needed(fraction),
  /** What is lost: `nodes` with all their links, or `edges` alone; `nodes` by default. */
  of: byDefault('nodes', oneOf('nodes', 'edges')),
};

/** Options of `percolate`. */
export type PercolationOptions = GraphRandomness & OptionsOf<typeof losses>;

/**
 * The network after random losses (site or bond percolation): what survives, its largest part, its broken
 * pairs.
 *
 * @throws RangeError for a share outside [0, 1], one that leaves no node, or an unknown kind; TypeError for
 * neither seed nor random
 * @example graphs.percolate(smallWorld(1000, 4, 0.1, { seed: 1 }), { keep: 0.5, seed: 1 }).brokenPairs; // 0.9425
 */
export function percolate(graph: Graph, options: PercolationOptions): Survivors {
  requireGraph('percolate', graph);
  const { keep, of } = readOptions('percolate', options, { ...randomness, ...losses });
  const random = sourceOf('percolate', options);
  const subset = (count: number): Uint8Array => {
    const mask = new Uint8Array(count);
    let missing = Math.round(keep * count);
    for (let at = 0; at < count; at++) {
      // each survives with probability missing / (count - at)
      if (randomInteger(random, count - at) >= missing) continue;
      mask[at] = 1;
      missing--;
    }
    return mask;
  };
  if (of === 'nodes') return survivors(graph, subset(graph.nodeCount));
  const mask = subset(graph.edgeCount);
  const all = new Uint8Array(graph.nodeCount).fill(1);
  return remainder(
    graph,
    all,
    linksAmong(graph, all).filter((_, edge) => mask[edge]),
  );
}

/**
 * The network after a chosen loss: nodes that are not `alive` are lost with their links.
 *
 * @param alive `[nodes]`: 0 or false for a lost node, 1 or true for a survivor
 * @throws RangeError unless there is one value per node, and at least one survivor
 * @example graphs.survivors(ring(6), [1, 1, 0, 1, 1, 0]).graph.componentCount; // 2
 */
export function survivors(graph: Graph, alive: ArrayLike<number | boolean>): Survivors {
  const mask = aliveMask('survivors', graph, alive);
  return remainder(graph, mask, linksAmong(graph, mask));
}

/**
 * The fraction of pairs of nodes without a path between them; 0 if there are no pairs.
 *
 * @example graphs.brokenPairs(graphs.disjointUnion([ring(5), ring(5)])); // 0.5556 = 25 / 45
 */
export function brokenPairs(graph: Graph): number {
  requireGraph('brokenPairs', graph);
  const { nodeCount, components, componentCount } = graph;
  const pathPairs = sizesOf(components, componentCount).reduce((sum, size) => sum + size * (size - 1), 0);
  return nodeCount < 2 ? 0 : 1 - pathPairs / (nodeCount * (nodeCount - 1));
}

/** One end, the other, and J, with the node numbers before the damage. */
type Link = readonly [number, number, number];

export function linksAmong(graph: Graph, alive: Uint8Array): Link[] {
  const links: Link[] = [];
  for (let e = 0; e < graph.edgeCount; e++) {
    const [i, j] = [graph.endpoints[2 * e], graph.endpoints[2 * e + 1]];
    if (alive[i] && alive[j]) links.push([i, j, graph.coupling(e)]);
  }
  return links;
}

/** The surviving network, from its nodes and links. */
export function remainder(before: Graph, alive: Uint8Array, links: readonly Link[]): Survivors {
  const nodes = Int32Array.from(alive.keys()).filter((node) => alive[node] === 1);
  requireInteger('survivors', 'surviving nodes', nodes.length, 1);
  const now = new Int32Array(alive.length);
  nodes.forEach((node, k) => (now[node] = k));
  const couplings = before.equalCoupling ?? Float64Array.from(links, ([, , J]) => J);
  const endpoints = Int32Array.from(links.flatMap(([i, j]) => [now[i], now[j]]));
  const names = before.nodeNames && Array.from(nodes, (node) => before.nodeNames![node]);
  const graph = new Graph(nodes.length, endpoints, couplings, `what is left of ${before.name}`, names);
  const largest = Math.max(...sizesOf(graph.components, graph.componentCount)) / nodes.length;
  return printAs<Survivors>({ graph, nodes, alive, largest, brokenPairs: brokenPairs(graph) }, survivorsCard);
}

export function aliveMask(caller: string, graph: Graph, alive: ArrayLike<number | boolean>): Uint8Array {
  requireGraph(caller, graph);
  aList(caller, 'alive', alive as never);
  requireOnePer(caller, 'alive', alive, graph.nodeCount);
  return Uint8Array.from(alive, (value) => Number(Boolean(value)));
}

function sizesOf(components: Int32Array, count: number): Int32Array {
  const sizes = new Int32Array(count);
  for (const part of components) sizes[part]++;
  return sizes;
}

const survivorsCard = ({ graph, alive, largest, brokenPairs }: Survivors) =>
  card(
    graph.name,
    {
      'surviving nodes': `${numeral(graph.nodeCount)} of ${numeral(alive.length)}`,
      links: numeral(graph.edgeCount),
      parts: numeral(graph.componentCount),
      'in the largest part': formatNumber(largest),
      'pairs without a path': formatNumber(brokenPairs),
    },
    drawing(graph),
  );
