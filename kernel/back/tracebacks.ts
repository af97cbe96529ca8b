// Stack traces with places in cells and in the user's TypeScript: every `stack` in the back is mapped at its
// creation, so that a logged error points there too; a failed cell's traceback has no frames of the kernel.
import { sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { inspect } from 'node:util';
import { type Place, type Places, originOf } from '../compiler/places.js';
import type { CellError } from '../wire/content.js';
import { Error, Map, Object } from './intrinsics.js';

export class Tracebacks {
  /** Prefixes of paths in the package. */
  readonly #roots: readonly string[];
  readonly #files = new Map<string, { title: string; places: Places }>();

  constructor(root: string) {
    this.#roots = [root + sep, `${pathToFileURL(root).href}/`];
  }

  /**
   * Remembers where a file's lines come from: a cell's functions may throw in later cells. `title`: its name
   * in a trace.
   */
  remember(file: string, title: string, places: Places): void {
    this.#files.set(file, { title, places });
  }

  install(): void {
    Error.prepareStackTrace = (error, frames) =>
      withoutInternals([headline(error), ...frames.map((frame) => `    at ${this.#frame(frame)}`)]).join(
        '\n',
      );
  }

  of(thrown: unknown): CellError {
    const isError = thrown instanceof Error || Object.prototype.toString.call(thrown) === '[object Error]';
    const error = thrown as Error;
    const ename = isError ? String(error.name) : 'Thrown';
    const evalue = isError ? sourceNames(String(error.message)) + hintOn(error) : inspect(thrown);
    const text = isError ? inspect(thrown) + hintOn(error) : `Thrown: ${evalue}`;
    const traceback = withoutInternals(text.split('\n')).map((line) => this.#fromRoot(sourceNames(line)));
    return { ename, evalue, traceback };
  }

  #frame(frame: NodeJS.CallSite): string {
    const text = String(frame);
    const file = frame.getFileName() ?? '';
    const mapped = this.#files.get(file);
    if (!mapped) return text;
    const compiled = { line: (frame.getLineNumber() ?? 1) - 1, column: (frame.getColumnNumber() ?? 1) - 1 };
    const original = originOf(mapped.places, compiled) ?? compiled;
    const written = ({ line, column }: Place): string => `${line + 1}:${column + 1}`;
    return text
      .replace(`${file}:${written(compiled)}`, `${mapped.title}:${written(original)}`)
      .replace(/^(async )?(?:Object|exports)\.(?=[^ ]+ \(cell\[)/, '$1'); // cells call each other through exports
  }

  #fromRoot(line: string): string {
    if (!/^\s+at /.test(line)) return line;
    return this.#roots.reduce((text, root) => text.replace(` ${root}`, ' ').replace(`(${root}`, '('), line);
  }
}

/** Node has no TypeScript of its own before version 22.18. */
function hintOn({ code }: NodeJS.ErrnoException): string {
  if (code !== 'ERR_UNKNOWN_FILE_EXTENSION') return '';
  return '\nOnly cells and what they import are compiled; on this Node a worker must be JavaScript: a file .mjs.';
}

/**
 * Messages of V8 about an expression; no others are rewritten, since a message may name a file `exports.csv`.
 */
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

function headline(error: Error): string {
  try {
    return Error.prototype.toString.call(error);
  } catch {
    return '<error>';
  }
}

const kernelFolder = new URL('..', import.meta.url).href;

/** `inspect` opens the brace of an error's properties behind its last frame. */
const opening = ' {';

function withoutInternals(lines: readonly string[]): string[] {
  const kept: string[] = [];
  for (const line of lines) {
    if (!isInternal(line)) kept.push(line);
    else if (line.endsWith(opening)) kept.push(`${kept.pop() ?? ''}${opening}`);
  }
  return kept;
}

function isInternal(line: string): boolean {
  return (
    /^\s+at /.test(line) &&
    (line.includes(kernelFolder) || /\(?node:(internal|vm|events|async_hooks)/.test(line))
  );
}
