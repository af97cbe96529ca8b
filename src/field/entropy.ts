// Shannon entropy in nats of a named distribution, S = - sum_k p_k ln p_k with 0 ln 0 = 0, and of counts n_k:
//   plug-in: S_ML, p_k = n_k / n        Miller-Madow: S_MM = S_ML + (m - 1) / (2 n), m labels with n_k > 0
// The plug-in value is low by (q - 1) / (2 n) to first order. Source: Shannon, Bell Syst. Tech. J. 27 (1948)
// 379, DOI 10.1002/j.1538-7305.1948.tb01338.x; Miller, "Note on the bias of information estimates" (1955).

/**
 * Entropy of a distribution, in nats; the numbers are normalised by their sum.
 *
 * @throws RangeError unless the numbers are non-negative with a positive finite sum
 * @example
 * shannonEntropy([0.5, 0.5]); // 0.6931471805599453, ln 2
 */
export function shannonEntropy(weights: Iterable<number>): number {
  const w = [...weights];
  const total = w.reduce((sum, x) => sum + x, 0);
  if (!w.every((x) => x >= 0) || !(total > 0 && total < Infinity)) {
    throw new RangeError(`shannonEntropy: weights must be >= 0 with a positive finite sum, got [${w}]`);
  }
  return w.reduce((entropy, x) => (x > 0 ? entropy - (x / total) * Math.log(x / total) : entropy), 0);
}

/**
 * Entropy of counts with the Miller-Madow correction, in nats. Less biased, and not bounded by ln q: at most
 * ln q + (q - 1) / (2 n).
 *
 * @example
 * millerMadow([8, 8]); // ln 2 + 1/32 = 0.7243971805599453
 */
export function millerMadow(counts: Iterable<number>): number {
  const seen = [...counts].filter((n) => n !== 0);
  return shannonEntropy(seen) + (seen.length - 1) / (2 * seen.reduce((sum, n) => sum + n, 0));
}

/** How often each value occurs. */
export function countValues(values: Iterable<number>): number[] {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts.values()];
}
