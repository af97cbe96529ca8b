// Which identifiers of a checked cell mean a top-level name of the notebook, and which of its imports are
// values. The checker decides, since a parameter or a local variable may have the same name.
import { isUsing, isVar, isVarScope } from './declared.js';
import { type CellFile, type Checker, type TS, ts } from './internals.js';

export interface References {
  /** Ends of identifiers that mean a top-level name of this cell or an earlier one. */
  shared: Set<number>;
  /** Ends of identifiers that mean a name of the prelude. */
  prelude: Set<number>;
}

/** `names` are those of the notebook and of the prelude; the cell begins at `start`. */
export function references(
  checker: Checker,
  file: CellFile,
  start: number,
  names: ReadonlyMap<string, 'shared' | 'prelude'>,
): References {
  const found: References = { shared: new Set(), prelude: new Set() };
  const visit = (node: TS.Node): void => {
    if (ts.isIdentifier(node) && node.end > start) {
      const kind = names.get(node.text);
      if (kind && isValueUse(node) && isTopLevel(checker, file, node)) found[kind].add(node.end);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

/** Identifiers in reference position, by name: the names that a cell may need from outside. */
export function referencedNames(file: TS.SourceFile): Map<string, TS.Identifier[]> {
  const names = new Map<string, TS.Identifier[]>();
  const visit = (node: TS.Node): void => {
    if (ts.isIdentifier(node) && !isPropertyName(node)) {
      const known = names.get(node.text);
      if (known) known.push(node);
      else names.set(node.text, [node]);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return names;
}

/** Whether an identifier only names what is declared there. */
export const isDeclaredName = (node: TS.Identifier): boolean =>
  (node.parent as TS.NamedDeclaration).name === node && !ts.isShorthandPropertyAssignment(node.parent);

function isValueUse(node: TS.Identifier): boolean {
  if (isPropertyName(node)) return false;
  if (ts.isShorthandPropertyAssignment(node.parent))
    return node.parent.name === node || ts.isExpressionNode(node);
  return ts.isExpressionNode(node) || isAliased(node);
}

/** `A` of `import X = A.B.C`. */
function isAliased(node: TS.Identifier): boolean {
  let whole: TS.Node = node;
  while (ts.isQualifiedName(whole.parent)) whole = whole.parent;
  return ts.isImportEqualsDeclaration(whole.parent) && whole.parent.moduleReference === whole;
}

/** The name of a member, a property or a label: it means nothing outside of what it stands in. */
function isPropertyName(node: TS.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.name === node;
  if (ts.isQualifiedName(parent)) return parent.right === node;
  if (ts.isBindingElement(parent) || ts.isImportSpecifier(parent)) return parent.propertyName === node;
  const isMember =
    ts.isClassElement(parent) ||
    ts.isTypeElement(parent) ||
    ts.isObjectLiteralElement(parent) ||
    ts.isEnumMember(parent);
  if (isMember) return parent.name === node && !ts.isShorthandPropertyAssignment(parent);
  return (
    ts.isBreakOrContinueStatement(parent) || ts.isLabeledStatement(parent) || ts.isNamedTupleMember(parent)
  );
}

function isTopLevel(checker: Checker, file: CellFile, node: TS.Identifier): boolean {
  const symbol = checker.resolveName(node.text, node, ts.SymbolFlags.Value | ts.SymbolFlags.Alias, false);
  const declarations = symbol?.declarations ?? [];
  // Inside its own declaration a class or enum is not published yet, and means itself.
  const isInside = declarations.some(
    (one) =>
      one.pos <= node.pos &&
      node.end <= one.end &&
      !ts.isVariableDeclaration(one) &&
      !ts.isBindingElement(one) &&
      !isAlias(one),
  );
  return !isInside && declarations.some((declaration) => isShared(declaration, file));
}

const isAlias = (node: TS.Node): boolean =>
  ts.isImportSpecifier(node) ||
  ts.isNamespaceImport(node) ||
  ts.isImportClause(node) ||
  ts.isImportEqualsDeclaration(node);

/** Whether cells share a declared name: not parameters, loop variables (of `let`) and `using`. */
function isShared(declaration: TS.Node, file: CellFile): boolean {
  if (declaration.getSourceFile() !== file) return false;
  let node = declaration;
  while (
    ts.isBindingElement(node) ||
    ts.isBindingName(node) ||
    ts.isVariableDeclaration(node) ||
    ts.isImportSpecifier(node) ||
    ts.isNamedImports(node) ||
    ts.isNamespaceImport(node) ||
    ts.isImportClause(node)
  )
    node = node.parent;
  if (!ts.isVariableDeclarationList(node))
    return node.parent === file && (ts.isStatement(node) || ts.isImportEqualsDeclaration(node));
  if (isUsing(node.flags)) return false;
  if (!isVar(node)) return ts.isVariableStatement(node.parent) && node.parent.parent === file;
  for (let around: TS.Node = node.parent; around !== file; around = around.parent)
    if (isVarScope(around)) return false;
  return true;
}

/** Names that the file's imports bind to values. */
export function importedValues(checker: Checker, file: CellFile): Set<string> {
  const values = new Set<string>();
  const add = (name: TS.Identifier): void => {
    const symbol = checker.getSymbolAtLocation(name);
    if (!symbol) return;
    const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
    // An unresolved name (of an untyped package) counts as a value.
    if (target.flags & ts.SymbolFlags.Value || target.escapedName === 'unknown') values.add(name.text);
  };
  for (const statement of file.statements) {
    if (ts.isImportEqualsDeclaration(statement) && !statement.isTypeOnly) add(statement.name);
    if (!ts.isImportDeclaration(statement)) continue;
    const clause = statement.importClause;
    if (!clause || clause.phaseModifier === ts.SyntaxKind.TypeKeyword) continue;
    if (clause.name) add(clause.name);
    const { namedBindings } = clause;
    if (namedBindings && ts.isNamespaceImport(namedBindings)) values.add(namedBindings.name.text);
    else for (const element of namedBindings?.elements ?? []) if (!element.isTypeOnly) add(element.name);
  }
  return values;
}

/** The modules to load before the cell runs: imported for a value or for a side effect. */
export function neededModules(file: CellFile, values: ReadonlySet<string>): string[] {
  const needed = file.statements.filter(ts.isImportDeclaration).filter(({ importClause }) => {
    if (!importClause) return true;
    const { name, namedBindings } = importClause;
    const bound =
      namedBindings && (ts.isNamespaceImport(namedBindings) ? [namedBindings] : namedBindings.elements);
    return [...(name ? [{ name }] : []), ...(bound ?? [])].some((one) => values.has(one.name.text));
  });
  return needed
    .map(({ moduleSpecifier }) => (moduleSpecifier as TS.StringLiteral).text)
    .filter((text) => !text.startsWith('cell:'));
}
