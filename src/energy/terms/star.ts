// Star terms: H = sum over nodes i of g(x_i, A_i), where each aggregate A_i = sum over neighbours j of f(x_i,
// x_j, w_ij). They hold
// what bonds cannot: squared Laplacians, entropies of neighbourhoods.
import type { Tensor1D, Tensor3D } from '#tfjs';
import { evaluate, rowIndex, rowsOf, scatter, total, type Rows, tf } from '../../tensors/index.js';
import { compile, Expression, latexSummand, scalar, vector } from '../../expression/index.js';
import type { Graph } from '../../graph/index.js';
import { byComponents, checkInputs, declaredTerm, scalarEnergy } from './declare.js';
import { ParameterTable, parameterSymbols, type Parameters } from '../parameters.js';
import { chainRule, type Sum, withSums } from './sums.js';
import type { BoundTerm, Term, TermOptions } from '../term.js';

/** The neighbours of a node, as a `star` term sees them. */
export interface Neighbours {
  /** Number of neighbours, a scalar. */
  readonly count: Expression;
  /** Sum over neighbours of f(y, w): y the neighbour's value, w the coupling of the edge to it. */
  sum(f: (y: Expression, coupling: Expression) => Expression): Expression;
  /** The same, divided by the number of neighbours. */
  mean(f: (y: Expression, coupling: Expression) => Expression): Expression;
}

/** The function of a `star` term. */
export type StarEnergy = (x: Expression, neighbours: Neighbours, ...parameters: Expression[]) => Expression;

/**
 * A term of the energy that is a sum over nodes of a function of the node and all its neighbours.
 *
 * @param parameters numbers, or arrays with one value per node (that of the centre)
 * @throws TypeError if the function does not return a scalar expression; RangeError for a parameter named
 * like an integer
 * @example
 * const smooth = star((x, neighbours) => neighbours.sum((y) => x.sub(y)).squaredNorm()); // |L x|^2
 * hamiltonian(ring(4), [smooth]).energy64(Float64Array.of(1, 0, 0, 0)); // 6
 */
export function star(energy: StarEnergy, parameters: Parameters = {}, options: TermOptions = {}): Term {
  const inputs = {
    own: vector('x_i'),
    other: vector('x_j'),
    coupling: scalar('w_ij'),
    degree: scalar('k_i'),
  };
  const { own, other, coupling, degree } = inputs;
  const symbols = parameterSymbols('star', parameters, energy, 'x, neighbours');
  const aggregates: Sum[] = [];
  const sum = (f: (y: Expression, coupling: Expression) => Expression): Expression => {
    const body = f(other, coupling);
    checkInputs('star', body, [own, other, coupling, ...symbols]);
    const symbol = (body.shape === 'vector' ? vector : scalar)(`A_${aggregates.length}`);
    aggregates.push({ symbol, body });
    return symbol;
  };
  const neighbours: Neighbours = { count: degree, sum, mean: (f) => sum(f).div(degree) };
  const formula = scalarEnergy('star', energy(own, neighbours, ...symbols), [
    own,
    degree,
    ...aggregates.map(({ symbol }) => symbol),
    ...symbols,
  ]);
  const parts = differentiate(formula, aggregates, inputs, symbols);
  return declaredTerm(
    {
      kind: 'star',
      indexedBy: 'node',
      symbols,
      code: (common) => ({ kind: 'star', ...common, ...parts.code }),
      latex: (names) => `\\sum_i ${latexSummand(formula, withSums(names, aggregates, '\\sum_{j \\sim i}'))}`,
      on: (graph, table) => bindStar(graph, table, parts),
    },
    parameters,
    options,
  );
}

type Parts = ReturnType<typeof differentiate>;

function differentiate(
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

function bindStar(graph: Graph, table: ParameterTable, parts: Parts): BoundTerm {
  const { nodeCount, offsets, neighbours, edgeOf, couplings } = graph;
  const { values: p, stride } = table;

  /** Visits the stars: A_i, then g and its derivatives (1 energy, d for x, the rest for A) in `out`. */
  const aggregate = (state: Float64Array, d: number) => {
    const [width, bodies, outer] = [parts.width(d), parts.bodies(d), parts.outer(d)];
    const one = new Float64Array(width);
    const totals = new Float64Array(width);
    const count = new Float64Array(1);
    const out = new Float64Array(1 + d + width);
    return (i: number): Float64Array => {
      totals.fill(0);
      for (let h = offsets[i]; h < offsets[i + 1]; h++) {
        bodies(one, 0, state, i * d, state, neighbours[h] * d, couplings, edgeOf[h], p, i * stride);
        for (let k = 0; k < width; k++) totals[k] += one[k];
      }
      count[0] = offsets[i + 1] - offsets[i];
      outer(out, 0, state, i * d, totals, 0, count, 0, p, i * stride);
      return out;
    };
  };

  return {
    energy64(state, d) {
      const starAt = aggregate(state, d);
      let sum = 0;
      for (let i = 0; i < nodeCount; i++) sum += starAt(i)[0];
      return sum;
    },
    addGradient64(out, state, d) {
      const starAt = aggregate(state, d);
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
    },
    track(state, d) {
      const starAt = aggregate(state, d);
      const around = (node: number): number => {
        let sum = starAt(node)[0];
        for (let h = offsets[node]; h < offsets[node + 1]; h++) sum += starAt(neighbours[h])[0];
        return sum;
      };
      const kept = new Float64Array(d);
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
    },
    ...tensorStar(graph, table, parts),
  };
}

/** The same on tensors: neighbour rows are gathered by half-edge and summed at their centre. */
function tensorStar(
  graph: Graph,
  table: ParameterTable,
  { code, energy }: Parts,
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
