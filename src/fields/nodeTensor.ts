// From edge tensors to node tensors, the step between Definition 1.1 (T_ij) and Definition 1.2 (T_i):
//   T_i = sum_j w_ij T_ij / sum_j w_ij        over the neighbours j of i, w the couplings J_ij
// T_ij goes from i to j. In an edge field it is the conjugate if i is the higher end. Source: EMTD-A.1.
// Dimensionless.
import { type Graph, requireUnsigned } from '../graphs/index.js';
import { type DirectedTensors, directedTensors, requireEdgeField, requireTensors } from './edgeTensor.js';
import { Field } from './field.js';

/**
 * The weighted mean at each node of the tensors of its edges, accumulated in float64.
 *
 * @param tensors an edge field, or one tensor per direction
 * @throws RangeError unless they are real or complex on the graph's edges and every node has a weighted edge
 * @example
 * const path = fromEdges(3, [[0, 1], [1, 2]]);
 * fields.nodeTensors(path, fieldFrom([1, 3], { support: 'edge' })).values; // [1, 2, 3]
 */
export function nodeTensors(graph: Graph, tensors: Field | DirectedTensors): Field {
  requireUnsigned('nodeTensors', graph);
  if (tensors instanceof Field) requireEdgeField('nodeTensors', graph, tensors);
  else requireTensors('nodeTensors', graph, tensors);
  const { codomain, components, chains, values } =
    tensors instanceof Field ? directedTensors(graph, tensors) : tensors;
  if (codomain !== 'real' && codomain !== 'complex') {
    throw new RangeError(`nodeTensors: only real or complex tensors have a mean, got ${codomain}`);
  }
  const { nodeCount, offsets, edgeOf, couplings } = graph;
  const lanes = components * chains;
  const means = new Float32Array(nodeCount * lanes);
  for (let i = 0; i < nodeCount; i++) {
    const sum = new Float64Array(lanes);
    let weight = 0;
    for (let h = offsets[i]; h < offsets[i + 1]; h++) {
      const w = couplings[edgeOf[h]];
      weight += w;
      for (let lane = 0; lane < lanes; lane++) sum[lane] += w * values[h * lanes + lane];
    }
    if (weight === 0) throw new RangeError(`nodeTensors: node ${i} has no edge of positive coupling`);
    means.set(
      sum.map((s) => s / weight),
      i * lanes,
    );
  }
  return new Field(means, { codomain, sites: nodeCount, components, chains });
}
