// The cell compiler on TypeScript 6. A cell is a module of its own, checked from its source: one hidden line
// before it imports the names that it uses of earlier cells, and exports its declarations.
//
//   export { c }; import { a } from "cell:1"; declare let b: typeof import("cell:2").b;
//   const c = a + b;                                                                    <- the cell
//
// Undeclared names are looked up in the prelude: the lab's own exports, which need no import.
import { near } from '../../../src/numerics/near.js';
import {
  type CellCompiler,
  CellDiagnostics,
  type CompiledCell,
  type CompileOptions,
  type Completeness,
  type Completion,
  type Diagnostic,
  type Folders,
  type KnownName,
} from '../cellCompiler.js';
import { globals } from '../globals.js';
import { parseCell } from './cellFile.js';
import { hasTopLevelAwait } from './checkpoints.js';
import { type Declared, topLevel, varNames } from './declared.js';
import { cellDiagnostics, moduleDiagnostics } from './diagnostics.js';
import { emitCell } from './emit.js';
import type { Origin } from './exportNames.js';
import { type CellFile, storeCode } from './internals.js';
import { inspect } from './inspect.js';
import { isComplete } from './isComplete.js';
import { LocalModules } from './localModules.js';
import { importedValues, isDeclaredName, neededModules, referencedNames, references } from './references.js';
import { Scope, meanings } from './scope.js';
import { complete, completeNames, summaries } from './services.js';
import { Universe } from './universe.js';
import { withoutExports } from './withoutExports.js';

/** "Cannot find module": a later `npm install` may help. */
const missingModule = 2307;

/** "Cannot find name". */
const unknownName = 2304;

/** Number of cells (and completions) between two looks for cells that nothing comes from any more. */
const sweepPeriod = 50;

/** After a dot stands a member of a value; after three dots, any name. */
const isMember = /(?<!\.\.)\.\s*[\p{ID_Continue}$]*$/u;

/** A cell as it is checked. */
interface Cell {
  file: CellFile;
  /** Length of the hidden line. */
  start: number;
  declared: Declared[];
  /** Names of earlier cells and of the prelude that it uses. */
  used: Map<string, 'shared' | 'prelude'>;
  /** The modules that it imports. */
  specifiers: string[];
}

export class TypeScriptCompiler implements CellCompiler {
  readonly #root: string;
  readonly #prelude: string | undefined;
  readonly #universe: Universe;
  readonly #modules: LocalModules;
  readonly #scope = new Scope();
  /** Names of the prelude, once one of them was looked for. */
  #preludeNames: ReadonlyMap<string, Origin> | undefined;
  onPrelude = (): void => {};
  /**
   * The types that most notebooks use, the lab's and then Node's with them, in pieces that a completion can
   * wait for.
   */
  #cold: readonly (() => unknown)[] = [
    () => this.#prelude && this.#universe.require([this.#prelude]),
    () => this.#universe.view,
    () => this.#universe.checker,
    () => this.#warmPrelude(),
    () => (this.#universe.complete(), this.#universe.view),
    () => this.#universe.checker,
    () => {
      this.#warmPrelude();
      storeCode();
    },
  ];
  #summaries: readonly KnownName[] | undefined;
  #withPrelude = true;
  #count = 0;
  #swept = 0;
  /** The names of the cells that were compiled, by their file. */
  readonly #names = new Map<string, string>();
  /** The declarations and modules of the last compiled cell, until it has run. */
  #pending: { cell: Cell; modules: CompiledCell['modules'] } | undefined;

  /**
   * `prelude` is the module whose exports cells may use without an import; `withPrelude`: whether they may
   * before a cell says so.
   */
  constructor(folders: Folders, prelude?: string, withPrelude = true) {
    this.#root = folders.root;
    this.#prelude = prelude;
    this.#universe = new Universe(folders, globals, prelude);
    this.#modules = new LocalModules(this.#universe);
    this.compile('0;', { name: 'first', types: true, prelude: withPrelude }); // makes the language's own types
  }

  compile(code: string, { name, types, prelude: withPrelude }: CompileOptions): CompiledCell {
    this.#withPrelude = withPrelude;
    this.#universe.refresh();
    try {
      const cell = this.#cell(code);
      this.#names.set(cell.file.fileName, name);
      return this.#compiled(cell, types);
    } catch (error) {
      const file = cellName(this.#count);
      this.#universe.removeCell(file);
      this.#names.delete(file);
      if (!(error instanceof CellDiagnostics)) this.#universe.discardChecker(); // what it was doing is half done
      throw error;
    }
  }

  #compiled({ file, start, declared, used, specifiers }: Cell, types: boolean): CompiledCell {
    const shown = { root: this.#root, cells: this.#names };
    const problems = cellDiagnostics(this.#universe, file, start, types, shown);
    const local = this.#modules.among(specifiers);
    if (problems.length === 0 && types)
      problems.push(...moduleDiagnostics(this.#universe, local.suspects, shown));
    if (problems.length > 0) {
      if (problems.some((problem) => problem.code === missingModule)) this.#universe.forget(specifiers);
      throw new CellDiagnostics(problems.map((problem) => this.#withNearName(problem)));
    }
    const { checker } = this.#universe;
    const names = new Map([...used, ...declared.map(({ name }): [string, 'shared'] => [name, 'shared'])]);
    const { shared, prelude } = references(checker, file, start, names);
    const imported = importedValues(checker, file);
    const { javascript, places } = emitCell(file.text, {
      shared,
      prelude,
      imported,
      start,
      vars: varNames(file),
      preludeModule: this.#prelude ?? '',
      paths: local.paths,
    });
    const modules = local.files.map((source) => this.#modules.compile(source));
    const known = declared.map((one) =>
      one.kind === 'import' && !imported.has(one.name) ? { ...one, isType: true } : one,
    );
    this.#pending = { cell: { file, start, declared: known, used, specifiers }, modules };
    return {
      javascript,
      modules,
      isAsync: hasTopLevelAwait(file),
      imports: neededModules(file, imported).map((specifier) => local.paths.get(specifier) ?? specifier),
      declares: known.filter(hasValue).map(({ name }) => name),
      places,
    };
  }

  /** TypeScript itself names the near names of cells only. */
  #withNearName(problem: Diagnostic): Diagnostic {
    const [, name] =
      problem.code === unknownName ? (/^Cannot find name '(.+?)'/.exec(problem.message) ?? []) : [];
    if (name === undefined) return problem;
    const known = this.#universe.deepNames(this.#preludeExports());
    const other = near(name, [...known.keys()]);
    return other === undefined
      ? problem
      : { ...problem, message: `Cannot find name '${name}'. Did you mean '${known.get(other)}'?` };
  }

  commit(set: readonly string[] | 'all'): void {
    if (!this.#pending) return;
    const { cell, modules } = this.#pending;
    this.#pending = undefined;
    this.#modules.handOut(modules);
    const isSet = (one: Declared): boolean => set === 'all' || !hasValue(one) || set.includes(one.name);
    this.#scope.add(cell.file.fileName, cell.declared.filter(isSet), cell.used);
    if (this.#count - this.#swept >= sweepPeriod) this.#sweep();
  }

  /** Forgets the cells that nothing comes from any more. */
  #sweep(): void {
    this.#swept = this.#count;
    const left = this.#universe.sweep(this.#scope.files());
    for (const name of this.#names.keys()) if (!left.has(name)) this.#names.delete(name);
  }

  complete(code: string, position: number): Completion {
    const everyName = !isMember.test(code.slice(0, position));
    const prelude = this.#preludeExports();
    if (everyName && prelude.size > 0 && !this.#universe.knows(this.#prelude!)) {
      const kind = (name: string): string | undefined =>
        prelude.has(name) ? this.#universe.kindOf(prelude.get(name)!) : undefined;
      const early = this.#look(code, 'names', (file, start) =>
        completeNames(this.#universe, file, start + position, start, kind),
      );
      if (early) return early;
    }
    return this.#look(code, everyName, (file, start) =>
      complete(this.#universe, file, start + position, start),
    );
  }

  inspect(code: string, position: number): string | undefined {
    return this.#look(code, false, (file, start) => inspect(this.#universe, file, start + position));
  }

  names(): readonly KnownName[] {
    if (this.#preludeExports().size === 0) return [];
    this.#universe.require([this.#prelude!]);
    return (this.#summaries ??= summaries(this.#universe, this.#prelude!));
  }

  isComplete(code: string): Completeness {
    return code.startsWith('%') ? { status: 'unknown' } : isComplete(code);
  }

  warmUp(): boolean {
    const [piece, ...others] = this.#cold;
    this.#cold = others;
    piece?.();
    return others.length > 0;
  }

  reset(): void {
    this.#scope.clear();
    this.#names.clear();
    this.#universe.reset(this.#prelude === undefined ? [] : [this.#prelude]);
    this.#modules.reset();
    this.#pending = undefined;
  }

  close(): void {}

  /**
   * Parses a cell, adds the hidden line, and makes the modules known that it imports. `everyName`: also of
   * what it might yet use; 'names': without the modules.
   */
  #cell(code: string, everyName: boolean | 'names' = false): Cell {
    this.#count++;
    const text = withoutExports(code);
    const draft = this.#universe.bound(parseCell('draft', `export {};${text}`));
    const declared = topLevel(draft);
    const own = meanings(declared);
    const mentioned = referencedNames(draft);
    const uses = (name: string): boolean =>
      mentioned.get(name)?.some((node) => !isDeclaredName(node)) === true;
    const used = new Map<string, 'shared' | 'prelude'>();
    for (const name of everyName ? [...mentioned.keys(), ...this.#scope.names()] : mentioned.keys()) {
      const line = this.#scope.line(name, own.get(name));
      if (line !== '' && (!own.has(name) || uses(name))) used.set(name, 'shared');
    }
    const isUnknown = (name: string): boolean =>
      !own.has(name) &&
      !used.has(name) &&
      mentioned.get(name)!.some((node) => !this.#universe.declares(node));
    let unknown = [...mentioned.keys()].filter(isUnknown);
    const prelude = this.#preludeExports();
    if (everyName !== 'names' && (everyName || unknown.some((name) => !prelude.has(name)))) {
      // no name is one of Node and of the prelude
      this.#universe.complete();
      unknown = unknown.filter(isUnknown);
    }
    for (const name of everyName ? prelude.keys() : unknown) {
      if (!own.has(name) && !used.has(name) && prelude.has(name)) used.set(name, 'prelude');
    }
    const of = (kind: 'shared' | 'prelude'): string[] =>
      [...used.keys()].filter((name) => used.get(name) === kind);
    const header = [
      `export { ${[...own.keys()].join(', ')} };`,
      ...of('shared').map((name) => this.#scope.line(name, own.get(name))),
      of('prelude').length > 0
        ? `import { ${of('prelude').join(', ')} } from ${JSON.stringify(this.#prelude)};`
        : '',
    ].join(' ');
    const named = [...draft.imports, ...parseCell('draft', header).imports].map(
      (specifier) => specifier.text,
    );
    const specifiers = [...new Set(named.filter((name) => !name.startsWith('cell:')))];
    if (everyName !== 'names') {
      if (this.#prelude !== undefined && specifiers.includes(this.#prelude)) this.onPrelude();
      this.#universe.require(specifiers);
    }
    const file = this.#universe.addCell(cellName(this.#count), `${header}\n${text}`);
    return { file, start: header.length + 1, declared, used, specifiers };
  }

  #warmPrelude(): void {
    if (this.#prelude) this.inspect('tf.tensor1d([1]).add(1).dataSync()', 26);
  }

  #preludeExports(): ReadonlyMap<string, Origin> {
    if (this.#prelude === undefined || !this.#withPrelude) return new Map();
    return (this.#preludeNames ??= this.#universe.namesOf(this.#prelude));
  }

  /** Inspects a cell that is being edited, not run. */
  #look<T>(code: string, everyName: boolean | 'names', at: (file: CellFile, start: number) => T): T {
    const { file, start } = this.#cell(code, everyName);
    try {
      return at(file, start);
    } finally {
      this.#universe.removeCell(file.fileName);
    }
  }
}

/** Its file. */
const cellName = (count: number): string => `cell:${count}`;

/** Whether a name that a cell declares is in the scope when the cell has run. */
const hasValue = ({ kind, isType }: Declared): boolean => kind !== 'type' && kind !== 'ambient' && !isType;
