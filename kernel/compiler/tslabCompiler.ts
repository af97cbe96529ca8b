// The cell compiler on tslab 1.0.22: its converter type-checks a cell against the declarations of the
// cells before it, and emits CommonJS plus the declarations to carry on.
import { SourceMap, createRequire } from 'node:module';
import type * as TS from '@tslab/typescript-for-tslab';
import type * as Converters from 'tslab/dist/converter.js';
import type * as Inspecting from 'tslab/dist/inspect.js';
import type { Completeness, Completion } from '../back/back.js';
import { type CellCompiler, CellDiagnostics, type CompiledCell, type Diagnostic } from './cellCompiler.js';
import { type Passes, type Places, tslabTypeScript } from './tslabTypeScript.js';

const require = createRequire(import.meta.url);

/** Diagnostics after which a later `npm install` may help: the resolution must be tried afresh. */
const unresolved = new Set([2307, 7016]);

export class TslabCompiler implements CellCompiler {
  readonly #ts: typeof TS;
  readonly #passes: Passes;
  readonly #tslab: typeof Converters;
  #converter: Converters.Converter;
  #declarations = '';

  constructor(places: Places) {
    const { ts, passes } = tslabTypeScript(places);
    this.#ts = ts;
    this.#passes = passes;
    this.#tslab = require('tslab/dist/converter.js') as typeof Converters;
    this.#converter = this.#tslab.createConverter();
    this.#converter.convert('', '0;'); // the first check loads the library's types
  }

  compile(code: string): CompiledCell {
    this.#passes.toModules = this.#passes.toCommonJs = undefined;
    const result = this.#converter.convert(this.#declarations, code);
    if (result.diagnostics.length > 0) {
      if (result.diagnostics.some((diagnostic) => unresolved.has(diagnostic.code))) this.#renew();
      throw new CellDiagnostics(joinChains(result.diagnostics));
    }
    return {
      javascript: result.output ?? '',
      isAsync: result.hasToplevelAwait ?? false,
      ...(result.lastExpressionVar ? { resultName: result.lastExpressionVar } : {}),
      modules: new Map(result.sideOutputs?.map(({ path, data }) => [path, data])),
      original: originalPlace(this.#passes),
      commit: (isSet) => {
        this.#declarations = setDeclarations(this.#ts, this.#declarations, result.declOutput ?? '', isSet);
      },
    };
  }

  complete(code: string, position: number): Completion {
    const { start, end, candidates, original } = this.#converter.complete(this.#declarations, code, position);
    const kinds = new Map(original?.entries.map(({ name, kind }) => [name, kind as string]));
    return { start, end, matches: candidates.map((text) => ({ text, type: kinds.get(text) ?? '' })) };
  }

  inspect(code: string, position: number): string | undefined {
    const { printQuickInfo } = require('tslab/dist/inspect.js') as typeof Inspecting;
    for (const place of [position, position - 1]) {
      const info = place >= 0 ? this.#converter.inspect(this.#declarations, code, place) : undefined;
      if (info) return printQuickInfo(info);
    }
    return undefined;
  }

  isComplete(code: string): Completeness {
    if (code.startsWith('%')) return { status: 'unknown' }; // a magic: not TypeScript, not known here
    const { completed, indent } = this.#tslab.isCompleteCode(code);
    if (!completed) return { status: 'incomplete', indent: indent ?? '' };
    const errors = syntaxErrors(this.#ts, code);
    if (errors.length === 0) return { status: 'complete' };
    return errors.every(({ code: number }) => number === unterminatedTemplate)
      ? { status: 'incomplete', indent: '' }
      : { status: 'invalid' };
  }

  close(): void {
    this.#converter.close();
  }

  #renew(): void {
    this.#converter.close();
    this.#converter = this.#tslab.createConverter();
  }
}

/** Of the declarations after a cell: those that were there before, and those whose values it has set. */
function setDeclarations(
  ts: typeof TS,
  before: string,
  after: string,
  isSet: (name: string) => boolean,
): string {
  const statements = (text: string): TS.Statement[] => [
    ...ts.createSourceFile('declarations.d.ts', text, ts.ScriptTarget.Latest, true).statements,
  ];
  const known = new Set(statements(before).map((statement) => statement.getText()));
  return statements(after)
    .filter((statement) => known.has(statement.getText()) || declaredValues(ts, statement).every(isSet))
    .map((statement) => statement.getFullText())
    .join('');
}

function declaredValues(ts: typeof TS, statement: TS.Statement): string[] {
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.map(({ name }) => name.getText());
  if (
    ts.isFunctionDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isEnumDeclaration(statement)
  ) {
    return statement.name ? [statement.name.text] : [];
  }
  return [];
}

const unterminatedTemplate = 1160;

function syntaxErrors(ts: typeof TS, code: string): readonly TS.Diagnostic[] {
  const file = ts.createSourceFile('cell.ts', code, ts.ScriptTarget.Latest);
  return (file as unknown as { parseDiagnostics: TS.Diagnostic[] }).parseDiagnostics;
}

/** tslab lists the links of a message chain as neighbours with the same place: one diagnostic a chain. */
function joinChains(diagnostics: readonly Converters.Diagnostic[]): Diagnostic[] {
  const joined: Diagnostic[] = [];
  for (const { code, messageText, start, end, fileName } of diagnostics) {
    const last = joined.at(-1);
    if (last && last.start.offset === start.offset && last.end.offset === end.offset) {
      last.message += `\n  ${messageText}`;
    } else {
      joined.push({ code, message: messageText, start, end, ...(fileName ? { file: fileName } : {}) });
    }
  }
  return joined;
}

/** Composes the two passes' maps; the converter puts one line (`export {};`) before the cell. */
function originalPlace({ toModules, toCommonJs }: Passes): CompiledCell['original'] {
  if (!toModules || !toCommonJs) return () => undefined;
  const first = lazy(() => sourceMap(toModules));
  const second = lazy(() => sourceMap(toCommonJs.map));
  return (line, column) => {
    const middle = second().findEntry(line, column);
    if (!('originalLine' in middle)) return undefined;
    const before = toCommonJs.before(middle.originalLine, middle.originalColumn);
    const place = first().findEntry(before.line, before.column);
    if (!('originalLine' in place) || place.originalLine < 1) return undefined;
    return { line: place.originalLine - 1, column: place.originalColumn };
  };
}

function sourceMap(json: string): SourceMap {
  return new SourceMap(JSON.parse(json) as ConstructorParameters<typeof SourceMap>[0]);
}

function lazy<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}
