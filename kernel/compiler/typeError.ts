// Diagnostics as text in the notebook: cell line, column and caret. What is pasted may have thousands of
// errors, each in a line of thousands of letters: a few of them are shown, with the part of the line around
// them.
import type { CellError } from '../wire/content.js';
import type { Diagnostic, Related } from './cellCompiler.js';

/** How many errors a cell shows. */
const mostErrors = 20;
/** How many letters of a line and of a message it shows, and how many before the error. */
const mostLetters = { line: 160, before: 80, message: 1000 };

/**
 * `cell[4]:3:7 - error TS2322: Type 'string' is not assignable to type 'number'.`, then the line and a caret
 * under the error.
 */
export function typeError(diagnostics: readonly Diagnostic[], code: string, cellName: string): CellError {
  const lines = code.split(/\r?\n/);
  const first = diagnostics[0]!;
  const further = diagnostics.length - mostErrors;
  const shown = diagnostics.slice(0, mostErrors);
  return {
    ename: `TS${first.code}`,
    evalue: headline(first, cellName),
    traceback: [
      ...shown.flatMap((diagnostic, i) => [...(i > 0 ? [''] : []), ...explain(diagnostic, lines, cellName)]),
      ...(further > 0 ? ['', `and ${further} more error${further > 1 ? 's' : ''}`] : []),
    ],
  };
}

function headline(diagnostic: Diagnostic, cellName: string): string {
  return `${place(diagnostic, cellName)} - error TS${diagnostic.code}: ${short(diagnostic.message)}`;
}

function place({ file, start }: Related, cellName: string): string {
  return `${file ?? cellName}:${start.line + 1}:${start.character + 1}`;
}

function explain(diagnostic: Diagnostic, lines: readonly string[], cellName: string): string[] {
  const { start, end, file, related = [] } = diagnostic;
  const hints = related.map((one) => `  ${place(one, cellName)} - ${short(one.message)}`);
  const line = file ? undefined : lines[start.line];
  if (line === undefined) return [headline(diagnostic, cellName), ...hints];
  const from = line.length > mostLetters.line ? Math.max(start.character - mostLetters.before, 0) : 0;
  const to = Math.min(from + mostLetters.line, line.length);
  const gutter = `${start.line + 1} | ${from > 0 ? '…' : ''}`;
  const stop = Math.min(
    end.line === start.line ? Math.max(end.character, start.character + 1) : line.length,
    Math.max(to, start.character + 1),
  );
  const indent = ' '.repeat(gutter.length) + line.slice(from, start.character).replace(/[^\t]/g, ' ');
  const shown = `${gutter}${line.slice(from, to)}${to < line.length ? '…' : ''}`;
  return [
    headline(diagnostic, cellName),
    '',
    shown,
    indent + '^'.repeat(Math.max(stop - start.character, 1)),
    ...hints,
  ];
}

const short = (text: string): string =>
  text.length > mostLetters.message ? `${text.slice(0, mostLetters.message)}…` : text;
