// One participant split into many identities, and its influence. Influence is the share of the stationary law
// of a random walk along the edges, pi_i = s_i / sum s with s_i the sum of weights of a node's edges: the
// probability that an opinion copied from neighbours finally comes from node i. By voices, every identity has
// all edges of the node and edges to the others; by bandwidth, they share each edge.
// Sources: Douceur, IPTPS 2002, doi:10.1007/3-540-45748-8_24; Levin, Peres, Markov Chains and Mixing Times,
// section 1.4; row AE-19.
import { card, numeral, printAs } from '../../display/index.js';
import { fromEdges, type Graph, requireMemory, requireUnsigned } from '../../graphs/index.js';
import { requireInteger } from '../../numerics/check.js';
import { needed, type Options, type OptionsOf, readOptions } from '../../numerics/options.js';
import { integer, oneOf } from '../../numerics/rules.js';

/** A graph in which one node has become several identities. */
export interface SplitNode {
  readonly graph: Graph;
  /** The node itself, then the new ones at the end of the graph. */
  readonly identities: readonly number[];
}

const splitOptions = {
  /** k, including the node itself. */
  identities: needed(integer(1)),
  /**
   * `voices`: every identity has each edge at its full weight, and edges of weight 1 to the others;
   * `bandwidth`: each edge is divided by k.
   */
  by: needed(oneOf('voices', 'bandwidth')),
};

/** Options of `splitNode`. */
export interface SplitOptions extends Options, OptionsOf<typeof splitOptions> {}

/**
 * A graph in which one node is split into many identities, and which nodes these are.
 *
 * @throws RangeError for a node that does not exist, a graph too large for memory, or unless `identities` is
 * a positive integer
 * @example
 * const { graph, identities } = ambient.splitNode(complete(101), 0, { identities: 100, by: 'voices' });
 * graph.nodeCount; // 200
 * ambient.walkInfluence(graph)[0]; // 0.005
 */
export function splitNode(graph: Graph, node: number, options: SplitOptions): SplitNode {
  requireUnsigned('splitNode', graph);
  const { identities: k, by } = readOptions('splitNode', options, splitOptions);
  const { nodeCount, edgeCount, endpoints, couplings } = graph;
  requireInteger('splitNode', 'node', node, 0, nodeCount - 1);
  requireMemory(
    'splitNode',
    nodeCount + k - 1,
    edgeCount + (k - 1) * graph.degree(node) + (by === 'voices' ? (k * (k - 1)) / 2 : 0),
    { edge: 100, node: 0 },
  );
  const identities = Array.from({ length: k }, (_, n) => (n === 0 ? node : nodeCount + n - 1));
  const edges: [number, number][] = [];
  const weights: number[] = [];
  for (let e = 0; e < edgeCount; e++) {
    const [a, b] = [endpoints[2 * e], endpoints[2 * e + 1]];
    const own = a === node || b === node;
    for (const identity of own ? identities : [a]) {
      edges.push(own ? [identity, a === node ? b : a] : [a, b]);
      weights.push(own && by === 'bandwidth' ? couplings[e] / k : couplings[e]);
    }
  }
  if (by === 'voices') {
    for (let n = 1; n < k; n++) {
      for (let before = 0; before < n; before++) {
        edges.push([identities[before], identities[n]]);
        weights.push(1);
      }
    }
  }
  const split = fromEdges(nodeCount + k - 1, edges, {
    couplings: weights,
    name: `${graph.name}, node ${node} as ${k}`,
    connected: false,
  });
  return printAs<SplitNode>({ graph: split, identities }, splitCard);
}

/**
 * pi_i = s_i / sum_j s_j, [nodes], with s_i the sum of weights of the edges of node i: the stationary law of
 * the random walk along the edges.
 *
 * @throws RangeError for a graph without weights
 * @example ambient.walkInfluence(complete(101))[0]; // 0.009901 = 1 / 101
 */
export function walkInfluence(graph: Graph): Float64Array {
  requireUnsigned('walkInfluence', graph);
  const { nodeCount, endpoints, couplings, name } = graph;
  const strength = new Float64Array(nodeCount);
  endpoints.forEach((node, h) => (strength[node] += couplings[h >> 1]));
  const all = strength.reduce((sum, s) => sum + s, 0);
  if (all === 0) throw new RangeError(`walkInfluence: a walk needs edges with weights, got none on ${name}`);
  return strength.map((s) => s / all);
}

const splitCard = ({ graph, identities }: SplitNode) =>
  card(graph.name, { identities: numeral(identities.length), nodes: numeral(graph.nodeCount) });
