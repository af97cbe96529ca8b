// The screened Poisson equation on a graph, (L + gamma) x = b: x is the stationary amount of a substance that
// diffuses from the sources b and decays at the rate gamma, one for all nodes or one per node. Solved by
// conjugate gradients with the diagonal as preconditioner, sparse: O(edges) per iteration.
// Source: Finality Through Ambient Entropy, row AE-10.
import { type Graph, requireUnsigned } from '../../graphs/index.js';
import { requireOnePer } from '../../numerics/check.js';
import { conjugateGradient } from '../../numerics/conjugateGradient.js';
import { needed, type Options, type OptionsOf, readOptions, typed } from '../../numerics/options.js';
import { each, finite, oneOrEach, positive } from '../../numerics/rules.js';

const screenedPoissonOptions = {
  /** gamma, 1 / time: one for all, or `[nodes]`. */
  decay: needed(typed<number | ArrayLike<number>>(oneOrEach(positive))),
  /** b, `[nodes]`: amount / time. */
  source: needed(typed<ArrayLike<number>>(each(finite))),
};

/** Options of `screenedPoisson`. */
export interface ScreenedPoissonOptions extends Options, OptionsOf<typeof screenedPoissonOptions> {}

/**
 * The solution x = (L + gamma)^-1 b of the screened Poisson equation on a graph, [nodes], to a residual of
 * 1e-13.
 *
 * @throws RangeError unless decays are positive, and they and the source one per node; Error if rounding
 * keeps it from the accuracy
 * @example exact.screenedPoisson(ring(4), { decay: 2, source: [1, 1, 1, 1] }); // [0.5, 0.5, 0.5, 0.5]
 */
export function screenedPoisson(graph: Graph, options: ScreenedPoissonOptions): Float64Array {
  requireUnsigned('screenedPoisson', graph);
  const { decay, source } = readOptions('screenedPoisson', options, screenedPoissonOptions);
  const { nodeCount, endpoints, couplings, edgeCount } = graph;
  const gamma = decayOf(graph, decay);
  requireOnePer('screenedPoisson', 'source', source, nodeCount);
  const strength = new Float64Array(nodeCount);
  endpoints.forEach((node, h) => (strength[node] += couplings[h >> 1]));
  const apply = (x: Float64Array, out: Float64Array): void => {
    for (let i = 0; i < nodeCount; i++) out[i] = gamma[i] * x[i];
    for (let e = 0; e < edgeCount; e++) {
      const [i, j] = [endpoints[2 * e], endpoints[2 * e + 1]];
      const current = couplings[e] * (x[i] - x[j]);
      out[i] += current;
      out[j] -= current;
    }
  };
  const system = { size: nodeCount, apply, diagonal: (i: number): number => strength[i] + gamma[i] };
  return conjugateGradient('screenedPoisson', system, Float64Array.from(source));
}

function decayOf({ nodeCount }: Graph, decay: number | ArrayLike<number>): Float64Array {
  const gamma =
    typeof decay === 'number' ? new Float64Array(nodeCount).fill(decay) : Float64Array.from(decay);
  requireOnePer('screenedPoisson', 'decay, if it is a list,', gamma, nodeCount);
  return gamma;
}
