// Small worlds: a ring lattice whose edges are each rewired with probability p to a random far end.
// Sources: Watts, Strogatz, Nature 393 (1998) 440, DOI 10.1038/30918; the order of loops and draws, and the
// conventions for odd and full degrees, are those of networkx watts_strogatz_graph, on which EMTD section 3.3
// calls, and of connected_watts_strogatz_graph.
import { randomInteger, type RandomSource } from '../random/index.js';
import { requireInteger } from './check.js';
import { fromEdges } from './fromEdges.js';
import type { Graph } from './graph.js';
import { drawGraph, type RandomGraphOptions, sourceOf } from './randomness.js';

/**
 * The Watts-Strogatz graph. Each node begins joined to the floor(degree / 2) nearest on each side; then for
 * each distance and each node u in turn, the edge to its neighbour at that distance is replaced, with
 * probability `rewiring`, by an edge to a uniform node that u is not joined to. Degree n gives the complete
 * graph. Edges come in networkx's order; the same uniforms give networkx's graph.
 *
 * @throws RangeError for a degree above nodeCount, a rewiring outside [0, 1], or if none of 100 graphs is
 *   connected while `connected` is left true
 * @example
 * smallWorld(50, 4, 0.1, { seed: 1 }).edgeCount; // 100
 */
export function smallWorld(
  nodeCount: number,
  degree: number,
  rewiring: number,
  options: RandomGraphOptions,
): Graph {
  requireInteger('smallWorld', 'nodeCount', nodeCount, 1);
  requireInteger('smallWorld', 'degree', degree, 0, nodeCount);
  if (!(rewiring >= 0 && rewiring <= 1)) {
    throw new RangeError(`smallWorld: rewiring must lie in [0, 1], got ${String(rewiring)}`);
  }
  const random = sourceOf('smallWorld', options);
  const name = `smallWorld(${nodeCount}, ${degree}, ${rewiring})`;
  return drawGraph('smallWorld', options, () => {
    const joined = ringNeighbours(nodeCount, degree);
    if (degree < nodeCount) rewire(joined, Math.floor(degree / 2), rewiring, random);
    return fromEdges(nodeCount, edgesOf(joined), { name, connected: false });
  });
}

/** For each node the list of its neighbours in order of insertion. */
type Neighbours = number[][];

function ringNeighbours(nodeCount: number, degree: number): Neighbours {
  const joined: Neighbours = Array.from({ length: nodeCount }, () => []);
  if (degree === nodeCount) {
    for (let a = 0; a < nodeCount; a++) for (let b = a + 1; b < nodeCount; b++) join(joined, a, b);
    return joined;
  }
  for (let step = 1; step <= degree / 2; step++) {
    for (let u = 0; u < nodeCount; u++) join(joined, u, (u + step) % nodeCount);
  }
  return joined;
}

function rewire(joined: Neighbours, reach: number, rewiring: number, random: RandomSource): void {
  const nodeCount = joined.length;
  for (let step = 1; step <= reach; step++) {
    for (let u = 0; u < nodeCount; u++) {
      if (random() >= rewiring) continue;
      const w = freshEnd(joined, u, random);
      if (w === undefined) continue;
      part(joined, u, (u + step) % nodeCount);
      join(joined, u, w);
    }
  }
}

/** A uniform node that u is not joined to, or nothing when u is joined to all. */
function freshEnd(joined: Neighbours, u: number, random: RandomSource): number | undefined {
  let w = randomInteger(random, joined.length);
  while (w === u || joined[u].includes(w)) {
    w = randomInteger(random, joined.length);
    if (joined[u].length >= joined.length - 1) return undefined;
  }
  return w;
}

function join(joined: Neighbours, u: number, v: number): void {
  joined[u].push(v);
  joined[v].push(u);
}

function part(joined: Neighbours, u: number, v: number): void {
  joined[u].splice(joined[u].indexOf(v), 1);
  joined[v].splice(joined[v].indexOf(u), 1);
}

/** Each edge once, at its first end, in the order in which that end was joined. */
function edgesOf(joined: Neighbours): Int32Array {
  const edges = new Int32Array(joined.reduce((sum, ends) => sum + ends.length, 0));
  let at = 0;
  joined.forEach((ends, u) => {
    for (const v of ends) {
      if (v < u) continue;
      edges[at++] = u;
      edges[at++] = v;
    }
  });
  return edges;
}
