// The cell compiler on TypeScript 6. A cell is a module of its own, checked from its source: one hidden line
// before it brings in what it uses of earlier cells, and exports what it declares.
//
//   export { c }; import { a } from "cell:1"; declare let b: typeof import("cell:2").b;
//   const c = a + b;                                                                    <- the cell
//
// Names that nothing declares are looked for in the prelude: the lab's own exports, which need no import.
import {
  type CellCompiler, CellDiagnostics, type CompiledCell, type CompileOptions, type Completeness, type Completion, type Folders,
} from '../cellCompiler.js';
import { globals } from '../globals.js';
import { parseCell } from './cellFile.js';
import { cellDiagnostics, moduleDiagnostics } from './diagnostics.js';
import { emitCell } from './emit.js';
import { type CellFile, storeCode, ts } from './internals.js';
import { isComplete } from './isComplete.js';
import { LocalModules } from './localModules.js';
import { placesOf } from './places.js';
import { importedValues, references } from './references.js';
import { type Declared, Scope, referencedNames, topLevel } from './scope.js';
import { complete, inspect } from './services.js';
import { Universe } from './universe.js';

/** "Cannot find module": a later `npm install` may help. */
const missingModule = 2307;

/** A name after a dot is one of a value's own; after three, any. */
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
  #preludeNames: ReadonlySet<string> | undefined;
  #withPrelude = true;
  #count = 0;
  /** What the cell compiled last declares and needs, until it has run. */
  #pending: { file: string; declared: Declared[]; modules: CompiledCell['modules'] } | undefined;

  /** `prelude` is the module whose exports cells may use without an import. */
  constructor(folders: Folders, prelude?: string) {
    this.#root = folders.root;
    this.#prelude = prelude;
    this.#universe = new Universe(folders, globals);
    this.#modules = new LocalModules(this.#universe);
    this.compile('0;', { name: 'first', types: true, prelude: false }); // makes the language's own types
  }

  compile(code: string, { types, prelude: withPrelude }: CompileOptions): CompiledCell {
    this.#withPrelude = withPrelude;
    this.#universe.refresh();
    const cell = this.#cell(code);
    const { file, start, declared, used, specifiers } = cell;
    const problems = cellDiagnostics(this.#universe, file, start, types);
    const local = this.#modules.among(specifiers);
    if (problems.length === 0 && types) problems.push(...moduleDiagnostics(this.#universe, local.suspects, this.#root));
    if (problems.length > 0) {
      if (problems.some((problem) => problem.code === missingModule)) this.#universe.forget(specifiers);
      throw new CellDiagnostics(problems);
    }
    const { checker } = this.#universe;
    const names = new Map([...used, ...declared.map(({ name }): [string, 'shared'] => [name, 'shared'])]);
    const { shared, prelude } = references(checker, file, start, names);
    const imported = importedValues(checker, file);
    const { javascript, mappings } = emitCell(file.text, {
      shared, prelude, imported, start, preludeModule: this.#prelude ?? '', paths: local.paths,
    });
    const modules = local.files.map((source) => this.#modules.compile(source));
    this.#pending = { file: file.fileName, declared, modules };
    return {
      javascript,
      modules,
      isAsync: hasTopLevelAwait(file),
      imports: specifiers.filter((specifier) => !local.paths.has(specifier)).concat(...local.paths.values()),
      declares: declared.filter(({ name, kind }) => kind === 'value' || kind === 'variable' || imported.has(name)).map(({ name }) => name),
      places: placesOf(mappings, 1),
    };
  }

  commit(set: readonly string[] | 'all'): void {
    if (!this.#pending) return;
    const { file, declared, modules } = this.#pending;
    this.#pending = undefined;
    this.#modules.handOut(modules);
    const isSet = ({ name, kind }: Declared): boolean => set === 'all' || kind === 'type' || kind === 'ambient' || set.includes(name);
    this.#scope.add(file, declared.filter(isSet));
  }

  complete(code: string, position: number): Completion {
    const everyName = !isMember.test(code.slice(0, position));
    return this.#look(code, everyName, (file, start) => complete(this.#universe, file, start + position, start));
  }

  inspect(code: string, position: number): string | undefined {
    return this.#look(code, false, (file, start) => inspect(this.#universe, file, start + position));
  }

  isComplete(code: string): Completeness {
    return code.startsWith('%') ? { status: 'unknown' } : isComplete(code);
  }

  /** Loads the types that most notebooks use, before a cell needs them. */
  warmUp(): void {
    this.#universe.complete();
    if (this.#prelude) this.inspect('tf.tensor1d([1]).add(1).dataSync()', 26);
    storeCode();
  }

  reset(): void {
    this.#scope.clear();
    this.#modules.reset();
    this.#pending = undefined;
  }

  close(): void {}

  /** Parses a cell, adds the hidden line, and makes the modules known that it imports. `everyName`: also names that it might yet use. */
  #cell(code: string, everyName = false): Cell {
    const draft = this.#universe.bound(parseCell('draft', `export {};${code}`));
    const declared = topLevel(ts, draft);
    const own = new Set(declared.map(({ name }) => name));
    const references = referencedNames(ts, draft);
    const mentioned = [...references.keys()];
    const used = new Map<string, 'shared' | 'prelude'>();
    for (const name of everyName ? [...mentioned, ...this.#scope.names()] : mentioned) {
      if (!own.has(name) && this.#scope.has(name)) used.set(name, 'shared');
    }
    const isUnknown = (name: string): boolean =>
      !own.has(name) && !used.has(name) && references.get(name)!.some((node) => !this.#universe.declares(node));
    let unknown = mentioned.filter(isUnknown);
    if (unknown.length > 0 || everyName) {
      this.#universe.complete();
      unknown = unknown.filter(isUnknown);
    }
    const candidates = everyName ? this.#preludeExports() : unknown.length > 0 ? unknown : [];
    for (const name of candidates) {
      if (!own.has(name) && !used.has(name) && this.#preludeExports().has(name)) used.set(name, 'prelude');
    }
    const header = this.#header(draft, declared, used);
    const named = parseCell('draft', `${header}${code}`).imports.map(({ text }) => text);
    const specifiers = [...new Set(named.filter((text) => !text.startsWith('cell:')))];
    this.#universe.require(specifiers);
    const file = this.#universe.addCell(`cell:${++this.#count}`, `${header}\n${code}`);
    return { file, start: header.length + 1, declared, used, specifiers };
  }

  #header(draft: CellFile, declared: readonly Declared[], used: ReadonlyMap<string, 'shared' | 'prelude'>): string {
    const exported = new Set(declared.map(({ name }) => name));
    for (const statement of draft.statements) {
      const isExported = ts.canHaveModifiers(statement) && ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
      if (isExported) for (const { name } of topLevel(ts, { statements: [statement] } as unknown as CellFile)) exported.delete(name);
    }
    const of = (kind: 'shared' | 'prelude'): string[] => [...used].filter(([, is]) => is === kind).map(([name]) => name);
    const prelude = of('prelude');
    return [
      `export { ${[...exported].join(', ')} };`,
      this.#scope.header(of('shared')),
      prelude.length > 0 ? `import { ${prelude.join(', ')} } from ${JSON.stringify(this.#prelude)};` : '',
    ].join(' ');
  }

  #preludeExports(): ReadonlySet<string> {
    if (this.#prelude === undefined || !this.#withPrelude) return new Set();
    this.#universe.require([this.#prelude]);
    return (this.#preludeNames ??= new Set(this.#universe.exportsOf(this.#prelude).map(({ name }) => name)));
  }

  /** A cell that is typed, not run. */
  #look<T>(code: string, everyName: boolean, at: (file: CellFile, start: number) => T): T {
    const { file, start } = this.#cell(code, everyName);
    try {
      return at(file, start);
    } finally {
      this.#universe.removeCell(file.fileName);
    }
  }
}

/** `await` outside of every function of the cell. */
function hasTopLevelAwait(file: CellFile): boolean {
  const visit = (node: import('typescript').Node): boolean => {
    if (ts.isFunctionLike(node) || ts.isClassStaticBlockDeclaration(node)) return false;
    if (ts.isAwaitExpression(node) || (ts.isForOfStatement(node) && node.awaitModifier)) return true;
    if (ts.isVariableDeclarationList(node) && (node.flags & ts.NodeFlags.AwaitUsing) === ts.NodeFlags.AwaitUsing) return true;
    return ts.forEachChild(node, visit) ?? false;
  };
  return visit(file);
}
