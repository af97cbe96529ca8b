// What the kinds of terms made of expressions share when they are declared.
import type { LocalParameter, StepTerm } from '../../codegen/index.js';
import { Expression, tape } from '../../expressions/index.js';
import type { Graph } from '../../graphs/index.js';
import { readOptions } from '../../numerics/options.js';
import { localParameters, parameterLatex, ParameterTable, replaced, type Parameters } from '../parameters.js';
import { shownTerm } from '../shownTerm.js';
import { type BoundTerm, type Term, type TermOptions, termOptions } from '../term.js';

/** One kind of terms, by its symbols: they stay when `with` changes the values of the parameters. */
export interface Declaration {
  readonly kind: string;
  readonly indexedBy: Term['indexedBy'];
  readonly symbols: readonly Expression[];
  code(
    common: { readonly name: string; readonly parameters: readonly LocalParameter[] },
    parameters: Parameters,
  ): StepTerm;
  latex(names: Map<Expression, string>): string;
  on(graph: Graph, table: ParameterTable): BoundTerm;
}

export function declaredTerm(declaration: Declaration, parameters: Parameters, options: TermOptions): Term {
  const { kind, indexedBy, symbols, code, latex, on } = declaration;
  const properties = declared(kind, options);
  return shownTerm({
    ...properties,
    parameters,
    indexedBy,
    get code() {
      return code({ name: properties.name, parameters: localParameters(symbols, parameters) }, parameters);
    },
    latex: () => latex(parameterLatex(symbols, parameters, { edge: 'ij', node: 'i', none: '' }[indexedBy])),
    with: (changes) => declaredTerm(declaration, replaced(parameters, changes), options),
    on(graph) {
      const rows = { edge: graph.edgeCount, node: graph.nodeCount, none: 0 }[indexedBy];
      return on(
        graph,
        new ParameterTable(
          kind,
          symbols,
          Object.values(parameters),
          rows,
          indexedBy === 'none' ? 'graph' : indexedBy,
        ),
      );
    },
  });
}

/**
 * @throws TypeError unless the arrow function returned one scalar expression; ReferenceError for symbols that
 * are not its own.
 */
export function scalarEnergy(kind: string, formula: unknown, symbols: readonly Expression[]): Expression {
  if (!(formula instanceof Expression)) {
    throw new TypeError(
      `${kind}: the energy function must return an expression of its symbols, got ${typeof formula}`,
    );
  }
  if (formula.shape !== 'scalar') {
    throw new TypeError(
      `${kind}: the energy must be a scalar; contract it with sum(), dot() or squaredNorm()`,
    );
  }
  checkInputs(kind, formula, symbols);
  requireShallow(kind, formula);
  return formula;
}

/** Deeper formulas take the stack of what differentiates and compiles them. */
const MOST_DEEP = 1000;

/** @throws RangeError for a formula of more operations one inside another */
export function requireShallow(kind: string, formula: Expression): void {
  const depths: number[] = [];
  for (const { args } of tape([formula]).instructions)
    depths.push(args.reduce((most, at) => Math.max(most, depths[at]), 0) + 1);
  const deepest = depths.reduce((most, depth) => Math.max(most, depth), 0);
  if (deepest > MOST_DEEP)
    throw new RangeError(`${kind}: a formula must be at most ${MOST_DEEP} operations deep, got ${deepest}`);
}

/** @throws ReferenceError for an input that is not one of the symbols */
export function checkInputs(kind: string, formula: Expression, symbols: readonly Expression[]): void {
  const unknown = tape([formula]).inputs.find((input) => !symbols.includes(input));
  if (unknown)
    throw new ReferenceError(
      `${kind}: the function must use its own symbols only, got another one, "${unknown.name}"`,
    );
}

/**
 * The declared properties, with defaults for those that are left out.
 * @throws TypeError for an option that a term does not have
 */
export function declared(
  kind: string,
  options: TermOptions,
): Required<Omit<TermOptions, 'codomain'>> & Pick<TermOptions, 'codomain'> {
  const { name = kind, units, lowerBound, codomain } = readOptions(kind, options, termOptions);
  return { name, units, lowerBound, ...(codomain && { codomain }) };
}

/** Compiles once for each number of components. */
export function byComponents<Made>(make: (components: number) => Made): (components: number) => Made {
  const made = new Map<number, Made>();
  return (components) => {
    let known = made.get(components);
    if (known === undefined) made.set(components, (known = make(components)));
    return known;
  };
}
