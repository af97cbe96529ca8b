// Averages at a temperature from samples at another one near it, by a single histogram (beta = 1 / T):
//   <A>_T' = sum over records of A w / sum of w,   w = exp(-(beta' - beta) H).
// Effective number of records: (sum w)^2 / sum w^2. Where it is small, the samples hardly visit the energies
// that matter at T', and neither estimate nor interval is reliable. Source: Ferrenberg, Swendsen, Phys. Rev.
// Lett. 61 (1988) 2635, DOI 10.1103/PhysRevLett.61.2635.
import { showAs } from '../../display/index.js';
import { requireNumbers, requirePositive } from '../../numerics/check.js';
import { needed, type OptionsOf, readOptions, typed } from '../../numerics/options.js';
import { aList, type LevelOption, levelOption, positive } from '../../numerics/rules.js';
import { type Estimate, estimateText, jackknifeEstimate, requireChains } from '../../statistics/index.js';

const reweighting = {
  /** H of each record, one series per chain, at least 16. */
  energies: needed(typed<readonly ArrayLike<number>[]>(aList)),
  /** The temperature of the samples. */
  from: needed(positive),
  /** The temperature of the averages. */
  to: needed(positive),
  ...levelOption,
};

/** Samples at one temperature, to be averaged at another. */
export interface ReweightOptions extends LevelOption, OptionsOf<typeof reweighting> {}

/** An average at another temperature, and the share of the records that count for it, in (0, 1]. */
export interface Reweighted extends Estimate {
  readonly effectiveFraction: number;
}

/**
 * A mean at temperatures near that of a sample, from the sample itself (single histogram).
 *
 * @param values of the observable, shaped as the energies
 * @throws RangeError for fewer than 16 chains, series that do not match, temperatures that are not positive,
 * or where less than 1 % of the records count
 * @example
 * const ising = hamiltonian(torus(8, 8), [bond((a, b) => a.mul(b).sum().neg())]);
 * const samples = await sample(dynamics.wolff(ising, { temperature: 2.3 }), { chains: 16, burnIn: 100, steps: 1000, seed: 1 });
 * const energies = observe(samples, energyOf(ising));
 * measure.reweight(energies, { energies, from: 2.3, to: 2.25 }); // { estimate: -96.87, interval: [-97.32, -96.42], effectiveFraction: 0.9666 }
 * exact.kaufmanIsing(8, 8, { temperature: 2.25 }).meanEnergy; // -96.86
 */
export function reweight(values: readonly ArrayLike<number>[], options: ReweightOptions): Reweighted {
  const { energies, from, to, level } = readOptions('reweight', options, reweighting);
  requireChains('reweight', energies);
  if (values.length !== energies.length || values.some((chain, c) => chain.length !== energies[c].length)) {
    throw new RangeError('reweight: values and energies must have the same chains and records');
  }
  values.forEach((chain, c) => requireNumbers('reweight', `values of chain ${c}`, chain));
  const weights = weightsOf('reweight', energies, from, to);
  const effectiveFraction = requireOverlap('reweight', weights, from, to, 0.01);
  const rows = weights.map((w, c) => [
    w.reduce((sum, x) => sum + x, 0),
    w.reduce((sum, x, r) => sum + x * values[c][r], 0),
  ]);
  const { estimate, interval } = jackknifeEstimate(rows, level, ([all, weighted]) => weighted / all);
  return showAs<Reweighted>({ estimate, interval, effectiveFraction: effectiveFraction }, estimateText);
}

/** w of every record, the greatest 1. */
export function weightsOf(
  caller: string,
  energies: readonly ArrayLike<number>[],
  from: number,
  to: number,
): Float64Array[] {
  requirePositive(caller, 'the temperature of the samples', from);
  requirePositive(caller, 'the new temperature', to);
  const exponent = 1 / from - 1 / to;
  let top = -Infinity;
  for (const chain of energies)
    for (let r = 0; r < chain.length; r++) top = Math.max(top, exponent * chain[r]);
  return energies.map((chain) => Float64Array.from(chain, (H) => Math.exp(exponent * H - top)));
}

/**
 * The effective share of the records, (sum w)^2 / (n sum w^2).
 * @throws RangeError where it is less than `least`
 */
export function requireOverlap(
  caller: string,
  weights: readonly Float64Array[],
  from: number,
  to: number,
  least: number,
): number {
  let [sum, squares, count] = [0, 0, 0];
  for (const chain of weights) {
    for (const w of chain) {
      sum += w;
      squares += w * w;
    }
    count += chain.length;
  }
  const share = sum ** 2 / (squares * count);
  if (share >= least) return share;
  const percent = (100 * share).toPrecision(2);
  throw new RangeError(
    `${caller}: from T = ${from} to ${to} only ${percent} % of the records count; sample nearer to ${to}`,
  );
}
