// Push-sum: every node holds a sum s_i and a weight w_i, keeps half of both and sends half to a neighbour
// drawn uniformly,
//   s_i <- s_i / 2 + sum of received s,    w_i <- w_i / 2 + sum of received w,    reading s_i / w_i.
// Both totals are conserved, so all readings converge exponentially to (sum of s) / (sum of w), the mean, for
// any order of messages. A message that comes twice creates mass: its share of the mean grows.
// Source: Kempe, Dobra, Gehrke, FOCS 2003, doi:10.1109/SFCS.2003.1238221; rows AE-2, AE-3.
import { type Graph, requireGraph } from '../../graphs/index.js';
import { byDefault, type Options, type OptionsOf, readOptions } from '../../numerics/options.js';
import { fraction } from '../../numerics/rules.js';
import { randomInteger, uniformGenerator } from '../../randomness/index.js';
import type { Update } from './update.js';

const pushSumOptions = {
  /** Probability that a message comes twice; 0 by default. */
  repeated: byDefault(0, fraction),
};

/** Options of `pushSum`. */
export interface PushSumOptions extends Options, OptionsOf<typeof pushSumOptions> {}

/**
 * Push-sum: each node sends half of its sum and weight to a neighbour; all readings converge to the mean.
 *
 * @returns the kernel of one round on states [nodes, 2], sum and weight
 * @throws RangeError for a probability outside [0, 1]; of the kernel, for a state of another size
 * @example
 * const sumsAndWeights = ambient.after(ambient.pushSum(ring(3)), [3, 1, 0, 1, 0, 1], { steps: 50, seed: 1 }); // node 0 begins with 3
 * [0, 1, 2].map((node) => sumsAndWeights[2 * node] / sumsAndWeights[2 * node + 1]); // [1, 1, 1]
 */
export function pushSum(graph: Graph, options: PushSumOptions = {}): Update<ArrayLike<number>> {
  requireGraph('pushSum', graph);
  const { repeated } = readOptions('pushSum', options, pushSumOptions);
  const { nodeCount, offsets, neighbours } = graph;
  return (present, key) => {
    if (present.length !== 2 * nodeCount) {
      throw new RangeError(
        `pushSum: the state must be [nodes, 2] = [${nodeCount}, 2], got ${present.length} numbers`,
      );
    }
    const random = uniformGenerator(key.seed, key.stream);
    const next = new Float64Array(2 * nodeCount);
    for (let i = 0; i < nodeCount; i++) {
      const degree = offsets[i + 1] - offsets[i];
      const to = degree > 0 ? neighbours[offsets[i] + randomInteger(random, degree)] : i;
      const times = random() < repeated ? 2 : 1;
      for (const part of [0, 1]) {
        const half = present[2 * i + part] / 2;
        next[2 * i + part] += half;
        next[2 * to + part] += times * half;
      }
    }
    return next;
  };
}
