// Special functions of this room, from Cephes compiled to WebAssembly (npm package cephes).
// Source: Moshier, Methods and Programs for Mathematical Functions (Prentice-Hall 1989).
import { createRequire } from 'node:module';

interface Cephes {
  /** Regularised incomplete beta function I_x(a, b) for x in [0, 1], a, b > 0; tails keep their relative accuracy. */
  incbet(a: number, b: number, x: number): number;
  /** Its inverse: x with I_x(a, b) = p. */
  incbi(a: number, b: number, p: number): number;
  /** x that chi-square with `freedom` degrees exceeds with probability p. */
  chdtri(freedom: number, p: number): number;
  /** ln Gamma(x) for x > 0. */
  lgam(x: number): number;
  /** Quantile of the standard normal law, for p in (0, 1). */
  ndtri(p: number): number;
}

// required, not imported: its ES module is ready only after a promise
const cephes = createRequire(import.meta.url)('cephes') as Cephes;
export const { incbet, incbi, lgam, ndtri } = cephes;

/** x that chi-square with `freedom` degrees stays below with probability `share`. */
export const chiSquareQuantile = (share: number, freedom: number): number => cephes.chdtri(freedom, 1 - share);
