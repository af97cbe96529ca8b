// Waiting times: an exponential number of mean 1 is E = -ln(1 - u). Math.log may round differently in
// different JavaScript engines. This logarithm uses only + - x /, which IEEE 754 fixes to the last bit, so
// that a seed gives the same times everywhere. With x = m 2^e, 1/sqrt(2) <= m < sqrt(2) and s = (m - 1)/(m +
// 1):  ln x = e ln 2 + 2 s (1 + s^2/3 + s^4/5 + ...), |s| < 0.172, twelve terms, an error of some 2^-53.
// Source: the series of artanh, DLMF 4.6.4.
import type { RandomSource } from './generator.js';

const real = new Float64Array(1);
const words = new Uint32Array(real.buffer);
/** The index of the word of a double that holds its exponent; it depends on the byte order of the machine. */
const HIGH = ((real[0] = 1), words[1] !== 0) ? 1 : 0;

const ODD = Float64Array.from({ length: 12 }, (_, k) => 1 / (2 * k + 1));

/** ln x of a positive, normal double, the same bits on every machine. */
export function reproducibleLog(x: number): number {
  real[0] = x;
  let exponent = (words[HIGH] >>> 20) - 1023;
  words[HIGH] = (words[HIGH] & 0xfffff) | 0x3ff00000;
  let mantissa = real[0]; // in [1, 2)
  if (mantissa > Math.SQRT2) {
    mantissa /= 2;
    exponent++;
  }
  const s = (mantissa - 1) / (mantissa + 1);
  const square = s * s;
  let series = 0;
  for (let k = ODD.length - 1; k >= 0; k--) series = series * square + ODD[k];
  return exponent * Math.LN2 + 2 * s * series;
}

/**
 * An exponential number of mean 1, from one uniform; the same bits on every machine.
 *
 * @example randomness.exponential(() => 0.5); // 0.6931 = ln 2
 */
export const exponential = (random: RandomSource): number => 0 - reproducibleLog(1 - random());
