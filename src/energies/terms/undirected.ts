// Whether bonds look the same from both ends, f(a, b) = f(b, a), as they must unless a parameter is oriented:
// an undirected edge has no first end. The form of the formula decides; where it cannot, numbers do.
import { compile, operations, tape } from '../../expressions/index.js';
import { got } from '../../numerics/check.js';
import { isOriented } from '../parameters.js';
import type { Term } from '../term.js';

const { component, place } = operations;

/** Values of a and b, and of the parameters, that no symmetry relates. */
const TRIALS = [0.37, 1.3, 4.1].map((size) =>
  Float64Array.from({ length: 64 }, (_, k) => size * (1 + ((k * 0.6180339887) % 1))),
);
const TOLERANCE = 1e-9;

/** @throws TypeError for a bond whose two ends differ, and that has no oriented parameter */
export function requireUndirected(caller: string, { name, code, parameters }: Term): void {
  if (code?.kind !== 'bond' || code.slopes || code.isSymmetric || Object.values(parameters).some(isOriented))
    return;
  const { formula, own, other, parameters: symbols } = code;
  const used = tape([formula]).instructions.filter(({ op }) => op === component || op === place);
  const d = used.reduce((most, { value }) => Math.max(most, value + 1), 2);
  const f = compile([formula], [[own], [other], symbols.map(({ symbol }) => symbol)], d);
  const out = new Float64Array(2);
  for (const values of TRIALS) {
    const [a, b, p] = [0, 1, 2].map((k) =>
      Float64Array.from(
        { length: Math.max(d, symbols.length) },
        (_, at) => values[(3 * at + k) % values.length],
      ),
    );
    f(out, 0, a, 0, b, 0, p, 0);
    f(out, 1, b, 0, a, 0, p, 0);
    const [there, back] = out;
    if (!(Math.abs(there - back) > TOLERANCE * Math.max(1, Math.abs(there), Math.abs(back)))) continue;
    throw new TypeError(
      `${caller}: the bond "${name}" must be the same from both ends of an edge, got f(a, b) = ${got(there)} and f(b, a) = ${got(back)}; ` +
        'where the direction of an edge matters, declare an oriented parameter, as in { A: oriented(values) }',
    );
  }
}
