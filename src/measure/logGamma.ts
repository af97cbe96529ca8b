// ln Gamma(x) for x > 0: Stirling's series above 10, reached from below by Gamma(x + 1) = x Gamma(x).
//   ln Gamma(x) ~ (x - 1/2) ln x - x + ln(2 pi)/2 + sum_k B_2k / (2k (2k - 1) x^(2k-1))
// Source: NIST Digital Library of Mathematical Functions, 5.11.1 and 5.5.1, https://dlmf.nist.gov/5.11

/** B_2k / (2k (2k - 1)), k = 1 ... 6. */
const STIRLING = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360];

/**
 * ln Gamma(x), relative error about 1e-15.
 * @throws RangeError unless x > 0
 * @example
 * logGamma(5); // ln 24 = 3.1780538
 */
export function logGamma(x: number): number {
  if (!(x > 0)) throw new RangeError(`logGamma: x must be positive, got ${x}`);
  let shift = 0;
  for (; x < 10; x++) shift += Math.log(x);
  let tail = 0;
  let power = 1 / x;
  for (const coefficient of STIRLING) {
    tail += coefficient * power;
    power /= x * x;
  }
  return (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + tail - shift;
}
