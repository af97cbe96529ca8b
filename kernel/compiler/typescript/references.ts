// Which identifiers of a checked cell mean a top-level name of the notebook, and which of its imports stand for
// values: settled by the checker, since a parameter or a local variable may bear the same name.
import { type CellFile, type Checker, type TS, ts } from './internals.js';
import { isPropertyName } from './scope.js';

export interface References {
  /** Ends of identifiers that mean a top-level name of this cell or an earlier one. */
  shared: Set<number>;
  /** Ends of identifiers that mean a name of the prelude. */
  prelude: Set<number>;
}

/** `names` are those of the notebook (true) and of the prelude (false); the cell begins at `start`. */
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

function isValueUse(node: TS.Identifier): boolean {
  if (isPropertyName(ts, node)) return false;
  return ts.isExpressionNode(node) || (ts.isShorthandPropertyAssignment(node.parent) && node.parent.name === node);
}

function isTopLevel(checker: Checker, file: CellFile, node: TS.Identifier): boolean {
  const symbol = checker.resolveName(node.text, node, ts.SymbolFlags.Value | ts.SymbolFlags.Alias, false);
  return (
    symbol?.declarations?.some((declaration) => {
      const statement = declaringStatement(declaration);
      if (statement?.parent !== file) return false;
      // Inside its own declaration a class or enum is not published yet, and means itself.
      const isInside = declaration.pos <= node.pos && node.end <= declaration.end;
      return !isInside || ts.isVariableStatement(statement);
    }) === true
  );
}

/** The statement by which a name is declared; none for parameters, loop variables and `using`. */
function declaringStatement(declaration: TS.Node): TS.Node | undefined {
  let node = declaration;
  while (
    ts.isBindingElement(node) || ts.isBindingName(node) || ts.isVariableDeclaration(node) ||
    ts.isImportSpecifier(node) || ts.isNamedImports(node) || ts.isNamespaceImport(node) || ts.isImportClause(node)
  )
    node = node.parent;
  if (ts.isVariableDeclarationList(node)) {
    if ((node.flags & ts.NodeFlags.Using) === ts.NodeFlags.Using) return undefined;
    node = node.parent;
    return ts.isVariableStatement(node) ? node : undefined;
  }
  return ts.isStatement(node) || ts.isImportEqualsDeclaration(node) ? node : undefined;
}

/** Names that the file's imports bind to values. */
export function importedValues(checker: Checker, file: CellFile): Set<string> {
  const values = new Set<string>();
  const add = (name: TS.Identifier): void => {
    const symbol = checker.getSymbolAtLocation(name);
    if (!symbol) return;
    const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
    // What could not be resolved (an untyped package) is taken for a value.
    if (target.flags & ts.SymbolFlags.Value || target.escapedName === 'unknown') values.add(name.text);
  };
  for (const statement of file.statements) {
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
