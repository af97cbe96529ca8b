// Lengths of edges as they are given: checked, one for each edge.
import type { Graph } from '../graph/index.js';

/** [E]: a copy; all 1 where none are given. @throws RangeError for a wrong number of them, or one that is negative or not finite */
export function edgeLengths(caller: string, { edgeCount }: Graph, lengths: ArrayLike<number> | undefined): Float64Array {
  if (lengths === undefined) return new Float64Array(edgeCount).fill(1);
  if (lengths.length !== edgeCount) throw new RangeError(`${caller}: lengths must be one an edge (${edgeCount}), got ${lengths.length}`);
  return Float64Array.from(lengths, (length, edge) => {
    if (Number.isFinite(length) && length >= 0) return length + 0;
    throw new RangeError(`${caller}: lengths must be finite and not negative, got ${String(length)} for edge ${edge}`);
  });
}
