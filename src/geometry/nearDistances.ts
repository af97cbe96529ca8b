// Shortest paths from a source to targets near it: Dijkstra's algorithm, stopped when it has passed every
// target. Source: Dijkstra, Numer. Math. 1 (1959) 269, doi:10.1007/BF01386390. Known paths to the targets
// bound the search from the start, so with unit lengths and targets three edges away it visits no more than
// the neighbours' neighbours. In a small graph a cache keeps the distances from a source to all nodes instead,
// since many edges need them.
import type { Graph } from '../graphs/index.js';
import { Heap } from './heap.js';

/** The distance of each target; `bound` is the length of some path to it. */
export type NearDistances = (
  source: number,
  targets: readonly number[],
  bound: (target: number) => number,
) => Float64Array;

/** All distances of a graph of so many nodes take 32 MB. */
const SMALL = 2048;

export function nearDistances(graph: Graph, lengths: Float64Array): NearDistances {
  const search = dijkstra(graph, lengths);
  return graph.nodeCount <= SMALL ? cached(graph.nodeCount, search) : bounded(graph.nodeCount, search);
}

/**
 * Lowers `distances` to those from the source, up to the limit; ends once `hasPassed`. `touched` collects the
 * nodes reached.
 */
type Search = (
  source: number,
  distances: Float64Array,
  limit: number,
  hasPassed: (frontier: number) => boolean,
  touched?: number[],
) => void;

function dijkstra(graph: Graph, lengths: Float64Array): Search {
  const { offsets, neighbours, edgeOf } = graph;
  const least = shortestEdges(graph, lengths);
  const open = new Heap();
  return (source, distances, limit, hasPassed, touched) => {
    const reach = (node: number, distance: number): void => {
      if (!(distance < distances[node] && distance < limit)) return;
      if (distances[node] === Infinity) touched?.push(node);
      distances[node] = distance;
      if (distance + least[node] < limit) open.push(distance, node);
    };
    reach(source, 0);
    while (open.size > 0) {
      const distance = open.leastKey;
      if (hasPassed(distance)) break;
      const node = open.pop();
      if (distance > distances[node]) continue; // a shorter path was found since
      for (let h = offsets[node]; h < offsets[node + 1]; h++)
        reach(neighbours[h], distance + lengths[edgeOf[h]]);
    }
    open.clear();
  };
}

/** `[N]`: the length of the shortest edge of each node. */
function shortestEdges({ nodeCount, offsets, edgeOf }: Graph, lengths: Float64Array): Float64Array {
  const least = new Float64Array(nodeCount).fill(Infinity);
  for (let node = 0; node < nodeCount; node++) {
    for (let h = offsets[node]; h < offsets[node + 1]; h++)
      least[node] = Math.min(least[node], lengths[edgeOf[h]]);
  }
  return least;
}

function cached(nodeCount: number, search: Search): NearDistances {
  const cache: Float64Array[] = [];
  return (source, targets) => {
    if (cache[source] === undefined)
      search(source, (cache[source] = new Float64Array(nodeCount).fill(Infinity)), Infinity, () => false);
    const [all, found] = [cache[source], new Float64Array(targets.length)];
    for (let k = 0; k < targets.length; k++) found[k] = all[targets[k]];
    return found;
  };
}

function bounded(nodeCount: number, search: Search): NearDistances {
  const distances = new Float64Array(nodeCount).fill(Infinity);
  return (source, targets, bound) => {
    const found = new Float64Array(targets.length);
    const touched: number[] = [];
    let [limit, passed] = [0, 0]; // number of targets passed, in their order
    for (let k = 0; k < targets.length; k++) limit = Math.max(limit, (found[k] = bound(targets[k])));
    const hasPassed = (frontier: number): boolean => {
      while (passed < targets.length && Math.min(found[passed], distances[targets[passed]]) <= frontier)
        passed++;
      return passed === targets.length;
    };
    search(source, distances, limit, hasPassed, touched);
    for (let k = 0; k < targets.length; k++) found[k] = Math.min(found[k], distances[targets[k]]);
    for (const node of touched) distances[node] = Infinity;
    return found;
  };
}
