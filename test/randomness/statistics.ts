// Small exact statistics for the tests of this room.

/** The central interval [low, high] of Binomial(n, p) that misses at most `tail` on each side. */
export function binomialInterval(n: number, p: number, tail: number): [low: number, high: number] {
  let logTerm = n * Math.log1p(-p);
  let below = 0;
  let low = -1;
  for (let k = 0; k <= n; k++) {
    below += Math.exp(logTerm);
    if (low < 0 && below > tail) low = k;
    if (below >= 1 - tail) return [low, k];
    logTerm += Math.log((n - k) / (k + 1)) + Math.log(p) - Math.log1p(-p);
  }
  return [low, n];
}

/** Pearson's correlation of f(a) and f(b). */
export function correlation(a: Float64Array, b: Float64Array, f = (x: number): number => x): number {
  const n = a.length;
  let [sa, sb, saa, sbb, sab] = [0, 0, 0, 0, 0];
  for (let i = 0; i < n; i++) {
    const x = f(a[i]);
    const y = f(b[i]);
    sa += x;
    sb += y;
    saa += x * x;
    sbb += y * y;
    sab += x * y;
  }
  return (sab - (sa * sb) / n) / Math.sqrt((saa - (sa * sa) / n) * (sbb - (sb * sb) / n));
}

/** Chi-square of counts against equal expectations, in standard deviations from its mean. */
export function chiSquareScore(counts: ArrayLike<number>): number {
  const total = Array.from(counts).reduce((sum, c) => sum + c, 0);
  const expected = total / counts.length;
  const chi2 = Array.from(counts).reduce((sum, c) => sum + (c - expected) ** 2 / expected, 0);
  const freedom = counts.length - 1;
  return (chi2 - freedom) / Math.sqrt(2 * freedom);
}
