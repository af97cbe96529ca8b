// Syntax for the names that the back gives to a cell's JavaScript (`cellScope`):
//   __scope.x                  a top-level name of any cell
//   __import("m").x            a module that was loaded before the cell ran
//   __load("m")                `import("m")`: it is loaded now
import { type TS, ts } from './internals.js';

const { factory } = ts;
const scopeName = '__scope';

/** `const __scope = exports`: all cells share the object. */
export const scopeDeclaration = (): TS.Statement => constant(scopeName, factory.createIdentifier('exports'));

export const shared = (name: TS.Identifier): TS.Expression =>
  ts.setTextRange(
    factory.createPropertyAccessExpression(factory.createIdentifier(scopeName), name.text),
    name.pos >= 0 ? name : undefined,
  );

export const imported = (module: string, name?: string): TS.Expression => {
  const namespace = call('__import', factory.createStringLiteral(module));
  if (name === undefined) return namespace;
  const isIdentifier = /^[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*$/u.test(name);
  return isIdentifier
    ? factory.createPropertyAccessExpression(namespace, name)
    : factory.createElementAccessExpression(namespace, factory.createStringLiteral(name));
};

export const loaded = (module: TS.Expression): TS.Expression => call('__load', module);

/** `import.meta` of a cell or a local module. */
export const importMeta = (): TS.Expression => {
  const fields = {
    dirname: factory.createIdentifier('__dirname'),
    filename: factory.createIdentifier('__filename'),
    url: factory.createAdd(factory.createStringLiteral('file://'), factory.createIdentifier('__filename')),
  };
  const properties = Object.entries(fields).map(([name, value]) =>
    factory.createPropertyAssignment(name, value),
  );
  return factory.createObjectLiteralExpression(properties);
};

export const isImportMeta = (node: TS.Node): boolean =>
  ts.isMetaProperty(node) && node.keywordToken === ts.SyntaxKind.ImportKeyword;

export const assign = (to: TS.Expression, value: TS.Expression): TS.Expression =>
  factory.createAssignment(to, value);

export const call = (name: string, ...args: TS.Expression[]): TS.Expression =>
  factory.createCallExpression(factory.createIdentifier(name), undefined, args);

export const constant = (name: string, value: TS.Expression, flags = ts.NodeFlags.Const): TS.Statement => {
  const declaration = factory.createVariableDeclaration(name, undefined, undefined, value);
  return factory.createVariableStatement(
    undefined,
    factory.createVariableDeclarationList([declaration], flags),
  );
};

/** `__scope.x = value;` */
export const publish = (name: TS.Identifier, value: TS.Expression): TS.Statement =>
  factory.createExpressionStatement(assign(shared(name), value));
