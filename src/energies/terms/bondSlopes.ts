// What the edges of a graph add to the slopes of their two ends, from one program for both ends, in float64
// and on tensors.
import type { Tensor3D } from '#tfjs';
import {
  evaluate,
  rowIndex,
  rowsOf,
  scatter,
  type Inputs,
  type RowIndex,
  type Rows,
  tf,
} from '../../tensors/index.js';
import type { Compiled, Expression, Tape } from '../../expressions/index.js';
import type { Graph } from '../../graphs/index.js';
import type { ParameterTable } from '../parameters.js';
import type { BoundTerm } from '../term.js';

/** The symbols of the first end of an edge and of the second. */
export type Ends = readonly [first: Expression, second: Expression];

export function bondInputs(graph: Graph, [a, b]: Ends, table: ParameterTable): (values: Tensor3D) => Inputs {
  const ends = endIndices(graph);
  return (values) =>
    new Map<Expression, Tensor3D | Rows>([
      [a, rowsOf(values, ends.from)],
      [b, rowsOf(values, ends.to)],
      ...table.tensors(),
    ]);
}

/** @param program slopes by both ends @param compiled the same in float64, by the number of components */
export function bindSlopes(
  graph: Graph,
  symbols: Ends,
  table: ParameterTable,
  program: Tape,
  compiled: (components: number) => Compiled,
): Pick<BoundTerm, 'addGradient64' | 'gradient'> {
  const { endpoints, edgeCount } = graph;
  const ends = endIndices(graph);
  const inputs = bondInputs(graph, symbols, table);
  return {
    addGradient64(out, state, d) {
      const f = compiled(d);
      const slopes = new Float64Array(2 * d);
      for (let e = 0; e < edgeCount; e++) {
        const [i, j] = [endpoints[2 * e] * d, endpoints[2 * e + 1] * d];
        f(slopes, 0, state, i, state, j, table.values, e * table.stride);
        for (let k = 0; k < d; k++) {
          out[i + k] += slopes[k];
          out[j + k] += slopes[d + k];
        }
      }
    },
    gradient: (values, edgeWeights) =>
      tf.tidy(() => {
        const slopes = evaluate(program, inputs(values), values.shape[1]);
        const [a, b] = edgeWeights ? slopes.map((slope) => tf.mul(slope, edgeWeights) as Tensor3D) : slopes;
        return tf.add(scatter(a!, ends.from), scatter(b!, ends.to)) as Tensor3D;
      }),
  };
}

const indices = new WeakMap<Graph, Record<'from' | 'to', RowIndex>>();

/** Row tables of the two ends of every edge, made once per graph. */
function endIndices(graph: Graph): Record<'from' | 'to', RowIndex> {
  const end = (side: 0 | 1): RowIndex =>
    rowIndex(
      graph.endpoints.filter((_, place) => place % 2 === side),
      graph.nodeCount,
    );
  const known = indices.get(graph) ?? { from: end(0), to: end(1) };
  indices.set(graph, known);
  return known;
}
