// Binary search.

/**
 * The first index in [begin, end) whose number is at least `value`, in an ascending list; `end` if there is
 * none.
 */
export function lowerBound(
  ascending: ArrayLike<number>,
  value: number,
  begin = 0,
  end = ascending.length,
): number {
  while (begin < end) {
    const middle = (begin + end) >>> 1;
    if (ascending[middle] < value) begin = middle + 1;
    else end = middle;
  }
  return begin;
}
