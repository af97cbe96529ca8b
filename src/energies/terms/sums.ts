// What star and globalSum terms share: an energy g of sums A_k of f_k, where symbols stand for the sums.
import {
  Expression,
  gradient,
  latexSummand,
  scalar,
  tape,
  vector,
  type Operand,
} from '../../expressions/index.js';

/** A sum A_k, and f_k. */
export interface Sum {
  readonly symbol: Expression;
  readonly body: Expression;
}

/**
 * g and f_k with their derivatives. With lambda_k = dg/dA_k, an input x of g feels dg/dx, and an input y of
 * the f_k feels the sum over k of lambda_k . df_k/dy.
 */
export function chainRule(
  formula: Expression,
  sums: readonly Sum[],
  inputsOfG: readonly Expression[],
  inputsOfF: readonly Expression[],
) {
  const bodies = sums.map(({ body }) => body);
  const totals = sums.map(({ symbol }) => symbol);
  const lambdas = totals.map(({ shape }, k) => (shape === 'vector' ? vector : scalar)(`lambda_${k}`));
  const work = bodies.reduce((sum: Operand, body, k) => lambdas[k].dot(body).add(sum), 0);
  const outer = [formula, ...gradient(formula, [...inputsOfG, ...totals])];
  const pull = typeof work === 'number' ? [] : gradient(work, inputsOfF);
  const tapes = { bodies: tape(bodies), outer: tape(outer), pull: tape(pull) };
  return { bodies, outer, pull, energy: tape([formula]), code: { totals, lambdas, tapes } };
}

/** The names with the LaTeX of every sum: `over`, and the summand. */
export function withSums(
  names: Map<Expression, string>,
  sums: readonly Sum[],
  over: string,
): Map<Expression, string> {
  for (const { symbol, body } of sums)
    names.set(symbol, `\\left(${over} ${latexSummand(body, names)}\\right)`);
  return names;
}
