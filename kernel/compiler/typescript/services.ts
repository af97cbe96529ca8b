// Completion of a cell as it is typed, by the functions that TypeScript's editors use; and the names of a module with a line for each.
import type { Completion, KnownName } from '../cellCompiler.js';
import { type CellFile, type TS, ts } from './internals.js';
import { summaryOf } from './documentation.js';
import type { Universe } from './universe.js';

/** `position` is an offset in the file; `before` the length of its hidden part. */
export function complete(universe: Universe, file: CellFile, position: number, before: number): Completion {
  const host = {
    ...ts.sys,
    useCaseSensitiveFileNames: () => ts.sys.useCaseSensitiveFileNames,
    getCompilationSettings: () => universe.view.getCompilerOptions(),
    getCurrentDirectory: () => ts.sys.getCurrentDirectory(),
  };
  file.path = universe.hub; // paths are completed from the notebook's folder
  const preferences: TS.UserPreferences = { includeCompletionsForModuleExports: false, includeCompletionsWithInsertText: false };
  const found = ts.Completions.getCompletionsAtPosition(host, universe.view, () => {}, file, position, preferences);
  const word = /[\p{ID_Continue}$\u200c\u200d]*$/u.exec(file.text.slice(before, position))![0];
  const span = found?.entries.find(({ replacementSpan }) => replacementSpan)?.replacementSpan;
  const start = span ? span.start - before : position - before - word.length;
  const typed = file.text.slice(start + before, position).toLowerCase();
  const matches = (found?.entries ?? [])
    .filter(({ name, kind }) => kind !== ts.ScriptElementKind.warning && name.toLowerCase().startsWith(typed))
    .sort((a, b) => compare(a.sortText, b.sortText) || compare(a.name, b.name))
    .map(({ name, kind }) => ({ text: name, type: kind === ts.ScriptElementKind.alias ? kindOf(universe, file, name) : kind }));
  return { start, end: position - before, matches };
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The kind of the thing behind a name; names of earlier cells and of modules are imports. */
function kindOf({ checker }: Universe, file: CellFile, name: string): string {
  const any = ts.SymbolFlags.Value | ts.SymbolFlags.Type | ts.SymbolFlags.Namespace | ts.SymbolFlags.Alias;
  const symbol = checker.resolveName(name, file, any, true);
  const target = symbol && symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  return target ? ts.SymbolDisplay.getSymbolKind(checker, target, file) : ts.ScriptElementKind.alias;
}

/** The values that a module exports, by name, with the first sentence of their documentation. */
export function summaries(universe: Universe, specifier: string): KnownName[] {
  const { checker } = universe;
  const files = new Map<string, TS.SourceFile>();
  return universe.exportsOf(specifier).flatMap((symbol) => {
    const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
    if (!(target.flags & ts.SymbolFlags.Value)) return [];
    return [{ name: symbol.name, summary: summaryOf(target, files) }];
  }).sort((a, b) => compare(a.name, b.name));
}
