// Checks lengths of edges given by a caller: one per edge.
import type { Graph } from '../graphs/index.js';

/** Greatest length, so that sums of a few lengths stay finite. */
export const LONGEST = 1e300;

/**
 * `[E]`: a copy; all 1 by default.
 * @throws RangeError for a wrong number of lengths, or one that is negative, above 1e300 or not a number
 */
export function edgeLengths(
  caller: string,
  { edgeCount }: Graph,
  lengths: ArrayLike<number> | undefined,
): Float64Array {
  if (lengths === undefined) return new Float64Array(edgeCount).fill(1);
  if (lengths.length !== edgeCount)
    throw new RangeError(`${caller}: lengths must be one per edge (${edgeCount}), got ${lengths.length}`);
  return Float64Array.from(lengths, (length, edge) => {
    if (length >= 0 && length <= LONGEST) return length + 0;
    throw new RangeError(
      `${caller}: lengths must be between 0 and ${LONGEST}, got ${String(length)} for edge ${edge}`,
    );
  });
}
