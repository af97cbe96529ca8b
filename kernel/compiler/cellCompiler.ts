// The seam to a cell compiler: TypeScript cells in, JavaScript and carried declarations out. The first
// one is tslab's converter (tslabCompiler.ts); one on stock TypeScript can take its place.
import type { Completeness, Completion } from '../back/back.js';

export interface Position {
  /** Zero-based. */
  line: number;
  character: number;
  /** UTF-16 offset in the cell. */
  offset: number;
}

export interface Diagnostic {
  code: number;
  message: string;
  start: Position;
  end: Position;
  /** Another file than the cell itself, relative to the package root. */
  file?: string;
}

export interface CompiledCell {
  /** The body of a CommonJS module; top-level `await` in it when `isAsync`. */
  javascript: string;
  isAsync: boolean;
  /** The export that holds the value of the last expression. */
  resultName?: string;
  /** Local TypeScript modules that the cell imports, newly compiled: absolute path (.js) to CommonJS. */
  modules: ReadonlyMap<string, string>;
  /** Where a place in `javascript` (zero-based line, column) stands in the cell. */
  original(line: number, column: number): { line: number; column: number } | undefined;
  /** Makes the cell's declarations known to later cells: when it has run, or failed after it had set them. */
  commit(isSet: (name: string) => boolean): void;
}

/** The cell has type or syntax errors and must not run. */
export class CellDiagnostics extends Error {
  override readonly name = 'CellDiagnostics';
  constructor(readonly diagnostics: readonly Diagnostic[]) {
    super(diagnostics[0]?.message);
  }
}

export interface CellCompiler {
  /** @throws CellDiagnostics */
  compile(code: string): CompiledCell;
  complete(code: string, position: number): Completion;
  /** Type and documentation of what stands at the position. */
  inspect(code: string, position: number): string | undefined;
  isComplete(code: string): Completeness;
  close(): void;
}
