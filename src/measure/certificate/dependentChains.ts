// Chains that are not independent: copies of each other, or driven by the same noise. No gauge changes the
// energy, so twins have nearly the same energy at each record. Each record of a chain is high or low, about
// the most even split of its energies; independent chains are high together as often as in a random pairing.
// Fisher's exact test judges this, also where high energies are rare. Every tau-th record counts.
// Source: Fisher, J. R. Stat. Soc. 85 (1922) 87, DOI 10.2307/2340521.
import { lgam } from '../../numerics/special.js';
import type { Test } from './significance.js';

/**
 * One test for every pair of chains.
 * @param energies one series per chain
 * @param time autocorrelation time in records
 */
export function dependentChainTests(
  energies: readonly ArrayLike<number>[],
  time: number,
): Test<readonly [first: number, second: number]>[] {
  const slowness = Math.max(1, time || 1);
  const high = energies.map(highRecords);
  return high.flatMap((first, a) =>
    high.slice(a + 1).map((second, offset) => {
      const both = first.filter((isHigh, t) => isHigh && second[t]).length;
      const [firstOnly, secondOnly] = [first, second].map((records) => records.filter(Boolean).length - both);
      const neither = first.length - both - firstOnly - secondOnly;
      const pValue = fisherExact(
        both / slowness,
        firstOnly / slowness,
        secondOnly / slowness,
        neither / slowness,
      );
      return { subject: [a, a + 1 + offset] as const, pValue };
    }),
  );
}

/** Which records lie above the value that splits the series most evenly. */
function highRecords(series: ArrayLike<number>): boolean[] {
  const sorted = Float64Array.from(series).sort();
  const middle = sorted[Math.floor(sorted.length / 2)];
  const strictly = sorted.length - 1 - sorted.lastIndexOf(middle) >= sorted.indexOf(middle);
  return Array.from(series, (x) => (strictly ? x > middle : x >= middle));
}

/**
 * Probability that a random pairing with the same margins has `both` or more on the diagonal:
 * P(a, b, c, d) = (a+b)! (c+d)! (a+c)! (b+d)! / (n! a! b! c! d!), summed over a, a + 1, ... Counts may be
 * fractions (of correlated records).
 */
export function fisherExact(both: number, firstOnly: number, secondOnly: number, neither: number): number {
  const logFactorial = (x: number): number => lgam(x + 1);
  const margins =
    logFactorial(both + firstOnly) +
    logFactorial(secondOnly + neither) +
    logFactorial(both + secondOnly) +
    logFactorial(firstOnly + neither) -
    logFactorial(both + firstOnly + secondOnly + neither);
  let sum = 0;
  for (let more = 0; more <= Math.min(firstOnly, secondOnly); more++) {
    const cells = [both + more, firstOnly - more, secondOnly - more, neither + more];
    sum += Math.exp(cells.reduce((log, cell) => log - logFactorial(cell), margins));
  }
  return Math.min(1, sum);
}
