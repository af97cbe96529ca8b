// Who may be spoken to: the neighbours of a node on a graph, or everybody, without an edge in memory for every pair.
import { shown } from '../display/index.js';
import type { Graph } from '../graph/index.js';
import { requireInteger } from '../graph/check.js';
import { randomInteger, type RandomSource } from '../random/index.js';
import { nameText } from './display.js';

export interface Peers {
  readonly name: string;
  readonly nodeCount: number;
  degree(node: number): number;
  /** The k-th peer of a node, 0 <= k < degree. */
  peer(node: number, k: number): number;
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

/** A graph as its neighbours; peers as they are. */
export const peersOf = (where: Graph | Peers): Peers => ('peer' in where ? where : neighbours(where));

/** A peer drawn evenly; -1 for a node that has none. */
export function randomPeer(peers: Peers, node: number, random: RandomSource): number {
  const degree = peers.degree(node);
  return degree > 0 ? peers.peer(node, randomInteger(random, degree)) : -1;
}

/** Different peers of a node, drawn evenly (Floyd's sample, CACM 30 (1987) 754, doi:10.1145/30401.315746); all where there are not so many. */
export function randomPeers(peers: Peers, node: number, count: number, random: RandomSource): number[] {
  const degree = peers.degree(node);
  const drawn: number[] = [];
  for (let last = Math.max(0, degree - count); last < degree; last++) {
    const k = randomInteger(random, last + 1);
    drawn.push(drawn.includes(k) ? last : k);
  }
  return drawn.map((k) => peers.peer(node, k));
}
