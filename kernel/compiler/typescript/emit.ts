// From a checked cell to JavaScript: the body of a function over the cell's scope.
//   - every top-level name of any cell is a property of one object, so that a function defined in one cell
//     sees the value that a later cell gives to a name: `let x = 1` becomes `__scope.x = 1`, a use of x
// `__scope.x`;
//   - imports are read from modules that the back has loaded: `__scope.ring = __import("emtd-lab").ring`;
//     names of the prelude directly, as `__import("emtd-lab").ring`;
//   - the value of the last expression is returned;
//   - each `await` gets a checkpoint, at which an interrupted cell ends (checkpoints.ts).
// The meaning of identifiers comes from the checked tree; here their end positions identify them.
import type { CompiledCell } from '../cellCompiler.js';
import { placesOf } from '../places.js';
import {
  assign,
  imported,
  importMeta,
  isImportMeta,
  loaded,
  publish,
  scopeDeclaration,
  shared,
} from './backNames.js';
import {
  assignments,
  bindAlias,
  bindImports,
  declareVariables,
  hoistedVariables,
  target,
  withName,
} from './bindings.js';
import { checkpoints } from './checkpoints.js';
import { isAmbient, isUsing, isVar, isVarScope } from './declared.js';
import { type TS, ts } from './internals.js';

export interface Plan {
  /** Ends of identifiers that mean a top-level name of this or an earlier cell. */
  shared: ReadonlySet<number>;
  /** Ends of identifiers that mean a name of the prelude. */
  prelude: ReadonlySet<number>;
  preludeModule: string;
  /** Imported names that stand for values; types vanish. */
  imported: ReadonlySet<string>;
  /** Names that `var` declares. */
  vars: ReadonlySet<string>;
  /** Specifiers of local modules as absolute paths. */
  paths: ReadonlyMap<string, string>;
  /** Position of the cell's own code in the file. */
  start: number;
}

const { factory } = ts;

const compilerOptions: TS.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  sourceMap: true,
  useDefineForClassFields: true,
};

export function emitCell(text: string, plan: Plan): Emitted {
  const { outputText, sourceMapText } = ts.transpileModule(text, {
    fileName: 'cell.ts',
    compilerOptions,
    jsDocParsingMode: ts.JSDocParsingMode.ParseNone,
    transformers: { before: [shareNames(plan), checkpoints], after: [withoutMarker] },
  });
  return withPlaces(outputText, sourceMapText!, 1);
}

type Emitted = Pick<CompiledCell, 'javascript' | 'places'>;

/** What TypeScript has written, with its source map read. */
export function withPlaces(outputText: string, sourceMapText: string, linesBefore = 0): Emitted {
  const { mappings } = JSON.parse(sourceMapText) as { mappings: string };
  const javascript = outputText.replace(/\n?\/\/# sourceMappingURL=\S*\s*$/, '\n');
  return { javascript, places: placesOf(ts.decodeMappings(mappings), linesBefore) };
}

/** Removes `export {}`, with which TypeScript marks a module. */
const withoutMarker: TS.TransformerFactory<TS.SourceFile> = () => (file) =>
  factory.updateSourceFile(
    file,
    file.statements.filter((statement) => !ts.isExportDeclaration(statement)),
  );

function shareNames(plan: Plan): TS.TransformerFactory<TS.SourceFile> {
  return (context) => (file) => {
    const replaced = (node: TS.Node): TS.Expression | undefined => {
      if (!ts.isIdentifier(node)) return undefined;
      const { end } = ts.getOriginalNode(node);
      if (plan.shared.has(end)) return shared(node);
      return plan.prelude.has(end) ? imported(plan.preludeModule, node.text) : undefined;
    };
    const names = (node: TS.Node, visit: TS.Visitor): TS.Node => {
      if (ts.isShorthandPropertyAssignment(node)) return shorthand(node, visit);
      if (ts.isCallExpression(node) && replaced(ts.skipOuterExpressions(node.expression))) {
        const called = ts.visitEachChild(node, visit, context);
        return factory.updateCallExpression(
          called,
          unbound(called.expression),
          called.typeArguments,
          called.arguments,
        );
      }
      if (ts.isTaggedTemplateExpression(node) && replaced(ts.skipOuterExpressions(node.tag))) {
        const called = ts.visitEachChild(node, visit, context);
        return factory.updateTaggedTemplateExpression(
          called,
          unbound(called.tag),
          called.typeArguments,
          called.template,
        );
      }
      if (isNaming(node) && replaced(node.left)) {
        const { left, operatorToken, right } = ts.visitEachChild(node, visit, context);
        return factory.updateBinaryExpression(node, left, operatorToken, withName(right, node.left.text));
      }
      if (isImportCall(node))
        return loaded(localised(ts.visitNode(node.arguments[0], visit) as TS.Expression));
      if (isImportMeta(node)) return importMeta();
      return replaced(node) ?? ts.visitEachChild(node, visit, context);
    };
    /** `{ x }` and, on the left, `{ x = 1 }`. */
    const shorthand = (node: TS.ShorthandPropertyAssignment, visit: TS.Visitor): TS.Node => {
      const value = replaced(node.name);
      const initial =
        node.objectAssignmentInitializer &&
        (ts.visitNode(node.objectAssignmentInitializer, visit) as TS.Expression);
      if (!value) return factory.updateShorthandPropertyAssignment(node, node.name, initial);
      return factory.createPropertyAssignment(node.name.text, initial ? assign(value, initial) : value);
    };
    const localised = (module: TS.Expression): TS.Expression => {
      const path = ts.isStringLiteralLike(module) ? plan.paths.get(module.text) : undefined;
      return path === undefined ? module : factory.createStringLiteral(path);
    };
    const inside = (node: TS.Node): TS.Node => names(node, inside);
    /** Outside of functions, where `var` is the notebook's. */
    const outside = (node: TS.Node): TS.VisitResult<TS.Node> => {
      if (isVarScope(node)) return names(node, inside);
      if (ts.isVariableStatement(node) && isVar(node.declarationList))
        return isAmbient(node) ? [] : declareVariables(node, outside);
      const { initializer } = node as { initializer?: TS.Node };
      if (!initializer || !ts.isVariableDeclarationList(initializer) || !isVar(initializer))
        return names(node, outside);
      if (ts.isForStatement(node)) {
        const { condition, incrementor, statement } = node;
        const first = inSequence(assignments(initializer, asIs));
        return names(factory.updateForStatement(node, first, condition, incrementor, statement), outside);
      }
      const to = target(initializer.declarations[0]!.name, asIs);
      if (ts.isForInStatement(node))
        return names(factory.updateForInStatement(node, to, node.expression, node.statement), outside);
      const loop = node as TS.ForOfStatement;
      return names(
        factory.updateForOfStatement(loop, loop.awaitModifier, to, loop.expression, loop.statement),
        outside,
      );
    };

    const own = file.statements.filter((statement) => statement.getStart(file) >= plan.start);
    const imports = (statements: readonly TS.Statement[]): TS.Statement[] =>
      statements
        .filter(ts.isImportDeclaration)
        .flatMap((statement) => bindImports(statement, plan.imported, plan.paths));
    const last = own.at(-1);
    const hoisted: TS.Statement[] = [];
    const body = own.flatMap((statement): TS.Statement[] => {
      if (ts.isImportDeclaration(statement) || ts.isExportDeclaration(statement)) return [];
      if (ts.isImportEqualsDeclaration(statement))
        return plan.imported.has(statement.name.text) ? [bindAlias(statement, outside)] : [];
      if (ts.isVariableStatement(statement) && !isUsing(statement.declarationList.flags))
        return isAmbient(statement) ? [] : declareVariables(statement, outside);
      const visited = ts.visitNode(statement, outside) as TS.Statement;
      if (ts.isExpressionStatement(visited) && statement === last)
        return [ts.setTextRange(factory.createReturnStatement(visited.expression), statement)];
      const name = declaredValue(statement);
      if (!name) return [visited];
      const published = ts.setTextRange(publish(name, name), statement);
      if (!ts.isFunctionDeclaration(statement)) return [visited, published];
      hoisted.push(published);
      return [visited];
    });
    return factory.updateSourceFile(file, [
      factory.createExpressionStatement(factory.createStringLiteral('use strict')),
      scopeDeclaration(),
      ...hoistedVariables(plan.vars),
      ...hoisted,
      // Names of earlier cells from local modules are bound again: the module may have been edited.
      ...imports(file.statements.filter((statement) => isAgain(statement, plan))),
      ...imports(own),
      ...body,
    ]);
  };
}

const asIs: TS.Visitor = (node) => node;

function isAgain(statement: TS.Statement, { start, paths }: Plan): boolean {
  return (
    statement.end <= start &&
    ts.isImportDeclaration(statement) &&
    paths.has((statement.moduleSpecifier as TS.StringLiteral).text)
  );
}

/** `f = () => 1`, which names the function. */
function isNaming(node: TS.Node): node is TS.BinaryExpression & { left: TS.Identifier } {
  const { EqualsToken, QuestionQuestionEqualsToken, BarBarEqualsToken, AmpersandAmpersandEqualsToken } =
    ts.SyntaxKind;
  const naming: TS.SyntaxKind[] = [
    EqualsToken,
    QuestionQuestionEqualsToken,
    BarBarEqualsToken,
    AmpersandAmpersandEqualsToken,
  ];
  return (
    ts.isBinaryExpression(node) && ts.isIdentifier(node.left) && naming.includes(node.operatorToken.kind)
  );
}

/** `import(e)`; one with attributes stays Node's own. */
function isImportCall(node: TS.Node): node is TS.CallExpression {
  return (
    ts.isCallExpression(node) &&
    node.expression.kind === ts.SyntaxKind.ImportKeyword &&
    node.arguments.length === 1
  );
}

/** The name of a declaration that makes a value, other than a variable. */
function declaredValue(statement: TS.Statement): TS.Identifier | undefined {
  if (isAmbient(statement)) return undefined;
  if (ts.isFunctionDeclaration(statement)) return statement.body && statement.name;
  if (ts.isClassDeclaration(statement) || ts.isEnumDeclaration(statement)) return statement.name;
  if (!ts.isModuleDeclaration(statement) || !ts.isIdentifier(statement.name)) return undefined;
  return ts.getModuleInstanceState(statement) === 0 ? undefined : statement.name;
}

const inSequence = (expressions: TS.Expression[]): TS.Expression | undefined =>
  expressions.length > 1 ? factory.createCommaListExpression(expressions) : expressions[0];

/**
 * `(0, __scope.f)`: a function that is called without an object; for tracebacks the call stands where its
 * name does.
 */
const unbound = (callee: TS.Expression): TS.Expression => {
  const bare = factory.createParenthesizedExpression(
    factory.createCommaListExpression([factory.createNumericLiteral(0), callee]),
  );
  ts.setEmitFlags(callee, ts.EmitFlags.NoSourceMap | ts.EmitFlags.NoNestedSourceMaps);
  return ts.setEmitFlags(
    ts.setSourceMapRange(bare, ts.getSourceMapRange(callee)),
    ts.EmitFlags.NoTrailingSourceMap,
  );
};
