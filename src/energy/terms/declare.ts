// What the four kinds of expression terms share when they are declared.
import { Expression, tape } from '../../expression/index.js';
import type { TermOptions } from '../term.js';

/** @throws TypeError unless the arrow function returned one scalar expression; ReferenceError for symbols that are not its own. */
export function scalarEnergy(kind: string, formula: unknown, symbols: readonly Expression[]): Expression {
  if (!(formula instanceof Expression)) {
    throw new TypeError(`${kind}: the energy function must return an expression of its symbols, got ${typeof formula}`);
  }
  if (formula.shape !== 'scalar') {
    throw new TypeError(`${kind}: the energy must be a scalar; contract it with sum(), dot() or squaredNorm()`);
  }
  checkInputs(kind, formula, symbols);
  return formula;
}

/** @throws ReferenceError for an input that is none of the symbols */
export function checkInputs(kind: string, formula: Expression, symbols: readonly Expression[]): void {
  const unknown = tape([formula]).inputs.find((input) => !symbols.includes(input));
  if (unknown) throw new ReferenceError(`${kind}: the function must use its own symbols only, got another one, "${unknown.name}"`);
}

/** Fills in the declared properties that were left out. */
export const declared = (kind: string, options: TermOptions): Required<TermOptions> => ({
  name: options.name ?? kind,
  units: options.units ?? 'energy',
  lowerBound: options.lowerBound ?? -Infinity,
});

/** Compiles once for each number of components. */
export function byComponents<Made>(make: (components: number) => Made): (components: number) => Made {
  const made = new Map<number, Made>();
  return (components) => {
    let known = made.get(components);
    if (known === undefined) made.set(components, (known = make(components)));
    return known;
  };
}
