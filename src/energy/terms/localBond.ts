// A bond as generated code takes it, and whether it looks the same from both ends: f(a, b, J) = f(b, a, J), with oriented
// parameters theta of the opposite sign. Only a bond whose formula shows it counts: any other is compiled from either end.
import type { LocalBond } from '../../codegen/index.js';
import { isInvariant, type Expression } from '../../expression/index.js';
import type { Ends } from './bondSlopes.js';
import { isOriented, localParameters, type Parameters } from '../parameters.js';

export function localBond(name: string, formula: Expression, ends: Ends, symbols: readonly Expression[], parameters: Parameters): LocalBond {
  const oriented = symbols.filter((_, k) => isOriented(Object.values(parameters)[k]));
  const isSymmetric = looksTheSame(formula, ends, oriented);
  return { kind: 'bond', name, formula, own: ends[0], other: ends[1], parameters: localParameters(symbols, parameters), isSymmetric };
}

/** By the formula and by which of its parameters are oriented: both are decided anew when `with` changes them. */
const known = new WeakMap<Expression, { readonly oriented: readonly Expression[]; readonly same: boolean }[]>();

function looksTheSame(formula: Expression, [a, b]: Ends, oriented: readonly Expression[]): boolean {
  let cases = known.get(formula);
  if (!cases) known.set(formula, (cases = []));
  let found = cases.find((each) => each.oriented.length === oriented.length && each.oriented.every((symbol, k) => symbol === oriented[k]));
  if (!found) {
    const exchange = new Map<Expression, readonly [Expression, 1 | -1]>([[a, [b, 1]], [b, [a, 1]]]);
    for (const theta of oriented) exchange.set(theta, [theta, -1]);
    cases.push((found = { oriented, same: isInvariant(formula, exchange) }));
  }
  return found.same;
}
