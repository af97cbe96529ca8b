// The types that cells live among: the language, Node, the packages and local modules that cells import.
// One type checker stays for as long as no new module is imported: cells are added to it file by file, so
// that a cell costs its own checking and nothing else. (TypeScript's own way, a new checker for every
// program, binds and merges all global declarations again at every cell.)
import { existsSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Folders } from '../cellCompiler.js';
import { type CellFile, type Checker, type Program, type Resolution, type TS, ts } from './internals.js';

const require = createRequire(import.meta.url);

/** How many cells (and completions) one checker may hold before a fresh one takes its place. */
const checkerLifetime = 2000;

const options: TS.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  customConditions: ['node'],
  lib: ['lib.es2023.d.ts', 'lib.esnext.disposable.d.ts', 'lib.decorators.d.ts'],
  types: [], // Node's come when something is named that the language does not have: see `complete`
  strict: true,
  skipLibCheck: true,
  esModuleInterop: true,
  resolveJsonModule: true,
  allowImportingTsExtensions: true,
  noEmit: true,
};

interface Source {
  file: TS.SourceFile;
  /** When and how large, of what may be edited. */
  stamp?: string;
}

export class Universe {
  readonly #host: TS.CompilerHost;
  readonly #resolutions: TS.ModuleResolutionCache;
  readonly #globals: { path: string; text: string };
  readonly #hub: string;
  readonly #sources = new Map<string, Source>();
  readonly #specifiers = new Set<string>();
  /** What specifiers mean that came after the program was made. */
  readonly #present = new Map<string, Resolution>();
  readonly #cells = new Map<string, CellFile>();
  #options: TS.CompilerOptions;
  #program: Program | undefined;
  #isStale = true;
  #view: Program | undefined;
  #checker: Checker | undefined;
  #held = 0;

  constructor({ root, folder }: Folders, globals: string) {
    this.#globals = { path: join(root, '__globals__.d.ts'), text: globals };
    this.#hub = join(folder, '__imports__.ts');
    const typeRoots = [join(root, 'node_modules', '@types'), dirname(dirname(require.resolve('@types/node/package.json')))];
    this.#options = { ...options, typeRoots };
    this.#resolutions = ts.createModuleResolutionCache(root, (name) => name, this.#options);
    this.#host = this.#makeHost({ root, folder });
  }

  /** The checker over everything imported so far and the cells that were added. */
  get checker(): Checker {
    return (this.#checker ??= ts.createTypeChecker(this.view));
  }

  /** The program as checker and completion see it: cells included. */
  get view(): Program {
    return (this.#view ??= this.#withCells(this.#base()));
  }

  /** Brings in Node's globals and modules, with which a first cell of pure language need not wait. */
  complete(): void {
    if (this.#options.types!.length > 0) return;
    this.#options = { ...this.#options, types: ['node'] };
    this.#renew();
  }

  /** Makes modules known; true when one of them was not known before. */
  require(specifiers: Iterable<string>): boolean {
    const wanted = [...specifiers];
    if (wanted.length > 0) this.complete();
    const fresh = wanted.filter((specifier) => !this.#specifiers.has(specifier) && !this.#isAmbient(specifier));
    const absent = fresh.filter((specifier) => !this.#isPresent(specifier));
    for (const specifier of fresh) this.#specifiers.add(specifier);
    if (absent.length > 0) this.#renew();
    return absent.length > 0;
  }

  /** Tries again what could not be resolved: a package may have been installed meanwhile. */
  forget(specifiers: Iterable<string>): void {
    for (const specifier of specifiers) this.#specifiers.delete(specifier);
    for (const [path, { stamp }] of this.#sources) if (stamp !== undefined) this.#sources.delete(path);
    this.#resolutions.clear();
    this.#renew();
  }

  /** The file that a specifier stands for, in a module or (without one) in a cell. */
  imported(specifier: string, from?: TS.SourceFile): TS.SourceFile | undefined {
    const base = this.#base();
    const late = from ? undefined : this.#present.get(specifier);
    const module = (late ?? resolution(base, from ?? base.getSourceFile(this.#hub)!, specifier))?.resolvedModule;
    return module && base.getSourceFile(module.resolvedFileName);
  }

  /** The exports of a module that cells import. */
  exportsOf(specifier: string): TS.Symbol[] {
    const file = this.imported(specifier);
    const symbol = file && this.checker.getSymbolAtLocation(file);
    return symbol ? this.checker.getExportsOfModule(symbol) : [];
  }

  /** Drops local sources that were edited; true when there were any. */
  refresh(): boolean {
    const edited = [...this.#sources].filter(([path, { stamp }]) => stamp !== undefined && stamp !== stampOf(path));
    for (const [path] of edited) this.#sources.delete(path);
    if (edited.length > 0) this.#renew();
    return edited.length > 0;
  }

  /** Parses, binds and adds a cell; its imports must be known. */
  addCell(name: string, text: string): CellFile {
    const file = parseCell(name, text);
    this.#cells.set(name, file);
    if (++this.#held > checkerLifetime || file.moduleAugmentations.length > 0) this.#renewChecker();
    return this.bound(file);
  }

  /** Knows which names its scopes declare. */
  bound(file: CellFile): CellFile {
    ts.bindSourceFile(file, options);
    return file;
  }

  /** Whether a name is declared where it stands: in its file, or globally. */
  declares(node: TS.Identifier): boolean {
    const any = ts.SymbolFlags.Value | ts.SymbolFlags.Type | ts.SymbolFlags.Namespace | ts.SymbolFlags.Alias;
    return this.checker.resolveName(node.text, node, any, false) !== undefined;
  }

  /** Takes out a file that was only looked at. */
  removeCell(name: string): void {
    this.#cells.delete(name);
  }

  /** Node's own modules are declared in one piece with its globals. */
  #isAmbient(specifier: string): boolean {
    return this.checker.getAmbientModules().some(({ name }) => name === `"${specifier}"`);
  }

  /** A module that others have brought in already needs no new program. */
  #isPresent(specifier: string): boolean {
    const [resolved] = this.#host.resolveModuleNameLiterals!(
      [ts.factory.createStringLiteral(specifier)], this.#hub, undefined, this.#options, undefined as never, undefined,
    );
    const path = resolved?.resolvedModule?.resolvedFileName;
    if (path === undefined || !this.#base().getSourceFile(path)) return false;
    this.#present.set(specifier, resolved!);
    return true;
  }

  #renew(): void {
    this.#isStale = true;
    this.#present.clear();
    this.#view = undefined;
    this.#renewChecker();
  }

  #renewChecker(): void {
    this.#checker = undefined;
    this.#held = 0;
  }

  #base(): Program {
    if (this.#isStale || !this.#program) {
      const roots = [this.#globals.path, this.#hub];
      this.#program = ts.createProgram(roots, this.#options, this.#host, this.#program) as Program;
      this.#isStale = false;
    }
    return this.#program;
  }

  #withCells(base: Program): Program {
    const cells = this.#cells;
    const hub = base.getSourceFile(this.#hub)!;
    const resolve = (file: TS.SourceFile, name: string, mode: TS.ResolutionMode): Resolution | undefined => {
      if (!cells.has(file.fileName)) return base.getResolvedModule(file, name, mode);
      const cell = cells.get(name);
      return cell ? resolutionOf(cell) : (this.#present.get(name) ?? resolution(base, hub, name));
    };
    const view = Object.create(base) as Program;
    return Object.assign(view, {
      getSourceFiles: () => [
        ...base.getSourceFiles(),
        ...[...cells.values()].filter(({ moduleAugmentations }) => moduleAugmentations.length > 0),
      ],
      getSourceFile: (name: string) => cells.get(name) ?? base.getSourceFile(name),
      getResolvedModule: resolve,
      getResolvedModuleFromModuleSpecifier: (specifier: TS.StringLiteralLike, file?: TS.SourceFile) => {
        const from = file ?? specifier.getSourceFile();
        return resolve(from, specifier.text, base.getModeForUsageLocation(from, specifier));
      },
      getTypeChecker: () => this.checker,
    });
  }

  #makeHost({ root, folder }: Folders): TS.CompilerHost {
    const options = this.#options;
    const host = ts.createCompilerHost(options);
    const { readFile, fileExists } = host;
    const virtual = (path: string): string | undefined => {
      if (path === this.#globals.path) return this.#globals.text;
      if (path !== this.#hub) return undefined;
      return [...this.#specifiers].map((specifier) => `import ${JSON.stringify(specifier)};`).join('\n') + '\nexport {};';
    };
    const kernel = join(dirname(require.resolve('emtd-lab/package.json')), 'cell.ts');
    return Object.assign(host, {
      jsDocParsingMode: ts.JSDocParsingMode.ParseNone, // comments are read again when somebody asks (services.ts)
      getCurrentDirectory: () => root,
      fileExists: (path: string) => virtual(path) !== undefined || fileExists(path),
      readFile: (path: string) => virtual(path) ?? readFile(path),
      getSourceFile: (path: string, how: TS.CreateSourceFileOptions) => this.#read(path, how, virtual(path)),
      resolveModuleNameLiterals: (
        literals: readonly TS.StringLiteralLike[],
        containing: string,
        redirected: TS.ResolvedProjectReference | undefined,
      ): readonly Resolution[] =>
        literals.map(({ text }) => {
          const from = containing === this.#hub ? join(folder, 'cell.ts') : containing;
          const resolved = ts.resolveModuleName(text, from, options, host, this.#resolutions, redirected);
          if (resolved.resolvedModule || containing !== this.#hub || text.startsWith('.')) return resolved;
          return ts.resolveModuleName(text, kernel, options, host, this.#resolutions, redirected);
        }),
    });
  }

  #read(path: string, how: TS.CreateSourceFileOptions, virtual: string | undefined): TS.SourceFile | undefined {
    if (virtual !== undefined) return ts.createSourceFile(path, virtual, how);
    const known = this.#sources.get(path);
    if (known) return known.file;
    if (!existsSync(path)) return undefined;
    const stamp = isEditable(path) ? stampOf(path) : undefined;
    const file = ts.createSourceFile(path, readFileSync(path, 'utf8'), how);
    this.#sources.set(path, { file, ...(stamp === undefined ? {} : { stamp }) });
    return file;
  }
}

/** A cell as `createProgram` would hand it to the checker. */
export function parseCell(name: string, text: string): CellFile {
  const file = ts.createSourceFile(name, text, { languageVersion: options.target! }, true, ts.ScriptKind.TS) as CellFile;
  file.path = file.resolvedPath = file.originalFileName = name;
  file.imports = [];
  file.moduleAugmentations = [];
  file.ambientModuleNames = [];
  const visit = (node: TS.Node): void => {
    const specifier = specifierOf(node);
    if (specifier) file.imports.push(specifier);
    if (ts.isModuleDeclaration(node) && (ts.isStringLiteral(node.name) || node.flags & ts.NodeFlags.GlobalAugmentation))
      file.moduleAugmentations.push(node.name);
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(file, visit);
  return file;
}

/** The module that an import or export declaration, `import()` or `import('…')` type names. */
function specifierOf(node: TS.Node): TS.StringLiteralLike | undefined {
  const named =
    ts.isImportDeclaration(node) || ts.isExportDeclaration(node)
      ? node.moduleSpecifier
      : ts.isImportEqualsDeclaration(node) && ts.isExternalModuleReference(node.moduleReference)
        ? node.moduleReference.expression
        : ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword
          ? node.arguments[0]
          : ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)
            ? node.argument.literal
            : undefined;
  return named && ts.isStringLiteralLike(named) ? named : undefined;
}

/** What a module means by one of its specifiers. */
function resolution(program: Program, file: TS.SourceFile, specifier: string): Resolution | undefined {
  const literal = (file as CellFile).imports.find(({ text }) => text === specifier);
  return literal && program.getResolvedModule(file, specifier, program.getModeForUsageLocation(file, literal));
}

function resolutionOf(cell: CellFile): Resolution {
  return {
    resolvedModule: { resolvedFileName: cell.fileName, extension: ts.Extension.Ts, isExternalLibraryImport: false, resolvedUsingTsExtension: false },
  } as unknown as Resolution;
}

/** Local TypeScript and JSON, which a reader edits beside the notebook; declarations of packages are not. */
export function isEditable(path: string): boolean {
  return !path.includes('/node_modules/') && !path.endsWith('.d.ts');
}

function stampOf(path: string): string {
  const { mtimeMs, size } = statSync(path, { throwIfNoEntry: false }) ?? { mtimeMs: 0, size: 0 };
  return `${mtimeMs}:${size}`;
}
