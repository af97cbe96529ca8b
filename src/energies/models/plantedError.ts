// Terms with a planted error, which the conformance suite must catch: each keeps the energy and gives a wrong
// gradient, in float64 and on tensors alike. EMTD section 3.3 has such a factor, a half in the local energy.
import { tf } from '../../tensors/index.js';
import type { Tensor3D } from '#tfjs';
import { requireOneOf } from '../../numerics/rules.js';
import { shownTerm } from '../shownTerm.js';
import type { Term } from '../term.js';

/** A mistake that `withPlantedError` puts into a term's gradient. */
export type PlantedError = 'factor 2' | 'wrong sign' | 'wrong neighbour';

/**
 * The term with an error in its gradient: twice too large, of the wrong sign, or at every node the gradient
 * of its first neighbour on the graph. (Twice a gradient of 0 is no error.)
 *
 * @throws RangeError for an unknown error
 * @example checkTerm(energies.withPlantedError(interaction(), 'factor 2')).failures; // ['gradient']
 */
export function withPlantedError(term: Term, error: PlantedError): Term {
  requireOneOf('withPlantedError', 'error', error, Object.keys(FACTOR));
  const factor = FACTOR[error];
  return shownTerm({
    ...term,
    name: `${term.name}, ${error}`,
    code: undefined, // generated code takes the derivative itself
    ...(term.resolved && { resolved: (graph) => withPlantedError(term.resolved!(graph), error) }),
    with: (changes) => withPlantedError(term.with(changes), error),
    on(graph) {
      const bound = term.on(graph);
      const rowOf = (i: number): number =>
        error === 'wrong neighbour' && graph.degree(i) > 0 ? graph.neighboursOf(i)[0] : i;
      const rows = Int32Array.from({ length: graph.nodeCount }, (_, i) => rowOf(i));
      return {
        ...bound,
        addGradient64(out, state, d) {
          const right = new Float64Array(out.length);
          bound.addGradient64(right, state, d);
          out.forEach((_, at) => (out[at] += factor * right[rows[Math.floor(at / d)] * d + (at % d)]));
        },
        gradient: (values) =>
          tf.tidy(() => tf.mul(tf.gather(bound.gradient(values), rows), factor) as Tensor3D),
      };
    },
  });
}

const FACTOR: Readonly<Record<PlantedError, number>> = {
  'factor 2': 2,
  'wrong sign': -1,
  'wrong neighbour': 1,
};
