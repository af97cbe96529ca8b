// The peers that a node can send to: its neighbours on a graph, or everybody, without an edge in memory for
// every pair.
import { nameText, showAs } from '../../display/index.js';
import { type Graph, requireGraph } from '../../graphs/index.js';
import { requireInteger, requireNonNegative } from '../../numerics/check.js';
import { randomInteger, type RandomSource } from '../../randomness/index.js';
import { aliasTable } from './clocks.js';

/** The peers of every node. */
export interface Peers {
  readonly name: string;
  readonly nodeCount: number;
  degree(node: number): number;
  /** The k-th peer of a node, 0 <= k < degree. */
  peer(node: number, k: number): number;
  /** For peers of different weights: a random one, perhaps the node itself. */
  draw?(random: RandomSource): number;
}

/**
 * Peers of a network in which each node may send to each other one.
 *
 * @throws RangeError for fewer than two nodes
 * @example protocol.everybody(100).degree(0); // 99
 */
export function everybody(nodeCount: number): Peers {
  requireInteger('everybody', 'nodeCount', nodeCount, 2);
  return showAs<Peers>(
    {
      name: `everybody of ${nodeCount}`,
      nodeCount,
      degree: () => nodeCount - 1,
      peer: (node, k) => (k < node ? k : k + 1),
    },
    nameText,
  );
}

/**
 * Everybody, at random in proportion to a weight: by votes, by bandwidth, by stake.
 *
 * @throws RangeError for fewer than two positive weights, or weights that are negative
 * @example
 * const byStake = protocol.weighted([1, 1, 98]);
 * const random = uniformGenerator(1);
 * Array.from({ length: 6 }, () => protocol.randomPeer(byStake, 0, random)); // [2, 2, 2, 2, 2, 2]
 */
export function weighted(weights: ArrayLike<number>): Peers {
  Array.from(weights).forEach((weight, node) =>
    requireNonNegative('weighted', `weight of node ${node}`, weight),
  );
  const positive = Array.from(weights).filter((weight) => weight > 0).length;
  if (positive < 2) throw new RangeError(`weighted: needs at least two positive weights, got ${positive}`);
  return showAs<Peers>(
    { ...everybody(weights.length), name: `${weights.length} by weight`, draw: aliasTable(weights) },
    nameText,
  );
}

/**
 * The neighbours of each node on a graph as its peers; peers are handed back as they are.
 *
 * @throws TypeError for what is neither
 * @example
 * const peers = protocol.peersOf(ring(6));
 * [peers.peer(0, 0), peers.peer(0, 1)]; // [1, 5]
 */
export function peersOf(where: Graph | Peers, caller = 'peersOf'): Peers {
  if (typeof (where as Partial<Peers> | undefined)?.peer === 'function') return where as Peers;
  requireGraph(caller, where as Graph);
  const { name, nodeCount, offsets, neighbours } = where as Graph;
  const degree = (node: number): number => offsets[node + 1] - offsets[node];
  return showAs<Peers>(
    { name, nodeCount, degree, peer: (node, k) => neighbours[offsets[node] + k] },
    nameText,
  );
}

/**
 * A random peer, uniform or by weight; -1 for a node without peers.
 *
 * @example protocol.randomPeer(protocol.peersOf(ring(6)), 0, uniformGenerator(1)); // 1
 */
export function randomPeer(peers: Peers, node: number, random: RandomSource): number {
  if (peers.draw) return randomPeers(peers, node, 1, random)[0];
  const degree = peers.degree(node);
  return degree > 0 ? peers.peer(node, randomInteger(random, degree)) : -1;
}

/**
 * Different random peers of a node, by weight without repeats, or uniform (Floyd's sample, CACM 30 (1987)
 * 754, doi:10.1145/30401.315746); all of them where there are not so many.
 *
 * @example protocol.randomPeers(protocol.everybody(100), 0, 3, uniformGenerator(1)); // [13, 63, 60]
 */
export function randomPeers(peers: Peers, node: number, count: number, random: RandomSource): number[] {
  const degree = peers.degree(node);
  const sample: number[] = [];
  if (peers.draw) {
    for (let tries = 0; sample.length < Math.min(count, degree) && tries < MOST_TRIES * count; tries++) {
      const peer = peers.draw(random);
      if (peer !== node && !sample.includes(peer)) sample.push(peer);
    }
    return sample;
  }
  for (let last = Math.max(0, degree - count); last < degree; last++) {
    const k = randomInteger(random, last + 1);
    sample.push(sample.includes(k) ? last : k);
  }
  return sample.map((k) => peers.peer(node, k));
}

/** Tries by weight per wanted peer: where too few other peers have weight, the sample is smaller. */
const MOST_TRIES = 1000;
