// What the cells so far have declared: for each name, the line that brings it into a later cell's file.
//   const, function, class, enum, namespace, type   import { x } from "cell:3"
//   let, var                                        declare let x: typeof import("cell:3").x   (may be assigned)
//   an import of the cell's                         the same import again
import type { TS } from './internals.js';

export type Kind = 'variable' | 'value' | 'type' | 'ambient' | 'import';

export interface Declared {
  name: string;
  kind: Kind;
  /** Of an import: the declaration that imports this one name. */
  importText?: string;
  /** Of an import: where it comes from, to bind it again when a local module was edited. */
  from?: string;
}

export class Scope {
  readonly #lines = new Map<string, Declared & { file: string }>();

  /** The declarations of a cell take the place of older ones of the same name. */
  add(file: string, declared: Iterable<Declared>): void {
    for (const one of declared) this.#lines.set(one.name, { ...one, file });
  }

  has(name: string): boolean {
    return this.#lines.has(name);
  }

  get(name: string): Declared | undefined {
    return this.#lines.get(name);
  }

  names(): IterableIterator<string> {
    return this.#lines.keys();
  }

  /** One line that declares these names, as far as they are known. */
  header(names: Iterable<string>): string {
    const lines: string[] = [];
    for (const name of names) {
      const known = this.#lines.get(name);
      if (!known) continue;
      const { kind, file, importText } = known;
      if (kind === 'import') lines.push(importText!);
      else if (kind === 'variable') lines.push(`declare let ${name}: typeof import("${file}").${name};`);
      else lines.push(`import { ${name} } from "${file}";`);
    }
    return lines.join(' ');
  }

  clear(): void {
    this.#lines.clear();
  }
}

/** The top-level declarations of a parsed cell. */
export function topLevel(ts: typeof TS, file: TS.SourceFile): Declared[] {
  const declared: Declared[] = [];
  const add = (name: string, kind: Kind, more: Partial<Declared> = {}): void => {
    declared.push({ name, kind, ...more });
  };
  for (const statement of file.statements) {
    const ambient = ts.canHaveModifiers(statement) && ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.DeclareKeyword);
    if (ts.isVariableStatement(statement)) {
      const { flags, declarations } = statement.declarationList;
      if (isUsing(ts, flags)) continue;
      const kind = ambient ? 'ambient' : flags & ts.NodeFlags.Const ? 'value' : 'variable';
      for (const { name } of declarations) for (const bound of boundNames(ts, name)) add(bound, kind);
    } else if (ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement)) {
      add(statement.name.text, 'type');
    } else if (
      ts.isFunctionDeclaration(statement) ||
      ts.isClassDeclaration(statement) ||
      ts.isEnumDeclaration(statement) ||
      (ts.isModuleDeclaration(statement) && ts.isIdentifier(statement.name) && !(statement.flags & ts.NodeFlags.GlobalAugmentation))
    ) {
      if (statement.name) add((statement.name as TS.Identifier).text, ambient ? 'ambient' : 'value');
    } else if (ts.isImportDeclaration(statement)) {
      for (const one of importedNames(ts, statement)) add(one.name, 'import', one);
    } else if (ts.isImportEqualsDeclaration(statement)) {
      add(statement.name.text, 'import', { importText: statement.getText(file) });
    }
  }
  return declared;
}

/** `using x` ends with its cell: it is not carried over. */
export function isUsing(ts: typeof TS, flags: TS.NodeFlags): boolean {
  return (flags & ts.NodeFlags.Using) === ts.NodeFlags.Using;
}

export function boundNames(ts: typeof TS, name: TS.BindingName): string[] {
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((element) => (ts.isOmittedExpression(element) ? [] : boundNames(ts, element.name)));
}

/** Each name of an import declaration with a declaration of its own. */
function importedNames(ts: typeof TS, { importClause, moduleSpecifier }: TS.ImportDeclaration): Declared[] {
  if (!importClause || !ts.isStringLiteral(moduleSpecifier)) return [];
  const from = moduleSpecifier.text;
  const quoted = JSON.stringify(from);
  const isType = importClause.phaseModifier === ts.SyntaxKind.TypeKeyword;
  const type = isType ? 'type ' : '';
  const named = (name: string, clause: string): Declared => ({
    name, kind: 'import', from, importText: `import ${type}${clause} from ${quoted};`,
  });
  const { name, namedBindings } = importClause;
  const found = name ? [named(name.text, name.text)] : [];
  if (namedBindings && ts.isNamespaceImport(namedBindings)) {
    found.push(named(namedBindings.name.text, `* as ${namedBindings.name.text}`));
  } else if (namedBindings) {
    for (const element of namedBindings.elements) found.push(named(element.name.text, `{ ${element.getText()} }`));
  }
  return found;
}

/** Identifiers in reference position, by name: what a cell may need from outside. */
export function referencedNames(ts: typeof TS, file: TS.SourceFile): Map<string, TS.Identifier[]> {
  const names = new Map<string, TS.Identifier[]>();
  const visit = (node: TS.Node): void => {
    if (ts.isIdentifier(node) && !isPropertyName(ts, node)) {
      const known = names.get(node.text);
      if (known) known.push(node);
      else names.set(node.text, [node]);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return names;
}

/** The name of a member, a property or a label: it means nothing outside of what it stands in. */
export function isPropertyName(ts: typeof TS, node: TS.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.name === node;
  if (ts.isQualifiedName(parent)) return parent.right === node;
  if (ts.isBindingElement(parent) || ts.isImportSpecifier(parent)) return parent.propertyName === node;
  return (
    ((ts.isClassElement(parent) || ts.isTypeElement(parent) || ts.isObjectLiteralElement(parent) || ts.isEnumMember(parent)) &&
      parent.name === node &&
      !ts.isShorthandPropertyAssignment(parent)) ||
    ts.isBreakOrContinueStatement(parent) ||
    ts.isLabeledStatement(parent) ||
    ts.isNamedTupleMember(parent)
  );
}
