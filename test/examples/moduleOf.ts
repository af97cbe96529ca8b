// An example as a module: what it takes from the package is imported, and what each commented expression
// gives is handed on.
import ts from 'typescript';

export interface Shown {
  readonly written: string;
  readonly expression: string;
}
export interface ExampleModule {
  readonly source: string;
  readonly recording: string;
  readonly shown: readonly Shown[];
}

/** @param names public names of the package */
export function moduleOf(code: string, names: ReadonlySet<string>): ExampleModule {
  const file = ts.createSourceFile('example.ts', code, ts.ScriptTarget.ES2022, true);
  const [used, own] = [new Set<string>(), new Set<string>()];
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && names.has(node.text)) used.add(node.text);
    if (
      (ts.isVariableDeclaration(node) || ts.isParameter(node) || ts.isBindingElement(node)) &&
      ts.isIdentifier(node.name)
    )
      own.add(node.name.text);
    ts.forEachChild(node, visit);
  };
  visit(file);
  const imports = [...used].filter((name) => !own.has(name));
  const head = imports.length > 0 ? `import { ${imports.join(', ')} } from 'emtd-lab';\n` : 'export {};\n';
  const shown: Shown[] = [];
  let recording = '';
  let at = 0;
  for (const statement of file.statements.filter(ts.isExpressionStatement)) {
    const written = commentBehind(code, statement.end);
    if (written === undefined || isAssignment(statement.expression)) continue;
    const { expression } = statement;
    recording += `${code.slice(at, expression.pos)} shown(${shown.length}, (${expression.getText()}));`;
    at = statement.end;
    shown.push({ written, expression: expression.getText() });
  }
  return {
    source: head + code,
    recording: head + 'const { shown } = globalThis;\n' + recording + code.slice(at),
    shown,
  };
}

const isAssignment = (node: ts.Expression): boolean =>
  ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken;

/** The comment at the end of the line, or the lines of comments right under it. */
function commentBehind(code: string, end: number): string | undefined {
  const [line, ...next] = code.slice(end).split('\n');
  const behind = /^\s*\/\/ (.*)$/.exec(line)?.[1];
  if (behind === undefined && line.trim() !== '') return undefined;
  const under: string[] = [];
  for (const each of next) {
    const text = /^\s*\/\/ ?(.*)$/.exec(each)?.[1];
    if (text === undefined) break;
    under.push(text);
  }
  const lines = behind === undefined ? under : [behind];
  return lines.length === 0 ? undefined : lines.join('\n');
}
