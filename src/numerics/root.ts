// Bisection: the place where a condition ends, or where a function changes its sign once, by halving the
// interval.

/**
 * x in [low, high] up to which `holds` is true and beyond which it is false, to within `width`; 0, the
 * default, halves until the ends are neighbouring doubles. If the condition does not change, x is one of the
 * ends.
 */
export function lastWhere(holds: (x: number) => boolean, low: number, high: number, width = 0): number {
  for (;;) {
    const middle = low + (high - low) / 2;
    if (!(high - low > width && middle > low && middle < high)) return middle; // NaN too
    if (holds(middle)) low = middle;
    else high = middle;
  }
}

/** x in [low, high] where `f`, of different signs at the two ends, goes through zero; exact to rounding. */
export function zeroOf(f: (x: number) => number, low: number, high: number): number {
  const falls = f(low) > f(high);
  return lastWhere((x) => f(x) > 0 === falls, low, high);
}
