// Independent chains in groups of equal size, each one repetition of the experiment: an estimate has one
// value per group.

/**
 * Consecutive items in `count` groups of equal size, for `jackknife` or for means of blocks.
 *
 * @throws RangeError unless `count` is a positive integer that divides the number of items
 * @example
 * measure.inGroups([1, 2, 3, 4], 2); // [[1, 2], [3, 4]]
 */
export function inGroups<Item>(items: readonly Item[], count: number): Item[][] {
  const size = items.length / count;
  if (!(Number.isInteger(count) && count > 0 && Number.isInteger(size) && size > 0)) {
    throw new RangeError(
      `inGroups: groups of equal size are needed, got ${items.length} items in ${count} groups`,
    );
  }
  return Array.from({ length: count }, (_, g) => items.slice(g * size, (g + 1) * size));
}
