// Whether a text is ready to run, as a console asks before it runs a line: errors at the end of the
// text mean that it is not complete.
import type { Completeness } from '../cellCompiler.js';
import { ts } from './internals.js';
import { parseCell } from './cellFile.js';

// "Unterminated template literal", and a comment without its end.
const open = new Set([1160, 1010]);

export function isComplete(code: string): Completeness {
  const { parseDiagnostics } = parseCell('cell:typed', `export {};\n${code}`);
  if (parseDiagnostics.length === 0) return { status: 'complete' };
  const end = code.trimEnd().length + 'export {};\n'.length;
  const unfinished = parseDiagnostics.some(
    ({ start = 0, code: error }) => open.has(error) || (start >= end && error !== unterminatedString),
  );
  return unfinished ? { status: 'incomplete', indent: indentAfter(code) } : { status: 'invalid' };
}

const unterminatedString = 1002;

/** Two spaces more than the last line where it opens something. */
function indentAfter(code: string): string {
  const scanner = ts.createScanner(ts.ScriptTarget.Latest, true, ts.LanguageVariant.Standard, code);
  const opens = [ts.SyntaxKind.OpenBraceToken, ts.SyntaxKind.OpenParenToken, ts.SyntaxKind.OpenBracketToken];
  const closes = [
    ts.SyntaxKind.CloseBraceToken,
    ts.SyntaxKind.CloseParenToken,
    ts.SyntaxKind.CloseBracketToken,
  ];
  let depth = 0;
  for (let token = scanner.scan(); token !== ts.SyntaxKind.EndOfFileToken; token = scanner.scan()) {
    if (opens.includes(token)) depth++;
    if (closes.includes(token)) depth--;
  }
  return '  '.repeat(Math.max(0, depth));
}
