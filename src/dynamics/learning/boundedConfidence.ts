// Opinions with bounded confidence: nodes ignore opinions farther away than w. Each function makes a kernel,
// the next opinions from the present ones (and a key for chance), for `iterate` and `after`.
//   Hegselmann-Krause   x_i' = mean of x_j over j = i and the neighbours with |x_i - x_j| <= w, all at once
//   Deffuant            an edge at random; if |x_i - x_j| <= w both go a share m of the way: x_i' = x_i + m
// (x_j - x_i), x_j alike
// Stubborn nodes keep their opinion; others hear them. Hegselmann-Krause is one long step of the gradient
// flow of the truncated `couplingLaw`; a kernel of the complete graph keeps the order of opinions. Deffuant's
// keeps their sum if nobody is stubborn. Sources: Hegselmann and Krause, J. Artif. Soc. Soc. Simul. 5 (3)
// (2002) 2; Deffuant, Neau, Amblard, Weisbuch, Adv. Complex Syst. 3 (2000) 87, DOI 10.1142/S0219525900000078;
// EMTD section 4.1 (row EMTD-4.2).
import { type Graph, requireGraph } from '../../graphs/index.js';
import { requireInteger, requirePositive } from '../../numerics/check.js';
import {
  byDefault,
  type Filled,
  needed,
  type Options,
  type OptionsOf,
  readOptions,
  typed,
} from '../../numerics/options.js';
import { aNumber, anything, fraction } from '../../numerics/rules.js';
import { type Key, randomInteger, uniformGenerator } from '../../randomness/index.js';

const confidenceOptions = {
  /** w, in units of the opinions; Infinity ignores nobody. */
  w: needed(aNumber),
  /** Nodes that never change their opinion; none by default. */
  stubborn: byDefault<Iterable<number>>([], typed(anything)),
};

const deffuantOptions = {
  ...confidenceOptions,
  /** m, in (0, 1/2]; 0.5 by default: they meet in the middle. */
  fraction: byDefault(0.5, fraction),
};

/** Options of `hegselmannKrause` and `deffuant`. */
export interface BoundedConfidenceOptions extends Options, OptionsOf<typeof confidenceOptions> {}

/**
 * One round of Hegselmann and Krause: every node takes the mean of its own opinion and those of neighbours at
 * most w away.
 *
 * @throws RangeError for a w that is not positive, and stubborn nodes out of range; when run, unless there is
 * one opinion per node
 * @example
 * ambient.after(dynamics.hegselmannKrause(complete(3), { w: 1 }), Float64Array.of(0, 1, 5), { steps: 1 }); // [0.5, 0.5, 5]
 */
export function hegselmannKrause(
  graph: Graph,
  options: BoundedConfidenceOptions,
): (present: Float64Array) => Float64Array {
  requireGraph('hegselmannKrause', graph);
  const given = readOptions('hegselmannKrause', options, confidenceOptions);
  const stubborn = stubbornNodes('hegselmannKrause', graph, given);
  const { w } = given;
  const { offsets, neighbours } = graph;
  return (present) => {
    requireOpinions('hegselmannKrause', graph, present);
    return present.map((own, i) => {
      if (stubborn.has(i)) return own;
      let [sum, count] = [own, 1];
      for (let h = offsets[i]; h < offsets[i + 1]; h++) {
        const other = present[neighbours[h]];
        if (Math.abs(other - own) > w) continue;
        sum += other;
        count++;
      }
      return sum / count;
    });
  };
}

/**
 * As many encounters of Deffuant, Neau, Amblard and Weisbuch as there are edges, each at an edge drawn at
 * random.
 *
 * @throws RangeError as {@link hegselmannKrause}, for a share outside (0, 1/2], and a graph without edges
 * @example
 * const kernel = dynamics.deffuant(complete(2), { w: 3, fraction: 0.25 });
 * ambient.after(kernel, Float64Array.of(0, 2), { steps: 1, seed: 1 }); // [0.5, 1.5]
 */
export function deffuant(
  graph: Graph,
  options: BoundedConfidenceOptions & OptionsOf<typeof deffuantOptions>,
): (present: Float64Array, key: Key) => Float64Array {
  requireGraph('deffuant', graph);
  const given = readOptions<typeof deffuantOptions>('deffuant', options, deffuantOptions);
  const stubborn = stubbornNodes('deffuant', graph, given);
  const { w, fraction: m } = given;
  if (!(m > 0 && m <= 0.5)) throw new RangeError(`deffuant: fraction must be in (0, 1/2], got ${m}`);
  requireInteger('deffuant', 'edges', graph.edgeCount, 1);
  const { endpoints, edgeCount } = graph;
  return (present, key) => {
    requireOpinions('deffuant', graph, present);
    const next = present.slice();
    const random = uniformGenerator(key.seed, key.stream);
    for (let meeting = 0; meeting < edgeCount; meeting++) {
      const edge = randomInteger(random, edgeCount);
      const [i, j] = [endpoints[2 * edge], endpoints[2 * edge + 1]];
      const gap = next[j] - next[i];
      if (Math.abs(gap) > w) continue;
      if (!stubborn.has(i)) next[i] += m * gap;
      if (!stubborn.has(j)) next[j] -= m * gap;
    }
    return next;
  };
}

/** The stubborn nodes. @throws RangeError as {@link hegselmannKrause} */
function stubbornNodes(
  caller: string,
  graph: Graph,
  { w, stubborn }: Filled<typeof confidenceOptions>,
): ReadonlySet<number> {
  if (w !== Infinity) requirePositive(caller, 'w', w);
  const nodes = new Set(stubborn);
  for (const node of nodes) requireInteger(caller, 'stubborn node', node, 0, graph.nodeCount - 1);
  return nodes;
}

function requireOpinions(caller: string, { nodeCount }: Graph, present: Float64Array): void {
  if (present.length !== nodeCount)
    throw new RangeError(`${caller}: needs one opinion per node (${nodeCount}), got ${present.length}`);
}
