// Terms of global sums: H = g(S), S_k = sum over nodes i of f_k(x_i). They hold mean-field couplings and
// constraints. A local move changes S by one summand, so its energy change costs O(1).
import { Expression, latex, scalar, vector } from '../../expressions/index.js';
import { bindGlobal, compileGlobal } from './boundGlobal.js';
import { declaredTerm, scalarEnergy } from './declare.js';
import { parameterSymbols, type Parameters } from '../parameters.js';
import { type Sum, withSums } from './sums.js';
import type { Term, TermOptions } from '../term.js';

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
  const parts = compileGlobal(formula, sums, [own, count], symbols);
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
