// The interface of a cell compiler: TypeScript cells in, JavaScript and declarations out. Its results
// can be sent to another process: the compiler runs in a thread of the front, user code in the back.
import type { Places } from './places.js';

/** Line and character from 0; UTF-16 offset in the cell. */
export interface Position {
  line: number;
  character: number;
  offset: number;
}

/** A place with what is said of it. */
export interface Related {
  message: string;
  start: Position;
  /** Another file than the cell itself: relative to the package root, or the name of an earlier cell. */
  file?: string;
}

export interface Diagnostic extends Related {
  code: number;
  end: Position;
  /** Other places that explain the error, such as the parameter for which there is no argument. */
  related?: readonly Related[];
}

/** The parameters of a cell's JavaScript function; `exports` is one object for all cells. */
export const cellScope =
  'exports, require, __filename, __dirname, __epoch, __resume, __import, __load, __wait';

/** The parameters of a local module's JavaScript function. */
export const moduleScope =
  'exports, require, module, __filename, __dirname, __epoch, __resume, __import, __wait';

export interface CompiledCell {
  /** A function's body in `cellScope`, async when `isAsync`; it returns the value of the last expression. */
  javascript: string;
  isAsync: boolean;
  /**
   * Modules to load before the cell runs, for `__import(specifier)`: local ones by their path, others from
   * the notebook's folder.
   */
  imports: readonly string[];
  /** Local TypeScript modules that are new, or changed since a cell ran with them (`commit`). */
  modules: readonly CompiledModule[];
  /** The names (keys of `exports`) that the cell declares. */
  declares: readonly string[];
  places: Places;
}

export interface CompiledModule {
  /** Absolute path of the TypeScript source. */
  path: string;
  hash: string;
  /** A function's body in `moduleScope`: CommonJS, and `__import` for what `imports` lists. */
  javascript: string;
  imports: readonly string[];
  places: Places;
  /** Which of its specifiers are local modules: their absolute paths. */
  local: Readonly<Record<string, string>>;
}

/** The cell has type or syntax errors and must not run. */
export class CellDiagnostics extends Error {
  override readonly name = 'CellDiagnostics';
  constructor(readonly diagnostics: readonly Diagnostic[]) {
    super(diagnostics[0]?.message);
  }
}

export interface CompileOptions {
  /** Name of the cell in diagnostics and tracebacks. */
  name: string;
  /** False: only the syntax is checked. */
  types: boolean;
  /** Whether undeclared names are looked up in the prelude; tslab has none. */
  prelude: boolean;
}

export interface Completion {
  /** UTF-16 offsets of the text that a match replaces. */
  start: number;
  end: number;
  matches: { text: string; type: string }[];
}

/** A name that cells may use without an import, and the first sentence of its documentation. */
export interface KnownName {
  name: string;
  summary: string;
}

export interface Completeness {
  status: 'complete' | 'incomplete' | 'invalid' | 'unknown';
  indent?: string;
}

/** Positions are UTF-16 offsets. */
export interface CellCompiler {
  /** @throws CellDiagnostics */
  compile(code: string, options: CompileOptions): CompiledCell;
  /** The cell compiled last has run: these of the names that it declares have values. */
  commit(set: readonly string[] | 'all'): void;
  complete(code: string, position: number): Completion;
  /** Type and documentation of the name at the position. */
  inspect(code: string, position: number): string | undefined;
  /** The values of the prelude by name; none while it is off. */
  names(): readonly KnownName[];
  isComplete(code: string): Completeness;
  /** Loads in idle time a piece of what cells will probably need; whether there is more. */
  warmUp(): boolean;
  /** Forgets every cell and every module handed out. */
  reset(): void;
  close(): void;
  /**
   * Called when a cell, or what may become one, uses the prelude: its modules may be loaded while its types
   * are.
   */
  onPrelude?: () => void;
}

/** Where cells are. */
export interface Folders {
  /** The package root: the working folder of the compiler. */
  root: string;
  /** The notebook's folder, from which cells import. */
  folder: string;
}
