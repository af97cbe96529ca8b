// Whether a bond looks the same from both ends: f(a, b, J) = f(b, a, J), with oriented parameters theta of the
// opposite sign. Asked of the float64 function at random points, since two formulas may be equal in many ways.
import type { LocalBond } from '../codegen/index.js';
import { compile, vector, type Expression } from '../expression/index.js';
import { uniformGenerator } from '../random/index.js';
import { isOriented, localParameters, parameterSymbols, type Parameters } from './parameters.js';

const [POINTS, TOLERANCE] = [24, 1e-11];
/** Enough for any component that a formula picks by number. */
const mostComponents = 16;

const [OWN, OTHER] = [vector('x_i'), vector('x_j')];

export function localBond(name: string, formula: Expression, parameters: Parameters): LocalBond {
  const isSymmetric = looksTheSame(formula, parameters);
  return { kind: 'bond', name, formula, own: OWN, other: OTHER, parameters: localParameters(parameters), isSymmetric };
}

const known = new WeakMap<Expression, boolean>();

function looksTheSame(formula: Expression, parameters: Parameters): boolean {
  let same = known.get(formula);
  if (same === undefined) known.set(formula, (same = probe(formula, parameters)));
  return same;
}

/** With one component much is the same that is not with more. */
function probe(formula: Expression, parameters: Parameters): boolean {
  const least = leastComponents(formula, parameterSymbols(parameters));
  return [least, least + 1, least + 2].every((d) => probeWith(formula, parameters, d));
}

function probeWith(formula: Expression, parameters: Parameters, d: number): boolean {
  const symbols = parameterSymbols(parameters);
  const f = compile([formula], [[OWN], [OTHER], symbols], d);
  const random = uniformGenerator('symmetry of a bond');
  const draw = (count: number, scale: number): Float64Array => Float64Array.from({ length: count }, () => scale * (2 * random() - 1));
  const out = new Float64Array(2);
  let compared = 0;
  for (let point = 0; point < POINTS; point++) {
    const scale = point % 2 === 0 ? 1 : 3;
    const [a, b, p] = [draw(d, scale), draw(d, scale), draw(symbols.length, 1)];
    if (point % 3 === 2) for (const x of [a, b, p]) x.forEach((value, k) => (x[k] = Math.abs(value))); // logarithms, roots
    const back = p.map((value, k) => (isOriented(Object.values(parameters)[k]) ? -value : value));
    f(out, 0, a, 0, b, 0, p, 0);
    f(out, 1, b, 0, a, 0, back, 0);
    const [there, here] = out;
    if (Number.isNaN(there) && Number.isNaN(here)) continue; // outside the domain both ways
    compared++;
    if (!(Math.abs(there - here) <= TOLERANCE * Math.max(1, Math.abs(there)))) return false;
  }
  return compared > 0;
}

/** The least number of components that the formula has: it may pick one by its number. */
function leastComponents(formula: Expression, symbols: readonly Expression[]): number {
  for (let d = 1; d <= mostComponents; d++) {
    try {
      compile([formula], [[OWN], [OTHER], symbols], d);
      return d;
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
    }
  }
  return mostComponents;
}
