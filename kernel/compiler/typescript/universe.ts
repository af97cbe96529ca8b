// The types available to cells: the language, Node, the packages and local modules that cells import.
// One type checker stays as long as no new module is imported: cells are added to it file by file, so
// that a cell costs only its own checking. (TypeScript itself makes a new checker for every
// program, which binds and merges all global declarations again at every cell.)
import type { Folders } from '../cellCompiler.js';
import { parseCell } from './cellFile.js';
import { deepNames, exportNames, kindOfExport, type Origin } from './exportNames.js';
import { type CellFile, type Checker, type Program, type Resolution, type TS, ts } from './internals.js';
import { libraries, target } from './language.js';
import { ModuleHost } from './moduleHost.js';

/** How many cells (and completions) one checker may hold before a fresh one replaces it. */
const checkerLifetime = 2000;

const options: TS.CompilerOptions = {
  target,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  customConditions: ['node'],
  lib: libraries,
  types: [], // Node's types are loaded at the first name that the language does not have: see `complete`
  strict: true,
  skipLibCheck: true,
  esModuleInterop: true,
  resolveJsonModule: true,
  allowImportingTsExtensions: true,
  noEmit: true,
};

export class Universe {
  readonly #modules: ModuleHost;
  /** Resolutions of specifiers that were added after the program was made. */
  readonly #present = new Map<string, Resolution>();
  readonly #cells = new Map<string, CellFile>();
  #options: TS.CompilerOptions;
  #program: Program | undefined;
  #isStale = true;
  #view: Program | undefined;
  #checker: Checker | undefined;
  #held = 0;

  /** `light`: a module whose types are of use without Node's, which it names here and there. */
  constructor(
    folders: Folders,
    globals: string,
    readonly light?: string,
  ) {
    this.#modules = new ModuleHost(folders, globals, options);
    this.#options = this.#modules.options;
  }

  /** A path in the notebook's folder, from which cells import. */
  get hub(): string {
    return this.#modules.hub;
  }

  /** The checker over everything imported so far and the cells that were added. */
  get checker(): Checker {
    return (this.#checker ??= ts.createTypeChecker(this.view));
  }

  /** The program as checker and completion see it: cells included. */
  get view(): Program {
    return (this.#view ??= this.#withCells(this.#base()));
  }

  /** Adds Node's globals and modules; a first cell that uses only the language does not wait for them. */
  complete(): void {
    if (this.#options.types!.length > 0) return;
    this.#options = { ...this.#options, types: ['node'] };
    this.#renew();
  }

  /** Makes modules known, with Node's types. */
  require(wanted: readonly string[]): void {
    if (wanted.some((specifier) => specifier !== this.light)) this.complete();
    const { specifiers } = this.#modules;
    const fresh = wanted.filter((specifier) => !specifiers.has(specifier) && !this.#isAmbient(specifier));
    const absent = fresh.filter((specifier) => !this.#isPresent(specifier));
    for (const specifier of fresh) specifiers.add(specifier);
    if (absent.length > 0) this.#renew();
  }

  /** Resolves unresolved specifiers again: a package may have been installed meanwhile. */
  forget(specifiers: Iterable<string>): void {
    for (const specifier of specifiers) this.#modules.specifiers.delete(specifier);
    this.#modules.forget();
    this.#renew();
  }

  /** The file that a specifier stands for, in a module or (without one) in a cell. */
  imported(specifier: string, from?: TS.SourceFile): TS.SourceFile | undefined {
    const base = this.#base();
    const late = from ? undefined : this.#present.get(specifier);
    const module = (late ?? resolution(base, from ?? base.getSourceFile(this.hub)!, specifier))
      ?.resolvedModule;
    return module && base.getSourceFile(module.resolvedFileName);
  }

  /** The names that a module exports, whose types need not be loaded; none of a module that is not there. */
  namesOf(specifier: string): ReadonlyMap<string, Origin> {
    const path = this.#fileOf(specifier);
    return path === undefined ? new Map() : exportNames(path, this.#fileOf);
  }

  /** Such names and those of the namespaces among them, by the last part: `ringIsing` is `exact.ringIsing`. */
  deepNames(names: ReadonlyMap<string, Origin>): ReadonlyMap<string, string> {
    return deepNames(names, this.#fileOf);
  }

  /** What such a name is. */
  kindOf(origin: Origin): string {
    return kindOfExport(origin, this.#fileOf);
  }

  readonly #fileOf = (specifier: string, from?: string): string | undefined =>
    this.#modules.resolve(specifier, from).resolvedModule?.resolvedFileName;

  /** Whether the types of a module are loaded, and Node's. */
  knows(specifier: string): boolean {
    return this.#options.types!.length > 0 && this.#modules.specifiers.has(specifier);
  }

  /** The exports of a module that cells import. */
  exportsOf(specifier: string): TS.Symbol[] {
    const file = this.imported(specifier);
    const symbol = file && this.checker.getSymbolAtLocation(file);
    return symbol ? this.checker.getExportsOfModule(symbol) : [];
  }

  /** Drops local sources that were edited. */
  refresh(): void {
    if (this.#modules.refresh()) this.#renew();
  }

  /** Parses, binds and adds a cell; its imports must be known. */
  addCell(name: string, text: string): CellFile {
    const file = parseCell(name, text);
    this.#cells.set(name, file);
    if (++this.#held > checkerLifetime || isGlobal(file)) this.discardChecker();
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

  /** Removes a file that was only inspected, or does not run. */
  removeCell(name: string): void {
    const cell = this.#cells.get(name);
    this.#cells.delete(name);
    if (cell && isGlobal(cell)) this.discardChecker();
  }

  /** Forgets the cells that these do not need, directly or not; returns what is left. */
  sweep(needed: Iterable<string>): ReadonlySet<string> {
    const left = new Set<string>();
    const reach = (name: string): void => {
      const cell = this.#cells.get(name);
      if (!cell || left.has(name)) return;
      left.add(name);
      for (const { text } of cell.imports) reach(text);
    };
    for (const name of needed) reach(name);
    for (const [name, cell] of this.#cells) {
      if (isGlobal(cell)) reach(name);
    }
    for (const name of this.#cells.keys()) if (!left.has(name)) this.#cells.delete(name);
    return left;
  }

  /** Forgets the cells and all modules but these: their files are not read again. */
  reset(kept: readonly string[]): void {
    this.#cells.clear();
    if (this.#modules.keep(kept)) this.#renew();
    else this.discardChecker();
  }

  /** Node's own modules are declared in one piece with its globals. */
  #isAmbient(specifier: string): boolean {
    return this.checker.getAmbientModules().some(({ name }) => name === `"${specifier}"`);
  }

  /** A module that is already in the program needs no new one. */
  #isPresent(specifier: string): boolean {
    const resolved = this.#modules.resolve(specifier);
    const path = resolved.resolvedModule?.resolvedFileName;
    if (path === undefined || !this.#base().getSourceFile(path)) return false;
    this.#present.set(specifier, resolved);
    return true;
  }

  #renew(): void {
    this.#isStale = true;
    this.#present.clear();
    this.#view = undefined;
    this.discardChecker();
  }

  /** The next cell makes a fresh checker. */
  discardChecker(): void {
    this.#checker = undefined;
    this.#held = 0;
  }

  #base(): Program {
    if (this.#isStale || !this.#program) {
      const { globals, hub, host } = this.#modules;
      this.#program = ts.createProgram([globals, hub], this.#options, host, this.#program) as Program;
      this.#isStale = false;
    }
    return this.#program;
  }

  #withCells(base: Program): Program {
    const cells = this.#cells;
    const hub = base.getSourceFile(this.hub)!;
    const resolve = (file: TS.SourceFile, name: string, mode: TS.ResolutionMode): Resolution | undefined => {
      if (!cells.has(file.fileName)) return base.getResolvedModule(file, name, mode);
      const cell = cells.get(name);
      return cell ? resolutionOf(cell) : (this.#present.get(name) ?? resolution(base, hub, name));
    };
    const view = Object.create(base) as Program;
    return Object.assign(view, {
      getSourceFiles: () => [...base.getSourceFiles(), ...[...cells.values()].filter(isGlobal)],
      getSourceFile: (name: string) => cells.get(name) ?? base.getSourceFile(name),
      getResolvedModule: resolve,
      getResolvedModuleFromModuleSpecifier: (specifier: TS.StringLiteralLike, file?: TS.SourceFile) => {
        const from = file ?? specifier.getSourceFile();
        return resolve(from, specifier.text, base.getModeForUsageLocation(from, specifier));
      },
      getTypeChecker: () => this.checker,
    });
  }
}

/** Whether a cell declares more than its own names. */
const isGlobal = ({ moduleAugmentations }: CellFile): boolean => moduleAugmentations.length > 0;

/** The file of a specifier in a module. */
function resolution(program: Program, file: TS.SourceFile, specifier: string): Resolution | undefined {
  const literal = (file as CellFile).imports.find(({ text }) => text === specifier);
  return (
    literal && program.getResolvedModule(file, specifier, program.getModeForUsageLocation(file, literal))
  );
}

function resolutionOf({ fileName }: CellFile): Resolution {
  const how = { extension: ts.Extension.Ts, isExternalLibraryImport: false, resolvedUsingTsExtension: false };
  return { resolvedModule: { resolvedFileName: fileName, ...how } } as unknown as Resolution;
}
