// The zero of a function that changes its sign once, by halving the interval until its ends are neighbours.

/** x in [low, high] where `f`, of different signs at the two ends, goes through zero; exact to rounding. */
export function zeroOf(f: (x: number) => number, low: number, high: number): number {
  const above = f(low) > f(high);
  for (;;) {
    const middle = low + (high - low) / 2;
    if (!(middle > low && middle < high)) return middle; // NaN too
    if (f(middle) > 0 === above) low = middle;
    else high = middle;
  }
}
