// Connected components by graph search, O(N + E). An edge of coupling zero is there but connects nothing:
// no energy and no current crosses it.
import type { Graph } from './graph.js';

/** [N]: the component of each node, numbered from 0 in the order of their lowest nodes. */
export function componentsOf({ nodeCount, offsets, neighbours, edgeOf, couplings }: Graph): Int32Array {
  const label = new Int32Array(nodeCount).fill(-1);
  const stack = new Int32Array(nodeCount);
  let count = 0;
  for (let root = 0; root < nodeCount; root++) {
    if (label[root] >= 0) continue;
    label[root] = count;
    let height = 0;
    stack[height++] = root;
    while (height > 0) {
      const node = stack[--height];
      for (let h = offsets[node]; h < offsets[node + 1]; h++) {
        const far = neighbours[h];
        if (label[far] >= 0 || couplings[edgeOf[h]] === 0) continue;
        label[far] = count;
        stack[height++] = far;
      }
    }
    count++;
  }
  return label;
}
