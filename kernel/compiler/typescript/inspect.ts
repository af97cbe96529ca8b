// Inspection of a cell as it is typed: what a name is, its documentation, and the fields of options with
// theirs.
import { documentation, summaryOf } from './documentation.js';
import { type CellFile, type Checker, type TS, ts } from './internals.js';
import type { Universe } from './universe.js';

/**
 * Signature and documentation of the name at, or just before, the position. In a call: of the option there,
 * or of what is called.
 */
export function inspect({ checker }: Universe, file: CellFile, position: number): string | undefined {
  const touched = [position, position - 1].map((at) => ts.getTouchingPropertyName(file, at));
  for (const node of [...touched, calledAt(file, position)]) {
    const named = !node || node === file ? undefined : symbolAt(checker, node);
    if (!node || !named) continue;
    const symbol = named.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(named) : named;
    const meaning = symbol.flags & ts.SymbolFlags.Value ? undefined : everyMeaning;
    const { getSymbolDisplayPartsDocumentationAndSymbolKind: shown } = ts.SymbolDisplay;
    const { displayParts } = shown(checker, symbol, file, file, node, meaning);
    const own = documentation(symbol);
    const said =
      own.length > 0 ? own : (kindOf(checker, symbol) ?? []).flatMap((kind) => documentation(kind));
    return [ts.displayPartsToString(displayParts), ...said, ...fields(checker, symbol, file)].join('\n\n');
  }
  return undefined;
}

/** TypeScript's SemanticMeaning: value, type and namespace. */
const everyMeaning = 7;

/** The named type of a property, which explains one that has no documentation of its own. */
function kindOf(checker: Checker, symbol: TS.Symbol): TS.Symbol[] | undefined {
  if (!(symbol.flags & ts.SymbolFlags.Property)) return undefined;
  const { aliasSymbol } = checker.getNonNullableType(checker.getTypeOfSymbol(symbol));
  return aliasSymbol && [aliasSymbol];
}

/** Types have no value to stand in a cell, and are asked for by their name alone. */
function symbolAt(checker: Checker, node: TS.Node): TS.Symbol | undefined {
  const found = optionAt(checker, node) ?? checker.getSymbolAtLocation(node);
  if (found || !ts.isIdentifier(node)) return found;
  return checker.resolveName(node.text, node, ts.SymbolFlags.Type | ts.SymbolFlags.Alias, false);
}

/**
 * The option that a name in an object stands for, where the object is an argument; the object says nothing of
 * it.
 */
function optionAt(checker: Checker, node: TS.Node): TS.Symbol | undefined {
  const { parent } = node;
  if (!parent || !ts.isIdentifier(node)) return undefined;
  if (!ts.isPropertyAssignment(parent) && !ts.isShorthandPropertyAssignment(parent)) return undefined;
  if (parent.name !== node) return undefined;
  const wanted = checker.getContextualType(parent.parent);
  const kinds = wanted?.isUnion() ? wanted.types : wanted ? [wanted] : [];
  return kinds.map((type) => checker.getPropertyOfType(type, node.text)).find((found) => found !== undefined);
}

const mostFields = 40;
const wordsOf = ts.TypeFormatFlags.NoTruncation | ts.TypeFormatFlags.UseAliasDefinedOutsideCurrentScope;

/** The fields of an interface of data, or of each parameter of a function that takes such an interface. */
function fields(checker: Checker, symbol: TS.Symbol, file: CellFile): string[] {
  const files = new Map<string, TS.SourceFile>();
  const table = (name: string, type: TS.Type): string[] => {
    const all = checker.getPropertiesOfType(type);
    const isInterface = ((type.symbol?.flags ?? 0) & ts.SymbolFlags.Interface) !== 0;
    const isData =
      isInterface && all.every(({ declarations = [] }) => declarations.every(ts.isPropertySignature));
    if (!isData || all.length === 0 || all.length > mostFields) return [];
    const lines = all.map((field) => {
      const isOptional = (field.flags & ts.SymbolFlags.Optional) !== 0;
      const whole = checker.getTypeOfSymbol(field);
      const one = isOptional ? checker.getNonNullableType(whole) : whole;
      const isChoice = one.isUnion() && one.types.every((each) => each.isStringLiteral());
      const flags = isChoice ? wordsOf | ts.TypeFormatFlags.InTypeAlias : wordsOf;
      const text = checker.typeToString(one, file, flags);
      const head = `  ${field.name}${isOptional ? '?' : ''}: ${text}`;
      const sources = [field, ...(kindOf(checker, field) ?? [])];
      const [summary = ''] = sources.map((each) => summaryOf(each, files)).filter(Boolean);
      return summary === '' ? head : `${head}\n      ${summary}`;
    });
    return [[`${name}:`, ...lines].join('\n')];
  };
  const isInterface = symbol.flags & ts.SymbolFlags.Interface;
  if (isInterface) return table('fields', checker.getDeclaredTypeOfSymbol(symbol));
  const [signature] = symbol.valueDeclaration ? checker.getTypeOfSymbol(symbol).getCallSignatures() : [];
  const typeOf = (one: TS.Symbol): TS.Type => checker.getNonNullableType(checker.getTypeOfSymbol(one));
  return (signature?.parameters ?? []).flatMap((one) => table(one.name, typeOf(one)));
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

function isAmongArguments(
  file: CellFile,
  { arguments: given, end }: TS.CallExpression | TS.NewExpression,
  position: number,
): boolean {
  const isClosed = file.text[end - 1] === ')';
  return given !== undefined && position >= given.pos && (position < end || !isClosed);
}
