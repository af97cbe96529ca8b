// Shortest paths from a source to targets near it: Dijkstra's algorithm, stopped when it has passed every target. Source: Dijkstra,
// Numer. Math. 1 (1959) 269, doi:10.1007/BF01386390. Known ways to the targets bound the search from the start, so on unit lengths and
// targets three edges away no more than the neighbours' neighbours are looked at. In a small graph the distances from a source to all
// nodes are kept instead, since many edges ask for them.
import type { Graph } from '../graph/index.js';
import { Heap } from './heap.js';

/** The distance of each target; `known` is the length of some way to it. */
export type NearDistances = (source: number, targets: readonly number[], known: (target: number) => number) => Float64Array;

/** All distances of a graph of so many nodes are 32 MB. */
const SMALL = 2048;

export function nearDistances(graph: Graph, lengths: Float64Array): NearDistances {
  const { nodeCount, offsets, neighbours, edgeOf } = graph;
  const least = new Float64Array(nodeCount).fill(Infinity); // the shortest edge of each node
  for (let node = 0; node < nodeCount; node++) {
    for (let h = offsets[node]; h < offsets[node + 1]; h++) least[node] = Math.min(least[node], lengths[edgeOf[h]]);
  }
  const open = new Heap();

  /** Lowers `distances` to those from the source; what is at the limit or beyond may stay. `hasPassed` is asked as the search moves out. */
  const search = (source: number, distances: Float64Array, limit: number, hasPassed: (frontier: number) => boolean, touched?: number[]): void => {
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
      if (distance > distances[node]) continue; // a shorter way was found since
      for (let h = offsets[node]; h < offsets[node + 1]; h++) reach(neighbours[h], distance + lengths[edgeOf[h]]);
    }
    open.clear();
  };

  if (nodeCount <= SMALL) {
    const kept: Float64Array[] = [];
    return (source, targets) => {
      if (kept[source] === undefined) search(source, (kept[source] = new Float64Array(nodeCount).fill(Infinity)), Infinity, () => false);
      const [all, found] = [kept[source], new Float64Array(targets.length)];
      for (let k = 0; k < targets.length; k++) found[k] = all[targets[k]];
      return found;
    };
  }
  const distances = new Float64Array(nodeCount).fill(Infinity);
  return (source, targets, known) => {
    const found = new Float64Array(targets.length);
    const touched: number[] = [];
    let [limit, passed] = [0, 0]; // targets passed, in their order
    for (let k = 0; k < targets.length; k++) limit = Math.max(limit, (found[k] = known(targets[k])));
    search(source, distances, limit, (frontier) => {
      while (passed < targets.length && Math.min(found[passed], distances[targets[passed]]) <= frontier) passed++;
      return passed === targets.length;
    }, touched);
    for (let k = 0; k < targets.length; k++) found[k] = Math.min(found[k], distances[targets[k]]);
    for (const node of touched) distances[node] = Infinity;
    return found;
  };
}
