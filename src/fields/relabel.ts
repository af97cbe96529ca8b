// A field under a relabelling of the nodes, i -> permutation[i]: x'[permutation[i]] = x[i]. An edge field
// follows its edges, and is conjugated where the two ends change order, since it stores T_ab for a < b.
// Energies and averages must not change. Source: the gauge test of EMTD-A.1.
import { type Graph, requirePermutation } from '../graphs/index.js';
import { conjugateSign, requireEdgeField } from './edgeTensor.js';
import type { Field } from './field.js';
import { requireField } from './requireField.js';

/**
 * The field on `permuteNodes(graph, permutation)` that is this field on `graph`.
 *
 * @param permutation the new label of each node
 * @throws RangeError unless the field lives on the graph and the permutation is one of its nodes
 * @example
 * fields.permuteField(ring(3), fieldFrom([10, 20, 30]), [2, 0, 1]).values; // [20, 30, 10]
 */
export function permuteField(graph: Graph, field: Field, permutation: ArrayLike<number>): Field {
  requirePermutation('permuteField', graph.nodeCount, permutation);
  return (field.support === 'node' ? permuteSites : followEdges)(graph, field, permutation);
}

function permuteSites(graph: Graph, field: Field, permutation: ArrayLike<number>): Field {
  requireField('permuteField', field, { sites: graph.nodeCount });
  const lanes = field.components * field.chains;
  const values = new Float32Array(field.values.length);
  for (let i = 0; i < graph.nodeCount; i++) {
    values.set(field.values.subarray(i * lanes, (i + 1) * lanes), permutation[i] * lanes);
  }
  const { gauge } = field;
  const moved = typeof gauge === 'string' ? gauge : { pinned: gauge.pinned.map((i) => permutation[i]) };
  return field.with(values, { gauge: moved });
}

/** Edges keep their index under a relabelling; only their orientation can turn. */
function followEdges(graph: Graph, field: Field, permutation: ArrayLike<number>): Field {
  requireEdgeField('permuteField', graph, field);
  const { codomain, components, chains } = field;
  const changesOrder = (edge: number): boolean => {
    const [a, b] = [graph.endpoints[2 * edge], graph.endpoints[2 * edge + 1]];
    return a < b !== permutation[a] < permutation[b];
  };
  return field.with(
    field.values.map((x, i) => {
      const row = Math.floor(i / chains);
      return changesOrder(Math.floor(row / components)) ? conjugateSign(codomain, row % components) * x : x;
    }),
  );
}
