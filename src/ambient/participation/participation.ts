// Participation: the weight of recent interactions, with one time constant tau and no stored history,
//   a_ij(t) = sum over past interactions that i started with j of e^{-(t - t_k) / tau},
// which decays, and grows by one at each interaction. The plain rule counts all, u_i = sum_j a_ij, also
// trades with oneself. The distinct rule counts partners, u_i = sum_{j != i} (1 - e^{-a_ij}): one partner
// counts at most once, for any number of meetings, and its mean has a closed form (`shotNoise`), unlike
// min(1, a_ij): for Poisson interactions at the rate r_ij it is 1 - e^{-r_ij tau Ein(1)}.
// Source: Finality Through Ambient Entropy, "In the Air Tonight" (rows AE-14, AE-15); the rules are this
// lab's.
import { type Graph, requireGraph } from '../../graphs/index.js';
import { requireOnePer } from '../../numerics/check.js';
import { lowerBound } from '../../numerics/lowerBound.js';
import { needed, type Options, type OptionsOf, readOptions, typed } from '../../numerics/options.js';
import { each, nonNegative, oneOf, positive } from '../../numerics/rules.js';
import { randomInteger, uniformGenerator } from '../../randomness/index.js';
import type { Update } from '../messages/update.js';

/** How activity becomes participation: `plain` counts all interactions, `distinct` counts partners. */
export type ParticipationRule = 'plain' | 'distinct';

export const ruleOfCounting = oneOf('plain', 'distinct');

/**
 * The participation u of each node, [nodes], from the activity of its edges.
 *
 * @param activity a_ij, [half-edges + nodes]: of every node with its neighbours, in the order of
 * `graph.neighbours`, then with itself
 * @throws RangeError for activities of another number
 * @example
 * const graph = ring(4);
 * const activity = new Float64Array(2 * graph.edgeCount + graph.nodeCount);
 * activity[ambient.activityAt(graph, 0, 1)] = 3;
 * ambient.participation(graph, activity, 'plain'); // [3, 0, 0, 0]
 * ambient.participation(graph, activity, 'distinct'); // [0.9502, 0, 0, 0]
 */
export function participation(
  graph: Graph,
  activity: ArrayLike<number>,
  rule: ParticipationRule = 'plain',
): Float64Array {
  requireGraph('participation', graph);
  ruleOfCounting('participation', 'rule', rule as never);
  const { nodeCount, offsets, neighbours } = graph;
  if (activity.length !== neighbours.length + nodeCount) {
    throw new RangeError(
      `participation: activity must be [half-edges + nodes] = [${neighbours.length + nodeCount}], got ${activity.length} numbers`,
    );
  }
  const isPlain = rule === 'plain';
  const u = new Float64Array(nodeCount);
  for (let i = 0; i < nodeCount; i++) {
    if (isPlain) u[i] = activity[neighbours.length + i];
    for (let h = offsets[i]; h < offsets[i + 1]; h++)
      u[i] += isPlain ? activity[h] : -Math.expm1(-activity[h]);
  }
  return u;
}

/** The activity after a time without meetings: `share` = e^{-time / tau} of it. */
export function faded(activity: Float64Array, share: number): Float64Array {
  const out = new Float64Array(activity.length);
  for (let h = 0; h < out.length; h++) out[h] = share * activity[h];
  return out;
}

/**
 * Index of a_ij in the activity; -1 for two nodes without an edge.
 *
 * @example
 * const graph = ring(4);
 * ambient.activityAt(graph, 0, 1); // 0
 * ambient.activityAt(graph, 0, 2); // -1: no edge
 */
export function activityAt({ offsets, neighbours }: Graph, from: number, to: number): number {
  if (from === to) return neighbours.length + from;
  const h = lowerBound(neighbours, to, offsets[from], offsets[from + 1]);
  return h < offsets[from + 1] && neighbours[h] === to ? h : -1;
}

const interactionOptions = {
  /** r, [nodes], 1 / time: interactions that each node starts, with neighbours drawn at random. */
  rates: needed(typed<ArrayLike<number>>(each(nonNegative))),
  /** The time in which activity fades to 1/e. */
  tau: needed(positive),
  /** Time that one step of the kernel takes; the law of the activity does not depend on it. */
  timeStep: needed(positive),
};

/** Options of `interactions`. */
export interface InteractionOptions extends Options, OptionsOf<typeof interactionOptions> {}

/**
 * The activity one timeStep later: the present activity decays, and new interactions come as a Poisson
 * process.
 *
 * @throws RangeError for rates of another number or below zero, and times that are not positive
 * @example
 * const graph = ring(4);
 * const kernel = ambient.interactions(graph, { rates: [1, 1, 1, 0], tau: 5, timeStep: 1 });
 * const activity = ambient.after(kernel, new Float64Array(2 * graph.edgeCount + graph.nodeCount), { steps: 40, seed: 1 });
 * ambient.participation(graph, activity, 'distinct'); // [1.633, 1.561, 1.671, 0]
 */
export function interactions(graph: Graph, options: InteractionOptions): Update<Float64Array> {
  requireGraph('interactions', graph);
  const { rates, tau, timeStep } = readOptions('interactions', options, interactionOptions);
  const { nodeCount, offsets } = graph;
  requireOnePer('interactions', 'rates', rates, nodeCount);
  return (present, { seed, stream }) => {
    const random = uniformGenerator(seed, stream);
    const next = faded(present, Math.exp(-timeStep / tau));
    for (let i = 0; i < nodeCount; i++) {
      const wait = (): number => (rates[i] > 0 ? -Math.log1p(-random()) / rates[i] : Infinity);
      for (let ago = wait(); ago < timeStep; ago += wait()) {
        // from the end backwards: a Poisson process has no direction
        next[offsets[i] + randomInteger(random, graph.degree(i))] += Math.exp(-ago / tau);
      }
    }
    return next;
  };
}
