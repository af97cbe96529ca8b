// Stack traces with places in cells and in the user's TypeScript: every `stack` in the back is mapped at its
// creation, so that a logged error points there too; a failed cell's traceback has no frames of the kernel.
import { sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { inspect } from 'node:util';
import type { Places } from '../compiler/cellCompiler.js';
import type { CellError } from '../wire/content.js';

interface Mapped {
  /** Name of the file in a trace. */
  title: string;
  places: Places;
}

export class Tracebacks {
  /** Prefixes of paths in the package. */
  readonly #roots: readonly string[];
  readonly #files = new Map<string, Mapped>();

  constructor(root: string) {
    this.#roots = [root + sep, `${pathToFileURL(root).href}/`];
  }

  /** Remembers where a file's lines come from: a cell's functions may throw in later cells. */
  remember(file: string, title: string, places: Places): void {
    this.#files.set(file, { title, places });
  }

  install(): void {
    Error.prepareStackTrace = (error, frames) =>
      [headline(error), ...frames.map((frame) => `    at ${this.#frame(frame)}`)].join('\n');
  }

  of(thrown: unknown): CellError {
    const isError = thrown instanceof Error || Object.prototype.toString.call(thrown) === '[object Error]';
    const error = thrown as Error;
    const ename = isError ? String(error.name) : 'Thrown';
    const evalue = isError ? sourceNames(String(error.message)) : inspect(thrown);
    const text = isError ? inspect(thrown) : `Thrown: ${evalue}`;
    const traceback = text
      .split('\n')
      .filter((line) => !isInternal(line))
      .map((line) => this.#fromRoot(sourceNames(line)));
    return { ename, evalue, traceback };
  }

  #frame(frame: NodeJS.CallSite): string {
    const text = String(frame);
    const file = frame.getFileName() ?? '';
    const mapped = this.#files.get(file);
    if (!mapped) return text;
    const row = frame.getLineNumber() ?? 1;
    const column = frame.getColumnNumber() ?? 1;
    const original = placeIn(mapped.places, row - 1, column - 1) ?? { line: row - 1, column: column - 1 };
    return text
      .replace(`${file}:${row}:${column}`, `${mapped.title}:${original.line + 1}:${original.column + 1}`)
      .replace(/^(async )?(?:Object|exports)\.(?=[^ ]+ \(cell\[)/, '$1'); // cells call each other through exports
  }

  #fromRoot(line: string): string {
    if (!/^\s+at /.test(line)) return line;
    return this.#roots.reduce((text, root) => text.replace(` ${root}`, ' ').replace(`(${root}`, '('), line);
  }
}

/** Messages of V8 about an expression; no others are rewritten, since a message may name a file `exports.csv`. */
const ofExpression = / is not (a function|a constructor|(async )?iterable)|Cannot destructure /;

/** V8 names the compiled expression; this replaces it by the expression in the cell. */
function sourceNames(message: string): string {
  if (!ofExpression.test(message)) return message;
  return message
    .replace(/\b__import\((?:"[^"]*"|\.{3})\)\./g, '')
    .replace(/\b__resume\(\.\.\.\)/g, '(await …)')
    .replace(/(?<![\w$.])(?:__scope|exports)\./g, '')
    .replace(/\(0 ?, (?:\w+_\d+\.)?([\w$.\u0080-\uffff]+)\)/g, '$1');
}

/** The last of the sorted rows that begins at the place or before it. */
function placeIn(
  places: Places,
  line: number,
  column: number,
): { line: number; column: number } | undefined {
  let [low, high] = [0, places.length / 4];
  while (low < high) {
    const middle = (low + high) >> 1;
    const [row, from] = [places[4 * middle]!, places[4 * middle + 1]!];
    if (row < line || (row === line && from <= column)) low = middle + 1;
    else high = middle;
  }
  const found = 4 * (low - 1);
  return found < 0 ? undefined : { line: places[found + 2]!, column: places[found + 3]! };
}

function headline(error: Error): string {
  try {
    return Error.prototype.toString.call(error);
  } catch {
    return '<error>';
  }
}

const kernelFolder = new URL('..', import.meta.url).href;

function isInternal(line: string): boolean {
  return /^\s+at /.test(line) && (line.includes(kernelFolder) || /\(?node:(internal|vm|events|async_hooks)/.test(line));
}
