// Turns statements that bind top-level names into assignments to properties of the scope that all cells
// share.
//   let x = e                      __scope.x = e
//   const { a, ...b } = e          ({ a: __scope.a, ...__scope.b } = e)
//   import { ring } from "m"       __scope.ring = __import("m").ring
import { assign, call, imported, publish, shared } from './backNames.js';
import { boundNames, isVar } from './declared.js';
import { type TS, ts } from './internals.js';

const { factory } = ts;

/** One assignment per declaration; `var x` alone changes nothing. */
export function assignments(list: TS.VariableDeclarationList, visit: TS.Visitor): TS.Expression[] {
  return list.declarations
    .filter(({ initializer }) => initializer || !isVar(list))
    .map((declaration) => {
      const to = target(declaration.name, visit);
      const assignment = declaration.initializer
        ? initialised(declaration, to, visit)
        : assign(to, factory.createVoidZero());
      return ts.setTextRange(assignment, declaration);
    });
}

export function declareVariables(
  { declarationList }: TS.VariableStatement,
  visit: TS.Visitor,
): TS.Statement[] {
  return assignments(declarationList, visit).map((assignment) => {
    const isPattern = ts.isBinaryExpression(assignment) && ts.isObjectLiteralExpression(assignment.left);
    const statement = factory.createExpressionStatement(
      isPattern ? factory.createParenthesizedExpression(assignment) : assignment,
    );
    return ts.setTextRange(statement, assignment);
  });
}

/** Variables of `var` exist from the start, without a value. */
export const hoistedVariables = (list: Iterable<string>): TS.Statement[] =>
  Array.from(list, (name) => publish(factory.createIdentifier(name), factory.createVoidZero()));

/** A function or class without a name takes that of its variable; a property of an object gives none. */
export function withName(value: TS.Expression, name: string): TS.Expression {
  const bare = ts.skipOuterExpressions(value);
  const isAnonymous =
    ts.isArrowFunction(bare) || ((ts.isFunctionExpression(bare) || ts.isClassExpression(bare)) && !bare.name);
  if (!isAnonymous) return value;
  const object = factory.createObjectLiteralExpression([factory.createPropertyAssignment(name, value)]);
  return factory.createPropertyAccessExpression(factory.createParenthesizedExpression(object), name);
}

/** The target of a binding's assignment. */
export function target(name: TS.BindingName, visit: TS.Visitor): TS.Expression {
  if (ts.isIdentifier(name)) return shared(name);
  if (ts.isArrayBindingPattern(name)) {
    const items = name.elements.map((element) => {
      if (ts.isOmittedExpression(element)) return factory.createOmittedExpression();
      const to = target(element.name, visit);
      return element.dotDotDotToken ? factory.createSpreadElement(to) : initialised(element, to, visit);
    });
    return factory.createArrayLiteralExpression(items);
  }
  const properties = name.elements.map((element) => {
    const to = target(element.name, visit);
    if (element.dotDotDotToken) return factory.createSpreadAssignment(to);
    const key = element.propertyName ?? factory.createIdentifier(boundNames(element.name)[0]);
    return factory.createPropertyAssignment(
      ts.visitNode(key, visit) as TS.PropertyName,
      initialised(element, to, visit),
    );
  });
  return factory.createObjectLiteralExpression(properties);
}

/** `to`, or `to = e` where the binding has an initial value. */
function initialised(
  binding: TS.BindingElement | TS.VariableDeclaration,
  to: TS.Expression,
  visit: TS.Visitor,
): TS.Expression {
  const { name, initializer } = binding;
  if (!initializer) return to;
  const value = ts.visitNode(initializer, visit) as TS.Expression;
  return assign(to, ts.isIdentifier(name) ? withName(value, name.text) : value);
}

/** `values` are the names that stand for values, types vanish; `paths` those of local modules. */
export function bindImports(
  { importClause, moduleSpecifier }: TS.ImportDeclaration,
  values: ReadonlySet<string>,
  paths: ReadonlyMap<string, string>,
): TS.Statement[] {
  const specifier = (moduleSpecifier as TS.StringLiteral).text;
  const module = paths.get(specifier) ?? specifier;
  if (!importClause) return paths.has(specifier) ? [factory.createExpressionStatement(imported(module))] : [];
  const bindings: [TS.Identifier, TS.Expression][] = [];
  if (importClause.name) bindings.push([importClause.name, imported(module, 'default')]);
  const { namedBindings } = importClause;
  if (namedBindings && ts.isNamespaceImport(namedBindings))
    bindings.push([namedBindings.name, imported(module)]);
  else {
    for (const { name, propertyName } of namedBindings?.elements ?? [])
      bindings.push([name, imported(module, (propertyName ?? name).text)]);
  }
  return bindings.filter(([{ text }]) => values.has(text)).map(([name, value]) => publish(name, value));
}

/** `import x = require('m')` and `import x = A.B`. */
export function bindAlias(
  { name, moduleReference }: TS.ImportEqualsDeclaration,
  visit: TS.Visitor,
): TS.Statement {
  const chain = (entity: TS.EntityName): TS.Expression =>
    ts.isIdentifier(entity)
      ? (ts.visitNode(entity, visit) as TS.Expression)
      : factory.createPropertyAccessExpression(chain(entity.left), entity.right.text);
  const value = ts.isExternalModuleReference(moduleReference)
    ? call('require', moduleReference.expression)
    : chain(moduleReference);
  return publish(name, value);
}
