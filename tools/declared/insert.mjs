// Writes a check of the arguments at the entry of each public function into the JavaScript, as a step of the compiler:
//   if (!Number.isFinite(temperature)) $declared($signature0 ??= $prepared("metropolis", ["temperature", "finite"]), temperature);
// What a default value computes, and the taking apart of options, comes after it.
import { dirname, relative } from 'node:path';
import ts from 'typescript';

const checks = 'src/numerics/declared.js';

/** A step for TypeScript's `before`; `signatureOf(node, file)` is the signature of a function's declaration, or nothing. */
export const insertChecks = (root, signatureOf) => (context) => (file) => {
  const { factory } = context;
  const tables = [];
  const visit = (node) => {
    const signature = ts.isFunctionLike(node) && node.body ? signatureOf(node, file) : undefined;
    const inside = ts.visitEachChild(node, visit, context);
    return signature === undefined ? inside : withCheck(inside, signature);
  };
  const changed = ts.visitNode(file, visit);
  if (tables.length === 0) return file;
  const path = relative(dirname(file.fileName), `${root}/${checks}`).split('\\').join('/');
  const imported = factory.createImportDeclaration(undefined, factory.createImportClause(undefined, undefined, factory.createNamedImports(
    ['declared', 'prepared'].map((name) => factory.createImportSpecifier(false, factory.createIdentifier(name), factory.createIdentifier(`$${name}`))))),
  factory.createStringLiteral(path.startsWith('.') ? path : `./${path}`));
  const variables = factory.createVariableStatement(undefined, tables.map((name) => factory.createVariableDeclaration(name)));
  return factory.updateSourceFile(changed, [imported, ...changed.statements, variables]);

  function withCheck(node, { entry, later, after = -1 }) {
    const named = node.parameters.map((parameter, at) => plainParameter(parameter, at));
    const names = named.map(({ parameter }) => parameter.name.text).filter((name) => name !== 'this');
    const body = ts.isBlock(node.body) ? node.body : factory.createBlock([factory.createReturnStatement(node.body)], true);
    const whole = factory.updateBlock(body, [
      ...checkOf(entry, names), ...named.flatMap(({ statements }) => statements),
      ...body.statements.slice(0, after + 1), ...(later ? checkOf(later, names) : []), ...body.statements.slice(after + 1),
    ]);
    const parameters = named.map(({ parameter }) => parameter);
    if (ts.isFunctionDeclaration(node)) return factory.updateFunctionDeclaration(node, node.modifiers, node.asteriskToken, node.name, node.typeParameters, parameters, node.type, whole);
    if (ts.isMethodDeclaration(node)) return factory.updateMethodDeclaration(node, node.modifiers, node.asteriskToken, node.name, node.questionToken, node.typeParameters, parameters, node.type, whole);
    if (ts.isConstructorDeclaration(node)) return factory.updateConstructorDeclaration(node, node.modifiers, parameters, whole);
    if (ts.isFunctionExpression(node)) return factory.updateFunctionExpression(node, node.modifiers, node.asteriskToken, node.name, node.typeParameters, parameters, node.type, whole);
    return factory.updateArrowFunction(node, node.modifiers, node.typeParameters, parameters, node.type, node.equalsGreaterThanToken, whole);
  }

  function checkOf(signature, names) {
    const quick = signature.slice(1).map(([name, shape], at) => quickly(names[at], name, shape));
    if (quick.every((each) => each === 'true')) return [];
    const table = `$signature${tables.length}`;
    tables.push(table);
    const once = factory.createBinaryExpression(factory.createIdentifier(table), ts.SyntaxKind.QuestionQuestionEqualsToken,
      factory.createCallExpression(factory.createIdentifier('$prepared'), undefined, signature.map((each) => literal(factory, each))));
    const call = factory.createExpressionStatement(
      factory.createCallExpression(factory.createIdentifier('$declared'), undefined, [once, ...names.map((name) => factory.createIdentifier(name))]));
    if (quick.includes(undefined)) return [call];
    return [factory.createIfStatement(factory.createIdentifier(`!(${quick.filter((each) => each !== 'true').join(' && ')})`), call)];
  }

  /** A parameter with a plain name and a plain default; what is more follows the check. */
  function plainParameter(parameter, at) {
    const isPattern = !ts.isIdentifier(parameter.name);
    const isComputed = parameter.initializer !== undefined && !isConstant(parameter.initializer);
    if (!isPattern && !isComputed) return { parameter, statements: [] };
    const name = isPattern ? factory.createIdentifier(`$${at}`) : parameter.name;
    const initializer = isComputed || isPattern ? undefined : parameter.initializer;
    const question = parameter.initializer ? factory.createToken(ts.SyntaxKind.QuestionToken) : parameter.questionToken;
    const plain = factory.updateParameterDeclaration(parameter, parameter.modifiers, parameter.dotDotDotToken, name, question, parameter.type, initializer);
    const isMissing = factory.createBinaryExpression(name, ts.SyntaxKind.EqualsEqualsEqualsToken, factory.createVoidZero());
    const orDefault = parameter.initializer && factory.createConditionalExpression(isMissing, undefined, parameter.initializer, undefined, name);
    const statement = isPattern
      ? factory.createVariableStatement(undefined, factory.createVariableDeclarationList([factory.createVariableDeclaration(parameter.name, undefined, undefined, orDefault ?? name)], ts.NodeFlags.Let))
      : factory.createExpressionStatement(factory.createAssignment(name, orDefault));
    return { parameter: plain, statements: [statement] };
  }
};

/** The check as an expression, where it is a short one; the whole check names what is wrong. */
function quickly(variable, name, shape) {
  if (name.startsWith('...')) return undefined;
  const own = shape === 'any' ? 'true'
    : shape === 'finite' ? `Number.isFinite(${variable})`
    : shape === 'number' ? `(typeof ${variable} === "number" && ${variable} === ${variable})`
    : ['string', 'boolean', 'function', 'bigint'].includes(shape) ? `typeof ${variable} === "${shape}"`
    : shape.global ? `${variable} instanceof ${shape.global}` : undefined;
  return own && own !== 'true' && name.endsWith('?') ? `(${variable} === undefined || ${own})` : own;
}

const isConstant = (node) => ts.isLiteralExpression(node) || ts.isPrefixUnaryExpression(node) || [ts.SyntaxKind.TrueKeyword, ts.SyntaxKind.FalseKeyword, ts.SyntaxKind.NullKeyword].includes(node.kind)
  || (ts.isObjectLiteralExpression(node) && node.properties.length === 0) || (ts.isArrayLiteralExpression(node) && node.elements.length === 0);

/** JSON as an expression. */
function literal(factory, value) {
  if (Array.isArray(value)) return factory.createArrayLiteralExpression(value.map((each) => literal(factory, each)));
  if (typeof value === 'object') return factory.createObjectLiteralExpression(Object.entries(value).map(([name, each]) => factory.createPropertyAssignment(factory.createStringLiteral(name), literal(factory, each))));
  if (typeof value === 'string') return factory.createStringLiteral(value);
  if (typeof value === 'boolean') return value ? factory.createTrue() : factory.createFalse();
  return value < 0 ? factory.createPrefixUnaryExpression(ts.SyntaxKind.MinusToken, factory.createNumericLiteral(-value)) : factory.createNumericLiteral(value);
}
