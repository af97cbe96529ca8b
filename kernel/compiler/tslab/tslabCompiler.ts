// The cell compiler on tslab 1.0.22: its converter type-checks a cell against the declarations of the
// cells before it, and emits CommonJS plus the declarations for later cells.
import { createHash } from 'node:crypto';
import type * as TS from '@tslab/typescript-for-tslab';
import type * as Converters from 'tslab/dist/converter.js';
import type * as Inspecting from 'tslab/dist/inspect.js';
import {
  type CellCompiler,
  CellDiagnostics,
  type CompileOptions,
  type CompiledCell,
  type CompiledModule,
  type Completeness,
  type Completion,
  type Diagnostic,
  type Folders,
} from '../cellCompiler.js';
import { requireOfTslab } from '../../wire/tslabPackage.js';
import { composePlaces } from './places.js';
import { type LocalModule, type TslabTypeScript, localImports, tslabTypeScript } from './tslabTypeScript.js';

/** Diagnostics that a later `npm install` may resolve: the resolution must be tried again. */
const unresolved = new Set([2307, 7016]);

export class TslabCompiler implements CellCompiler {
  readonly #compiler: TslabTypeScript;
  readonly #tslab: typeof Converters;
  readonly #inspecting: typeof Inspecting;
  /** Every local module that was compiled, by path; and those that no cell has run with yet. */
  readonly #modules = new Map<string, CompiledModule>();
  readonly #fresh = new Set<CompiledModule>();
  #converter: Converters.Converter;
  #declarations = '';
  /** Declarations after the cell compiled last. */
  #after = '';

  constructor(folders: Folders) {
    const fromTslab = requireOfTslab();
    this.#compiler = tslabTypeScript(folders, fromTslab);
    this.#tslab = fromTslab('./dist/converter.js') as typeof Converters;
    this.#inspecting = fromTslab('./dist/inspect.js') as typeof Inspecting;
    this.#converter = this.#tslab.createConverter();
    this.#converter.convert('', '0;'); // the first check loads the library's types
  }

  compile(code: string, { types }: CompileOptions): CompiledCell {
    const { ts, passes, refresh } = this.#compiler;
    passes.types = types;
    refresh();
    passes.cell = {};
    const result = this.#converter.convert(this.#declarations, code);
    for (const module of passes.modules.splice(0)) {
      const compiled = compiledModule(ts, module);
      this.#modules.set(compiled.path, compiled);
      this.#fresh.add(compiled);
    }
    if (result.diagnostics.length > 0) {
      if (result.diagnostics.some((diagnostic) => unresolved.has(diagnostic.code))) this.#renew();
      throw new CellDiagnostics(joinChains(result.diagnostics));
    }
    this.#after = result.declOutput ?? '';
    const { toModules, toCommonJs } = passes.cell;
    const javascript = result.output ?? '';
    return {
      javascript: javascript + returnLast(result.lastExpressionVar),
      isAsync: result.hasToplevelAwait ?? false,
      imports: [], // cells and modules load theirs with `require`
      modules: [...this.#fresh],
      declares: declaredNames(javascript),
      places:
        toModules && toCommonJs
          ? composePlaces(ts, toModules, toCommonJs.map, toCommonJs.before, 1) // `export {};` comes first
          : new Int32Array(),
    };
  }

  commit(set: readonly string[] | 'all'): void {
    this.#fresh.clear();
    const isSet = set === 'all' ? () => true : (name: string) => set.includes(name);
    this.#declarations = setDeclarations(this.#compiler.ts, this.#declarations, this.#after, isSet);
  }

  complete(code: string, position: number): Completion {
    const { start, end, candidates, original } = this.#converter.complete(this.#declarations, code, position);
    const kinds = new Map(original?.entries.map(({ name, kind }) => [name, kind as string]));
    return { start, end, matches: candidates.map((text) => ({ text, type: kinds.get(text) ?? '' })) };
  }

  inspect(code: string, position: number): string | undefined {
    for (const place of [position, position - 1]) {
      const info = place >= 0 ? this.#converter.inspect(this.#declarations, code, place) : undefined;
      if (info) return this.#inspecting.printQuickInfo(info);
    }
    return undefined;
  }

  names(): [] {
    return [];
  }

  isComplete(code: string): Completeness {
    if (code.startsWith('%')) return { status: 'unknown' }; // a magic: not TypeScript, not known here
    const { completed, indent } = this.#tslab.isCompleteCode(code);
    if (!completed) return { status: 'incomplete', indent: indent ?? '' };
    const errors = syntaxErrors(this.#compiler.ts, code);
    if (errors.length === 0) return { status: 'complete' };
    const isOpen = errors.every(({ code: number }) => number === unterminatedTemplate);
    return isOpen ? { status: 'incomplete', indent: '' } : { status: 'invalid' };
  }

  warmUp(): boolean {
    return false;
  }

  reset(): void {
    this.#declarations = '';
    for (const module of this.#modules.values()) this.#fresh.add(module);
  }

  close(): void {
    this.#converter.close();
  }

  #renew(): void {
    this.#converter.close();
    this.#converter = this.#tslab.createConverter();
  }
}

/**
 * The declarations after a cell: new ones for the values that it has set, the earlier ones for the others.
 */
function setDeclarations(
  ts: typeof TS,
  before: string,
  after: string,
  isSet: (name: string) => boolean,
): string {
  const statements = (text: string): TS.Statement[] => [
    ...ts.createSourceFile('declarations.d.ts', text, ts.ScriptTarget.Latest, true).statements,
  ];
  const earlier = statements(before);
  const known = new Set(earlier.map((statement) => statement.getText()));
  const unset = new Set<string>();
  const current = statements(after).filter((statement) => {
    const names = declaredValues(ts, statement);
    if (known.has(statement.getText()) || names.every(isSet)) return true;
    for (const name of names) unset.add(name);
    return false;
  });
  const restored = earlier.filter((statement) => {
    const names = declaredValues(ts, statement);
    return names.length > 0 && names.every((name) => unset.has(name));
  });
  return [...current, ...restored].map((statement) => statement.getFullText()).join('');
}

function declaredValues(ts: typeof TS, statement: TS.Statement): string[] {
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.map(({ name }) => name.getText());
  const isNamed =
    ts.isFunctionDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isEnumDeclaration(statement);
  return isNamed && statement.name ? [statement.name.text] : [];
}

const unterminatedTemplate = 1160;

function syntaxErrors(ts: typeof TS, code: string): readonly TS.Diagnostic[] {
  const file = ts.createSourceFile('cell.ts', code, ts.ScriptTarget.Latest);
  return (file as unknown as { parseDiagnostics: TS.Diagnostic[] }).parseDiagnostics;
}

/** tslab lists the links of a message chain as neighbours with the same place: one diagnostic per chain. */
function joinChains(diagnostics: readonly Converters.Diagnostic[]): Diagnostic[] {
  const chains: Diagnostic[] = [];
  for (const { code, messageText, start, end, fileName } of diagnostics) {
    const last = chains.at(-1);
    if (last && last.start.offset === start.offset && last.end.offset === end.offset) {
      last.message += `\n  ${messageText}`;
    } else {
      chains.push({ code, message: messageText, start, end, file: fileName });
    }
  }
  return chains;
}

function compiledModule(
  ts: typeof TS,
  { file, toModules, toCommonJs, javascript }: LocalModule,
): CompiledModule {
  const isSource = (path: string): boolean =>
    /(?<!\.d)\.[cm]?tsx?$/.test(path) && !path.includes('/node_modules/');
  return {
    path: file.fileName,
    hash: createHash('sha256').update(javascript).digest('hex'),
    javascript,
    imports: [],
    places: composePlaces(ts, toModules, toCommonJs),
    local: Object.fromEntries(Object.entries(localImports(file)).filter(([, path]) => isSource(path))),
  };
}

/**
 * tslab leaves the value of the last expression in an export of this name; deleting would make `exports`
 * slow.
 */
function returnLast(name: string | undefined): string {
  return name ? `\n{ const last = exports.${name}; exports.${name} = undefined; return last; }` : '';
}

/** CommonJS begins with `exports.b = exports.a = void 0;` for what it declares. */
function declaredNames(javascript: string): string[] {
  const lines = javascript.match(/^(?:exports\.[\w$\u0080-\uffff]+ = )+void 0;$/gm) ?? [];
  return lines.flatMap((line) => [...line.matchAll(/exports\.([^ ]+)/g)].map(([, name]) => name!));
}
