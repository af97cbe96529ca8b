// The two measures of a small world: clustering and distance.
// Source: Watts, Strogatz, Nature 393 (1998) 440, DOI 10.1038/30918.
import { requireInteger } from '../../numerics/check.js';
import type { CompressedRows } from '../compressedRows.js';
import { requireGraph } from '../requireGraph.js';

/**
 * The mean over nodes of the fraction of pairs of neighbours that are themselves joined; nodes of degree
 * below 2 count as 0.
 *
 * @example graphs.clustering(ring(50, 4)); // 0.5 = 3 (k - 2) / (4 (k - 1))
 */
export function clustering(graph: CompressedRows): number {
  requireGraph('clustering', graph);
  const { nodeCount, offsets, neighbours } = graph;
  const near = new Int32Array(nodeCount).fill(-1); // the last node that each node was a neighbour of
  let sum = 0;
  for (let node = 0; node < nodeCount; node++) {
    const [begin, end] = [offsets[node], offsets[node + 1]];
    const degree = end - begin;
    if (degree < 2) continue;
    for (let h = begin; h < end; h++) near[neighbours[h]] = node;
    let closed = 0;
    for (let h = begin; h < end; h++) {
      const far = neighbours[h];
      for (let k = offsets[far]; k < offsets[far + 1]; k++) if (near[neighbours[k]] === node) closed++;
    }
    sum += closed / (degree * (degree - 1));
  }
  return sum / nodeCount;
}

/**
 * `[N]`: the least number of edges from `source` to each node, -1 if there is no path.
 *
 * @throws RangeError for a node out of range
 * @example graphs.distancesFrom(ring(6), 0); // [0, 1, 2, 3, 2, 1]
 */
export function distancesFrom(graph: CompressedRows, source: number): Int32Array {
  requireGraph('distancesFrom', graph);
  const { nodeCount, offsets, neighbours } = graph;
  requireInteger('distancesFrom', 'source', source, 0, nodeCount - 1);
  const distance = new Int32Array(nodeCount).fill(-1);
  const queue = new Int32Array(nodeCount);
  let [head, tail] = [0, 0];
  distance[source] = 0;
  queue[tail++] = source;
  while (head < tail) {
    const node = queue[head++];
    for (let h = offsets[node]; h < offsets[node + 1]; h++) {
      const far = neighbours[h];
      if (distance[far] >= 0) continue;
      distance[far] = distance[node] + 1;
      queue[tail++] = far;
    }
  }
  return distance;
}
