// Two empirical entropies of labels (spins or Potts labels), in nats, beside the belief entropy:
//   neighbourhood: of the labels in {i} and its neighbours; zero exactly where all of them agree
//   window: of the labels of site i over time, Miller-Madow corrected
// Source: EMTD 1.1, Definition 1.2, readings (b) and (c) of "local Shannon entropy" (EMTD-1.10).
import type { Graph } from '../graph/index.js';
import { countValues, millerMadow, shannonEntropy } from './entropy.js';
import type { Field } from './field.js';
import { requireField } from './requireField.js';

const LABELS = { codomain: ['spin', 'potts'], components: 1 } as const;

/**
 * Opinion entropy of each closed neighbourhood, [nodes, chains] row-major: at most ln min(q, degree + 1).
 *
 * It is about (q - 1) / (2 (degree + 1)) below the entropy of the law of the labels.
 *
 * @throws RangeError unless the field holds one label on each node of the graph
 * @example
 * neighbourhoodEntropy(ring(4), fieldFrom([1, 1, 1, -1], { codomain: 'spin' }));
 * // [0.6365, 0, 0.6365, 0.6365], ln 3 - (2/3) ln 2 around the dissenter
 */
export function neighbourhoodEntropy(graph: Graph, labels: Field): Float64Array {
  requireField('neighbourhoodEntropy', labels, { ...LABELS, support: 'node', sites: graph.nodeCount });
  const { chains, values } = labels;
  return Float64Array.from({ length: values.length }, (_, at) => {
    const [node, chain] = [Math.floor(at / chains), at % chains];
    const around = Array.from(graph.neighboursOf(node), (j) => values[j * chains + chain]);
    return shannonEntropy(countValues([values[at], ...around]));
  });
}

/**
 * Entropy of the labels of each site over a window of records, Miller-Madow corrected, [sites, chains]
 * row-major. Records count as independent draws: records less than an autocorrelation time apart give too
 * low an entropy.
 *
 * @param window fields of the same shape, one per record
 * @throws RangeError when the window is empty or its fields are not labels of one shape
 */
export function windowEntropy(window: readonly Field[]): Float64Array {
  if (window.length === 0) throw new RangeError('windowEntropy: window must hold at least 1 field, got 0');
  const { sites, chains, support } = window[0];
  for (const field of window) requireField('windowEntropy', field, { ...LABELS, support, sites, chains });
  return Float64Array.from({ length: sites * chains }, (_, at) =>
    millerMadow(countValues(window.map((field) => field.values[at]))));
}
