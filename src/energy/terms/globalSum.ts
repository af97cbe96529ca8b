// Terms of global sums: H = g(S), S_k = sum over nodes i of f_k(x_i). They hold mean-field couplings and
// constraints. A local move
// changes S by one summand, so its energy change costs O(1).
import type { Tensor1D, Tensor3D } from '#tfjs';
import { evaluate, total, type Inputs, tf } from '../../tensors/index.js';
import { compile, Expression, latex, scalar, vector } from '../../expression/index.js';
import type { Graph } from '../../graph/index.js';
import { byComponents, declaredTerm, scalarEnergy } from './declare.js';
import { ParameterTable, parameterSymbols, type Parameters } from '../parameters.js';
import { RunningSums } from './runningSums.js';
import { chainRule, type Sum, withSums } from './sums.js';
import type { BoundTerm, Term, TermOptions } from '../term.js';

/** All nodes of the graph, as a `globalSum` term sees them. */
export interface Nodes {
  /** Number of nodes, a scalar. */
  readonly count: Expression;
  /** Sum of f over all nodes; f must return a scalar. */
  sum(f: (x: Expression) => Expression): Expression;
  mean(f: (x: Expression) => Expression): Expression;
}

/** The function of a `globalSum` term. */
export type GlobalEnergy = (nodes: Nodes, ...parameters: Expression[]) => Expression;

/**
 * A term of the energy that is a function of sums over all nodes, as in mean-field models. Parameters are
 * numbers.
 *
 * @throws TypeError if a sum or the result is not a scalar expression; RangeError for a parameter named like
 * an integer
 * @example
 * const curieWeissTerm = globalSum((nodes, J) => nodes.sum((s) => s.sum()).square().mul(J).div(nodes.count), { J: -0.5 });
 * hamiltonian(complete(4), [curieWeissTerm]).energy64(Float64Array.of(1, 1, 1, -1)); // -0.5 = -(J / 2N) (sum s_i)^2, J = 1
 */
export function globalSum(
  energy: GlobalEnergy,
  parameters: Parameters = {},
  options: TermOptions = {},
): Term {
  const [own, count] = [vector('x_i'), scalar('N')];
  const symbols = parameterSymbols('globalSum', parameters, energy, 'nodes');
  const sums: Sum[] = [];
  const sum = (f: (x: Expression) => Expression): Expression => {
    const body = scalarEnergy('globalSum', f(own), [own, ...symbols]);
    const symbol = scalar(`S_${sums.length}`);
    sums.push({ symbol, body });
    return symbol;
  };
  const nodes: Nodes = { count, sum, mean: (f) => sum(f).div(count) };
  const formula = scalarEnergy('globalSum', energy(nodes, ...symbols), [
    count,
    ...sums.map(({ symbol }) => symbol),
    ...symbols,
  ]);
  const parts = differentiate(formula, sums, [own, count], symbols);
  return declaredTerm(
    {
      kind: 'globalSum',
      indexedBy: 'none',
      symbols,
      code: (common) => ({ kind: 'global', ...common, ...parts.code }),
      latex: (names) => latex(formula, withSums(names, sums, '\\sum_i')),
      on: (graph, table) => bindGlobal(graph, table, parts),
    },
    parameters,
    options,
  );
}

type Parts = ReturnType<typeof differentiate>;

/** dH/dx_i = sum_k g_k' f_k'(x_i), with g_k' = dg/dS_k the same for all nodes. */
function differentiate(
  formula: Expression,
  sums: readonly Sum[],
  [own, count]: readonly Expression[],
  parameters: readonly Expression[],
) {
  const { bodies, outer, pull, energy, code } = chainRule(formula, sums, [], [own]);
  return {
    code: { own, count, ...code },
    energy,
    bodies: byComponents((d) => compile(bodies, [[own], parameters], d)),
    outer: compile(outer, [code.totals, [count], parameters], 1),
    pull: byComponents((d) => compile(pull, [[own], parameters, code.lambdas], d)),
  };
}

function bindGlobal({ nodeCount }: Graph, table: ParameterTable, parts: Parts): BoundTerm {
  const { own, totals, lambdas, tapes } = parts.code;
  const width = totals.length;
  const p = table.values;
  const count = Float64Array.of(nodeCount);
  const size = new ParameterTable('globalSum', [parts.code.count], [nodeCount], 0, 'graph');

  const sumsOf = (state: Float64Array, d: number): Float64Array => {
    const f = parts.bodies(d);
    const one = new Float64Array(width);
    const sums = new Float64Array(width);
    for (let i = 0; i < nodeCount; i++) {
      f(one, 0, state, i * d, p, 0);
      for (let k = 0; k < width; k++) sums[k] += one[k];
    }
    return sums;
  };
  const out = new Float64Array(1 + width);
  const at = (sums: Float64Array): Float64Array => {
    parts.outer(out, 0, sums, 0, count, 0, p, 0);
    return out;
  };

  /** S_k and N as tensors [1, 1, chains], and the parameters. */
  const sumsOn = (values: Tensor3D): Inputs => {
    const sums = evaluate(tapes.bodies, new Map([[own, values], ...table.tensors()]), values.shape[1]);
    const known = new Map([...table.tensors(), ...size.tensors()]);
    sums.forEach((sum, k) => known.set(totals[k], total(sum).reshape([1, 1, values.shape[2]])));
    return known;
  };
  return {
    energy64: (state, d) => at(sumsOf(state, d))[0],
    addGradient64(gradient64, state, d) {
      const f = parts.pull(d);
      const slopes = at(sumsOf(state, d));
      const one = new Float64Array(d);
      for (let i = 0; i < nodeCount; i++) {
        f(one, 0, state, i * d, p, 0, slopes, 1);
        for (let k = 0; k < d; k++) gradient64[i * d + k] += one[k];
      }
    },
    track(state, d) {
      const f = parts.bodies(d);
      const [one, now] = [new Float64Array(width), new Float64Array(width)];
      const [sums, moved] = [new RunningSums(width), new RunningSums(width)];
      for (let i = 0; i < nodeCount; i++) {
        f(one, 0, state, i * d, p, 0);
        sums.add(one);
      }
      const move = (node: number, value: ArrayLike<number>): RunningSums => {
        moved.set(sums);
        f(one, 0, state, node * d, p, 0);
        moved.add(one, -1);
        f(one, 0, value as Float64Array, 0, p, 0);
        moved.add(one);
        return moved;
      };
      return {
        change: (node, value) => {
          const before = at(sums.into(now))[0];
          return at(move(node, value).into(now))[0] - before;
        },
        commit: (node, value) => sums.set(move(node, value)),
      };
    },
    energy: (values) => tf.tidy(() => evaluate(parts.energy, sumsOn(values), 1)[0].flatten() as Tensor1D),
    gradient: (values) =>
      tf.tidy(() => {
        const [, ...multipliers] = evaluate(tapes.outer, sumsOn(values), 1);
        const known = new Map([[own, values], ...table.tensors()]);
        multipliers.forEach((lambda, k) => known.set(lambdas[k], lambda));
        return evaluate(tapes.pull, known, values.shape[1])[0];
      }),
    dispose: () => [table, size].forEach((each) => each.dispose()),
  };
}
