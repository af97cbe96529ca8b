// Special functions, from Cephes compiled to WebAssembly (npm package cephes), and the quantile of chi-square.
// Source: Moshier, Methods and Programs for Mathematical Functions (Prentice-Hall 1989).
import { createRequire } from 'node:module';

interface Cephes {
  /** x that chi-square with `freedom` degrees exceeds with probability p. */
  chdtri(freedom: number, p: number): number;
  /** Complete elliptic integral E of the second kind, by the complementary parameter 1 - k^2 in [0, 1]. */
  ellpe(complement: number): number;
  /** Complete elliptic integral K of the first kind, by the complementary parameter 1 - k^2 in (0, 1]. */
  ellpk(complement: number): number;
  /** The error function, 2 / sqrt pi times the integral of exp(-t^2) from 0 to x. */
  erf(x: number): number;
  /** exp(-|x|) I_0(x), the modified Bessel function without its growth. */
  i0e(x: number): number;
  /** exp(-|x|) I_1(x). */
  i1e(x: number): number;
  /** Regularised incomplete beta function I_x(a, b) for x in [0, 1], a, b > 0; tails keep their relative accuracy. */
  incbet(a: number, b: number, x: number): number;
  /** Its inverse: x with I_x(a, b) = p. */
  incbi(a: number, b: number, p: number): number;
  /** ln Gamma(x) for x > 0. */
  lgam(x: number): number;
  /** Quantile of the standard normal law, for p in (0, 1). */
  ndtri(p: number): number;
}

// required, not imported: its ES module is ready only after a promise
const cephes = createRequire(import.meta.url)('cephes') as Cephes;
export const { ellpe, ellpk, erf, i0e, i1e, incbet, incbi, lgam, ndtri } = cephes;

/** From here on Wilson and Hilferty's quantile is right to 1e-5 at three standard errors; Cephes' underflows for some above 20000. */
const MANY_DEGREES = 2000;

/**
 * x that chi-square with `freedom` degrees stays below with probability `share`; for many degrees k, with z the normal quantile,
 * k (1 - 2 / 9k + z sqrt(2 / 9k))^3. Source: Wilson, Hilferty, Proc. Natl. Acad. Sci. 17 (1931) 684, DOI 10.1073/pnas.17.12.684.
 */
export const chiSquareQuantile = (share: number, freedom: number): number => {
  if (freedom < MANY_DEGREES) return cephes.chdtri(freedom, 1 - share);
  const ninth = 2 / (9 * freedom);
  return freedom * (1 - ninth + cephes.ndtri(share) * Math.sqrt(ninth)) ** 3;
};
