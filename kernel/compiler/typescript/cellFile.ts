// A cell as a source file of a program, without a program: parsed, with the module specifiers that it names.
import { type CellFile, type TS, ts } from './internals.js';
import { target } from './language.js';

/** A cell as `createProgram` would hand it to the checker. */
export function parseCell(name: string, text: string): CellFile {
  const file = ts.createSourceFile(
    name,
    text,
    { languageVersion: target },
    true,
    ts.ScriptKind.TS,
  ) as CellFile;
  file.path = file.resolvedPath = file.originalFileName = name;
  file.imports = [];
  file.moduleAugmentations = [];
  file.ambientModuleNames = [];
  const visit = (node: TS.Node): void => {
    const specifier = specifierOf(node);
    if (specifier) file.imports.push(specifier);
    if (
      ts.isModuleDeclaration(node) &&
      (ts.isStringLiteral(node.name) || node.flags & ts.NodeFlags.GlobalAugmentation)
    )
      file.moduleAugmentations.push(node.name);
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(file, visit);
  return file;
}

/** The module that an import or export declaration, `import()` or `import('…')` type names. */
function specifierOf(node: TS.Node): TS.StringLiteralLike | undefined {
  const named =
    ts.isImportDeclaration(node) || ts.isExportDeclaration(node)
      ? node.moduleSpecifier
      : ts.isImportEqualsDeclaration(node) && ts.isExternalModuleReference(node.moduleReference)
        ? node.moduleReference.expression
        : ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword
          ? node.arguments[0]
          : ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)
            ? node.argument.literal
            : undefined;
  return named && ts.isStringLiteralLike(named) ? named : undefined;
}
