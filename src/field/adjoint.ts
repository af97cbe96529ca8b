// Operations on directed edge tensors, the parts of rules of motion:
//   adjoint       (T^+)_ij = conj T_ji        T is Hermitian when T^+ = T
//   fromSources   A_ij = a_i                  a node's tensor on every half-edge that leaves it
// So `fromSources(nodeTensors(T))` is the information of the near end, and the adjoint of the same for T^+
// that of the far end. A rule that commutes with the adjoint keeps T Hermitian. Source: EMTD Definition
// 1.1; EMTD-1.2. Dimensionless.
import { summarised } from '../display/index.js';
import type { Graph } from '../graph/index.js';
import { directedCard, type DirectedTensors, eachEntry, requireTensors } from './edgeTensor.js';
import type { Field } from './field.js';
import { requireField } from './requireField.js';

/**
 * (T^+)_ij = conj T_ji.
 *
 * @throws RangeError unless there is one tensor for each half-edge of the graph
 * @example
 * adjoint(graph, directedTensors(graph, field)); // an edge field is its own adjoint
 */
export function adjoint(graph: Graph, tensors: DirectedTensors): DirectedTensors {
  requireTensors('adjoint', graph, tensors);
  const values = new Float32Array(tensors.values.length);
  eachEntry(graph, tensors, (_, forward, backward, sign) => {
    values[forward] = sign * tensors.values[backward];
    values[backward] = sign * tensors.values[forward];
  });
  return summarised({ ...tensors, values }, directedCard);
}

/**
 * A_ij = a_i: the node's own tensor, on every half-edge that leaves it.
 *
 * @throws RangeError unless the field lives on the graph's nodes
 * @example
 * nodeTensors(graph, fromSources(graph, a)).values; // a again
 */
export function fromSources(graph: Graph, field: Field): DirectedTensors {
  requireField('fromSources', field, { support: 'node', sites: graph.nodeCount });
  const { codomain, components, chains } = field;
  const lanes = components * chains;
  const values = new Float32Array(graph.neighbours.length * lanes);
  for (let i = 0; i < graph.nodeCount; i++) {
    const row = field.values.subarray(i * lanes, (i + 1) * lanes);
    for (let h = graph.offsets[i]; h < graph.offsets[i + 1]; h++) values.set(row, h * lanes);
  }
  return summarised({ codomain, components, chains, values }, directedCard);
}
