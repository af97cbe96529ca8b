// Responses from fluctuations, k_B = 1, per node of N:
//   susceptibility   chi = N (<m^2> - <|m|>^2) / T     m the magnetisation of a record
//   heat capacity    C = N var(e) / T^2                e = H / N the energy of a record per node
// |m|, since a finite system has <m> = 0 at any temperature: above the transition chi is 1 - 2/pi times the
// response N <m^2> / T to a field. Source: Landau, Binder, A Guide to Monte Carlo Simulations in Statistical
// Physics (2014), DOI 10.1017/CBO9781139696463, section 2.1.
import { needed, type OptionsOf, readOptions } from '../../numerics/options.js';
import { integer, type LevelOption, levelOption, positive } from '../../numerics/rules.js';
import { type Estimate, averagesOf, jackknifeEstimate } from '../../statistics/index.js';

const fluctuationOptions = {
  /** N, the number of nodes of the graph. */
  nodes: needed(integer(1)),
  /** T, in units of energy; k_B = 1. */
  temperature: needed(positive),
  ...levelOption,
};

/** Options of `heatCapacity` and `susceptibility`. */
export interface FluctuationOptions extends LevelOption, OptionsOf<typeof fluctuationOptions> {}

/**
 * The susceptibility chi = N (<m^2> - <|m|>^2) / T of independent chains, in units of 1 / energy.
 *
 * @param magnetisations one series per chain, at least 16: for each record the mean spin, or the length of
 * the mean vector
 * @throws RangeError for fewer chains, chains of different lengths, no nodes or a temperature that is not
 * positive
 * @example
 * const ising = hamiltonian(torus(8, 8), [bond((a, b) => a.mul(b).sum().neg())]);
 * const samples = await sample(heatBath(ising, { temperature: 3 }), { chains: 16, burnIn: 100, steps: 1000, seed: 1 });
 * measure.susceptibility(observe(samples, magnetisation), { nodes: 64, temperature: 3 }); // { estimate: 1.076, interval: [1.037, 1.115] }
 */
export function susceptibility(
  magnetisations: readonly ArrayLike<number>[],
  options: FluctuationOptions,
): Estimate {
  const { nodes, temperature, level } = readOptions('susceptibility', options, fluctuationOptions);
  const rows = averagesOf('susceptibility', magnetisations, [(m) => Math.abs(m), (m) => m ** 2]);
  return jackknifeEstimate(rows, level, ([size, square]) => (nodes * (square - size ** 2)) / temperature);
}

/**
 * The heat capacity C = (<H^2> - <H>^2) / (N T^2) of independent chains, in units of k_B per node.
 *
 * @param energies one series per chain, at least 16: H of the whole system at each record, as
 * `observe(samples, energyOf(energy))`
 * @throws RangeError as `susceptibility`
 * @example
 * const ising = hamiltonian(torus(8, 8), [bond((a, b) => a.mul(b).sum().neg())]);
 * const samples = await sample(heatBath(ising, { temperature: 3 }), { chains: 16, burnIn: 100, steps: 1000, seed: 1 });
 * measure.heatCapacity(observe(samples, energyOf(ising)), { nodes: 64, temperature: 3 }); // { estimate: 0.4772, interval: [0.4541, 0.5002] }
 */
export function heatCapacity(energies: readonly ArrayLike<number>[], options: FluctuationOptions): Estimate {
  const { nodes, temperature, level } = readOptions('heatCapacity', options, fluctuationOptions);
  const origin = energies[0]?.[0] ?? 0; // differences of large squares lose digits
  const rows = averagesOf('heatCapacity', energies, [(H) => H - origin, (H) => (H - origin) ** 2]);
  return jackknifeEstimate(rows, level, ([H, square]) => (square - H ** 2) / (nodes * temperature ** 2));
}
