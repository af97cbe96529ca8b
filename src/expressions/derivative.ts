// Symbolic reverse-mode derivative: for a scalar E and inputs x, the expressions dE/dx. Adjoints go from E
// back to the inputs. Where a scalar was broadcast over a vector, its adjoint is the sum over components.
import { showAs } from '../display/index.js';
import { expressionsBundle } from './latex.js';
import { apply, constant, type Expression } from './expression.js';
import { spread } from './operations/spread.js';
import { topological } from './tape.js';

/**
 * dE/dx for every input x, each of the shape of its input (a constant 0 where E does not depend on x).
 *
 * @throws TypeError if E is not a scalar.
 * @example
 * const x = expressions.vector('x');
 * expressions.gradient(x.squaredNorm().square(), [x]).map(String); // ['2 \, \lVert x \rVert^{2} \, x \, 2']
 */
export function gradient(energy: Expression, inputs: readonly Expression[]): Expression[] {
  if (energy.shape !== 'scalar')
    throw new TypeError('gradient: the energy must be a scalar; contract it with sum()');
  const adjoints = new Map<Expression, Expression>([[energy, constant(1)]]);
  for (const node of topological([energy]).reverse()) {
    const adjoint = adjoints.get(node);
    if (!adjoint || node.op === 'input' || node.op === 'constant') continue;
    node.op.derivative(adjoint, node).forEach((contribution, k) => {
      const argument = node.args[k];
      const matched =
        argument.shape === 'scalar' && contribution.shape === 'vector' ? contribution.sum() : contribution;
      const known = adjoints.get(argument);
      adjoints.set(argument, known ? known.add(matched) : matched);
    });
  }
  const slopes = inputs.map((input) => {
    const total = adjoints.get(input) ?? constant(0);
    return input.shape === 'vector' && total.shape === 'scalar' ? apply(spread, [total]) : total;
  });
  return showAs(slopes, expressionsBundle);
}
