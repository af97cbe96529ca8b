// Shannon entropy in nats of a distribution, S = - sum_k p_k ln p_k with 0 ln 0 = 0, and of counts n_k:
//   plug-in: S_ML, p_k = n_k / n        Miller-Madow: S_MM = S_ML + (m - 1) / (2 n), m labels with n_k > 0
// The plug-in value is low by (q - 1) / (2 n) to first order. Two empirical entropies of labels (spins or
// Potts labels) use them, beside the belief entropy:
//   neighbourhood: of the labels in {i} and its neighbours; zero exactly where all of them agree
//   window: of the labels of site i over time, Miller-Madow corrected
// Sources: Shannon, Bell Syst. Tech. J. 27 (1948) 379, DOI 10.1002/j.1538-7305.1948.tb01338.x; Miller, "Note
// on the bias of information estimates" (1955); EMTD 1.1, Definition 1.2, readings (b) and (c) of "local
// Shannon entropy" (EMTD-1.10).
import type { Graph } from '../graphs/index.js';
import type { Field } from './field.js';
import { requireField } from './requireField.js';

/**
 * Entropy of a distribution, in nats; the numbers are normalised by their sum.
 *
 * @throws RangeError unless the numbers are non-negative with a positive finite sum
 * @example fields.shannonEntropy([0.5, 0.5]); // 0.6931 = ln 2
 */
export function shannonEntropy(weights: Iterable<number>): number {
  const w = [...weights];
  const total = w.reduce((sum, x) => sum + x, 0);
  if (!w.every((x) => typeof x === 'number' && x >= 0) || !(total > 0 && total < Infinity)) {
    throw new RangeError(`shannonEntropy: weights must be >= 0 with a positive finite sum, got [${w}]`);
  }
  return w.reduce((entropy, x) => (x > 0 ? entropy - (x / total) * Math.log(x / total) : entropy), 0);
}

/**
 * Entropy of counts with the Miller-Madow correction, in nats. It is less biased, and at most ln q + (q - 1)
 * / (2 n), not ln q.
 *
 * @example fields.millerMadow([8, 8]); // 0.7244 = ln 2 + 1/32
 */
export function millerMadow(counts: Iterable<number>): number {
  const seen = [...counts].filter((n) => n !== 0);
  return shannonEntropy(seen) + (seen.length - 1) / (2 * seen.reduce((sum, n) => sum + n, 0));
}

export function countValues(values: Iterable<number>): number[] {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts.values()];
}

const LABELS = { codomain: ['spin', 'potts'], components: 1 } as const;

/**
 * Opinion entropy of each closed neighbourhood, [nodes, chains] row-major: at most ln min(q, degree + 1). It
 * is about (q - 1) / (2 (degree + 1)) below the entropy of the law of the labels.
 *
 * @throws RangeError unless the field holds one label on each node of the graph
 * @example
 * fields.neighbourhoodEntropy(ring(4), fieldFrom([1, 1, 1, -1], { codomain: 'spin' }));
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
 * row-major. Records count as independent: records less than an autocorrelation time apart give too low an
 * entropy.
 *
 * @param window fields of the same shape, one per record
 * @throws RangeError when the window is empty or its fields are not labels of one shape
 * @example
 * const records = [[1, -1], [1, 1], [1, -1], [1, 1]].map((spins) => fieldFrom(spins, { codomain: 'spin' }));
 * fields.windowEntropy(records); // [0, 0.8181]
 */
export function windowEntropy(window: readonly Field[]): Float64Array {
  if (window.length === 0) throw new RangeError('windowEntropy: window must hold at least 1 field, got 0');
  const { sites, chains, support } = window[0];
  for (const field of window) requireField('windowEntropy', field, { ...LABELS, support, sites, chains });
  return Float64Array.from({ length: sites * chains }, (_, at) =>
    millerMadow(countValues(window.map((field) => field.values[at]))),
  );
}
