// Small worlds: a ring lattice whose edges are each rewired with probability p to a random far end.
// Sources: Watts, Strogatz, Nature 393 (1998) 440, DOI 10.1038/30918; the order of loops and draws, and the
// conventions for odd and full degrees, are those of networkx watts_strogatz_graph, which EMTD section 3.3
// calls, and of connected_watts_strogatz_graph.
import { requireInteger, requireFraction } from '../../numerics/check.js';
import { randomInteger, type RandomSource } from '../../randomness/index.js';
import { Graph } from '../graph.js';
import { allPairs } from './lattices.js';
import { requireMemory } from '../memory.js';
import { drawGraph, type RandomGraphOptions } from './randomness.js';

/**
 * The Watts-Strogatz graph. Each node begins joined to the floor(degree / 2) nearest on each side; then for
 * each distance and each node u in turn, the edge to its neighbour at that distance is replaced, with
 * probability `rewiring`, by an edge to a uniform node that u is not joined to. Degree n gives the complete
 * graph. Edges come in networkx's order; the same uniforms give networkx's graph.
 *
 * @throws RangeError for a degree above nodeCount, a rewiring outside [0, 1], a graph too large for memory,
 * or if none of 100 graphs is connected while `connected` is left true
 * @example smallWorld(50, 4, 0.1, { seed: 1 }).edgeCount; // 100
 */
export function smallWorld(
  nodeCount: number,
  degree: number,
  rewiring: number,
  options: RandomGraphOptions,
): Graph {
  requireInteger('smallWorld', 'nodeCount', nodeCount, 1);
  requireInteger('smallWorld', 'degree', degree, 0, nodeCount);
  requireFraction('smallWorld', 'rewiring', rewiring);
  const reach = Math.floor(degree / 2);
  const all = degree === nodeCount;
  requireMemory('smallWorld', nodeCount, all ? (nodeCount * (nodeCount - 1)) / 2 : nodeCount * reach, {
    edge: 4,
    node: 4,
  });
  const name = `smallWorld(${nodeCount}, ${degree}, ${rewiring})`;
  return drawGraph('smallWorld', options, (random) => {
    const edges = all
      ? allPairs(nodeCount)
      : networkxOrder(nodeCount, reach, farEnds(nodeCount, reach, rewiring, random));
    return new Graph(nodeCount, edges, 1, name);
  });
}

/**
 * `[N reach]`: node u's original edge to distance `step` now ends at far[u reach + step - 1]. Its end at u
 * stays, so u and w are joined if and only if one is a far end of an edge of the other.
 */
function farEnds(nodeCount: number, reach: number, rewiring: number, random: RandomSource): Int32Array {
  const far = new Int32Array(nodeCount * reach);
  for (let u = 0; u < nodeCount; u++) {
    for (let step = 1; step <= reach; step++) far[u * reach + step - 1] = along(u, step, nodeCount);
  }
  const degrees = new Int32Array(nodeCount).fill(2 * reach);
  for (let step = 1; step <= reach; step++) {
    for (let u = 0; u < nodeCount; u++) {
      if (random() >= rewiring) continue;
      let w = randomInteger(random, nodeCount);
      while (w === u || areJoined(far, reach, u, w)) {
        w = randomInteger(random, nodeCount);
        if (degrees[u] >= nodeCount - 1) break; // u is joined to all: the edge stays
      }
      if (degrees[u] >= nodeCount - 1) continue;
      const edge = u * reach + step - 1;
      degrees[far[edge]]--;
      degrees[w]++;
      far[edge] = w;
    }
  }
  return far;
}

/** (u + step) mod nodeCount, without a division. */
const along = (u: number, step: number, nodeCount: number): number =>
  u + step < nodeCount ? u + step : u + step - nodeCount;

function areJoined(far: Int32Array, reach: number, u: number, w: number): boolean {
  for (let k = 0; k < reach; k++) if (far[u * reach + k] === w || far[w * reach + k] === u) return true;
  return false;
}

/**
 * The flat edges, each at its lower end, in the order in which that end was joined: first the edges that
 * stayed, then the rewired ones, both by distance and first end. A stable bucket sort.
 */
function networkxOrder(nodeCount: number, reach: number, far: Int32Array): Int32Array {
  const next = new Int32Array(nodeCount + 1);
  for (let u = 0; u < nodeCount; u++) {
    for (let edge = u * reach; edge < (u + 1) * reach; edge++) next[Math.min(u, far[edge]) + 1]++;
  }
  for (let u = 0; u < nodeCount; u++) next[u + 1] += next[u];
  const edges = new Int32Array(2 * far.length);
  for (const moved of [false, true]) {
    for (let step = 1; step <= reach; step++) {
      for (let u = 0; u < nodeCount; u++) {
        const w = far[u * reach + step - 1];
        if ((w !== along(u, step, nodeCount)) !== moved) continue;
        const at = 2 * next[Math.min(u, w)]++;
        edges[at] = Math.min(u, w);
        edges[at + 1] = Math.max(u, w);
      }
    }
  }
  return edges;
}
