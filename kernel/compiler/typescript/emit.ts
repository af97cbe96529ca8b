// From a checked cell to JavaScript: the body of a function over the cell's scope.
//   - every top-level name of any cell is a property of one object, so that a function defined in one cell
//     sees what a later cell makes of a name: `let x = 1` becomes `__scope.x = 1`, a use of x `__scope.x`;
//   - imports are read from modules that the back has loaded: `__scope.ring = __import("emtd-lab").ring`;
//     names of the prelude directly, as `__import("emtd-lab").ring`;
//   - the value of the last expression is returned;
//   - each `await` gets a checkpoint, at which an interrupted cell ends (checkpoints.ts).
// Which identifiers are meant was settled on the checked tree; they are known here by where they end.
import { type TS, ts } from './internals.js';
import { isUsing } from './scope.js';

export interface Plan {
  /** Ends of identifiers that mean a top-level name of this or an earlier cell. */
  shared: ReadonlySet<number>;
  /** Ends of identifiers that mean a name of the prelude. */
  prelude: ReadonlySet<number>;
  preludeModule: string;
  /** Imported names that stand for values; types vanish. */
  imported: ReadonlySet<string>;
  /** Specifiers of local modules as absolute paths. */
  paths: ReadonlyMap<string, string>;
  /** Where the cell's own code begins in the file. */
  start: number;
}

const { factory } = ts;
const scopeName = '__scope';

const compilerOptions: TS.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  sourceMap: true,
  useDefineForClassFields: true,
};

export interface Emitted {
  javascript: string;
  /** As in CompiledCell; lines of the file, not of the cell. */
  mappings: string;
}

export function emitCell(text: string, plan: Plan): Emitted {
  const { outputText, sourceMapText } = ts.transpileModule(text, {
    fileName: 'cell.ts',
    compilerOptions,
    jsDocParsingMode: ts.JSDocParsingMode.ParseNone,
    transformers: { before: [shareNames(plan)], after: [withoutExports] },
  });
  const { mappings } = JSON.parse(sourceMapText!) as { mappings: string };
  return { javascript: outputText.replace(/\n?\/\/# sourceMappingURL=\S*\s*$/, '\n'), mappings };
}

/** `export {}`, with which TypeScript marks what was a module. */
const withoutExports: TS.TransformerFactory<TS.SourceFile> = () => (file) =>
  factory.updateSourceFile(file, file.statements.filter((statement) => !ts.isExportDeclaration(statement)));

function shareNames(plan: Plan): TS.TransformerFactory<TS.SourceFile> {
  return (context) => (file) => {
    const replaced = (name: TS.Identifier): TS.Expression | undefined => {
      const { end } = ts.getOriginalNode(name);
      if (plan.shared.has(end)) return shared(name);
      return plan.prelude.has(end) ? imported(plan.preludeModule, name.text) : undefined;
    };
    const visit = (node: TS.Node): TS.Node => {
      if (ts.isShorthandPropertyAssignment(node)) return shorthand(node);
      if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && replaced(node.expression)) {
        const called = ts.visitEachChild(node, visit, context);
        return factory.updateCallExpression(called, unbound(called.expression), called.typeArguments, called.arguments);
      }
      if (ts.isTaggedTemplateExpression(node) && ts.isIdentifier(node.tag) && replaced(node.tag)) {
        const called = ts.visitEachChild(node, visit, context);
        return factory.updateTaggedTemplateExpression(called, unbound(called.tag), called.typeArguments, called.template);
      }
      if (ts.isIdentifier(node)) return replaced(node) ?? node;
      if (isImportCall(node)) return promised(imported(plan.paths.get(node.arguments[0].text) ?? node.arguments[0].text));
      if (ts.isAwaitExpression(node)) return resumed(ts.visitEachChild(node, visit, context));
      if (ts.isForOfStatement(node) && node.awaitModifier) return resumedLoop(ts.visitEachChild(node, visit, context));
      if (ts.isMetaProperty(node) && node.keywordToken === ts.SyntaxKind.ImportKeyword) return importMeta();
      return ts.visitEachChild(node, visit, context);
    };
    /** `{ x }` and, on the left, `{ x = 1 }`. */
    const shorthand = (node: TS.ShorthandPropertyAssignment): TS.Node => {
      const value = replaced(node.name);
      const initial = node.objectAssignmentInitializer && (ts.visitNode(node.objectAssignmentInitializer, visit) as TS.Expression);
      if (!value) return factory.updateShorthandPropertyAssignment(node, node.name, initial);
      return factory.createPropertyAssignment(node.name.text, initial ? assign(value, initial) : value);
    };

    const own = file.statements.filter((statement) => statement.getStart(file) >= plan.start);
    const last = own.at(-1);
    const hoisted: TS.Statement[] = [];
    const body = own.flatMap((statement): TS.Statement[] => {
      if (ts.isImportDeclaration(statement)) return bindImports(statement, plan);
      if (ts.isImportEqualsDeclaration(statement)) return bindRequired(statement);
      if (ts.isExportDeclaration(statement)) return [];
      if (ts.isExportAssignment(statement)) return [returned(ts.visitNode(statement.expression, visit) as TS.Expression, statement)];
      if (ts.isVariableStatement(statement) && !isUsing(ts, statement.declarationList.flags))
        return isAmbient(statement) ? [] : declareVariables(statement, visit);
      const visited = ts.visitNode(withoutModifiers(statement), visit) as TS.Statement;
      if (ts.isExpressionStatement(visited) && statement === last) return [returned(visited.expression, statement)];
      const name = declaredValue(statement);
      if (!name) return [visited];
      const publish = ts.setTextRange(factory.createExpressionStatement(assign(shared(name), name)), statement);
      if (!ts.isFunctionDeclaration(statement)) return [visited, publish];
      hoisted.push(publish);
      return [visited];
    });
    return factory.updateSourceFile(file, [
      factory.createExpressionStatement(factory.createStringLiteral('use strict')),
      constant(scopeName, factory.createIdentifier('exports')),
      ...hoisted,
      // Names of earlier cells from local modules are bound again: the module may have been edited.
      ...file.statements.filter((statement) => isAgain(statement, plan)).flatMap((statement) => bindImports(statement, plan)),
      ...body,
    ]);
  };
}

/** `let x = e` as `__scope.x = e`; patterns as assignments to patterns. */
function declareVariables({ declarationList }: TS.VariableStatement, visit: TS.Visitor): TS.Statement[] {
  return declarationList.declarations.map((declaration) => {
    const { name, initializer } = declaration;
    const value = initializer ? (ts.visitNode(initializer, visit) as TS.Expression) : factory.createVoidZero();
    const named = initializer && ts.isIdentifier(name) ? withName(value, name.text) : value;
    const assignment = assign(target(name, visit), named);
    const expression = ts.isIdentifier(name) ? assignment : factory.createParenthesizedExpression(assignment);
    return ts.setTextRange(factory.createExpressionStatement(ts.setTextRange(expression, declaration)), declaration);
  });
}

/** A function or class without a name takes that of its variable; a property of an object gives none. */
function withName(value: TS.Expression, name: string): TS.Expression {
  const isAnonymous =
    ts.isArrowFunction(value) || ((ts.isFunctionExpression(value) || ts.isClassExpression(value)) && !value.name);
  if (!isAnonymous) return value;
  const object = factory.createObjectLiteralExpression([factory.createPropertyAssignment(name, value)]);
  return factory.createPropertyAccessExpression(factory.createParenthesizedExpression(object), name);
}

/** What a binding assigns to. */
function target(name: TS.BindingName, visit: TS.Visitor): TS.Expression {
  if (ts.isIdentifier(name)) return shared(name);
  const initialised = (element: TS.BindingElement): TS.Expression => {
    const to = target(element.name, visit);
    return element.initializer ? assign(to, ts.visitNode(element.initializer, visit) as TS.Expression) : to;
  };
  if (ts.isArrayBindingPattern(name)) {
    return factory.createArrayLiteralExpression(
      name.elements.map((element) => {
        if (ts.isOmittedExpression(element)) return factory.createOmittedExpression();
        return element.dotDotDotToken ? factory.createSpreadElement(target(element.name, visit)) : initialised(element);
      }),
    );
  }
  return factory.createObjectLiteralExpression(
    name.elements.map((element) => {
      if (element.dotDotDotToken) return factory.createSpreadAssignment(target(element.name, visit));
      const key = element.propertyName ?? factory.createIdentifier((element.name as TS.Identifier).text);
      return factory.createPropertyAssignment(ts.visitNode(key, visit) as TS.PropertyName, initialised(element));
    }),
  );
}

function isAgain(statement: TS.Statement, { start, paths }: Plan): statement is TS.ImportDeclaration {
  return (
    statement.end <= start &&
    ts.isImportDeclaration(statement) &&
    ts.isStringLiteral(statement.moduleSpecifier) &&
    paths.has(statement.moduleSpecifier.text)
  );
}

function bindImports({ importClause, moduleSpecifier }: TS.ImportDeclaration, { imported: values, paths }: Plan): TS.Statement[] {
  if (!importClause || !ts.isStringLiteral(moduleSpecifier)) return [];
  const module = paths.get(moduleSpecifier.text) ?? moduleSpecifier.text;
  const bindings: [TS.Identifier, TS.Expression][] = [];
  if (importClause.name) bindings.push([importClause.name, imported(module, 'default')]);
  const { namedBindings } = importClause;
  if (namedBindings && ts.isNamespaceImport(namedBindings)) bindings.push([namedBindings.name, imported(module)]);
  else {
    for (const { name, propertyName } of namedBindings?.elements ?? [])
      bindings.push([name, imported(module, (propertyName ?? name).text)]);
  }
  return bindings
    .filter(([{ text }]) => values.has(text))
    .map(([name, value]) => factory.createExpressionStatement(assign(shared(name), value)));
}

/** `import x = require('m')`. */
function bindRequired({ name, moduleReference, isTypeOnly }: TS.ImportEqualsDeclaration): TS.Statement[] {
  if (isTypeOnly || !ts.isExternalModuleReference(moduleReference)) return [];
  const value = factory.createCallExpression(factory.createIdentifier('require'), undefined, [moduleReference.expression]);
  return [factory.createExpressionStatement(assign(shared(name), value))];
}

/** The name of a declaration that makes a value, other than a variable. */
function declaredValue(statement: TS.Statement): TS.Identifier | undefined {
  if (isAmbient(statement)) return undefined;
  if (ts.isFunctionDeclaration(statement)) return statement.body && statement.name;
  if (ts.isClassDeclaration(statement) || ts.isEnumDeclaration(statement)) return statement.name;
  if (ts.isModuleDeclaration(statement) && ts.isIdentifier(statement.name) && ts.getModuleInstanceState(statement) !== 0)
    return statement.name;
  return undefined;
}

function modifiersOf(statement: TS.Statement): readonly TS.Modifier[] {
  return (ts.canHaveModifiers(statement) && ts.getModifiers(statement)) || [];
}

function isAmbient(statement: TS.Statement): boolean {
  return modifiersOf(statement).some(({ kind }) => kind === ts.SyntaxKind.DeclareKeyword);
}

/** Without `export` and `default`: a cell exports nothing. */
function withoutModifiers(statement: TS.Statement): TS.Statement {
  const kept = modifiersOf(statement).filter(
    ({ kind }) => kind !== ts.SyntaxKind.ExportKeyword && kind !== ts.SyntaxKind.DefaultKeyword,
  );
  if (kept.length === modifiersOf(statement).length) return statement;
  if (ts.isFunctionDeclaration(statement)) {
    const { asteriskToken, name, typeParameters, parameters, type, body } = statement;
    return factory.updateFunctionDeclaration(statement, kept, asteriskToken, name, typeParameters, parameters, type, body);
  }
  if (ts.isClassDeclaration(statement)) {
    const { name, typeParameters, heritageClauses, members } = statement;
    const modifiers = [...(ts.getDecorators(statement) ?? []), ...kept];
    return factory.updateClassDeclaration(statement, modifiers, name, typeParameters, heritageClauses, members);
  }
  if (ts.isEnumDeclaration(statement)) return factory.updateEnumDeclaration(statement, kept, statement.name, statement.members);
  if (ts.isModuleDeclaration(statement)) return factory.updateModuleDeclaration(statement, kept, statement.name, statement.body);
  return statement;
}

const shared = (name: TS.Identifier): TS.Expression =>
  ts.setTextRange(
    factory.createPropertyAccessExpression(factory.createIdentifier(scopeName), name.text),
    name.pos >= 0 ? name : undefined,
  );

const assign = (to: TS.Expression, value: TS.Expression): TS.Expression => factory.createAssignment(to, value);

/** `(0, __scope.f)`: a function that is called without an object; for tracebacks the call stands where its name does. */
const unbound = (callee: TS.Expression): TS.Expression => {
  const bare = factory.createParenthesizedExpression(factory.createCommaListExpression([factory.createNumericLiteral(0), callee]));
  ts.setEmitFlags(callee, ts.EmitFlags.NoSourceMap | ts.EmitFlags.NoNestedSourceMaps);
  return ts.setEmitFlags(ts.setSourceMapRange(bare, ts.getSourceMapRange(callee)), ts.EmitFlags.NoTrailingSourceMap);
};

const imported = (module: string, name?: string): TS.Expression => {
  const namespace = call('__import', factory.createStringLiteral(module));
  return name === undefined ? namespace : factory.createPropertyAccessExpression(namespace, name);
};

const call = (name: string, ...args: TS.Expression[]): TS.Expression =>
  factory.createCallExpression(factory.createIdentifier(name), undefined, args);

/** `import("m")`: its module was loaded with the others, from wherever cells import. */
function isImportCall(node: TS.Node): node is TS.CallExpression & { arguments: readonly [TS.StringLiteralLike] } {
  if (!ts.isCallExpression(node) || node.expression.kind !== ts.SyntaxKind.ImportKeyword) return false;
  return node.arguments.length === 1 && ts.isStringLiteralLike(node.arguments[0]!);
}

const promised = (value: TS.Expression): TS.Expression =>
  factory.createCallExpression(
    factory.createPropertyAccessExpression(factory.createIdentifier('Promise'), 'resolve'), undefined, [value],
  );

/** `await e` as `__resume(__epoch(), await e)`: the epoch is read before the wait. */
const resumed = (waiting: TS.Expression): TS.Expression => call('__resume', call('__epoch'), waiting);

/** `for await` with a checkpoint at the start of each round. */
const resumedLoop = (loop: TS.ForOfStatement): TS.Statement => {
  const began = factory.createUniqueName('began');
  const checkpoint = factory.createExpressionStatement(call('__resume', began, factory.createVoidZero()));
  const round = factory.createBlock([checkpoint, loop.statement], true);
  const { awaitModifier, initializer, expression } = loop;
  return factory.createBlock(
    [constant(began, call('__epoch')), factory.updateForOfStatement(loop, awaitModifier, initializer, expression, round)],
    true,
  );
};

/** `import.meta` of a cell. */
const importMeta = (): TS.Expression =>
  factory.createObjectLiteralExpression([
    factory.createPropertyAssignment('dirname', factory.createIdentifier('__dirname')),
    factory.createPropertyAssignment('filename', factory.createIdentifier('__filename')),
    factory.createPropertyAssignment(
      'url',
      factory.createBinaryExpression(factory.createStringLiteral('file://'), ts.SyntaxKind.PlusToken, factory.createIdentifier('__filename')),
    ),
  ]);

const returned = (value: TS.Expression, at: TS.Node): TS.Statement =>
  ts.setTextRange(factory.createReturnStatement(value), at);

const constant = (name: string | TS.Identifier, value: TS.Expression): TS.Statement =>
  factory.createVariableStatement(
    undefined,
    factory.createVariableDeclarationList([factory.createVariableDeclaration(name, undefined, undefined, value)], ts.NodeFlags.Const),
  );
