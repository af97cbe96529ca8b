// Cells compiled by our own compiler and evaluated as the back does, without a kernel.
import { join } from 'node:path';
import { CellDiagnostics, cellScope, type CompiledCell } from '../../kernel/compiler/cellCompiler.js';
import { TypeScriptCompiler } from '../../kernel/compiler/typescript/typescriptCompiler.js';
import * as lab from '../lab.js';
import { root } from './harness.js';

const AsyncFunction = Object.getPrototypeOf(async () => {}).constructor as FunctionConstructor;

/** A notebook: cells compiled and evaluated one after another. */
export class Notebook {
  readonly variables: Record<string, unknown> = {};
  readonly compiler: TypeScriptCompiler;
  last: CompiledCell | undefined;

  constructor(folder = join(root, 'notebooks'), prelude?: string) {
    this.compiler = new TypeScriptCompiler({ root, folder }, prelude);
  }

  async run(code: string): Promise<unknown> {
    const cell = this.compiler.compile(code, { name: 'cell', types: true, prelude: true });
    this.last = cell;
    const loaded = new Map<string, unknown>();
    for (const specifier of cell.imports) {
      if (!specifier.startsWith('/'))
        loaded.set(specifier, specifier === 'emtd-lab' ? lab : await import(specifier));
    }
    const body = new (cell.isAsync ? AsyncFunction : Function)(cellScope, cell.javascript) as (
      ...args: unknown[]
    ) => unknown;
    const value = await body(
      this.variables,
      undefined,
      '/f/cell',
      '/f',
      () => 0,
      (_: number, x: unknown) => x,
      (name: string) => loaded.get(name),
      (name: string) => import(name),
      (_: number, x: unknown) => x,
    );
    this.compiler.commit('all');
    return value;
  }

  /** The value of the last one. */
  async runAll(codes: readonly string[]): Promise<unknown> {
    let value: unknown;
    for (const code of codes) value = await this.run(code);
    return value;
  }

  errors(code: string): string[] {
    try {
      this.compiler.compile(code, { name: 'cell', types: true, prelude: true });
    } catch (error) {
      if (error instanceof CellDiagnostics)
        return error.diagnostics.map(
          ({ code: number, start }) => `${start.line + 1}:${start.character + 1} TS${number}`,
        );
      throw error;
    }
    return [];
  }
}
