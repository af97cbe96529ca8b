// From edge tensors to node tensors, the step between Definition 1.1 (T_ij) and Definition 1.2 (T_i):
//   T_i = sum_j w_ij T_ij / sum_j w_ij        over the neighbours j of i, w the couplings J_ij
// T_ij as seen from i, so a conjugate enters where i is the higher end. Source: EMTD-A.1. Dimensionless.
import type { Graph } from '../graph/index.js';
import { conjugateSign, requireEdgeField } from './edgeTensor.js';
import { Field } from './field.js';

/**
 * The weighted mean of the edge tensors at each node, accumulated in float64.
 *
 * @throws RangeError unless the field is real or complex on the graph's edges and every node has a weighted
 * edge
 * @example
 * const edges = constantField({ support: 'edge', sites: graph.edgeCount }, 3);
 * nodeTensors(graph, edges).values; // 3 on every node
 */
export function nodeTensors(graph: Graph, field: Field): Field {
  requireEdgeField('nodeTensors', graph, field);
  const { codomain, components, chains } = field;
  if (codomain !== 'real' && codomain !== 'complex') {
    throw new RangeError(`nodeTensors: only real or complex tensors have a mean, got ${codomain}`);
  }
  const { nodeCount, offsets, neighbours, edgeOf, couplings } = graph;
  const values = new Float32Array(nodeCount * components * chains);
  for (let i = 0; i < nodeCount; i++) {
    const sum = new Float64Array(components * chains);
    let weight = 0;
    for (let h = offsets[i]; h < offsets[i + 1]; h++) {
      const w = couplings[edgeOf[h]];
      const row = edgeOf[h] * components * chains;
      weight += w;
      for (let lane = 0; lane < sum.length; lane++) {
        const sign = i < neighbours[h] ? 1 : conjugateSign(codomain, Math.floor(lane / chains));
        sum[lane] += w * sign * field.values[row + lane];
      }
    }
    if (weight === 0) throw new RangeError(`nodeTensors: node ${i} has no edge of positive coupling`);
    values.set(sum.map((s) => s / weight), i * components * chains);
  }
  return new Field(values, { codomain, sites: nodeCount, components, chains });
}
