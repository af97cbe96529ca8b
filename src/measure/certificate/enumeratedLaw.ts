// Total variation distance between the visited states of a small system of +-1 spins and the enumerated law,
//   TV = (1/2) sum_s |f_s - p_s|,   p_s = exp(-H(s)/T) / Z,
// against its noise floor. With n effective records a correct sampler has <TV> <= (1/2) sum_s sqrt(p_s (1 -
// p_s) / n), and exceeds that by e with probability exp(-2 n e^2) at most (one record moves TV by 1/n at
// most). n comes from the frequencies themselves: sum f (1 - f) over the sum of their squared errors between
// replicas. If H does not change when all spins flip, s and -s count as one state: the sign is a gauge of the
// law. Source: McDiarmid, "On the method of bounded differences" (1989), DOI 10.1017/CBO9781107359949.008.
import { boltzmannLaw, totalVariationDistance } from '../../exact/index.js';
import { effectiveDraws, empiricalLaw } from '../chains/empiricalLaw.js';
import type { Replica } from '../chains/replicas.js';
import { stateOf, type ChainSamples, type LocalEnergy } from '../chains/samples.js';

/** At most 4096 states are enumerated. */
const MOST_SPINS = 12;

/** How far samples are from an enumerated law, and how far a correct sampler may be. */
export interface TotalVariation {
  readonly distance: number;
  /** Upper bound on the mean distance of a correct sampler. */
  readonly noiseFloor: number;
  /** A correct sampler exceeds this at most with the given probability. */
  readonly limit: number;
  /** Number of distinct states. */
  readonly states: number;
}

/** Whether the system is small enough and consists of spins only. */
export const isEnumerable = ({ nodes, components, gauge, states }: ChainSamples): boolean =>
  nodes <= MOST_SPINS &&
  components === 1 &&
  gauge === 'free' &&
  states.every((state) => state.every((s) => Math.abs(s) === 1));

/**
 * The distance of the samples from the law of `energy` at their declared temperature.
 * @param probability of a distance above `limit` by chance
 */
export function totalVariation(
  samples: ChainSamples,
  energy: LocalEnergy,
  replicas: readonly Replica[],
  probability: number,
): TotalVariation {
  const { law, stateNumber } = enumeratedLaw(energy, samples);
  const visited = replicas.map(({ chain, from, to }) =>
    Array.from({ length: to - from }, (_, r) => stateNumber(stateOf(samples, from + r, chain))),
  );
  const whole = empiricalLaw(visited.flat(), law.length);
  const laws = visited.map((visits) => empiricalLaw(visits, law.length));
  // NaN where all replicas saw one state only
  const effective = Math.min(
    samples.chains * samples.states.length,
    laws.length * effectiveDraws(laws) || Infinity,
  );
  const noiseFloor = law.reduce((sum, p) => sum + Math.sqrt((p * (1 - p)) / effective), 0) / 2;
  return {
    distance: totalVariationDistance(whole, law),
    noiseFloor,
    limit: noiseFloor + Math.sqrt(Math.log(1 / probability) / (2 * effective)),
    states: law.filter((p) => p > 0).length,
  };
}

/** Boltzmann weights of all 2^N states; bit i set means spin i up. */
function enumeratedLaw(
  energy: LocalEnergy,
  { nodes, temperature }: ChainSamples,
): { readonly law: Float64Array; readonly stateNumber: (state: Float64Array) => number } {
  const count = 2 ** nodes;
  const energies = Float64Array.from({ length: count }, (_, bits) =>
    energy.energy64(Float64Array.from({ length: nodes }, (_spin, i) => ((bits >> i) & 1 ? 1 : -1))),
  );
  const { probabilities } = boltzmannLaw(energies, temperature);
  const flipped = (bits: number): number => count - 1 - bits;
  const scale = energies.reduce((most, E) => Math.max(most, Math.abs(E)), 1);
  const even = energies.every((E, bits) => Math.abs(E - energies[flipped(bits)]) <= 1e-9 * scale);
  const representative = (bits: number): number => (even ? Math.min(bits, flipped(bits)) : bits);
  const law = new Float64Array(count);
  probabilities.forEach((p, bits) => (law[representative(bits)] += p));
  return {
    law,
    stateNumber: (state) => representative(state.reduce((bits, s, i) => (s > 0 ? bits | (1 << i) : bits), 0)),
  };
}
