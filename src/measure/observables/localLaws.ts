// The law of every node given all others, and how far the samples are from it. The energy gaps
//   gap_i(a) = H(x with letter a at i) - H(x)
// determine it without any normalisation, p_i(a) proportional to exp(-gap_i(a) / T). So for every quantity q of a
// node (its energy, its value) the score <q>_i - q(x_i) has mean zero, and variance Var_i(q), if the samples
// have the law exp(-H/T), in any phase.
// Source: Besag, "Statistical analysis of non-lattice data", The Statistician 24 (1975) 179, DOI 10.2307/2987782.
import type { Letter } from './letters.js';
import type { Replica } from '../chains/replicas.js';
import { stateOf, type ChainSamples, type LocalEnergy } from '../chains/samples.js';
import type { Scores } from '../certificate/scores.js';

/** The gaps of one replica. */
export interface LocalGaps {
  readonly records: number;
  readonly nodes: number;
  readonly letters: readonly Letter[];
  /** [records, nodes, letters], 0 for the letter that is there. */
  readonly gaps: Float64Array;
  /** Which letter is there, [records, nodes]. */
  readonly present: Uint8Array;
}

/** The gaps of every replica. */
export function localGaps(
  samples: ChainSamples,
  energy: LocalEnergy,
  letters: readonly Letter[],
  replicas: readonly Replica[],
): LocalGaps[] {
  const { nodes, components } = samples;
  return replicas.map(({ chain, from, to }) => {
    const gaps = new Float64Array((to - from) * nodes * letters.length);
    const present = new Uint8Array((to - from) * nodes);
    for (let record = from, site = 0; record < to; record++) {
      const state = stateOf(samples, record, chain);
      const moves = energy.track(state);
      for (let node = 0; node < nodes; node++, site++) {
        for (let a = 0; a < letters.length; a++) {
          const isThere = letters[a].every((value, k) => value === state[node * components + k]);
          if (isThere) present[site] = a;
          else gaps[site * letters.length + a] = moves.change(node, letters[a]);
        }
      }
    }
    return { records: to - from, nodes, letters, gaps, present };
  });
}

/** A quantity of a node with letter `a`, minus the same with `present`. */
export type Quantity = (gap: number, a: number, present: number) => number;

/** The energy as a quantity. */
export const energyChange: Quantity = (gap) => gap;

/** Scores of a quantity at one inverse temperature, summed over nodes `from` to `to` (exclusive). */
export function localScores(
  { records, nodes, letters, gaps, present }: LocalGaps,
  quantity: Quantity,
  beta: number,
  [from, to]: readonly [number, number] = [0, nodes],
): Scores {
  let [mean, variance] = [0, 0];
  for (let record = 0; record < records; record++) {
    for (let node = from; node < to; node++) {
      const site = record * nodes + node;
      const row = site * letters.length;
      const moments = localMoments(gaps, row, letters.length, beta, (a) => quantity(gaps[row + a], a, present[site]));
      mean += moments.mean;
      variance += moments.variance;
    }
  }
  return { mean: mean / records, variance: variance / records, records };
}

/** Mean and variance of a value under p(a) proportional to exp(-beta gap(a)), the gaps from index `row` on. */
export function localMoments(
  gaps: Float64Array,
  row: number,
  letters: number,
  beta: number,
  value: (a: number) => number,
): { mean: number; variance: number } {
  // weights relative to the cheapest letter, so that none overflows
  let least = Infinity;
  for (let a = 0; a < letters; a++) least = Math.min(least, gaps[row + a]);
  let [weights, first, second] = [0, 0, 0];
  for (let a = 0; a < letters; a++) {
    const weight = Math.exp(-beta * (gaps[row + a] - least));
    const v = value(a);
    weights += weight;
    first += weight * v;
    second += weight * v * v;
  }
  const mean = first / weights;
  return { mean, variance: second / weights - mean * mean };
}
