// An expression as its formula in LaTeX. A formula prints every shared part again, so its length is computed before it is printed.
import { latexNumber, latexSymbol, type MimeBundle } from '../display/index.js';
import type { Expression } from './expression.js';
import { ATOM, Printed, PRODUCT, SUM } from './printed.js';

/** LaTeX of inputs. */
type Names = ReadonlyMap<Expression, string>;

/**
 * An expression as a formula in LaTeX.
 *
 * @param names LaTeX of the inputs; those not listed print under their own names
 * @example
 * const [a, b, J] = [vector('a'), vector('b'), scalar('J')];
 * latex(a.sub(b).squaredNorm().mul(J), new Map([[a, 'x_i'], [b, 'x_j'], [J, 'J_{ij}']])); // 'J_{ij} \, \lVert x_i - x_j \rVert^{2}'
 */
export const latex = (expression: Expression, names: Names = new Map()): string => printed(expression, names).latex;

/** The same as a summand behind a sum sign: a sum is put in parentheses. */
export const latexSummand = (expression: Expression, names: Names = new Map()): string => printed(expression, names).within(PRODUCT);

function printed(node: Expression, names: Names): Printed {
  const { op, name, value } = node;
  if (op === 'input') return new Printed(names.get(node) ?? symbol(name));
  if (op === 'constant') return new Printed(latexNumber(value, 6), value < 0 ? SUM : ATOM);
  return op.latex((argument) => printed(argument, names), node);
}

/** The name of an input as a symbol: `w_ij` has one subscript, ij, and `lambda` is a letter. */
function symbol(name: string): string {
  const [, letter, index] = /^([A-Za-z]+)_(\w+)$/.exec(name) ?? [];
  if (letter === undefined) return latexSymbol(name);
  return `${latexSymbol(letter)}_${index.length === 1 ? index : `{${index}}`}`;
}

/** Operations in the longest formula that is printed. */
const longest = 1000;

export const expressionBundle = (expression: Expression): MimeBundle => ({
  ...(printedLength(expression) <= longest && { 'text/latex': `$$${latex(expression)}$$` }), 'text/plain': expressionText(expression),
});

/** The formula, or its length if it is too long. */
export function expressionText(expression: Expression): string {
  const length = printedLength(expression);
  return length > longest ? `${expression.shape} expression of ${length.toPrecision(2)} operations` : latex(expression);
}

/** Several expressions, one per line. */
export function expressionsBundle(expressions: readonly Expression[]): MimeBundle {
  const text = expressions.map(expressionText).join('\n') || 'no expression';
  if (expressions.length === 0 || expressions.reduce((sum, each) => sum + printedLength(each), 0) > longest) return { 'text/plain': text };
  return { 'text/latex': `$$\\begin{array}{l} ${expressions.map((each) => latex(each)).join(' \\\\ ')} \\end{array}$$`, 'text/plain': text };
}

/** Operations in the printed formula, whose number can grow exponentially with the depth of shared parts. */
function printedLength(expression: Expression): number {
  const known = new Map<Expression, number>();
  const count = (node: Expression): number => {
    const length = known.get(node) ?? node.args.reduce((sum, argument) => sum + count(argument), 1);
    known.set(node, length);
    return length;
  };
  return count(expression);
}
