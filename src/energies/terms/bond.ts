// Bond terms: H = sum over edges <i,j> of f(x_i, x_j, J_ij), from one arrow function.
// EMTD section 1.1, Definition 1.2, is `bond((a, b, J) => a.sub(b).squaredNorm().mul(J), { J: 1 })`.
import type { Tensor1D } from '#tfjs';
import { evaluate, total, tf } from '../../tensors/index.js';
import {
  compile,
  type Compiled,
  Expression,
  gradient,
  isInvariant,
  latexSummand,
  tape,
  vector,
  specialised,
} from '../../expressions/index.js';
import type { Graph } from '../../graphs/index.js';
import { bindSlopes, bondInputs, type Ends } from './bondSlopes.js';
import { byComponents, declaredTerm, scalarEnergy } from './declare.js';
import { isOriented, type ParameterTable, parameterSymbols, type Parameters } from '../parameters.js';
import type { Term, TermOptions } from '../term.js';

/** The energy of one bond; parameters follow in the order of their declaration. */
export type BondEnergy = (a: Expression, b: Expression, ...parameters: Expression[]) => Expression;

/**
 * A term of the energy that is a sum over edges, sum_<ij> V(x_i, x_j). The function is called once, with
 * symbols. It must be symmetric in a and b, or take an oriented parameter: `hamiltonian` refuses others.
 *
 * @param parameters numbers, arrays with one value per edge, or `oriented(values)`
 * @throws TypeError if the function does not return a scalar expression; RangeError for a parameter named
 * like an integer
 * @example
 * bond((a, b, J) => a.sub(b).squaredNorm().mul(J), { J: 1 }).latex(); // '\sum_{\langle i,j \rangle} J \, \lVert x_i - x_j \rVert^{2}'
 */
export function bond(energy: BondEnergy, parameters: Parameters = {}, options: TermOptions = {}): Term {
  const ends: Ends = [vector('x_i'), vector('x_j')];
  const [a, b] = ends;
  const symbols = parameterSymbols('bond', parameters, energy, 'a, b');
  const formula = scalarEnergy('bond', energy(a, b, ...symbols), [a, b, ...symbols]);
  const slopes = gradient(formula, ends);
  const programs = { energy: tape([formula]), gradient: tape(slopes) };
  const energyOf = byComponents((d) => compile([formula], [[a], [b], symbols], d));
  const gradientOf = byComponents((d) => compile(slopes, [[a], [b], symbols], d));
  const changeOf = byComponents((d) => specialised(localChange, compile([formula], [[a], [b], symbols], d)));
  const isSymmetric = symmetry(formula, ends, symbols);
  return declaredTerm(
    {
      kind: 'bond',
      indexedBy: 'edge',
      symbols,
      code: (common, now) => ({
        kind: 'bond',
        ...common,
        formula,
        own: a,
        other: b,
        isSymmetric: isSymmetric(now),
      }),
      latex: (names) => `\\sum_{\\langle i,j \\rangle} ${latexSummand(formula, names)}`,
      on(graph, table) {
        const { endpoints, edgeCount } = graph;
        const inputs = bondInputs(graph, ends, table);
        return {
          ...bindSlopes(graph, ends, table, programs.gradient, gradientOf),
          energy64(state, d) {
            const f = energyOf(d);
            const out = new Float64Array(1);
            let sum = 0;
            for (let e = 0; e < edgeCount; e++) {
              f(
                out,
                0,
                state,
                endpoints[2 * e] * d,
                state,
                endpoints[2 * e + 1] * d,
                table.values,
                e * table.stride,
              );
              sum += out[0];
            }
            return sum;
          },
          track(state, d) {
            const change = changeOf(d);
            return {
              change: (node, value) => change(graph, table, state, d, node, value as Float64Array),
              commit() {},
            };
          },
          energy: (values) =>
            tf.tidy(() => total(evaluate(programs.energy, inputs(values), values.shape[1])[0]) as Tensor1D),
          dispose: () => table.dispose(),
        };
      },
    },
    parameters,
    options,
  );
}

/**
 * Whether a bond looks the same from both ends: f(a, b, J) = f(b, a, J), with oriented parameters theta of
 * the opposite sign. The formula decides, and which parameters are oriented: `with` may change this. A bond
 * that is not symmetric is compiled from either end.
 */
function symmetry(
  formula: Expression,
  [a, b]: Ends,
  symbols: readonly Expression[],
): (parameters: Parameters) => boolean {
  const known = new Map<string, boolean>();
  return (parameters) => {
    const turns = Object.values(parameters).map(isOriented);
    const exchange = new Map<Expression, readonly [Expression, 1 | -1]>([
      [a, [b, 1]],
      [b, [a, 1]],
    ]);
    symbols.forEach((theta, k) => turns[k] && exchange.set(theta, [theta, -1]));
    const found = known.get(turns.join()) ?? isInvariant(formula, exchange);
    known.set(turns.join(), found);
    return found;
  };
}

type LocalChange = (
  graph: Graph,
  table: ParameterTable,
  state: Float64Array,
  components: number,
  node: number,
  value: Float64Array,
) => number;

/** The change of a node's bonds when it takes another value. */
function localChange(f: Compiled): LocalChange {
  const out = new Float64Array(2);
  return ({ offsets, edgeOf, endpoints }, { values, stride }, state, d, node, value) => {
    let change = 0;
    for (let h = offsets[node]; h < offsets[node + 1]; h++) {
      const e = edgeOf[h];
      const [i, j] = [endpoints[2 * e], endpoints[2 * e + 1]];
      f(out, 0, state, i * d, state, j * d, values, e * stride);
      if (i === node) f(out, 1, value, 0, state, j * d, values, e * stride);
      else f(out, 1, state, i * d, value, 0, values, e * stride);
      change += out[1] - out[0];
    }
    return change;
  };
}
