// The root of an increasing function by halving, to the last bit of a double.

/** x in [low, high] where `f`, increasing, crosses zero. */
export function bisect(f: (x: number) => number, low: number, high: number): number {
  for (;;) {
    const middle = low + (high - low) / 2;
    if (middle <= low || middle >= high) return middle;
    if (f(middle) < 0) low = middle;
    else high = middle;
  }
}
