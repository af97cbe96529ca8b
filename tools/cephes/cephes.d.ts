/** x that chi-square with `freedom` degrees exceeds with probability p. */
export declare function chdtri(freedom: number, p: number): number;
/** Complete elliptic integral E of the second kind, by the complementary parameter 1 - k^2 in [0, 1]. */
export declare function ellpe(complement: number): number;
/** Complete elliptic integral K of the first kind, by the complementary parameter 1 - k^2 in (0, 1]. */
export declare function ellpk(complement: number): number;
/** The error function, 2 / sqrt pi times the integral of exp(-t^2) from 0 to x. */
export declare function erf(x: number): number;
/** exp(-|x|) I_0(x), the modified Bessel function without its growth. */
export declare function i0e(x: number): number;
/** exp(-|x|) I_1(x). */
export declare function i1e(x: number): number;
/**
 * Regularised incomplete beta function I_x(a, b) for x in [0, 1], a, b > 0; tails keep their relative
 * accuracy.
 */
export declare function incbet(a: number, b: number, x: number): number;
/** Its inverse: x with I_x(a, b) = p. */
export declare function incbi(a: number, b: number, p: number): number;
/** ln Gamma(x) for x > 0. */
export declare function lgam(x: number): number;
/** Quantile of the standard normal law, for p in (0, 1). */
export declare function ndtri(p: number): number;
