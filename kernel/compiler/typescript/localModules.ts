// Local TypeScript and JSON that cells import, directly or not: compiled to CommonJS, handed out when new or
// edited. Their own imports are loaded as ES modules, and read with `__import` as in cells.
import { createHash } from 'node:crypto';
import type { CompiledModule } from '../cellCompiler.js';
import { importMeta, isImportMeta } from './backNames.js';
import { checkpoints } from './checkpoints.js';
import { type CellFile, type TS, ts } from './internals.js';
import { withPlaces } from './emit.js';
import { isEditable } from './moduleHost.js';
import type { Universe } from './universe.js';

const compilerOptions: TS.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.CommonJS,
  esModuleInterop: false, // what `__import` returns has its `default`
  sourceMap: true,
};

export interface Local {
  /** The cell's own specifiers of local modules, as absolute paths. */
  paths: ReadonlyMap<string, string>;
  /** Files that were not handed out yet. */
  files: readonly TS.SourceFile[];
  /** Files to check: all when one is new, since an edit may break files that import it. */
  suspects: readonly TS.SourceFile[];
}

export class LocalModules {
  readonly #handedOut = new Map<string, string>();

  constructor(readonly universe: Universe) {}

  /** The local modules behind these specifiers of a cell, with all that they import. */
  among(specifiers: Iterable<string>): Local {
    const paths = new Map<string, string>();
    const reached = new Map<string, TS.SourceFile>();
    const reach = (file: TS.SourceFile): void => {
      if (reached.has(file.fileName)) return;
      reached.set(file.fileName, file);
      for (const { text } of (file as CellFile).imports ?? []) {
        const next = this.#local(text, file);
        if (next) reach(next);
      }
    };
    for (const specifier of specifiers) {
      const file = this.#local(specifier);
      if (!file) continue;
      paths.set(specifier, file.fileName);
      reach(file);
    }
    const files = [...reached.values()].filter(
      (file) => this.#handedOut.get(file.fileName) !== hashOf(file.text),
    );
    return { paths, files, suspects: files.length > 0 ? [...reached.values()] : [] };
  }

  compile(file: TS.SourceFile): CompiledModule {
    const { fileName: path, text } = file;
    const hash = hashOf(text);
    if (path.endsWith('.json')) {
      const javascript = `const value = ${text};\nObject.assign(exports, value, { default: value });\n`;
      return { path, hash, javascript, imports: [], places: new Int32Array(), local: {} };
    }
    const { outputText, sourceMapText } = ts.transpileModule(text, {
      fileName: path.replace(/\.[cm]ts$/, '.ts'), // whose suffix would decide about the modules
      compilerOptions,
      transformers: { before: [checkpoints], after: [importsForRequires] },
    });
    const local: Record<string, string> = {};
    const named = (file as CellFile).imports.map((specifier) => specifier.text);
    const imports = named.filter((specifier) => outputText.includes(specifier)); // types have vanished
    for (const specifier of imports) {
      const found = this.#local(specifier, file);
      if (found) local[specifier] = found.fileName;
    }
    return {
      path,
      hash,
      ...withPlaces(outputText, sourceMapText!),
      imports: imports.filter((specifier) => !(specifier in local)),
      local,
    };
  }

  /** The cell that came with them has run, so they have arrived. */
  handOut(modules: readonly CompiledModule[]): void {
    for (const { path, hash } of modules) this.#handedOut.set(path, hash);
  }

  reset(): void {
    this.#handedOut.clear();
  }

  #local(specifier: string, from?: TS.SourceFile): TS.SourceFile | undefined {
    const file = this.universe.imported(specifier, from);
    return file && isEditable(file.fileName) && !file.isDeclarationFile ? file : undefined;
  }
}

/**
 * `import.meta` as in cells. The `require("m")` that TypeScript writes for an import becomes `__import("m")`;
 * the module's own stay.
 */
const importsForRequires: TS.TransformerFactory<TS.SourceFile> = (context) => (file) => {
  const visit = (node: TS.Node): TS.Node => {
    if (isImportMeta(node)) return importMeta();
    if (!ts.isCallExpression(node)) return ts.visitEachChild(node, visit, context);
    const { expression: callee } = node;
    const isWritten =
      ts.isIdentifier(callee) && callee.text === 'require' && ts.getOriginalNode(callee).pos < 0;
    if (!isWritten) return ts.visitEachChild(node, visit, context);
    return ts.factory.updateCallExpression(
      node,
      ts.factory.createIdentifier('__import'),
      undefined,
      node.arguments,
    );
  };
  return ts.visitNode(file, visit) as TS.SourceFile;
};

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
