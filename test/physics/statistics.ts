// How the suite decides. Each test turns its samples into the probability p, under the exact law, of a
// deviation as large by chance, and fails below LEVEL. p is uniform if the law holds, so a decision cries
// wolf once in a million, and the whole suite, of fewer than a thousand decisions, on fewer than one seed in
// a thousand. Many p at once (modes, temperatures, seeds) must moreover be uniform: a bias far below the
// error of each one bends their distribution. Laws: Student's t, chi-square, and Kolmogorov's limit with
// Stephens's correction, J. R. Stat. Soc. B 32 (1970) 115, DOI 10.1111/j.2517-6161.1970.tb00821.x.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { meanWithError } from '../../src/statistics/mean.js';
import { incbet } from '../../src/numerics/special.js';
import { studentTwoSided } from '../../src/numerics/student.js';

interface Cephes {
  /** P(z < x), standard normal. */
  ndtr(x: number): number;
  /** Regularised incomplete gamma functions, lower and upper. */
  igam(a: number, x: number): number;
  igamc(a: number, x: number): number;
  /** Kolmogorov's limit law, P(sqrt(n) D > y). */
  kolmogorov(y: number): number;
}
const cephes = createRequire(import.meta.url)('cephes') as Cephes;
export const { ndtr, kolmogorov } = cephes;

/** Cephes throws where a probability underflows. */
const atLeastZero =
  (f: (a: number, x: number) => number) =>
  (a: number, x: number): number => {
    try {
      return f(a, x);
    } catch {
      return 0;
    }
  };
export const [igam, igamc] = [atLeastZero(cephes.igam), atLeastZero(cephes.igamc)];

export const LEVEL = 1e-6;

/** Fails if what was seen is less probable than LEVEL. */
export function likely(what: string, p: number, seen = ''): void {
  assert.ok(p >= LEVEL, `${what}: probability ${p.toExponential(2)} by chance ${seen}`);
}

/** p of dependent tests together, the smallest by Bonferroni. */
export const anyOf = (ps: readonly number[]): number => Math.min(1, ps.length * Math.min(...ps));

export const normalByChance = (z: number): number => 2 * ndtr(-Math.abs(z));

/** Both tails: a fit too good is no chance either. */
export function chiSquareByChance(chiSquare: number, freedom: number): number {
  const [low, high] = [igam(freedom / 2, chiSquare / 2), igamc(freedom / 2, chiSquare / 2)];
  return 2 * Math.min(low, high);
}

/** Student's t of independent values (one a seed or chain, at least 16) against their exact mean. */
export function meanByChance(values: ArrayLike<number>, expected: number): number {
  assert.ok(values.length >= 16, 'an error from fewer than 16 values is none');
  const { mean, standardError } = meanWithError(values);
  return studentTwoSided((mean - expected) / standardError, values.length - 1);
}

/**
 * The mean of independent values is the expected one; at full length the error must besides be so small that
 * `resolution` (relative) would show.
 */
export function sameMean(
  what: string,
  values: ArrayLike<number>,
  expected: number,
  resolution = Infinity,
): void {
  const { mean, standardError } = meanWithError(values);
  const seen = `(${mean} +- ${standardError}, exactly ${expected})`;
  assert.ok(
    5 * standardError <= resolution * Math.abs(expected),
    `${what}: too short to see ${resolution} ${seen}`,
  );
  likely(what, meanByChance(values, expected), seen);
}

/**
 * Kolmogorov and Smirnov: independent values, mapped by their distribution function, are uniform in (0, 1).
 */
export function uniformByChance(u: ArrayLike<number>): number {
  const sorted = Float64Array.from(u).sort();
  const n = sorted.length;
  let distance = 0;
  sorted.forEach((value, k) => (distance = Math.max(distance, value - k / n, (k + 1) / n - value)));
  return kolmogorov((Math.sqrt(n) + 0.12 + 0.11 / Math.sqrt(n)) * distance);
}

/** p of independent tests: none too small, and all together uniform. */
export function calibrated(what: string, ps: readonly number[]): void {
  const worst = ps.indexOf(Math.min(...ps));
  likely(`${what} [${worst}] of ${ps.length}`, anyOf(ps));
  likely(`${what}: law of ${ps.length} p-values`, uniformByChance(ps));
}

/** As {@link calibrated} for standard normal scores, whose common sign their sum shows most sharply. */
export function calibratedScores(what: string, z: readonly number[]): void {
  calibrated(what, z.map(normalByChance));
  const sum = z.reduce((total, x) => total + x, 0) / Math.sqrt(z.length);
  likely(`${what}: sum of ${z.length} scores`, normalByChance(sum), `(${sum})`);
}

/** Values that should be standard normal: their law, and their mean square more sharply. */
export function standardNormal(what: string, z: ArrayLike<number>): void {
  const values = Float64Array.from(z);
  likely(`${what}: law`, uniformByChance(values.map(ndtr)));
  const square = values.reduce((sum, x) => sum + x * x, 0);
  likely(`${what}: mean square`, chiSquareByChance(square, values.length), `(${square / values.length})`);
}

/** Counts against expected ones of the same total, cells of fewer than 25 expected taken together. */
export function countsByChance(counts: ArrayLike<number>, expected: ArrayLike<number>): number {
  let [chiSquare, cells, count, mean] = [0, 0, 0, 0];
  const cell = (): void => {
    chiSquare += (count - mean) ** 2 / mean;
    cells++;
    [count, mean] = [0, 0];
  };
  let left = Array.from(expected).reduce((sum, e) => sum + e, 0);
  for (let k = 0; k < expected.length; k++) {
    count += counts[k];
    mean += expected[k];
    left -= expected[k];
    if (mean >= 25 && left >= 25) cell();
  }
  cell();
  assert.ok(cells > 1, 'nothing to compare');
  return chiSquareByChance(chiSquare, cells - 1);
}

/** Two counts out of as many runs each, of the same probability. */
export function binomialByChance(a: number, b: number, runs: number): number {
  const p = (a + b) / (2 * runs);
  return normalByChance((a - b) / Math.sqrt(2 * runs * p * (1 - p)));
}

/**
 * A count out of n of a known probability. Two-sided: P(N >= k) and P(N <= k) are incomplete beta functions.
 */
export function countByChance(k: number, n: number, p: number): number {
  const [above, below] = [k === 0 ? 1 : incbet(k, n - k + 1, p), k === n ? 1 : incbet(n - k, k + 1, 1 - p)];
  return Math.min(1, 2 * Math.min(above, below));
}
