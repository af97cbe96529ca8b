// Completion of a cell as it is typed, by the functions that TypeScript's editors use; and the names of a
// module with a line for each.
import type { Completion, KnownName } from '../cellCompiler.js';
import { type CellFile, type TS, ts } from './internals.js';
import { summaryOf } from './documentation.js';
import type { Universe } from './universe.js';

/** `position` is an offset in the file; `before` the length of its hidden part. */
export function complete(universe: Universe, file: CellFile, position: number, before: number): Completion {
  const found = at(universe, file, position);
  const kind = (name: string): string => kindOf(universe, file, name);
  return completion(found?.entries ?? [], file, position, before, kind);
}

/**
 * The same while no types are loaded but the language's own. Undefined where no value of the prelude can
 * stand. `kind`: of a name of the prelude. The globals of Node are those of this thread.
 */
export function completeNames(
  universe: Universe,
  file: CellFile,
  position: number,
  before: number,
  kind: (name: string) => string | undefined,
): Completion | undefined {
  const found = at(universe, file, position);
  if (found?.isGlobalCompletion !== true || isProperty(file, position)) return undefined;
  if (!found.entries.some(({ name }) => kind(name))) return undefined;
  const known = new Set(found.entries.map(({ name }) => name));
  const others = [...Object.getOwnPropertyNames(globalThis), ...ofModules]
    .filter((name) => !known.has(name))
    .map((name) => {
      const isFunction =
        /^[a-z]/.test(name) && typeof (globalThis as Record<string, unknown>)[name] === 'function';
      return { name, kind: isFunction ? 'function' : 'var', sortText: '15' };
    });
  const kindOfAny = (name: string): string => kind(name) ?? kindOf(universe, file, name);
  const { matches, ...place } = completion([...found.entries, ...others], file, position, before, kindOfAny);
  return { ...place, matches: matches.filter(({ type }) => type !== 'interface' && type !== 'type') };
}

/** What Node's types declare beside the globals. */
const ofModules = ['__dirname', '__filename', 'exports', 'module', 'require'];

/** Whether the name of an option stands, or may stand, at the position. */
function isProperty(file: CellFile, position: number): boolean {
  const around = (child: TS.Node): TS.Node | undefined =>
    child.pos <= position && position <= child.end ? child : undefined;
  let node: TS.Node = file;
  for (let next: TS.Node | undefined = file; next; next = ts.forEachChild(next, around)) node = next;
  if (ts.isObjectLiteralExpression(node) || ts.isShorthandPropertyAssignment(node.parent)) return true;
  return ts.isPropertyAssignment(node.parent) && node.parent.name === node;
}

function at(universe: Universe, file: CellFile, position: number): TS.CompletionInfo | undefined {
  const host = {
    ...ts.sys,
    useCaseSensitiveFileNames: () => ts.sys.useCaseSensitiveFileNames,
    getCompilationSettings: () => universe.view.getCompilerOptions(),
    getCurrentDirectory: () => ts.sys.getCurrentDirectory(),
  };
  file.path = universe.hub; // paths are completed from the notebook's folder
  const preferences: TS.UserPreferences = {
    includeCompletionsForModuleExports: false,
    includeCompletionsWithInsertText: false,
  };
  return ts.Completions.getCompletionsAtPosition(host, universe.view, () => {}, file, position, preferences);
}

type Entry = Pick<TS.CompletionEntry, 'name' | 'sortText' | 'replacementSpan'> & { kind: string };

function completion(
  entries: readonly Entry[],
  file: CellFile,
  position: number,
  before: number,
  kindOf: (name: string) => string,
): Completion {
  const word = /[\p{ID_Continue}$\u200c\u200d]*$/u.exec(file.text.slice(before, position))![0];
  const span = entries.find(({ replacementSpan }) => replacementSpan)?.replacementSpan;
  const start = span ? span.start - before : position - before - word.length;
  const typed = file.text.slice(start + before, position).toLowerCase();
  const matches = entries
    .filter(({ name, kind }) => kind !== ts.ScriptElementKind.warning && name.toLowerCase().startsWith(typed))
    .sort((a, b) => compare(a.sortText, b.sortText) || compare(a.name, b.name))
    .map(({ name, kind }) => ({
      text: name,
      type: kind === ts.ScriptElementKind.alias ? kindOf(name) : kind,
    }));
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

/**
 * The values that a module exports, by name, with the first sentence of their documentation; those that only
 * a namespace has, as `exact.ringIsing`.
 */
export function summaries(universe: Universe, specifier: string): KnownName[] {
  const { checker } = universe;
  const files = new Map<string, TS.SourceFile>();
  const targetOf = (symbol: TS.Symbol): TS.Symbol =>
    symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  const own = universe.exportsOf(specifier);
  const atDoor = new Set(own.map(({ name }) => name));
  const known = (symbol: TS.Symbol, prefix = ''): KnownName[] => {
    const target = targetOf(symbol);
    if (symbol.declarations?.some(ts.isNamespaceExport)) {
      const members = checker.getExportsOfModule(target).filter(({ name }) => !atDoor.has(name));
      return members.flatMap((member) => known(member, `${symbol.name}.`));
    }
    if (!(target.flags & ts.SymbolFlags.Value)) return [];
    return [{ name: prefix + symbol.name, summary: summaryOf(target, files) }];
  };
  return own.flatMap((symbol) => known(symbol)).sort((a, b) => compare(a.name, b.name));
}
