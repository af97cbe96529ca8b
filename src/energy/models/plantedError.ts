// Terms with a planted error, which the conformance suite must catch: each leaves the energy alone and gives
// a gradient that is not its own, in float64 and on tensors alike. EMTD section 3.3 has a factor of its own, a
// half in the local energy.
import { gather, mul, neg, tidy, type Tensor3D } from '@tensorflow/tfjs';
import type { Graph } from '../../graph/index.js';
import { shownTerm } from '../shownTerm.js';
import type { Term } from '../term.js';

export type PlantedError = 'factor 2' | 'wrong sign' | 'wrong neighbour';

/**
 * The term with an error in its gradient: twice too large, of the wrong sign, or at every node that of its first
 * neighbour on the graph. (Nothing is wrong with twice the gradient of a term that has none.)
 *
 * @throws RangeError for an unknown error
 * @example checkTerm(withPlantedError(interaction(), 'factor 2')).failures  // ['gradient']
 */
export function withPlantedError(term: Term, error: PlantedError): Term {
  const spoil = SPOIL[error];
  if (!spoil) throw new RangeError(`withPlantedError: unknown error "${error as string}"`);
  return shownTerm({
    ...term,
    name: `${term.name}, ${error}`,
    code: undefined, // generated code takes the derivative itself
    with: (changes) => withPlantedError(term.with(changes), error),
    on: (graph) => {
      const [bound, wrong] = [term.on(graph), spoil(graph)];
      return {
        ...bound,
        addGradient64(out, state, components) {
          const right = new Float64Array(out.length);
          bound.addGradient64(right, state, components);
          right.forEach((_, at) => (out[at] += wrong.slope(right, at, components)));
        },
        gradient: (values) => tidy(() => wrong.gradient(bound.gradient(values))),
      };
    },
  });
}

/** What stands for the slope at a place [node, component], and for the gradient tensor. */
interface Wrong {
  readonly slope: (right: Float64Array, at: number, components: number) => number;
  readonly gradient: (right: Tensor3D) => Tensor3D;
}

const SPOIL: Record<PlantedError, (graph: Graph) => Wrong> = {
  'factor 2': () => ({ slope: (right, at) => 2 * right[at], gradient: (right) => mul(right, 2) as Tensor3D }),
  'wrong sign': () => ({ slope: (right, at) => -right[at], gradient: (right) => neg(right) as Tensor3D }),
  'wrong neighbour': (graph) => {
    const instead = firstNeighbours(graph);
    return {
      slope: (right, at, d) => right[instead[Math.floor(at / d)] * d + (at % d)],
      gradient: (right) => gather(right, instead) as Tensor3D,
    };
  },
};

/** The first neighbour of every node; itself where it has none. */
const firstNeighbours = (graph: Graph): Int32Array =>
  Int32Array.from({ length: graph.nodeCount }, (_, i) => (graph.degree(i) > 0 ? graph.neighboursOf(i)[0] : i));
