// The regularised incomplete beta function, behind the laws of Student and of Fisher:
//   I_x(a, b) = (1 / B(a, b)) int_0^x t^(a-1) (1 - t)^(b-1) dt
// by its continued fraction, evaluated from the front (Lentz). It converges fast for x < (a + 1)/(a + b + 2);
// beyond, I_x(a, b) = 1 - I_(1-x)(b, a).
// Source: NIST Digital Library of Mathematical Functions, 8.17.22 and 8.17.4, https://dlmf.nist.gov/8.17
import { logGamma } from './logGamma.js';

const TINY = 1e-300;
const LONGEST = 10_000;

/**
 * I_x(a, b), relative error about 1e-12, also far down the tail.
 *
 * @param x in [0, 1]
 * @throws RangeError for x outside [0, 1] or a, b not positive
 * @example
 * incompleteBeta(0.5, 2, 3); // 0.6875
 */
export function incompleteBeta(x: number, a: number, b: number): number {
  if (!(x >= 0 && x <= 1)) throw new RangeError(`incompleteBeta: x must be in [0, 1], got ${x}`);
  if (!(a > 0 && b > 0)) throw new RangeError(`incompleteBeta: a and b must be positive, got ${a}, ${b}`);
  if (x === 0 || x === 1) return x;
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a);
  const logFront = a * Math.log(x) + b * Math.log1p(-x) + logGamma(a + b) - logGamma(a) - logGamma(b);
  return (Math.exp(logFront) / a) * continuedFraction(x, a, b);
}

/** 1 / (1 + d_1 / (1 + d_2 / (1 + ...))), DLMF 8.17.22 and 8.17.23. */
function continuedFraction(x: number, a: number, b: number): number {
  let fraction = 1;
  let up = 1;
  let down = 0;
  for (let n = 1; n <= LONGEST; n++) {
    const m = n >> 1;
    const d =
      n % 2 === 0
        ? (m * (b - m) * x) / ((a + n - 1) * (a + n))
        : (-(a + m) * (a + b + m) * x) / ((a + n - 1) * (a + n));
    down = 1 / (1 + d * down || TINY);
    up = 1 + d / up || TINY;
    fraction *= up * down;
    if (Math.abs(up * down - 1) < 1e-15) break;
  }
  return 1 / fraction;
}
