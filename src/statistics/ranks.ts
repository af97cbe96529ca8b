// Ranks 1 ... n with ties sharing their average, and the normal scores of ranks,
//   z = Phi^-1((r - 3/8) / (n + 1/4)),
// which make any continuous observable standard normal without a model for it.
// Source: Blom, "Statistical estimates and transformed beta-variables" (1958); as used by Vehtari et al.,
// Bayesian Anal. 16 (2021) 667, DOI 10.1214/20-BA1221, equation 14.
import { got } from '../numerics/check.js';
import { aList } from '../numerics/rules.js';
import { ndtri } from '../numerics/special.js';
import { concatenate } from './splitChains.js';

/**
 * Ranks from 1, ties averaged.
 * @throws RangeError for NaN, which has no place in an order; it names the caller
 * @example
 * ranks([30, 10, 20, 10]); // [4, 1.5, 3, 1.5]
 */
export function ranks(values: ArrayLike<number>, caller = 'ranks'): Float64Array {
  aList(caller, 'values', values as never);
  const at = Array.prototype.findIndex.call(values, (x: unknown) => typeof x !== 'number' || Number.isNaN(x));
  if (at >= 0) throw new RangeError(`${caller}: values must be numbers, got ${got(values[at])} at ${at}`);
  const order = Uint32Array.from({ length: values.length }, (_, i) => i).sort(
    (i, j) => values[i] - values[j],
  );
  const out = new Float64Array(values.length);
  for (let from = 0, to = 0; from < order.length; from = to) {
    while (to < order.length && values[order[to]] === values[order[from]]) to++;
    for (let at = from; at < to; at++) out[order[at]] = (from + to + 1) / 2;
  }
  return out;
}

/** Normal scores of several chains, ranked together. */
export function normalScores(chains: readonly ArrayLike<number>[]): Float64Array[] {
  const all = concatenate(chains);
  const scores = ranks(all).map((rank) => ndtri((rank - 0.375) / (all.length + 0.25)));
  let at = 0;
  return chains.map((chain) => scores.subarray(at, (at += chain.length)));
}
