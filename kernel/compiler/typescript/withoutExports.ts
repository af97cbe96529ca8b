// The hidden line exports the declarations of a cell; the cell's own exports become blanks, so that no
// position in the text changes.
//   export const a = 1     ->         const a = 1
//   export { a };          ->
//   export default e       ->  void   0,      e       an expression: the cell's value
// `export … from` stays: it names a module that has to exist.
import { parseCell } from './cellFile.js';
import { modifiersOf } from './declared.js';
import { ts } from './internals.js';

export function withoutExports(code: string): string {
  if (!/\bexport\b/.test(code)) return code;
  let text = code;
  const replace = (from: number, to: number, by = ''): void => {
    text =
      text.slice(0, from) +
      by +
      text.slice(from + by.length, to).replaceAll(/[^\n\r\u2028\u2029]/g, ' ') +
      text.slice(to);
  };
  const file = parseCell('draft', code);
  for (const statement of file.statements) {
    const start = statement.getStart(file);
    if (ts.isExportDeclaration(statement) && !statement.moduleSpecifier) replace(start, statement.end);
    else if (ts.isExportAssignment(statement)) {
      const [first, second] = firstTokens(code, start);
      if (second.text === '=') replace(start, second.end, 'void 0,');
      else {
        replace(start, first.end, 'void');
        replace(second.start, second.end, '0,');
      }
    } else {
      const { ExportKeyword, DefaultKeyword } = ts.SyntaxKind;
      const found = modifiersOf(statement).filter(
        ({ kind }) => kind === ExportKeyword || kind === DefaultKeyword,
      );
      const isNameless =
        (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement)) && !statement.name;
      for (const [k, modifier] of found.entries())
        replace(modifier.getStart(file), modifier.end, isNameless ? ['void', '0,'][k] : '');
    }
  }
  return text;
}

/** `export` and `default`, or `export` and `=`: comments may stand between. */
function firstTokens(code: string, start: number): { text: string; start: number; end: number }[] {
  const scanner = ts.createScanner(ts.ScriptTarget.Latest, true, ts.LanguageVariant.Standard, code);
  scanner.resetTokenState(start);
  return [0, 1].map(() => {
    scanner.scan();
    return { text: scanner.getTokenText(), start: scanner.getTokenStart(), end: scanner.getTokenEnd() };
  });
}
