// The mean over independent seeds and its 95 % confidence interval, point by point:
//   mean_k +- t(0.975, n - 1) s_k / sqrt(n),   s_k^2 = sum_i (y_ik - mean_k)^2 / (n - 1).
// Student's t from the expansion in 1/(n - 1): Abramowitz & Stegun 26.7.5; exact for 1 and 2 degrees of freedom.

export interface Band {
  readonly mean: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

/**
 * Mean and 95 % interval over runs (one per seed) of equal length.
 * @throws with fewer than 2 runs or runs of different lengths.
 * @example overSeeds([[1], [2], [3]]) // mean [2], lower [-0.484], upper [4.484]
 */
export function overSeeds(runs: readonly ArrayLike<number>[]): Band {
  const seeds = runs.length;
  if (seeds < 2) throw new Error(`overSeeds: an interval needs at least 2 runs, got ${seeds}`);
  const points = runs[0].length;
  const other = runs.findIndex((run) => run.length !== points);
  if (other > 0) throw new Error(`overSeeds: run 0 has ${points} points, run ${other} has ${runs[other].length}`);
  const quantile = studentQuantile975(seeds - 1);
  const mean = new Float64Array(points);
  const lower = new Float64Array(points);
  const upper = new Float64Array(points);
  for (let k = 0; k < points; k++) {
    let sum = 0;
    for (const run of runs) sum += run[k];
    mean[k] = sum / seeds;
    let squares = 0;
    for (const run of runs) squares += (run[k] - mean[k]) ** 2;
    const half = quantile * Math.sqrt(squares / (seeds - 1) / seeds);
    lower[k] = mean[k] - half;
    upper[k] = mean[k] + half;
  }
  return { mean, lower, upper };
}

/**
 * The 0.975 quantile of Student's t, to 1e-3 relative.
 * @example studentQuantile975(15) // 2.1314
 */
export function studentQuantile975(degrees: number): number {
  if (degrees === 1) return Math.tan(0.475 * Math.PI);
  if (degrees === 2) return 0.95 * Math.sqrt(2 / (4 * 0.975 * 0.025));
  const z = 1.959963984540054;
  const powers = [
    (z ** 3 + z) / 4,
    (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96,
    (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384,
    (79 * z ** 9 + 776 * z ** 7 + 1482 * z ** 5 - 1920 * z ** 3 - 945 * z) / 92160,
  ];
  return powers.reduce((t, term, k) => t + term / degrees ** (k + 1), z);
}
