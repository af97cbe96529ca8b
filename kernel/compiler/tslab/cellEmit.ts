// tslab makes an ES module of a cell; this makes CommonJS of it, in which all cells and functions use the
// same variables. TypeScript's own CommonJS keeps a local copy of what `export { x }` names, and its imports
// are getters, which stay. So:
//   - `let x` becomes `export let x`, so that every use is a use of `exports.x`;
//   - imports become plain properties, which a later cell may declare again;
//   - `await e` becomes `__resume(__epoch(), await e)`, which ends code that an interrupt has left behind
// (back/epochs.ts).
import type * as TS from '@tslab/typescript-for-tslab';
import type { Place } from '../places.js';

const exportKeyword = 'export ';

export interface EmittedCell {
  javascript: string;
  /** Source map of the pass, and the place before the pass of one that the map gives. */
  map: string;
  before(place: Place): Place;
}

export function emitCell(ts: typeof TS, modules: string, options: TS.CompilerOptions): EmittedCell {
  const { text, moved } = shareVariables(ts, modules);
  const { outputText, sourceMapText } = ts.transpileModule(text, {
    fileName: 'cell.js',
    compilerOptions: { ...options, sourceMap: true },
    transformers: { before: [awaitCheckpoints(ts)], after: [plainExports(ts)] },
  });
  return {
    javascript: withoutMapComment(outputText),
    map: sourceMapText ?? '',
    before: ({ line, column }) => ({
      line,
      column: moved.has(line) ? Math.max(0, column - exportKeyword.length) : column,
    }),
  };
}

/** Top-level `let` and `var` get their `export` where they are declared. */
function shareVariables(ts: typeof TS, modules: string): { text: string; moved: ReadonlySet<number> } {
  const file = ts.createSourceFile('cell.js', modules, ts.ScriptTarget.Latest, false, ts.ScriptKind.JS);
  const shared = file.statements.filter(
    (statement): statement is TS.VariableStatement =>
      ts.isVariableStatement(statement) &&
      !(statement.declarationList.flags & ts.NodeFlags.Const) &&
      !statement.modifiers,
  );
  const declarations = shared.flatMap(({ declarationList }) => [...declarationList.declarations]);
  const names = new Set(declarations.flatMap(({ name }) => boundNames(ts, name)));
  const starts = shared.map((statement) => statement.getStart(file));
  const edits = starts.map((at) => ({ at, end: at, text: exportKeyword }));
  for (const statement of file.statements) {
    const clause = ts.isExportDeclaration(statement) ? statement.exportClause : undefined;
    if (!clause || !ts.isNamedExports(clause)) continue;
    const others = clause.elements.map(({ name }) => name.text).filter((name) => !names.has(name));
    edits.push({
      at: statement.getStart(file),
      end: statement.end,
      text: `export { ${others.join(', ')} };`,
    });
  }
  const moved = new Set(starts.map((start) => file.getLineAndCharacterOfPosition(start).line));
  const text = edits
    .sort((a, b) => b.at - a.at)
    .reduce(
      (edited, { at, end, text: inserted }) => edited.slice(0, at) + inserted + edited.slice(end),
      modules,
    );
  return { text, moved };
}

function boundNames(ts: typeof TS, name: TS.BindingName): string[] {
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((element) =>
    ts.isOmittedExpression(element) ? [] : boundNames(ts, element.name),
  );
}

function awaitCheckpoints(ts: typeof TS): TS.TransformerFactory<TS.SourceFile> {
  const { factory } = ts;
  const call = (name: string, ...args: TS.Expression[]): TS.Expression =>
    factory.createCallExpression(factory.createIdentifier(name), undefined, args);
  return (context) => (file) => {
    const visit = (node: TS.Node): TS.Node => {
      const visited = ts.visitEachChild(node, visit, context);
      return ts.isAwaitExpression(visited) ? call('__resume', call('__epoch'), visited) : visited;
    };
    return ts.visitNode(file, visit) as TS.SourceFile;
  };
}

/** `Object.defineProperty(exports, 'x', { get })` becomes `exports.x = …`; the `__esModule` mark goes. */
function plainExports(ts: typeof TS): TS.TransformerFactory<TS.SourceFile> {
  const { factory } = ts;
  const plain = (statement: TS.Statement): TS.Statement => {
    if (!ts.isExpressionStatement(statement) || !ts.isCallExpression(statement.expression)) return statement;
    const {
      expression: callee,
      arguments: [target, key, descriptor],
    } = statement.expression;
    const isDefinition =
      ts.isPropertyAccessExpression(callee) &&
      callee.name.text === 'defineProperty' &&
      target !== undefined &&
      ts.isIdentifier(target) &&
      target.text === 'exports';
    if (
      !isDefinition ||
      !key ||
      !ts.isStringLiteral(key) ||
      !descriptor ||
      !ts.isObjectLiteralExpression(descriptor)
    )
      return statement;
    if (key.text === '__esModule') return factory.createNotEmittedStatement(statement);
    const getter = descriptor.properties.find(
      (property) => ts.isPropertyAssignment(property) && ts.isFunctionExpression(property.initializer),
    );
    const [returned] =
      (getter as { initializer: TS.FunctionExpression } | undefined)?.initializer.body.statements ?? [];
    if (!returned || !ts.isReturnStatement(returned) || !returned.expression) return statement;
    const property = factory.createPropertyAccessExpression(target, key.text);
    return factory.createExpressionStatement(factory.createAssignment(property, returned.expression));
  };
  return () => (file) => factory.updateSourceFile(file, file.statements.map(plain));
}

export function withoutMapComment(javascript: string): string {
  return javascript.replace(/\n?\/\/# sourceMappingURL=\S*\s*$/, '\n');
}
