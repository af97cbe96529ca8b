// The law of every node given all others, and how far the samples are from it. The energy gaps
//   gap_i(a) = H(x with letter a at i) - H(x)
// determine it without any normalisation, p_i(a) proportional to exp(-gap_i(a) / T). So for every quantity q
// of a node (its energy, its value) the score <q>_i - q(x_i) has mean zero, and variance Var_i(q), if the
// samples have the law exp(-H/T), in any phase. Source: Besag, "Statistical analysis of non-lattice data",
// The Statistician 24 (1975) 179, DOI 10.2307/2987782.
import type { Replica } from '../chains/replicas.js';
import { stateOf, type ChainSamples, type LocalEnergy } from '../chains/samples.js';
import { mean, variance } from '../../statistics/index.js';

const MOST_NODE_VALUES = 16;

/** One value a node can take, [components]. */
export type NodeValue = Float64Array;

/**
 * The distinct node values in all records, in order of appearance, or undefined if there are more than 16:
 * then the field is continuous. A field of +-1 has both spins, even if one never occurs.
 */
export function nodeValuesOf({ states, components, chains, nodes }: ChainSamples): NodeValue[] | undefined {
  if (components === 1 && states.every((state) => state.every((s) => Math.abs(s) === 1))) {
    return [Float64Array.of(-1), Float64Array.of(1)];
  }
  const letters = new Map<string, NodeValue>();
  for (const state of states) {
    for (let node = 0; node < nodes; node++) {
      for (let chain = 0; chain < chains; chain++) {
        const letter = Float64Array.from(
          { length: components },
          (_, k) => state[(node * components + k) * chains + chain],
        );
        letters.set(letter.join(), letter);
        if (letters.size > MOST_NODE_VALUES) return undefined;
      }
    }
  }
  return [...letters.values()];
}

/** The gaps of one replica. */
export interface LocalGaps {
  readonly records: number;
  readonly nodes: number;
  readonly letters: readonly NodeValue[];
  /** [records, nodes, letters], 0 for the letter that is there. */
  readonly gaps: Float64Array;
  /** Which letter is there, [records, nodes]. */
  readonly present: Uint8Array;
}

export function localGaps(
  samples: ChainSamples,
  energy: LocalEnergy,
  letters: readonly NodeValue[],
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

export const energyChange: Quantity = (gap) => gap;

/**
 * One replica's average score, the variance of one record's score under the law, and the records averaged.
 */
export interface Scores {
  readonly mean: number;
  readonly variance: number;
  readonly records: number;
}

/**
 * Average score over its standard error; 0 where there is neither score nor error. The error is the larger of
 * the spread between replicas and the prediction of the local laws for independent records: where events are
 * rare, replicas may by chance not differ.
 */
export function deviation(replicas: readonly Scores[]): number {
  const means = replicas.map((replica) => replica.mean);
  const average = mean(means);
  const records = replicas.reduce((sum, replica) => sum + replica.records, 0);
  const predicted = mean(replicas.map((replica) => replica.variance)) / records;
  return average === 0 ? 0 : average / Math.sqrt(Math.max(variance(means) / means.length, predicted));
}

/** Scores of a quantity at one inverse temperature, summed over nodes `from` to `to` (exclusive). */
export function localScores(
  { records, nodes, letters, gaps, present }: LocalGaps,
  quantity: Quantity,
  beta: number,
  [from, to]: readonly [number, number] = [0, nodes],
): Scores {
  let [score, spread] = [0, 0];
  for (let record = 0; record < records; record++) {
    for (let node = from; node < to; node++) {
      const site = record * nodes + node;
      const row = site * letters.length;
      const moments = localMoments(gaps, row, letters.length, beta, (a) =>
        quantity(gaps[row + a], a, present[site]),
      );
      score += moments.mean;
      spread += moments.variance;
    }
  }
  return { mean: score / records, variance: spread / records, records };
}

/**
 * Mean and variance of a value under p(a) proportional to exp(-beta gap(a)), the gaps from index `row` on.
 */
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
  const average = first / weights;
  return { mean: average, variance: second / weights - average * average };
}
