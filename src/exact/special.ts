// Special functions of this room, from Cephes compiled to WebAssembly (npm package cephes).
// Source: Moshier, Methods and Programs for Mathematical Functions (Prentice-Hall 1989).
import { createRequire } from 'node:module';

interface Cephes {
  /** The error function, 2 / sqrt pi times the integral of exp(-t^2) from 0 to x. */
  erf(x: number): number;
  /** exp(-|x|) I_0(x), the modified Bessel function without its growth. */
  i0e(x: number): number;
  /** exp(-|x|) I_1(x). */
  i1e(x: number): number;
  /** Complete elliptic integral K of the first kind, by the complementary parameter 1 - k^2 in (0, 1]. */
  ellpk(complement: number): number;
  /** Complete elliptic integral E of the second kind, by the complementary parameter 1 - k^2 in [0, 1]. */
  ellpe(complement: number): number;
  /** ln Gamma(x) for x > 0. */
  lgam(x: number): number;
}

// required, not imported: its ES module is ready only after a promise
export const { ellpe, ellpk, erf, i0e, i1e, lgam } = createRequire(import.meta.url)('cephes') as Cephes;
