// Diagnostics as text in the notebook: cell line, column and caret.
import type { CellError } from '../wire/content.js';
import type { Diagnostic } from './cellCompiler.js';

/** `cell[4]:3:7 - error TS2322: Type 'string' is not assignable to type 'number'.`, then the line and a caret under the error. */
export function typeError(diagnostics: readonly Diagnostic[], code: string, cellName: string): CellError {
  const first = diagnostics[0]!;
  return {
    ename: `TS${first.code}`,
    evalue: headline(first, cellName),
    traceback: diagnostics.flatMap((diagnostic, i) => [...(i > 0 ? [''] : []), ...explain(diagnostic, code, cellName)]),
  };
}

function headline({ file, start, message, code }: Diagnostic, cellName: string): string {
  return `${file ?? cellName}:${start.line + 1}:${start.character + 1} - error TS${code}: ${message}`;
}

function explain(diagnostic: Diagnostic, code: string, cellName: string): string[] {
  const { start, end, file } = diagnostic;
  const line = file ? undefined : code.split(/\r?\n/)[start.line];
  if (line === undefined) return [headline(diagnostic, cellName)];
  const gutter = `${start.line + 1} | `;
  const stop = end.line === start.line ? Math.max(end.character, start.character + 1) : line.length;
  const indent = ' '.repeat(gutter.length) + line.slice(0, start.character).replace(/[^\t]/g, ' ');
  return [headline(diagnostic, cellName), '', gutter + line, indent + '^'.repeat(Math.max(stop - start.character, 1))];
}
