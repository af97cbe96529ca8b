// Special functions, from Cephes compiled to WebAssembly (`tools/cephes`), and the quantile of chi-square.
// Source: Moshier, Methods and Programs for Mathematical Functions (Prentice-Hall 1989).
import { chdtri, ndtri } from '#cephes';

export { ellpe, ellpk, erf, i0e, i1e, incbet, incbi, lgam, ndtri } from '#cephes';

/**
 * From here on Wilson and Hilferty's quantile is right to 1e-5 at three standard errors; Cephes' underflows
 * for some above 20000.
 */
const MANY_DEGREES = 2000;

/**
 * x that chi-square with `freedom` degrees stays below with probability `share`; for many degrees k, with z
 * the normal quantile, k (1 - 2 / 9k + z sqrt(2 / 9k))^3. Source: Wilson, Hilferty, Proc. Natl. Acad. Sci. 17
 * (1931) 684, DOI 10.1073/pnas.17.12.684.
 */
export const chiSquareQuantile = (share: number, freedom: number): number => {
  if (freedom < MANY_DEGREES) return chdtri(freedom, 1 - share);
  const ninth = 2 / (9 * freedom);
  return freedom * (1 - ninth + ndtri(share) * Math.sqrt(ninth)) ** 3;
};
