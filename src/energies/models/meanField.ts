// The free energy of EMTD section 1.3, F = <H> - T S, over product distributions: node i holds a belief p_i
// over q states and the Potts energy is -J for every edge whose ends agree,
//
//   F(p) = - J sum_<ij> w_ij p_i . p_j + lambda sum_i S(p_i) - T sum_i S(p_i),   S(p) = - sum_k p_k ln p_k.
//
// The minimum over one p_i at fixed others is p_i = softmax(J sum_j w_ij p_j / (T - lambda)). Node by node F
// never rises; for all nodes at once it can cycle. A penalty lambda on entropy only shifts T.
import { card, countText, printAs, rangeText, strip } from '../../display/index.js';
import { softmax } from '../../fields/index.js';
import type { Graph } from '../../graphs/index.js';

/** The parameters of the mean-field free energy of beliefs. */
export interface MeanFieldModel {
  /** Energy gained where the ends of an edge agree; negative favours disagreement. */
  readonly J: number;
  readonly temperature: number;
  /** Weight of sum_i S(p_i) in the energy. */
  readonly lambda?: number;
}

/** Beliefs [nodes, q], each row a distribution. */
export interface Beliefs {
  readonly q: number;
  readonly p: Float64Array;
}

/**
 * The variational free energy F(p) of beliefs in mean-field theory, in units of energy.
 *
 * @throws RangeError if p is not [nodes, q]
 * @example
 * const beliefs = { q: 2, p: Float64Array.of(0.5, 0.5, 0.5, 0.5, 0.5, 0.5) }; // [nodes, q]
 * energies.meanFieldFreeEnergy(complete(3), beliefs, { J: 1, temperature: 1 }); // -3.579
 */
export function meanFieldFreeEnergy(graph: Graph, { q, p }: Beliefs, model: MeanFieldModel): number {
  check(graph, { q, p });
  let agreement = 0;
  for (let e = 0; e < graph.edgeCount; e++) {
    const [i, j] = [graph.endpoints[2 * e] * q, graph.endpoints[2 * e + 1] * q];
    for (let k = 0; k < q; k++) agreement += graph.couplings[e] * p[i + k] * p[j + k];
  }
  const entropy = -p.reduce((sum, x) => sum + (x === 0 ? 0 : x * Math.log(x)), 0);
  return -model.J * agreement + ((model.lambda ?? 0) - model.temperature) * entropy;
}

/**
 * One sweep of p_i = softmax(J sum_j w_ij p_j / (T - lambda)), node after node (`sequential`: each sees the
 * new beliefs) or all at once (`parallel`: each sees the old).
 *
 * @returns new beliefs; the given ones are left alone
 * @throws RangeError unless T > lambda, or if p is not [nodes, q]
 * @example
 * const beliefs = { q: 2, p: Float64Array.of(0.6, 0.4, 0.5, 0.5, 0.5, 0.5) };
 * energies.meanFieldSweep(complete(3), beliefs, { J: 1, temperature: 0.5 }).p; // [0.5, 0.5, 0.5, 0.5, 0.5, 0.5]
 */
export function meanFieldSweep(
  graph: Graph,
  beliefs: Beliefs,
  model: MeanFieldModel,
  order: 'sequential' | 'parallel' = 'sequential',
): Beliefs {
  return updated('meanFieldSweep', graph, beliefs, model, [...Array(graph.nodeCount).keys()], order);
}

/**
 * `meanFieldSweep` of one node alone: F falls by (T - lambda) KL(old p_i || new p_i), or stays where it is.
 *
 * @returns new beliefs; the given ones are left alone
 * @throws RangeError as {@link meanFieldSweep}, and for a node out of range
 * @example
 * const beliefs = { q: 2, p: Float64Array.of(0.6, 0.4, 0.5, 0.5, 0.5, 0.5) };
 * energies.meanFieldUpdate(complete(3), beliefs, { J: 1, temperature: 0.5 }, 2).p; // [0.6, 0.4, 0.5, 0.5, 0.5987, 0.4013]
 */
export function meanFieldUpdate(
  graph: Graph,
  beliefs: Beliefs,
  model: MeanFieldModel,
  node: number,
): Beliefs {
  if (!(Number.isInteger(node) && 0 <= node && node < graph.nodeCount)) {
    throw new RangeError(`meanFieldUpdate: node must be in [0, ${graph.nodeCount}), got ${node}`);
  }
  return updated('meanFieldUpdate', graph, beliefs, model, [node], 'sequential');
}

function updated(
  caller: string,
  graph: Graph,
  beliefs: Beliefs,
  model: MeanFieldModel,
  nodes: readonly number[],
  order: 'sequential' | 'parallel',
): Beliefs {
  check(graph, beliefs);
  const { q } = beliefs;
  const p = beliefs.p.slice();
  for (const i of nodes)
    p.set(bestBelief(caller, graph, order === 'sequential' ? { q, p } : beliefs, model, i), i * q);
  return printAs({ q, p }, beliefsCard);
}

/** softmax(J sum_j w_ij p_j / (T - lambda)), the least F over p_i. */
function bestBelief(
  caller: string,
  graph: Graph,
  { q, p }: Beliefs,
  model: MeanFieldModel,
  i: number,
): Float64Array {
  const effective = model.temperature - (model.lambda ?? 0);
  if (!(effective > 0))
    throw new RangeError(`${caller}: temperature - lambda must be positive, got ${effective}`);
  const field = new Float64Array(q);
  for (let h = graph.offsets[i]; h < graph.offsets[i + 1]; h++) {
    const weight = (model.J * graph.couplings[graph.edgeOf[h]]) / effective;
    for (let k = 0; k < q; k++) field[k] += weight * p[graph.neighbours[h] * q + k];
  }
  return softmax(field);
}

function check({ nodeCount }: Graph, { q, p }: Beliefs): void {
  if (p.length !== nodeCount * q)
    throw new RangeError(`mean field: beliefs must be [${nodeCount}, ${q}], got ${p.length} numbers`);
}

function beliefsCard({ q, p }: Beliefs) {
  const nodeCount = p.length / q;
  const shown = Math.min(nodeCount, 96);
  const rows = Array.from({ length: Math.min(q, 12) }, (_, k) =>
    Float64Array.from({ length: shown }, (_p, i) => p[i * q + k]),
  );
  const size = { cellWidth: Math.max(3, Math.min(9, 300 / shown)), cellHeight: 9 };
  const picture = strip(rows, { scale: 'sequential', low: 0, high: 1 }, size);
  return card(
    `beliefs of ${countText(nodeCount, 'node')} over ${countText(q, 'state')}`,
    { probabilities: rangeText(p) },
    picture,
    `nodes 0 to ${shown - 1} across, states down; dark 0, bright 1`,
  );
}
