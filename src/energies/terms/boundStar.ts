// A star term on a graph: its energy and gradient in float64 and on tensors, and its moves.
import type { Tensor1D, Tensor3D } from '#tfjs';
import { evaluate, rowIndex, rowsOf, scatter, total, type Rows, tf } from '../../tensors/index.js';
import { compile, Expression } from '../../expressions/index.js';
import type { Graph } from '../../graphs/index.js';
import { byComponents } from './declare.js';
import { ParameterTable } from '../parameters.js';
import { chainRule, type Sum } from './sums.js';
import type { BoundTerm } from '../term.js';

type StarParts = ReturnType<typeof compileStar>;

export function compileStar(
  formula: Expression,
  aggregates: readonly Sum[],
  inputs: Record<'own' | 'other' | 'coupling' | 'degree', Expression>,
  parameters: readonly Expression[],
) {
  const { own, other, coupling, degree } = inputs;
  const { bodies, outer, pull, energy, code } = chainRule(formula, aggregates, [own], [own, other]);
  const edge = [[own], [other], [coupling], parameters];
  return {
    code: { ...inputs, ...code },
    energy,
    width: (d: number) => code.totals.reduce((sum, { shape }) => sum + (shape === 'vector' ? d : 1), 0),
    bodies: byComponents((d) => compile(bodies, edge, d)),
    outer: byComponents((d) => compile(outer, [[own], code.totals, [degree], parameters], d)),
    pull: byComponents((d) => compile(pull, [...edge, code.lambdas], d)),
  };
}

export function bindStar(graph: Graph, table: ParameterTable, parts: StarParts): BoundTerm {
  const starsOf: StarsOf = (state, d) => visitStars(graph, table, parts, state, d);
  return {
    energy64(state, d) {
      const starAt = starsOf(state, d);
      let sum = 0;
      for (let i = 0; i < graph.nodeCount; i++) sum += starAt(i)[0];
      return sum;
    },
    addGradient64: (out, state, d) => addSlopes(graph, table, parts, starsOf(state, d), out, state, d),
    track: (state, d) => trackStars(graph, starsOf(state, d), state, d),
    ...starOnTensors(graph, table, parts),
  };
}

/** g of the star of a node, and its derivatives: 1 energy, d for x, the rest for A. The next call overwrites it. */
type StarAt = (node: number) => Float64Array;
type StarsOf = (state: Float64Array, d: number) => StarAt;

function visitStars(
  { offsets, neighbours, edgeOf, couplings }: Graph,
  { values: p, stride }: ParameterTable,
  parts: StarParts,
  state: Float64Array,
  d: number,
): StarAt {
  const [width, bodies, outer] = [parts.width(d), parts.bodies(d), parts.outer(d)];
  const [one, totals] = [new Float64Array(width), new Float64Array(width)];
  const count = new Float64Array(1);
  const out = new Float64Array(1 + d + width);
  return (i) => {
    totals.fill(0);
    for (let h = offsets[i]; h < offsets[i + 1]; h++) {
      bodies(one, 0, state, i * d, state, neighbours[h] * d, couplings, edgeOf[h], p, i * stride);
      for (let k = 0; k < width; k++) totals[k] += one[k];
    }
    count[0] = offsets[i + 1] - offsets[i];
    outer(out, 0, state, i * d, totals, 0, count, 0, p, i * stride);
    return out;
  };
}

/** Adds dg/dx_i, and what g feels through A_i: at the centre and at each neighbour. */
function addSlopes(
  { nodeCount, offsets, neighbours, edgeOf, couplings }: Graph,
  { values: p, stride }: ParameterTable,
  parts: StarParts,
  starAt: StarAt,
  out: Float64Array,
  state: Float64Array,
  d: number,
): void {
  const pull = parts.pull(d);
  const slopes = new Float64Array(2 * d);
  for (let i = 0; i < nodeCount; i++) {
    const g = starAt(i);
    for (let k = 0; k < d; k++) out[i * d + k] += g[1 + k];
    for (let h = offsets[i]; h < offsets[i + 1]; h++) {
      const j = neighbours[h];
      pull(slopes, 0, state, i * d, state, j * d, couplings, edgeOf[h], p, i * stride, g, 1 + d);
      for (let k = 0; k < d; k++) {
        out[i * d + k] += slopes[k];
        out[j * d + k] += slopes[d + k];
      }
    }
  }
}

/** A move changes the star of its node and those of the neighbours. */
function trackStars(
  { offsets, neighbours }: Graph,
  starAt: StarAt,
  state: Float64Array,
  d: number,
): ReturnType<BoundTerm['track']> {
  const kept = new Float64Array(d);
  const around = (node: number): number => {
    let sum = starAt(node)[0];
    for (let h = offsets[node]; h < offsets[node + 1]; h++) sum += starAt(neighbours[h])[0];
    return sum;
  };
  return {
    change(node, value) {
      const before = around(node);
      kept.set(state.subarray(node * d, node * d + d));
      for (let k = 0; k < d; k++) state[node * d + k] = value[k];
      const after = around(node);
      state.set(kept, node * d);
      return after - before;
    },
    commit() {},
  };
}

/** On tensors: neighbour rows are gathered by half-edge and summed at their centre. */
function starOnTensors(
  graph: Graph,
  table: ParameterTable,
  { code, energy }: StarParts,
): Pick<BoundTerm, 'energy' | 'gradient' | 'dispose'> {
  const { tapes } = code;
  const { nodeCount, offsets, neighbours, edgeOf, couplings } = graph;
  const centres = new Int32Array(neighbours.length);
  for (let i = 0; i < nodeCount; i++) centres.fill(i, offsets[i], offsets[i + 1]);
  const ends = { centre: rowIndex(centres, nodeCount), neighbour: rowIndex(neighbours, nodeCount) };
  const byEdge = new ParameterTable(
    'star',
    [code.coupling],
    [Float64Array.from(edgeOf, (e) => couplings[e])],
    edgeOf.length,
    'edge',
  );
  const degrees = Float64Array.from({ length: nodeCount }, (_, i) => offsets[i + 1] - offsets[i]);
  const byNode = new ParameterTable('star', [code.degree], [degrees], nodeCount, 'node');

  const prepare = (values: Tensor3D) => {
    const parameters = table.tensors();
    const edge = new Map<Expression, Tensor3D | Rows>([
      [code.own, rowsOf(values, ends.centre)],
      [code.other, rowsOf(values, ends.neighbour)],
      ...byEdge.tensors(),
    ]);
    for (const [symbol, t] of parameters) edge.set(symbol, t.shape[0] === 1 ? t : rowsOf(t, ends.centre));
    const sums = evaluate(tapes.bodies, edge, values.shape[1]).map((rows) => scatter(rows, ends.centre));
    const centre = new Map([[code.own, values], ...byNode.tensors(), ...parameters]);
    sums.forEach((sum, k) => centre.set(code.totals[k], sum));
    return { edge, centre };
  };
  return {
    energy: (values) =>
      tf.tidy(() => total(evaluate(energy, prepare(values).centre, values.shape[1])[0]) as Tensor1D),
    gradient: (values) =>
      tf.tidy(() => {
        const { edge, centre } = prepare(values);
        const [, atCentre, ...lambdas] = evaluate(tapes.outer, centre, values.shape[1]);
        if (lambdas.length === 0) return atCentre!;
        lambdas.forEach((lambda, k) => edge.set(code.lambdas[k], rowsOf(lambda, ends.centre)));
        const [x, y] = evaluate(tapes.pull, edge, values.shape[1]);
        return tf.addN([atCentre!, scatter(x!, ends.centre), scatter(y!, ends.neighbour)]) as Tensor3D;
      }),
    dispose: () => [table, byEdge, byNode].forEach((each) => each.dispose()),
  };
}
