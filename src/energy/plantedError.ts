// Terms with a planted error, which the conformance suite must catch: each leaves the energy alone and gives
// a gradient that is not its own. EMTD section 3.3 has the first in its local energy (a factor 1/2).
import { neg } from '@tensorflow/tfjs';
import type { Tensor3D } from '@tensorflow/tfjs';
import type { BoundTerm, Term } from './term.js';

export type PlantedError = 'factor 2' | 'wrong sign' | 'wrong neighbour';

/**
 * The term with an error in its gradient: twice too large, of the wrong sign on tensors, or that of the next
 * node. (Nothing is wrong with twice the gradient of a term that has none.)
 *
 * @throws RangeError for an unknown error
 * @example checkTerm(withPlantedError(interaction(), 'factor 2')).failures  // ['gradient', 'tensors']
 */
export function withPlantedError(term: Term, error: PlantedError): Term {
  const spoil = SPOIL[error];
  if (!spoil) throw new RangeError(`withPlantedError: unknown error "${error as string}"`);
  return {
    ...term,
    name: `${term.name}, ${error}`,
    with: (changes) => withPlantedError(term.with(changes), error),
    on: (graph) => {
      const bound = term.on(graph);
      return { ...bound, ...spoil(bound) };
    },
  };
}

const SPOIL: Record<PlantedError, (bound: BoundTerm) => Partial<BoundTerm>> = {
  'factor 2': (bound) => ({
    addGradient64(out, state, components) {
      bound.addGradient64(out, state, components);
      bound.addGradient64(out, state, components);
    },
  }),
  'wrong sign': (bound) => ({ gradient: (values) => neg(bound.gradient(values)) as Tensor3D }),
  'wrong neighbour': (bound) => ({
    addGradient64(out, state, components) {
      const right = new Float64Array(out.length);
      bound.addGradient64(right, state, components);
      right.forEach((slope, at) => (out[(at + components) % out.length] += slope));
    },
  }),
};
