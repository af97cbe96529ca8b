// Completion and inspection of a cell as it is typed, by the functions that TypeScript's editors use.
import type { Completion, KnownName } from '../cellCompiler.js';
import { type CellFile, type TS, ts } from './internals.js';
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

/** Signature and documentation of the name at, or just before, the position; among the arguments of a call, of what is called. */
export function inspect({ checker }: Universe, file: CellFile, position: number): string | undefined {
  const touched = [position, position - 1].map((at) => ts.getTouchingPropertyName(file, at));
  for (const node of [...touched, calledAt(file, position)]) {
    const named = !node || node === file ? undefined : checker.getSymbolAtLocation(node);
    if (!node || !named) continue;
    const symbol = named.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(named) : named;
    const { displayParts } = ts.SymbolDisplay.getSymbolDisplayPartsDocumentationAndSymbolKind(checker, symbol, file, file, node);
    return [ts.displayPartsToString(displayParts), ...documentation(symbol)].join('\n\n');
  }
  return undefined;
}

/** The name that the innermost call around the position calls: `f` in `f(1, |` and in `a.f(|)`. */
function calledAt(file: CellFile, cursor: number): TS.Node | undefined {
  const position = file.text.slice(0, cursor).trimEnd().length; // a call that is being typed ends before the space
  let found: TS.Node | undefined;
  const visit = (node: TS.Node): void => {
    if (node.pos > position || node.end < position) return;
    if ((ts.isCallExpression(node) || ts.isNewExpression(node)) && isAmongArguments(file, node, position)) {
      found = ts.isPropertyAccessExpression(node.expression) ? node.expression.name : node.expression;
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function isAmongArguments(file: CellFile, { arguments: given, end }: TS.CallExpression | TS.NewExpression, position: number): boolean {
  const isClosed = file.text[end - 1] === ')';
  return given !== undefined && position >= given.pos && (position < end || !isClosed);
}

/** The values that a module exports, by name, with the first sentence of their documentation. */
export function summaries(universe: Universe, specifier: string): KnownName[] {
  const { checker } = universe;
  const files = new Map<string, TS.SourceFile>();
  return universe.exportsOf(specifier).flatMap((symbol) => {
    const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
    if (!(target.flags & ts.SymbolFlags.Value)) return [];
    const [text = ''] = documentation(target, files);
    const [summary] = /^(?!@).*?(?=\.\s|\n\s*\n|\n\s*@|$)/s.exec(text) ?? [''];
    return [{ name: symbol.name, summary: summary.replace(/\s+/g, ' ').replace(/\.$/, '') }];
  }).sort((a, b) => compare(a.name, b.name));
}

/** Files are parsed without their comments; the one that declares the symbol is read again with them, and kept in `files`. */
function documentation(symbol: TS.Symbol, files = new Map<string, TS.SourceFile>()): string[] {
  const texts = new Set<string>();
  for (const declaration of symbol.declarations ?? []) {
    const { fileName, text, languageVersion } = declaration.getSourceFile();
    const whole = files.get(fileName) ?? ts.createSourceFile(fileName, text, languageVersion, true);
    files.set(fileName, whole);
    const twin = nodeBetween(whole, declaration.pos, declaration.end, declaration.kind);
    for (const comment of twin ? ts.getJSDocCommentsAndTags(twin) : []) texts.add(plainText(comment));
  }
  return [...texts];
}

function nodeBetween(node: TS.Node, pos: number, end: number, kind: TS.SyntaxKind): TS.Node | undefined {
  if (node.pos === pos && node.end === end && node.kind === kind) return node;
  if (node.pos > pos || node.end < end) return undefined;
  return ts.forEachChild(node, (child) => nodeBetween(child, pos, end, kind));
}

/** A comment without its stars. */
function plainText(comment: TS.Node): string {
  const text = comment.getText().replace(/^\/\*\*\s?/, '').replace(/\s*\*\/$/, '');
  return text.split('\n').map((line) => line.replace(/^\s*\*\s?/, '')).join('\n').trim();
}
