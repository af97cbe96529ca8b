// Star terms: H = sum over nodes i of g(x_i, A_i), where each aggregate A_i = sum over neighbours j of
// f(x_i, x_j, w_ij). They hold what bonds cannot: squared Laplacians, entropies of neighbourhoods.
import { Expression, latexSummand, scalar, vector } from '../../expressions/index.js';
import { bindStar, compileStar } from './boundStar.js';
import { checkInputs, declaredTerm, scalarEnergy } from './declare.js';
import { parameterSymbols, type Parameters } from '../parameters.js';
import { type Sum, withSums } from './sums.js';
import type { Term, TermOptions } from '../term.js';

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
 * const smooth = energies.star((x, neighbours) => neighbours.sum((y) => x.sub(y)).squaredNorm()); // |L x|^2
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
  const parts = compileStar(formula, aggregates, inputs, symbols);
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
