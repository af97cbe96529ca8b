// Who may be spoken to: the neighbours of a node on a graph, or everybody, without an edge in memory for every pair.
import { nameText, shown } from '../../display/index.js';
import type { Graph } from '../../graph/index.js';
import { requireInteger, requireNonNegative } from '../../numerics/check.js';
import { randomInteger, type RandomSource } from '../../random/index.js';
import { aliasTable } from './clocks.js';

export interface Peers {
  readonly name: string;
  readonly nodeCount: number;
  degree(node: number): number;
  /** The k-th peer of a node, 0 <= k < degree. */
  peer(node: number, k: number): number;
  /** Where peers are not drawn evenly: one of them, perhaps the node itself. */
  draw?(random: RandomSource): number;
}

/** The neighbours of each node on a graph. */
const neighbours = ({ name, nodeCount, offsets, neighbours: far }: Graph): Peers => shown<Peers>({
  name, nodeCount,
  degree: (node) => offsets[node + 1] - offsets[node],
  peer: (node, k) => far[offsets[node] + k],
}, nameText);

/** @throws RangeError for fewer than two nodes */
export function everybody(nodeCount: number): Peers {
  requireInteger('everybody', 'nodeCount', nodeCount, 2);
  return shown<Peers>({ name: `everybody of ${nodeCount}`, nodeCount, degree: () => nodeCount - 1, peer: (node, k) => (k < node ? k : k + 1) }, nameText);
}

/**
 * Everybody, drawn in proportion to a weight: by voices, by bandwidth, by stake.
 * @throws RangeError for fewer than two positive weights, or weights that are negative
 */
export function weighted(weights: ArrayLike<number>): Peers {
  const positive = Array.from(weights).filter((weight, node) => (requireNonNegative('weighted', `weight of node ${node}`, weight), weight > 0)).length;
  if (positive < 2) throw new RangeError(`weighted: needs at least two positive weights, got ${positive}`);
  return shown<Peers>({ ...everybody(weights.length), name: `${weights.length} by weight`, draw: aliasTable(weights) }, nameText);
}

/** A graph as its neighbours; peers as they are. */
export const peersOf = (where: Graph | Peers): Peers => ('peer' in where ? where : neighbours(where));

/** A peer drawn evenly, or by its weight; -1 for a node that has none. */
export function randomPeer(peers: Peers, node: number, random: RandomSource): number {
  if (peers.draw) return randomPeers(peers, node, 1, random)[0];
  const degree = peers.degree(node);
  return degree > 0 ? peers.peer(node, randomInteger(random, degree)) : -1;
}

/** Different peers of a node, drawn by weight with repeats left out, or evenly (Floyd's sample, CACM 30 (1987) 754, doi:10.1145/30401.315746); all where there are not so many. */
export function randomPeers(peers: Peers, node: number, count: number, random: RandomSource): number[] {
  const degree = peers.degree(node);
  const drawn: number[] = [];
  if (peers.draw) {
    for (let tries = 0; drawn.length < Math.min(count, degree) && tries < MOST_TRIES * count; tries++) {
      const peer = peers.draw(random);
      if (peer !== node && !drawn.includes(peer)) drawn.push(peer);
    }
    return drawn;
  }
  for (let last = Math.max(0, degree - count); last < degree; last++) {
    const k = randomInteger(random, last + 1);
    drawn.push(drawn.includes(k) ? last : k);
  }
  return drawn.map((k) => peers.peer(node, k));
}

/** Draws by weight for each peer that is wanted: with fewer than so many other peers of any weight, fewer are found. */
const MOST_TRIES = 1000;
