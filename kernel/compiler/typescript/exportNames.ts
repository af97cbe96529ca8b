// The names that a module exports, read from its text and from the modules that it re-exports whole: a hundredth of the time that its
// types take.
import { readFileSync } from 'node:fs';
import { type TS, ts } from './internals.js';

/** `resolve`: the file of a specifier in a file. */
export function exportNames(path: string, resolve: (specifier: string, from: string) => string | undefined): Set<string> {
  const file = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest);
  return new Set(file.statements.flatMap((statement) => [...namesOf(statement, path, resolve)]));
}

function namesOf(statement: TS.Statement, path: string, resolve: Parameters<typeof exportNames>[1]): Iterable<string> {
  if (ts.isExportDeclaration(statement)) {
    const { exportClause, moduleSpecifier } = statement;
    if (exportClause) return ts.isNamedExports(exportClause) ? exportClause.elements.map(({ name }) => name.text) : [exportClause.name.text];
    const whole = moduleSpecifier && resolve((moduleSpecifier as TS.StringLiteral).text, path);
    return whole === undefined ? [] : exportNames(whole, resolve);
  }
  const isExported = ts.canHaveModifiers(statement) && statement.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
  if (!isExported) return [];
  if (ts.isVariableStatement(statement)) return statement.declarationList.declarations.map(({ name }) => (name as TS.Identifier).text);
  const { name } = statement as TS.DeclarationStatement;
  return name ? [name.text] : [];
}
