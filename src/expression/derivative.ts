// Symbolic reverse-mode derivative: for a scalar E and inputs x, the expressions dE/dx.
// Adjoints run from E back to the inputs; where a scalar was broadcast over a vector, its adjoint is
// the sum over components.
import { shown } from '../display/index.js';
import { expressionsBundle } from './display.js';
import { constant, place, spread, type Expression } from './expression.js';
import { topological } from './tape.js';

/**
 * dE/dx for every input x, each of the shape of its input (a constant 0 where E does not depend on x).
 *
 * @throws TypeError if E is not a scalar.
 */
export function gradient(energy: Expression, inputs: readonly Expression[]): Expression[] {
  if (energy.shape !== 'scalar') throw new TypeError('gradient: the energy must be a scalar; contract it with sum()');
  const adjoints = new Map<Expression, Expression>([[energy, constant(1)]]);
  for (const node of topological([energy]).reverse()) {
    const adjoint = adjoints.get(node);
    if (!adjoint) continue;
    pullBack(node, adjoint).forEach((contribution, k) => {
      const argument = node.args[k];
      const matched =
        argument.shape === 'scalar' && contribution.shape === 'vector' ? contribution.sum() : contribution;
      const known = adjoints.get(argument);
      adjoints.set(argument, known ? known.add(matched) : matched);
    });
  }
  const slopes = inputs.map((input) => {
    // the same symbol may have been made twice: inputs are equal when their names are
    const total = [...adjoints]
      .filter(([node]) => node.op === 'input' && node.name === input.name)
      .reduce((sum: Expression, [, adjoint]) => sum.add(adjoint), constant(0));
    return input.shape === 'vector' && total.shape === 'scalar' ? spread(total) : total;
  });
  return shown(slopes, expressionsBundle);
}

/** The adjoint of each argument, given the adjoint g of f(x) or f(x, y). */
function pullBack(node: Expression, g: Expression): Expression[] {
  const [x, y] = node.args as [Expression, Expression];
  switch (node.op) {
    case 'input':
    case 'constant':
      return [];
    case 'add':
      return [g, g];
    case 'sub':
      return [g, g.neg()];
    case 'mul':
      return [g.mul(y), g.mul(x)];
    case 'div':
      return [g.div(y), g.mul(node).div(y).neg()];
    case 'max':
      return [g.mul(y.less(x)), g.mul(constant(1).sub(y.less(x)))];
    case 'min':
      return [g.mul(x.less(y)), g.mul(constant(1).sub(x.less(y)))];
    case 'less':
    case 'sign':
      return [];
    case 'neg':
      return [g.neg()];
    case 'pow':
      return [g.mul(x.pow(node.value - 1).mul(node.value))];
    case 'exp':
      return [g.mul(node)];
    case 'log':
      return [g.div(x)];
    case 'sqrt':
      return [g.div(node.mul(2))];
    case 'sin':
      return [g.mul(x.cos())];
    case 'cos':
      return [g.mul(x.sin()).neg()];
    case 'tanh':
      return [g.mul(constant(1).sub(node.square()))];
    case 'abs':
      return [g.mul(x.sign())];
    case 'xlogx':
      return [g.mul(x.log().add(1))];
    case 'sum':
      return [spread(g)];
    case 'logSumExp':
      return [x.sub(node).exp().mul(g)];
    case 'component':
      return [place(g, node.value)];
    case 'place':
      return [g.component(node.value)];
    case 'spread':
      return [g.sum()];
  }
}
