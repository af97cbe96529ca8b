// The names that a module exports, read from its text and from the modules that it re-exports whole: a
// hundredth of the time that its types take. And what kind of thing a name is, from the text of the file that
// declares it.
import { readFileSync } from 'node:fs';
import { type TS, ts } from './internals.js';

type Resolve = (specifier: string, from: string) => string | undefined;

/**
 * Where a name comes from: what it is called in a file, which declares it or exports it too. `*` is all that
 * the file exports, as a namespace.
 */
export interface Origin {
  readonly path: string | undefined;
  readonly name: string;
}

/** `resolve`: the file of a specifier in a file. */
export function exportNames(path: string, resolve: Resolve): Map<string, Origin> {
  const file = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest);
  return new Map(file.statements.flatMap((statement) => [...namesOf(statement, path, resolve)]));
}

function namesOf(statement: TS.Statement, path: string, resolve: Resolve): Iterable<[string, Origin]> {
  if (ts.isExportDeclaration(statement)) {
    const { exportClause, moduleSpecifier } = statement;
    const from = moduleSpecifier && resolve((moduleSpecifier as TS.StringLiteral).text, path);
    if (!exportClause) return from === undefined ? [] : exportNames(from, resolve);
    if (!ts.isNamedExports(exportClause)) return [[exportClause.name.text, { path: from, name: '*' }]];
    return exportClause.elements.map(({ name, propertyName }) => [
      name.text,
      { path: moduleSpecifier ? from : path, name: (propertyName ?? name).text },
    ]);
  }
  const isExported =
    ts.canHaveModifiers(statement) &&
    statement.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
  if (!isExported) return [];
  const own = (name: string): [string, Origin] => [name, { path, name }];
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.map(({ name }) => own((name as TS.Identifier).text));
  }
  const { name } = statement as TS.DeclarationStatement;
  return name ? [own(name.text)] : [];
}

/** The names and those of the namespaces among them, `exact.ringIsing`, each by its last part. */
export function deepNames(names: ReadonlyMap<string, Origin>, resolve: Resolve): Map<string, string> {
  const inNamespaces = [...names].flatMap(([namespace, { path, name }]) =>
    name === '*' && path !== undefined
      ? [...exportNames(path, resolve).keys()].map((member): [string, string] => [
          member,
          `${namespace}.${member}`,
        ])
      : [],
  );
  return new Map([...inNamespaces, ...[...names.keys()].map((name): [string, string] => [name, name])]);
}

/**
 * As TypeScript names kinds: `function`, `class`, `const`, `interface`, `type`, `module`; `alias` if it is
 * unknown.
 */
export function kindOfExport({ path, name }: Origin, resolve: Resolve): string {
  if (name === '*') return 'module';
  if (path === undefined) return 'alias';
  const kinds = 'function|class|const|let|interface|type|enum|import \\* as';
  const declaration = new RegExp(`^(?:export |declare |abstract )*(${kinds}) ${name}(?![\\w$])`, 'm');
  const kind = declaration.exec(readFileSync(path, 'utf8'))?.[1];
  if (kind !== undefined) return kind.startsWith('import') ? 'module' : kind;
  const further = exportNames(path, resolve).get(name);
  return further && further.path !== path ? kindOfExport(further, resolve) : 'alias';
}
