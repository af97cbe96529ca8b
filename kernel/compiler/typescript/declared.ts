// The declarations at the top level of a cell, by name; `var` at any depth outside of functions, as in
// JavaScript.
import { type CellFile, type TS, ts } from './internals.js';

/**
 * `variable`: let and var; `value`: const and function; `class`: class, enum, namespace, each a value and a
 * type.
 */
export type Kind = 'variable' | 'value' | 'class' | 'type' | 'ambient' | 'import';

export interface Declared {
  name: string;
  kind: Kind;
  /** For an import, the declaration that imports this one name. */
  importText?: string;
  /** True for an import that stands for a type only. */
  isType?: boolean;
}

export function topLevel(file: CellFile): Declared[] {
  const declared: Declared[] = [];
  const add = (name: string, kind: Kind): unknown => declared.push({ name, kind });
  for (const statement of file.statements) {
    const ambient = isAmbient(statement);
    if (ts.isVariableStatement(statement)) {
      const { declarationList: list } = statement;
      if (isUsing(list.flags) || (isVar(list) && !ambient)) continue;
      const kind = ambient ? 'ambient' : list.flags & ts.NodeFlags.Const ? 'value' : 'variable';
      for (const { name } of list.declarations) for (const bound of boundNames(name)) add(bound, kind);
    } else if (ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement)) {
      add(statement.name.text, 'type');
    } else if (ts.isFunctionDeclaration(statement)) {
      if (statement.name) add(statement.name.text, ambient ? 'ambient' : 'value');
    } else if (
      ts.isClassDeclaration(statement) ||
      ts.isEnumDeclaration(statement) ||
      (ts.isModuleDeclaration(statement) &&
        ts.isIdentifier(statement.name) &&
        !(statement.flags & ts.NodeFlags.GlobalAugmentation))
    ) {
      if (statement.name) add((statement.name as TS.Identifier).text, ambient ? 'ambient' : 'class');
    } else if (ts.isImportDeclaration(statement)) {
      declared.push(...importedNames(statement));
    } else if (ts.isImportEqualsDeclaration(statement)) {
      add(statement.name.text, 'class');
    }
  }
  for (const name of varNames(file)) add(name, 'variable');
  return declared;
}

/** Names that `var` declares outside of functions. */
export function varNames(file: CellFile): Set<string> {
  const names = new Set<string>();
  const visit = (node: TS.Node): void => {
    if (isVarScope(node) || (ts.isVariableStatement(node) && isAmbient(node))) return;
    if (ts.isVariableDeclarationList(node) && isVar(node)) {
      for (const { name } of node.declarations) for (const bound of boundNames(name)) names.add(bound);
    }
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(file, visit);
  return names;
}

export function modifiersOf(statement: TS.Statement): readonly TS.Modifier[] {
  return (ts.canHaveModifiers(statement) && ts.getModifiers(statement)) || [];
}

export function isAmbient(statement: TS.Statement): boolean {
  return modifiersOf(statement).some(({ kind }) => kind === ts.SyntaxKind.DeclareKeyword);
}

/** `var`, not `let`, `const` or `using`. */
export const isVar = ({ flags }: TS.VariableDeclarationList): boolean =>
  (flags & ts.NodeFlags.BlockScoped) === 0;

/** `using x` ends with its cell: it is not carried over. */
export const isUsing = (flags: TS.NodeFlags): boolean => (flags & ts.NodeFlags.Using) === ts.NodeFlags.Using;

/** Scopes of a `var`: functions and the like. */
export const isVarScope = (node: TS.Node): boolean =>
  ts.isFunctionLike(node) ||
  ts.isClassStaticBlockDeclaration(node) ||
  ts.isPropertyDeclaration(node) ||
  ts.isModuleDeclaration(node);

export function boundNames(name: TS.BindingName): string[] {
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((element) =>
    ts.isOmittedExpression(element) ? [] : boundNames(element.name),
  );
}

/** Each name of an import declaration with a declaration of its own. */
function importedNames({ importClause, moduleSpecifier }: TS.ImportDeclaration): Declared[] {
  if (!importClause || !ts.isStringLiteral(moduleSpecifier)) return [];
  const quoted = JSON.stringify(moduleSpecifier.text);
  const type = importClause.phaseModifier === ts.SyntaxKind.TypeKeyword ? 'type ' : '';
  const named = (name: string, clause: string): Declared => ({
    name,
    kind: 'import',
    importText: `import ${type}${clause} from ${quoted};`,
  });
  const { name, namedBindings } = importClause;
  const found = name ? [named(name.text, name.text)] : [];
  if (namedBindings && ts.isNamespaceImport(namedBindings)) {
    found.push(named(namedBindings.name.text, `* as ${namedBindings.name.text}`));
  } else if (namedBindings) {
    for (const element of namedBindings.elements)
      found.push(named(element.name.text, `{ ${element.getText()} }`));
  }
  return found;
}
