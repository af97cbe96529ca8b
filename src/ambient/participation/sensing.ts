// Local estimates of dissipation and participation: a node observes itself and its neighbours at times one
// span apart. With p the share of present nodes that are absent one span later, and q the share of absent
// nodes that are present again (with half a case added to each count, Jeffreys's prior),
//   decay = - ln(1 - p - q) p / (p + q) / span,    participation = present observations / all observations,
// the rates of a process with two states, for which snapshots give no bias. Intervals by jackknife over 16
// stretches of time. For the temperature see `localTemperatures`. Source: Kalbfleisch, Lawless, J. Am. Stat.
// Assoc. 80 (1985) 863, doi:10.1080/01621459.1985.10478195 (rates from snapshots); row AE-26.
import { type Graph, requireGraph } from '../../graphs/index.js';
import { inGroups } from '../../measure/index.js';
import { type Estimate, jackknife, plusMinus, studentInterval } from '../../statistics/index.js';
import { requireOnePer } from '../../numerics/check.js';
import { checkOptions, needed } from '../../numerics/options.js';
import { positive } from '../../numerics/rules.js';

/** What one node reads off its neighbours, with intervals. */
export interface LocalRates {
  /** gamma, 1 / time. */
  readonly decay: Estimate;
  /** Share of the neighbourhood that is present, in the mean over time. */
  readonly participation: Estimate;
}

const STRETCHES = 16;

/**
 * Each node's own estimate of decay and participation around it, with intervals.
 *
 * @param snapshots [nodes] each, one span apart; 0 is absent, any other number present
 * @returns by node
 * @throws RangeError for fewer than 33 snapshots, one of another size, or a span that is not positive
 * @example
 * const graph = smallWorld(20, 4, 0.1, { seed: 1 });
 * const kernel = ambient.fadingSpins(graph, { temperature: 1, decay: 0.1, span: 0.2 });
 * const snapshots = Array.from(ambient.iterate(kernel, new Int8Array(20).fill(1), { steps: 2000, seed: 1 }), ({ present }) => present);
 * ambient.localRates(graph, snapshots, { span: 0.2 })[0].decay; // { estimate: 0.09971, interval: [0.08055, 0.1189] }
 */
export function localRates(
  graph: Graph,
  snapshots: readonly ArrayLike<number>[],
  options: { readonly span: number },
): LocalRates[] {
  requireGraph('localRates', graph);
  checkOptions('localRates', options, { span: needed(positive) });
  const { span } = options;
  if (snapshots.length < 2 * STRETCHES + 1) {
    throw new RangeError(
      `localRates: needs at least ${2 * STRETCHES + 1} snapshots, got ${snapshots.length}`,
    );
  }
  for (const snapshot of snapshots) requireOnePer('localRates', 'a snapshot', snapshot, graph.nodeCount);
  const whole = snapshots.length - ((snapshots.length - 1) % STRETCHES); // stretches are of equal length
  const moments = inGroups([...snapshots.keys()].slice(1, whole), STRETCHES);
  const seen = Array.from({ length: graph.nodeCount }, (_, i) =>
    moments.map((times) => {
      const counts = [...NOTHING];
      for (const t of times) counts[2 * Number(snapshots[t - 1][i] === 0) + Number(snapshots[t][i] === 0)]++;
      return counts;
    }),
  );
  return seen.map((own, i) => {
    const around = graph.neighbours.subarray(graph.offsets[i], graph.offsets[i + 1]);
    const stretches = own.map((counts, at) =>
      around.reduce<Counts>((sum, j) => add(sum, seen[j][at]), counts),
    );
    const by = (of: (counts: Counts) => number): Estimate => {
      const ratio = (some: readonly Counts[]): number => of(some.reduce(add, NOTHING));
      const isKnown = [stretches, ...stretches.map((_, at) => stretches.toSpliced(at, 1))].every((some) =>
        Number.isFinite(ratio(some)),
      );
      return isKnown ? studentInterval(jackknife(stretches, ratio), 0.95) : plusMinus(NaN, NaN); // too few changes to tell
    };
    return {
      decay: by((counts) => decayOf(counts) / span),
      participation: by(([stays, goes, comes, lacks]) => (stays + comes) / (stays + goes + comes + lacks)),
    };
  });
}

/** Numbers of pairs of snapshots in which a node is present in both, before only, after only, in neither. */
type Counts = readonly number[];

const NOTHING: Counts = [0, 0, 0, 0];

const add = (a: Counts, b: Counts): Counts => a.map((n, k) => n + b[k]);

function decayOf([stays, goes, comes, lacks]: Counts): number {
  if (goes === 0) return 0;
  const [p, q] = [goes / (stays + goes), (comes + 0.5) / (comes + lacks + 1)]; // q by Jeffreys: absent nodes may be few
  return p + q < 1 ? (-Math.log(1 - p - q) * p) / (p + q) : Infinity;
}
