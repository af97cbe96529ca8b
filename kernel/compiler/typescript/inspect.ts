// Inspection of a cell as it is typed: what a name is, its documentation, and the fields of options with theirs.
import { documentation, summaryOf } from './documentation.js';
import { type CellFile, type Checker, type TS, ts } from './internals.js';
import type { Universe } from './universe.js';

/**
 * Signature and documentation of the name at, or just before, the position; of an option in a call, of that option; elsewhere among
 * the arguments of a call, of what is called.
 */
export function inspect({ checker }: Universe, file: CellFile, position: number): string | undefined {
  const touched = [position, position - 1].map((at) => ts.getTouchingPropertyName(file, at));
  for (const node of [...touched, calledAt(file, position)]) {
    const named = !node || node === file ? undefined : symbolAt(checker, node);
    if (!node || !named) continue;
    const symbol = named.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(named) : named;
    const meaning = symbol.flags & ts.SymbolFlags.Value ? undefined : everyMeaning;
    const { displayParts } = ts.SymbolDisplay.getSymbolDisplayPartsDocumentationAndSymbolKind(checker, symbol, file, file, node, meaning);
    const said = documentation(symbol);
    const ofType = said.length === 0 ? kindOf(checker, symbol)?.flatMap((kind) => documentation(kind)) : undefined;
    return [ts.displayPartsToString(displayParts), ...(ofType ?? said), ...fields(checker, symbol, file)].join('\n\n');
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
  const option = optionAt(checker, node) ?? checker.getSymbolAtLocation(node);
  return option ?? (ts.isIdentifier(node) ? checker.resolveName(node.text, node, ts.SymbolFlags.Type | ts.SymbolFlags.Alias, false) : undefined);
}

/** The option that a name in an object stands for, where the object is an argument: the object itself has no documentation. */
function optionAt(checker: Checker, node: TS.Node): TS.Symbol | undefined {
  const { parent } = node;
  if (!parent || !ts.isIdentifier(node) || !(ts.isPropertyAssignment(parent) || ts.isShorthandPropertyAssignment(parent))) return undefined;
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
    const isData = (type.symbol?.flags ?? 0) & ts.SymbolFlags.Interface && all.every(({ declarations = [] }) => declarations.every(ts.isPropertySignature));
    if (!isData || all.length === 0 || all.length > mostFields) return [];
    const lines = all.map((field) => {
      const isOptional = (field.flags & ts.SymbolFlags.Optional) !== 0;
      const whole = checker.getTypeOfSymbol(field);
      const one = isOptional ? checker.getNonNullableType(whole) : whole;
      const isChoice = one.isUnion() && one.types.every((each) => each.isStringLiteral());
      const text = checker.typeToString(one, file, isChoice ? wordsOf | ts.TypeFormatFlags.InTypeAlias : wordsOf);
      const head = `  ${field.name}${isOptional ? '?' : ''}: ${text}`;
      const [summary = ''] = [field, ...(kindOf(checker, field) ?? [])].map((each) => summaryOf(each, files)).filter(Boolean);
      return summary === '' ? head : `${head}\n      ${summary}`;
    });
    return [[`${name}:`, ...lines].join('\n')];
  };
  if (symbol.flags & ts.SymbolFlags.Interface) return table('fields', checker.getDeclaredTypeOfSymbol(symbol));
  const [signature] = symbol.valueDeclaration ? checker.getTypeOfSymbol(symbol).getCallSignatures() : [];
  return (signature?.parameters ?? []).flatMap((one) => table(one.name, checker.getNonNullableType(checker.getTypeOfSymbol(one))));
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
