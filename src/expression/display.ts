// How expressions show: as their formula. A formula prints every shared part again, so its length is counted first.
import type { MimeBundle } from '../display/index.js';
import type { Expression } from './expression.js';
import { latex } from './latex.js';

/** Operations of the longest formula that is printed. */
const longest = 1000;

export function expressionBundle(expression: Expression): MimeBundle {
  const text = expressionText(expression);
  if (printedLength(expression) > longest) return { 'text/plain': text };
  return { 'text/latex': `$$${latex(expression)}$$`, 'text/plain': text };
}

/** The formula, or how long it would be. */
export function expressionText(expression: Expression): string {
  const length = printedLength(expression);
  return length > longest ? `${expression.shape} expression of ${length.toPrecision(2)} operations` : latex(expression);
}

/** Several expressions, one a line. */
export function expressionsBundle(expressions: readonly Expression[]): MimeBundle {
  const text = expressions.map(expressionText).join('\n') || 'no expression';
  if (expressions.length === 0 || expressions.reduce((sum, each) => sum + printedLength(each), 0) > longest) return { 'text/plain': text };
  return { 'text/latex': `$$\\begin{array}{l} ${expressions.map((each) => latex(each)).join(' \\\\ ')} \\end{array}$$`, 'text/plain': text };
}

/** Operations of the formula as it prints, which grows exponentially where parts are shared. */
function printedLength(expression: Expression): number {
  const known = new Map<Expression, number>();
  const count = (node: Expression): number => {
    const length = known.get(node) ?? node.args.reduce((sum, argument) => sum + count(argument), 1);
    known.set(node, length);
    return length;
  };
  return count(expression);
}
