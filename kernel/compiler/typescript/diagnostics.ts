// The errors of a cell or a local module, at places of its own text.
import { relative } from 'node:path';
import type { Diagnostic, Position, Related } from '../cellCompiler.js';
import { hasTopLevelAwait } from './checkpoints.js';
import { type CellFile, type TS, ts } from './internals.js';
import type { Universe } from './universe.js';

/**
 * Ignored: a package without types is `any`; a `let` without a type takes any value; `import x =
 * require('m')` works.
 */
const accepted = new Set([7016, 7005, 7034, 1202]);

/** Where the files of diagnostics lie. */
export interface Shown {
  /** The package root, from which files are named. */
  root: string;
  /** The names of earlier cells by their file. */
  cells: ReadonlyMap<string, string>;
}

/** How many other places are named with one error. */
const mostRelated = 4;

/** Only the syntax errors if there are any: further errors would be their consequences. */
export function cellDiagnostics(
  { checker }: Universe,
  file: CellFile,
  start: number,
  types: boolean,
  shown: Shown,
): Diagnostic[] {
  const jsx = file.parseDiagnostics.length > 0 ? firstJsx(file) : undefined;
  const found = jsx ? [errorAt(file, jsx, 17004, noJsx)] : [...file.parseDiagnostics];
  if (found.length === 0 && types)
    found.push(...applyDirectives(file, [...file.bindDiagnostics, ...checker.getDiagnostics(file)]));
  return found.map((diagnostic) => diagnosticAt(diagnostic, file, start, shown));
}

export function moduleDiagnostics(
  { checker, view }: Universe,
  files: readonly TS.SourceFile[],
  shown: Shown,
): Diagnostic[] {
  return files.flatMap((file) => {
    const found = [...view.getSyntacticDiagnostics(file)] as TS.Diagnostic[];
    if (found.length === 0) found.push(...applyDirectives(file as CellFile, checker.getDiagnostics(file)));
    if (found.length === 0 && hasTopLevelAwait(file))
      found.push(errorAt(file, { pos: 0, end: 0 }, 1309, noTopLevelAwait));
    return found.map((diagnostic) => ({
      ...diagnosticAt(diagnostic, file, 0, shown),
      file: relative(shown.root, file.fileName),
    }));
  });
}

/**
 * Removes errors that `@ts-ignore` and `@ts-expect-error` suppress; adds an error for each unused
 * `@ts-expect-error`.
 */
function applyDirectives(file: CellFile, diagnostics: readonly TS.Diagnostic[]): TS.Diagnostic[] {
  const directives = ts.createCommentDirectivesMap(file, file.commentDirectives ?? []);
  const ignored = ({ start = 0 }: TS.Diagnostic): boolean => {
    for (let { line } = file.getLineAndCharacterOfPosition(start); line > 0; ) {
      if (directives.markUsed(--line)) return true;
      const [from, to] = [
        file.getPositionOfLineAndCharacter(line, 0),
        file.getPositionOfLineAndCharacter(line + 1, 0),
      ];
      const text = file.text.slice(from, to).trim();
      if (text !== '' && !text.startsWith('//')) return false;
    }
    return false;
  };
  const isError = ({ category, code }: TS.Diagnostic): boolean =>
    category === ts.DiagnosticCategory.Error && !accepted.has(code);
  const found = diagnostics.filter((diagnostic) => isError(diagnostic) && !ignored(diagnostic));
  const unused = directives
    .getUnusedExpectations()
    .map(({ range }) => errorAt(file, range, 2578, "Unused '@ts-expect-error' directive."));
  return [...found, ...unused];
}

const errorAt = (
  file: TS.SourceFile,
  { pos, end }: TS.TextRange,
  code: number,
  messageText: string,
): TS.Diagnostic => ({
  file,
  start: pos,
  length: end - pos,
  code,
  category: ts.DiagnosticCategory.Error,
  messageText,
});

/** Local modules are loaded at once when a cell names them. */
const noTopLevelAwait =
  "A local module cannot use 'await' at the top level; export an async function and await it in a cell.";

const noJsx =
  "A cell cannot use JSX; call the function that makes the element, such as React.createElement('b', null, 'text').";

/** The first element of a file that is right but for its JSX. */
function firstJsx({ text, languageVersion }: TS.SourceFile): TS.TextRange | undefined {
  const file = ts.createSourceFile('cell.tsx', text, languageVersion, true, ts.ScriptKind.TSX) as CellFile;
  if (file.parseDiagnostics.length > 0) return undefined;
  const find = (node: TS.Node): TS.TextRange | undefined => {
    const isJsx = ts.isJsxElement(node) || ts.isJsxSelfClosingElement(node) || ts.isJsxFragment(node);
    return isJsx ? { pos: node.getStart(file), end: node.end } : ts.forEachChild(node, find);
  };
  return find(file);
}

/**
 * "Cannot assign to 'x' because it is an import": names of earlier cells are imported, which the reader does
 * not see.
 */
const assignedImport = 2632;
const assignedConstant = 2588;

function diagnosticAt(
  diagnostic: TS.Diagnostic,
  file: TS.SourceFile,
  before: number,
  shown: Shown,
): Diagnostic {
  const { code, messageText, start = 0, length = 0, relatedInformation = [] } = diagnostic;
  const isConstant = code === assignedImport;
  const message = ts.flattenDiagnosticMessageText(messageText, '\n');
  const related = relatedInformation
    .slice(0, mostRelated)
    .flatMap((one) => relatedAt(one, file, before, shown));
  return {
    code: isConstant ? assignedConstant : code,
    message: isConstant ? message.replace('an import', 'a constant') : message,
    start: placeIn(file, start, before),
    end: placeIn(file, start + length, before),
    ...(related.length > 0 ? { related } : {}),
  };
}

/** `before`: the length of the file's hidden line, 0 for none. */
function placeIn(file: TS.SourceFile, position: number, before: number): Position {
  const at = Math.min(Math.max(position, before), file.text.length);
  const { line, character } = file.getLineAndCharacterOfPosition(at);
  return { line: before > 0 ? line - 1 : line, character, offset: at - before };
}

function relatedAt(
  one: TS.DiagnosticRelatedInformation,
  own: TS.SourceFile,
  before: number,
  { root, cells }: Shown,
): Related[] {
  const { file, start = 0, messageText } = one;
  if (!file) return [];
  const message = ts.flattenDiagnosticMessageText(messageText, '\n');
  if (file === own && before > 0)
    return start < before ? [] : [{ message, start: placeIn(file, start, before) }];
  const cell = cells.get(file.fileName);
  const hidden = cell === undefined ? 0 : file.text.indexOf('\n') + 1;
  const path = relative(root, file.fileName);
  return [
    {
      message,
      start: placeIn(file, start, hidden),
      file: cell ?? (path.startsWith('..') ? file.fileName : path),
    },
  ];
}
