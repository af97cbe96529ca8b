// Errors as a reader of the notebook wants them: type errors with cell line, column and caret; thrown
// errors with the frames that lie in cells or in the user's files, named from the package root.
import { inspect } from 'node:util';
import type { CellError } from './back.js';
import type { CompiledCell, Diagnostic } from '../compiler/cellCompiler.js';

export const interruption: CellError = {
  ename: 'KeyboardInterrupt',
  evalue: 'the cell was interrupted',
  traceback: ['KeyboardInterrupt: the cell was interrupted'],
};

/**
 * `cell[4]:3:7 - error TS2322: Type 'string' is not assignable to type 'number'.`, then the line and a
 * caret under what is wrong.
 */
export function typeError(diagnostics: readonly Diagnostic[], code: string, cellName: string): CellError {
  const first = diagnostics[0]!;
  return {
    ename: `TS${first.code}`,
    evalue: headline(first, cellName),
    traceback: diagnostics.flatMap((diagnostic, i) => [
      ...(i > 0 ? [''] : []),
      ...explain(diagnostic, code, cellName),
    ]),
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
  return [
    headline(diagnostic, cellName),
    '',
    gutter + line,
    indent + '^'.repeat(Math.max(stop - start.character, 1)),
  ];
}

export class Tracebacks {
  readonly #root: string;
  readonly #cells = new Map<string, CompiledCell>();

  constructor(root: string) {
    this.#root = root;
  }

  /** Remembers where a cell's lines come from: its functions may throw in later cells. */
  remember(name: string, cell: CompiledCell): void {
    this.#cells.set(name, cell);
  }

  of(thrown: unknown): CellError {
    const isError = thrown instanceof Error || Object.prototype.toString.call(thrown) === '[object Error]';
    const error = thrown as Error;
    const ename = isError ? String(error.name) : 'Thrown';
    const evalue = isError ? String(error.message) : inspect(thrown);
    const text = isError ? inspect(thrown) : `Thrown: ${evalue}`;
    return { ename, evalue, traceback: this.#readable(text) };
  }

  #readable(text: string): string[] {
    return text
      .split('\n')
      .filter((line) => !isInternal(line))
      .map((line) => this.#atCell(line));
  }

  #atCell(line: string): string {
    if (!/^\s+at /.test(line)) return line;
    return line
      // Cells call each other's functions through exports.
      .replace(/^(\s+at (?:async )?)(?:Object|exports)\.(?=[^ ]+ \(cell\[)/, '$1')
      .replace(/(cell\[[^\]]*\]):(\d+):(\d+)/, (place, name: string, row: string, column: string) => {
        const original = this.#cells.get(name)?.original(Number(row) - 1, Number(column) - 1);
        return original ? `${name}:${original.line + 1}:${original.column + 1}` : place;
      })
      .replace(/(file:\/\/)?([^\s()]+)(?=:\d+:\d+\)?$)/, (whole, _scheme, path: string) =>
        path.startsWith(`${this.#root}/`) ? path.slice(this.#root.length + 1) : whole,
      );
  }
}

const kernelFolder = new URL('..', import.meta.url).href;

function isInternal(line: string): boolean {
  return /^\s+at /.test(line) && (line.includes(kernelFolder) || /\(?node:(internal|vm|events)/.test(line));
}
