// An expression as its formula in LaTeX. A formula prints every shared part again, so its length is computed
// before it is printed.
import { latexNumber, latexSymbol, latexText, type MimeBundle } from '../display/index.js';
import type { Expression } from './expression.js';
import { ATOM, Printed, PRODUCT, SUM } from './printed.js';

/** LaTeX of inputs. */
type Names = ReadonlyMap<Expression, string>;

/**
 * An expression as a formula in LaTeX.
 *
 * @param names LaTeX of the inputs; those not listed print under their own names
 * @example
 * const [a, b, J] = [expressions.vector('a'), expressions.vector('b'), expressions.scalar('J')];
 * expressions.latex(a.sub(b).squaredNorm().mul(J), new Map([[a, 'x_i'], [b, 'x_j'], [J, 'J_{ij}']])); // 'J_{ij} \, \lVert x_i - x_j \rVert^{2}'
 */
export const latex = (expression: Expression, names: Names = new Map()): string =>
  printed(expression, names).latex;

/** The same as a summand behind a sum sign: a sum is put in parentheses. */
export const latexSummand = (expression: Expression, names: Names = new Map()): string =>
  printed(expression, names).within(PRODUCT);

/** A formula that is too long to be read, or too deep, is its length in words. */
function printed(node: Expression, names: Names): Printed {
  const { length, depth } = sizeOf(node);
  return length > printable.length || depth > printable.depth
    ? new Printed(latexText(lengthText(node, length)))
    : print(node, names);
}

/** Operations of a formula, and one inside another, that are written out. */
const printable = { length: 20_000, depth: 500 };

function print(node: Expression, names: Names): Printed {
  const { op, name, value } = node;
  if (op === 'input') return new Printed(names.get(node) ?? symbol(name));
  if (op === 'constant') return new Printed(latexNumber(value, 6), value < 0 ? SUM : ATOM);
  return op.latex((argument) => print(argument, names), node);
}

/** The name of an input as a symbol: `w_ij` has one subscript, ij, and `lambda` is a letter. */
function symbol(name: string): string {
  const [, letter, index] = /^([A-Za-z]+)_(\w+)$/.exec(name) ?? [];
  if (letter === undefined) return latexSymbol(name);
  return `${latexSymbol(letter)}_${index.length === 1 ? index : `{${index}}`}`;
}

/** Operations in the longest formula that is shown. */
const longest = 1000;

export const expressionBundle = (expression: Expression): MimeBundle => ({
  ...(sizeOf(expression).length <= longest && { 'text/latex': `$$${latex(expression)}$$` }),
  'text/plain': expressionText(expression),
});

/** The formula, or its length if it is too long. */
export function expressionText(expression: Expression): string {
  const { length } = sizeOf(expression);
  return length > longest ? lengthText(expression, length) : latex(expression);
}

/** Several expressions, one per line. */
export function expressionsBundle(expressions: readonly Expression[]): MimeBundle {
  const text = expressions.map(expressionText).join('\n') || 'no expression';
  if (expressions.length === 0 || expressions.reduce((sum, each) => sum + sizeOf(each).length, 0) > longest)
    return { 'text/plain': text };
  return {
    'text/latex': `$$\\begin{array}{l} ${expressions.map((each) => latex(each)).join(' \\\\ ')} \\end{array}$$`,
    'text/plain': text,
  };
}

const lengthText = ({ shape }: Expression, length: number): string =>
  `${shape} expression of ${length.toPrecision(2)} operations`;

/**
 * The size of the printed formula: its operations, whose number can grow exponentially with the depth of
 * shared parts, and its depth.
 */
function sizeOf(expression: Expression): { readonly length: number; readonly depth: number } {
  const sizes = new Map<Expression, { length: number; depth: number }>();
  const open = [expression]; // not by calls, of which a deep formula would need too many
  for (let node = open.at(-1); node; node = open.at(-1)) {
    const unknown = node.args.filter((argument) => !sizes.has(argument));
    open.push(...unknown);
    if (unknown.length > 0) continue;
    open.pop();
    const parts = node.args.map((argument) => sizes.get(argument)!);
    sizes.set(node, {
      length: parts.reduce((sum, part) => sum + part.length, 1),
      depth: parts.reduce((most, part) => Math.max(most, part.depth), 0) + 1,
    });
  }
  return sizes.get(expression)!;
}
