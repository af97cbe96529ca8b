// Holonomy of a phase on the edges: the angle picked up around a closed walk, the sum of theta_ij along it.
// It does not depend on the phases of the nodes (theta_ij -> theta_ij + alpha_i - alpha_j). If it is not zero
// the phases cannot all be satisfied: a loop of inconsistent trust. Source: EMTD Definition 1.1, reading
// (iii) of the trust phase (EMTD-1.4): a gauge field. Radians.
import type { Graph } from '../graphs/index.js';
import { edgeTensor } from './edgeTensor.js';
import type { Field } from './field.js';
import { requireOnePhase } from './phase.js';

/**
 * The angle around the closed walk, wrapped to (-pi, pi], per chain.
 *
 * @param walk the nodes in order; the last is joined to the first
 * @throws RangeError unless the field holds one angle or one complex number per edge and the walk follows
 * edges
 * @example
 * fields.holonomy(complete(3), fieldFrom([1, 0, 0], { support: 'edge', codomain: 'angle' }), [0, 1, 2]); // [1]
 */
export function holonomy(graph: Graph, field: Field, walk: readonly number[]): Float64Array {
  requireOnePhase('holonomy', field);
  return Float64Array.from({ length: field.chains }, (_, chain) => {
    const total = walk.reduce((sum, i, step) => {
      const [x, y] = edgeTensor(graph, field, i, walk[(step + 1) % walk.length], chain);
      return sum + (field.codomain === 'angle' ? x : Math.atan2(y, x));
    }, 0);
    return Math.atan2(Math.sin(total), Math.cos(total));
  });
}
