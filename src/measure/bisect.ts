// The root of an increasing function by halving.

/**
 * x in [low, high] where `f`, increasing, crosses zero; to the last bit of a double unless a width is given.
 * An end is returned where there is no crossing.
 */
export function bisect(f: (x: number) => number, low: number, high: number, width = 0): number {
  while (high - low > width) {
    const middle = low + (high - low) / 2;
    if (middle <= low || middle >= high) break;
    if (f(middle) < 0) low = middle;
    else high = middle;
  }
  return low + (high - low) / 2;
}
