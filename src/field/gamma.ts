// Gamma variates, density g^{a-1} e^{-g} / Gamma(a), by rejection from a cubed normal:
//   g = d v,  v = (1 + x / sqrt(9 d))^3,  d = a - 1/3,  accepted when ln u < x^2 / 2 + d (1 - v + ln v)
//   for a >= 1; Gamma(a) = Gamma(a + 1) u^{1/a} in law for a < 1
// In logarithms, so that the tiny variates of small a do not underflow. Source: Marsaglia, Tsang, "A simple
// method for generating gamma variables", ACM TOMS 26 (2000) 363, DOI 10.1145/358407.358414.
import type { RandomSource } from '../random/index.js';

/** ln g for one Gamma(a) variate, a > 0. */
export function logGammaVariate(a: number, random: RandomSource): number {
  if (a < 1) return logGammaVariate(a + 1, random) + Math.log(1 - random()) / a;
  const d = a - 1 / 3;
  for (;;) {
    const x = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    const v = (1 + x / Math.sqrt(9 * d)) ** 3;
    if (v > 0 && Math.log(1 - random()) < x * x / 2 + d * (1 - v + Math.log(v))) return Math.log(d * v);
  }
}
