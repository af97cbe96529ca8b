// The documentation of a name: the comments before its declarations.
import { type TS, ts } from './internals.js';

/**
 * Files are parsed without comments; the one that declares the symbol is read again with them, and kept in
 * `files`.
 */
export function documentation(symbol: TS.Symbol, files = new Map<string, TS.SourceFile>()): string[] {
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

/** The first sentence of it. */
export function summaryOf(symbol: TS.Symbol, files = new Map<string, TS.SourceFile>()): string {
  const [text = ''] = documentation(symbol, files);
  const [summary] = /^(?!@).*?(?=\.\s|\n\s*\n|\n\s*@|$)/s.exec(text) ?? [''];
  return summary.replace(/\s+/g, ' ').replace(/\.$/, '');
}

function nodeBetween(node: TS.Node, pos: number, end: number, kind: TS.SyntaxKind): TS.Node | undefined {
  if (node.pos === pos && node.end === end && node.kind === kind) return node;
  if (node.pos > pos || node.end < end) return undefined;
  return ts.forEachChild(node, (child) => nodeBetween(child, pos, end, kind));
}

/** A comment without its stars. */
function plainText(comment: TS.Node): string {
  const text = comment
    .getText()
    .replace(/^\/\*\*\s?/, '')
    .replace(/\s*\*\/$/, '');
  return text
    .split('\n')
    .map((line) => line.replace(/^\s*\*\s?/, ''))
    .join('\n')
    .trim();
}
