// Where an interrupted cell ends: at its awaits, and at each round of a `for await`. A function reads the
// epoch as it begins. Where an interrupt came since, the await that was under way throws, so that `finally`
// runs; code that catches this and goes on never comes back from its next await (back/epochs.ts).
//   await e    ->    __resume(__began, await __wait(__began, e))
import { call, constant } from './backNames.js';
import { type TS, ts } from './internals.js';

const { factory } = ts;

/** The enclosing function: whether it contains an await, and whether it is a generator. */
interface Around {
  waits: boolean;
  readonly isGenerator: boolean;
}

export const checkpoints: TS.TransformerFactory<TS.SourceFile> = (context) => (file) => {
  const visitIn =
    (around: Around) =>
    (node: TS.Node): TS.Node => {
      if (isFunction(node)) return visitFunction(node, around);
      const visited = ts.visitEachChild(node, visitIn(around), context);
      if (ts.isYieldExpression(visited) && around.isGenerator) return renewed(visited, around);
      const isLoop = ts.isForOfStatement(visited) && visited.awaitModifier;
      if (!ts.isAwaitExpression(visited) && !isLoop) return visited;
      around.waits = true;
      return ts.isAwaitExpression(visited)
        ? resumed(visited)
        : resumedEachRound(visited as TS.ForOfStatement);
    };
  const visitFunction = (node: FunctionNode, around: Around): TS.Node => {
    const inside: Around = { waits: false, isGenerator: isAsync(node) && node.asteriskToken !== undefined };
    const body = (child: TS.Node): TS.Node => begun(visitIn(inside)(child) as TS.ConciseBody, inside);
    return ts.visitEachChild(
      node,
      (child) =>
        child === node.name
          ? visitIn(around)(child)
          : child === node.body
            ? body(child)
            : visitIn(inside)(child),
      context,
    );
  };
  const around: Around = { waits: false, isGenerator: false };
  const visited = ts.visitEachChild(file, visitIn(around), context);
  if (!around.waits) return visited;
  const directives = visited.statements.findIndex((statement) => !isDirective(statement));
  return factory.updateSourceFile(visited, visited.statements.toSpliced(directives, 0, beginning()));
};

type FunctionNode = TS.FunctionDeclaration | TS.FunctionExpression | TS.ArrowFunction | TS.MethodDeclaration;

const isFunction = (node: TS.Node): node is FunctionNode =>
  ts.isFunctionDeclaration(node) ||
  ts.isFunctionExpression(node) ||
  ts.isArrowFunction(node) ||
  ts.isMethodDeclaration(node);

const isAsync = ({ modifiers }: FunctionNode): boolean =>
  modifiers?.some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword) === true;

const began = (): TS.Identifier => factory.createIdentifier('__began');

const beginning = (): TS.Statement => constant('__began', call('__epoch'), ts.NodeFlags.Let);

function begun(body: TS.ConciseBody, { waits }: Around): TS.ConciseBody {
  if (!waits) return body;
  if (ts.isBlock(body)) return factory.updateBlock(body, [beginning(), ...body.statements]);
  return factory.createBlock([beginning(), factory.createReturnStatement(body)]);
}

const resumed = (waiting: TS.AwaitExpression): TS.Expression =>
  call(
    '__resume',
    began(),
    factory.updateAwaitExpression(waiting, call('__wait', began(), waiting.expression)),
  );

const resumedEachRound = (loop: TS.ForOfStatement): TS.Statement => {
  const checkpoint = factory.createExpressionStatement(call('__resume', began(), factory.createVoidZero()));
  const { awaitModifier, initializer, expression, statement } = loop;
  return factory.updateForOfStatement(
    loop,
    awaitModifier,
    initializer,
    expression,
    factory.createBlock([checkpoint, statement], true),
  );
};

/** A later cell may ask a generator for its next value: `[yield e, __began = __epoch()][0]`. */
function renewed(yielded: TS.YieldExpression, around: Around): TS.Expression {
  around.waits = true;
  const both = factory.createArrayLiteralExpression([
    yielded,
    factory.createAssignment(began(), call('__epoch')),
  ]);
  return factory.createElementAccessExpression(both, 0);
}

const isDirective = (statement: TS.Statement): boolean =>
  ts.isExpressionStatement(statement) && ts.isStringLiteral(statement.expression);

/** `await` outside of every function. */
export function hasTopLevelAwait(file: TS.Node): boolean {
  const visit = (node: TS.Node): boolean => {
    if (ts.isFunctionLike(node))
      return node.name !== undefined && ts.isComputedPropertyName(node.name) && visit(node.name);
    if (ts.isClassStaticBlockDeclaration(node)) return false;
    if (ts.isAwaitExpression(node) || (ts.isForOfStatement(node) && node.awaitModifier)) return true;
    if (
      ts.isVariableDeclarationList(node) &&
      (node.flags & ts.NodeFlags.AwaitUsing) === ts.NodeFlags.AwaitUsing
    )
      return true;
    return ts.forEachChild(node, visit) ?? false;
  };
  return visit(file);
}
