// tslab's private TypeScript 5.0 with the options that notebooks beside a package need. tslab fixes its
// options inside `createConverter`, so it gets this view of the compiler through the module cache.
//   - modules resolve as a bundler does (`exports` maps, the package's own name, `.ts` suffixes), from
//     the notebook's folder, with the kernel's own package as the last resort;
//   - strict, only node's ambient types, source maps kept; the last pass is ours (cellEmit.ts);
//   - only local sources are watched (sourceWatch.ts).
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type * as TS from '@tslab/typescript-for-tslab';
import type { Folders } from '../cellCompiler.js';
import { globals } from '../globals.js';
import { type EmittedCell, emitCell, withoutMapComment } from './cellEmit.js';
import { expandShorthand } from './shorthand.js';
import { watchSources } from './sourceWatch.js';

const require = createRequire(import.meta.url);

/** TS5097: "An import path can only end with '.ts'…" — the kernel loads such paths. */
const allowed = new Set([5097]);

/** TypeScript numbers its syntax errors below this. */
const firstSemanticCode = 2000;

/** The compiler's last two passes over a cell: TypeScript to ES modules (its source map) to CommonJS. */
export interface Passes {
  /** False: only the syntax is checked. */
  types: boolean;
  cell: { toModules?: string; toCommonJs?: EmittedCell };
  /** Local modules that the cell imports, newly compiled. */
  modules: LocalModule[];
}

export interface LocalModule {
  file: TS.SourceFile;
  /** The source maps of the two passes. */
  toModules: string;
  toCommonJs: string;
  javascript: string;
}

export interface TslabTypeScript {
  ts: typeof TS;
  passes: Passes;
  /** Tells the compiler which local sources were edited. */
  refresh(): void;
}

/** `fromTslab` requires as tslab's own files do. */
export function tslabTypeScript({ root, folder }: Folders, fromTslab: NodeJS.Require): TslabTypeScript {
  const path = fromTslab.resolve('@tslab/typescript-for-tslab');
  const ts = fromTslab(path) as typeof TS;
  const passes: Passes = { types: true, cell: {}, modules: [] };
  const pass: ModulePass = {};
  const globalsFile = join(root, '__globals__.d.ts');
  ts.sys.getCurrentDirectory = () => root;
  const refresh = watchSources(ts);

  const createWatchCompilerHost = (
    files: string[],
    given: TS.CompilerOptions,
    sys: TS.System,
    _program: undefined,
    onDiagnostic: TS.DiagnosticReporter,
    onStatus: TS.WatchStatusReporter,
  ) => {
    serveGlobals(sys, globalsFile);
    const options: TS.CompilerOptions = {
      ...given,
      lib: ['lib.es2023.d.ts'],
      moduleResolution: ts.ModuleResolutionKind.Bundler,
      types: ['node'],
      typeRoots: [...(given.typeRoots ?? []), dirname(dirname(require.resolve('@types/node/package.json')))],
      strict: true,
      alwaysStrict: false,
      sourceMap: true,
    };
    const builder = (...args: Parameters<typeof ts.createAbstractBuilder>) =>
      plainBuilder(
        ts,
        watchEmit(ts, ts.createAbstractBuilder(...args), passes, pass),
        join(root, '__tslab__.ts'),
      );
    const host = ts.createWatchCompilerHost(
      [...files, globalsFile],
      options,
      sys,
      builder,
      onDiagnostic,
      onStatus,
    );
    return resolveFrom(ts, host, root, folder);
  };
  const transpileModule: typeof ts.transpileModule = (input, options) => {
    if (pass.file) {
      const output = ts.transpileModule(input, {
        ...options,
        compilerOptions: { ...options.compilerOptions, sourceMap: true },
      });
      const javascript = withoutMapComment(output.outputText);
      passes.modules.push({
        file: pass.file,
        toModules: pass.toModules ?? '',
        toCommonJs: output.sourceMapText ?? '',
        javascript,
      });
      return output;
    }
    const cell = emitCell(ts, input, options.compilerOptions ?? {});
    passes.cell.toCommonJs = cell;
    return { outputText: cell.javascript };
  };
  const view = Object.assign(Object.create(null) as Record<string, unknown>, ts, {
    __esModule: true,
    createWatchCompilerHost,
    transpileModule,
    ...acceptingDiagnostics(ts, passes),
  });
  fromTslab.cache[path]!.exports = view;
  return { ts, passes, refresh };
}

function serveGlobals(sys: TS.System, file: string): void {
  const { readFile, fileExists } = sys;
  sys.readFile = (path, encoding) => (path === file ? globals : readFile(path, encoding));
  sys.fileExists = (path) => path === file || fileExists(path);
}

/** Cells live in `root` for the compiler and in `folder` for the user: resolve their imports from there. */
function resolveFrom<P extends TS.BuilderProgram>(
  ts: typeof TS,
  host: TS.WatchCompilerHost<P>,
  root: string,
  folder: string,
): TS.WatchCompilerHost<P> {
  const cache = ts.createModuleResolutionCache(root, (name) => name);
  const cellFiles = new Set([join(root, '__tslab__.ts'), join(root, '__prev__.d.ts')]);
  const kernelFile = join(dirname(require.resolve('emtd-lab/package.json')), 'cell.ts');
  host.resolveModuleNameLiterals = (literals, containing, redirected, options) =>
    literals.map(({ text }) => {
      const from = cellFiles.has(containing) ? join(folder, 'cell.ts') : containing;
      const resolved = ts.resolveModuleName(text, from, options, host, cache, redirected);
      if (resolved.resolvedModule || !cellFiles.has(containing)) return resolved;
      // Types that the cell did not name are declared by their path from `root`.
      const elsewhere = text.startsWith('.') ? containing : kernelFile;
      return ts.resolveModuleName(text, elsewhere, options, host, cache, redirected);
    });
  host.hasInvalidatedResolutions = () => false; // else every file counts as changed; see TslabCompiler.#renew
  return host;
}

/** The local module that is being emitted, if any, and its first source map. */
interface ModulePass {
  file?: TS.SourceFile;
  toModules?: string;
}

/** Keeps the source maps. tslab transpiles local modules while emitting them, the cell afterwards. */
function watchEmit<P extends TS.BuilderProgram>(
  ts: typeof TS,
  program: P,
  passes: Passes,
  pass: ModulePass,
): P {
  const { emit } = program;
  program.emit = (file, write, cancellation, declarationsOnly, transformers) => {
    const before = [
      expandShorthand(ts, program.getProgram().getTypeChecker()),
      ...(transformers?.before ?? []),
    ];
    const keepMap: typeof write =
      write &&
      ((name, data, ...more) => {
        if (name.endsWith('__tslab__.js.map')) passes.cell.toModules = data;
        else if (name.endsWith('.js.map')) pass.toModules = data;
        if (file && name.endsWith('.js')) pass.file = file;
        write(name, withoutMapComment(data), ...more);
        delete pass.file;
      });
    return emit(file, keepMap, cancellation, declarationsOnly, { ...transformers, before });
  };
  return program;
}

/**
 * TypeScript's other builders make a graph of all files at every cell. tslab needs little of it: the cell's
 * file bound to its names, and which local sources it imports, directly or not.
 */
function plainBuilder<P extends TS.BuilderProgram>(ts: typeof TS, program: P, cellFile: string): P {
  type Binder = { bindSourceFile(file: TS.SourceFile, options: TS.CompilerOptions): void };
  const cell = program.getSourceFile(cellFile);
  if (cell) (ts as unknown as Binder).bindSourceFile(cell, program.getCompilerOptions());
  program.getAllDependencies = (from) => {
    const found = new Set<TS.SourceFile>();
    const visit = (file: TS.SourceFile | undefined): void => {
      if (!file || file.isDeclarationFile || found.has(file)) return;
      found.add(file);
      for (const path of Object.values(localImports(file))) visit(program.getSourceFile(path));
    };
    visit(from);
    return [...found].map(({ fileName }) => fileName);
  };
  return program;
}

/** What a file's import specifiers are as files. */
export function localImports(file: TS.SourceFile): Record<string, string> {
  type Resolved = { resolvedModules?: Map<string, { resolvedModule?: TS.ResolvedModuleFull }> };
  const found: Record<string, string> = {};
  (file as unknown as Resolved).resolvedModules?.forEach(({ resolvedModule }, specifier) => {
    if (resolvedModule) found[specifier] = resolvedModule.resolvedFileName;
  });
  return found;
}

function acceptingDiagnostics(ts: typeof TS, passes: Passes): Record<string, unknown> {
  type Report = (...args: unknown[]) => readonly TS.Diagnostic[];
  const all = ts as unknown as Record<'getPreEmitDiagnostics' | 'getPreEmitDiagnosticsOfFiles', Report>;
  const isError = ({ code }: TS.Diagnostic): boolean =>
    !allowed.has(code) && (passes.types || code < firstSemanticCode);
  const accept =
    (report: Report): Report =>
    (...args) =>
      report(...args).filter(isError);
  return {
    getPreEmitDiagnostics: accept(all.getPreEmitDiagnostics),
    getPreEmitDiagnosticsOfFiles: accept(all.getPreEmitDiagnosticsOfFiles),
  };
}
