// A field that diffuses, and participants who each pull it towards their stance p_i with the strength of
// their activity alpha_i:
//   0 = sum_j w_ij (x_j - x_i) + alpha_i (p_i - x_i).
// Its order is the mean of x: 1 where all nodes have the aligned value. The response of the order to the
// activity of each participant is exact, with two linear solutions for all of them: with (L + alpha) y = 1 /
// N,
//   d order / d alpha_i = y_i (p_i - x_i),    y > 0:
// a participant strengthens the order if it stands above the field around it, and weakens it if below.
// Source: Finality Through Ambient Entropy, "In the Air Tonight" (row AE-20); Friedkin, Johnsen, J. Math.
// Sociol. 15 (1990) 193, doi:10.1080/0022250X.1990.9990069, for such fields of opinions.
import { card, countText, formatNumber, numeral, printAs, rangeText } from '../../display/index.js';
import { screenedPoisson } from '../../exact/index.js';
import { type Graph, requireGraph } from '../../graphs/index.js';
import { requireOnePer } from '../../numerics/check.js';
import { needed, type Options, type OptionsOf, readOptions, typed } from '../../numerics/options.js';
import { each, finite, positive } from '../../numerics/rules.js';

const stanceOptions = {
  /** alpha, [nodes], positive: 1 / time. */
  activity: needed(typed<ArrayLike<number>>(each(positive))),
  /** p, [nodes]. */
  stance: needed(typed<ArrayLike<number>>(each(finite))),
};

/** Options of `stanceField`. */
export interface StanceOptions extends Options, OptionsOf<typeof stanceOptions> {}

/** The stationary field of stances, and how its mean responds to each node's activity. */
export interface StanceField {
  /** x, [nodes]. */
  readonly field: Float64Array;
  readonly order: number;
  /** d order / d alpha_i, [nodes]. */
  readonly responses: Float64Array;
}

/**
 * 0 = sum_j w_ij (x_j - x_i) + alpha_i (p_i - x_i): the stationary field x that diffuses while each node
 * pulls it towards its stance p_i, and how its mean responds to each node's activity alpha_i.
 *
 * @throws RangeError for stances or activities of another number, or activities that are not positive
 * @example
 * ambient.stanceField(ring(4), { activity: [1, 1, 1, 1], stance: [1, 1, 1, -1] }).order; // 0.5
 */
export function stanceField(graph: Graph, options: StanceOptions): StanceField {
  requireGraph('stanceField', graph);
  const { activity, stance } = readOptions('stanceField', options, stanceOptions);
  const { nodeCount } = graph;
  requireOnePer('stanceField', 'stance', stance, nodeCount);
  const field = screenedPoisson(graph, {
    decay: activity,
    source: Float64Array.from(stance, (p, i) => activity[i] * p),
  });
  const weight = screenedPoisson(graph, {
    decay: activity,
    source: new Float64Array(nodeCount).fill(1 / nodeCount),
  });
  return printAs<StanceField>(
    {
      field,
      order: field.reduce((sum, x) => sum + x, 0) / nodeCount,
      responses: weight.map((y, i) => y * (stance[i] - field[i])),
    },
    stanceCard,
  );
}

const stanceCard = ({ field, order, responses }: StanceField) =>
  card(`Field of ${countText(field.length, 'participant')}`, {
    order: formatNumber(order),
    field: rangeText(field),
    'who weaken it': numeral(responses.reduce((sum, each) => sum + Number(each < 0), 0)),
  });
