// Flow terms: along each edge <i,j> something goes from x_i to x_j at the rate J(x_i, x_j, p_ij), from one
// arrow function,
//   dx_i/dt = - J(x_i, x_j),   dx_j/dt = + J(x_i, x_j),
// so that the sum of all x is conserved in every component, for every J. A flow has no energy unless J is a
// gradient: it drives. In the place of dH/dx it stands beside bonds and sites in a Langevin step, on all
// engines. A method that needs an energy, or a change of it, refuses a flow. Source: Finality Through Ambient
// Entropy, rows AE-9, AE-10, AE-21.
import { compile, Expression, latex, tape, vector } from '../../expressions/index.js';
import { byComponents, checkInputs, declaredTerm, requireShallow } from './declare.js';
import { bindSlopes, type Ends } from './bondSlopes.js';
import { parameterSymbols, type Parameters } from '../parameters.js';
import type { Term, TermOptions } from '../term.js';

/**
 * The flow from the first end of an edge to the second per unit of time; parameters follow in the order of
 * their declaration.
 */
export type FlowCurrent = (from: Expression, to: Expression, ...parameters: Expression[]) => Expression;

/**
 * A current along every edge, from its first end to its second. A scalar is the current of every component.
 *
 * @param parameters numbers, arrays with one value per edge, or `oriented(values)`
 * @throws TypeError if the function does not return an expression; RangeError for a parameter named like an
 * integer
 * @example
 * const jumps = flow((a, b, out, back) => a.mul(out).sub(b.mul(back)), { out: 2, back: 1 }); // 2 : 1 from end to end
 * hamiltonian(complete(2), [jumps]).gradient64(Float64Array.of(1, 0)); // [2, -2]
 */
export function flow(current: FlowCurrent, parameters: Parameters = {}, options: TermOptions = {}): Term {
  const ends: Ends = [vector('x_i'), vector('x_j')];
  const [a, b] = ends;
  const symbols = parameterSymbols('flow', parameters, current, 'a, b');
  const formula: unknown = current(a, b, ...symbols);
  if (!(formula instanceof Expression)) {
    throw new TypeError(`flow: the function must return an expression of its symbols, got ${typeof formula}`);
  }
  checkInputs('flow', formula, [a, b, ...symbols]);
  requireShallow('flow', formula);
  const J = formula.shape === 'vector' ? formula : formula.add(a.sub(a)); // a zero that is not folded away: the current of every component
  const slopes = [J, J.neg()] as const;
  const gradient = tape(slopes);
  const compiled = byComponents((d) => compile(slopes, [[a], [b], symbols], d));
  return declaredTerm(
    {
      kind: 'flow',
      indexedBy: 'edge',
      symbols,
      code: (common) => ({ kind: 'bond', ...common, formula, slopes, own: a, other: b, isSymmetric: false }),
      latex: (names) => `\\langle i \\to j \\rangle\\ ${latex(formula, names)}`,
      on: (graph, table) => ({
        ...bindSlopes(graph, ends, table, gradient, compiled),
        energy64: refuse,
        track: refuse,
        energy: refuse,
        dispose: () => table.dispose(),
      }),
    },
    parameters,
    options,
  );
}

function refuse(): never {
  throw new TypeError(
    'flow: a flow has no energy, only currents; ask for the gradient, or sample with langevin',
  );
}
