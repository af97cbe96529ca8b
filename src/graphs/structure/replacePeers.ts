// Local replacement of lost peers. A node knows its peers and, from them, the lists of theirs; nobody knows
// more. For each peer x that it has lost and not yet replaced, a node i
//   1. links to a surviving peer of x, drawn at random from x's last list, to which it is not yet linked; a
// link between two nodes
//      that have both lost x replaces x for both;
//   2. if there is no such peer, links to a peer of one of its present peers;
//   3. if there is none either, does not replace x.
// Nodes act in random order. Rule 1 is that of self-healing networks, which add links only among the
// neighbours of a lost node. Their links are trees, which guarantee connection if nodes are lost one at a
// time; these are random pairs, which also serve when many are lost at once, as far as lists reach. Rule 2 is
// the peer exchange of gossip membership. Sources: Saia and Trehan, Picking up the
// pieces, IPDPS 2008, arXiv 0801.3710; Voulgaris, Gavidia, van Steen, J. Netw. Syst. Manag. 13 (2005) 197,
// DOI 10.1007/s10922-005-4441-x; EMTD section 4.1 (row EMTD-4.3), which gives no rule.
import { readOptions } from '../../numerics/options.js';
import { randomInteger, type RandomSource, shuffle } from '../../randomness/index.js';
import type { Graph } from '../graph.js';
import { aliveMask, linksAmong, remainder, type Survivors } from './percolation.js';
import { type GraphRandomness, randomness, sourceOf } from '../generators/randomness.js';

/**
 * The network when the nodes that are not `alive` are lost, and the others have replaced their lost peers. A
 * new link has the coupling of the lost one. A node's number of peers does not fall if it finds a
 * replacement, and hardly rises.
 *
 * @param alive `[nodes]`: 0 or false for a lost node, 1 or true for a survivor
 * @throws RangeError unless there is one value per node, and at least one survivor; TypeError for neither
 * seed nor random
 * @example
 * const world = smallWorld(1000, 4, 0.1, { seed: 1 });
 * const damaged = graphs.percolate(world, { keep: 0.5, seed: 1 });
 * damaged.brokenPairs; // 0.9425
 * graphs.replaceLostPeers(world, damaged.alive, { seed: 1 }).brokenPairs; // 0.01593
 */
export function replaceLostPeers(
  graph: Graph,
  alive: ArrayLike<number | boolean>,
  options: GraphRandomness,
): Survivors {
  const mask = aliveMask('replaceLostPeers', graph, alive);
  readOptions('replaceLostPeers', options, randomness);
  const random = sourceOf('replaceLostPeers', options);
  const peers = Array.from(mask, () => new Set<number>());
  const links = linksAmong(graph, mask);
  for (const [i, j] of links) join(peers, i, j);
  const lost = lostPeers(graph, mask);
  const living = [...mask.keys()].filter((node) => mask[node]);
  for (const i of shuffle(living, random)) {
    for (const [x, J] of lost[i]) {
      const candidates = (list: Iterable<number>): number[] =>
        [...list].filter((j) => mask[j] && j !== i && !peers[i].has(j));
      const j =
        oneOf(candidates(graph.neighboursOf(x)), random) ??
        oneOf([...new Set(candidates([...peers[i]].flatMap((peer) => [...peers[peer]])))], random);
      if (j === undefined) continue;
      join(peers, i, j);
      links.push([i, j, J]);
      for (const end of [i, j]) lost[end].delete(x);
    }
  }
  return remainder(graph, mask, links);
}

/** `[nodes]`: the peers that each has lost, with the coupling of the link. */
function lostPeers(graph: Graph, alive: Uint8Array): Map<number, number>[] {
  const lost = Array.from(alive, () => new Map<number, number>());
  for (let e = 0; e < graph.edgeCount; e++) {
    const [i, j] = [graph.endpoints[2 * e], graph.endpoints[2 * e + 1]];
    if (alive[i] && !alive[j]) lost[i].set(j, graph.coupling(e));
    if (alive[j] && !alive[i]) lost[j].set(i, graph.coupling(e));
  }
  return lost;
}

function join(peers: Set<number>[], i: number, j: number): void {
  peers[i].add(j);
  peers[j].add(i);
}

const oneOf = (items: readonly number[], random: RandomSource): number | undefined =>
  items[randomInteger(random, Math.max(1, items.length))];
