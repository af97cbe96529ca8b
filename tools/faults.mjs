// The places of src where `npm run check:tests` may plant a fault, and the fault: in code that computes, not
// in checks of input, messages, displays or types.
import { createHash } from 'node:crypto';
import { basename, join, relative } from 'node:path';
import ts from 'typescript';
import { root } from './run.mjs';

const options = ts.getParsedCommandLineOfConfigFile(join(root, 'tsconfig.json'), {}, ts.sys).options;
const { SyntaxKind: Kind, TypeFlags } = ts;

const other = new Map([
  ...pairs(['+', '-'], ['*', '/'], ['+=', '-='], ['*=', '/='], ['===', '!=='], ['Math.min', 'Math.max']),
  ...Object.entries({ '<': '>=', '>=': '<', '>': '<=', '<=': '>', '**': '*', '%': '*' }),
]);
const checks = /^(require|check|refuse|assert|readOptions|accuracy$)/;
const displays =
  /(Card|Text|Bundle|Traces?|Rules|Options|Table|Page|Plot|Latex|Html|Words|Summary|Picture|Display|Svg)$|^(show|card|print|plot|latex|html|text|toString|toLatex|describe|draw|format|picture|heading|caption)/;
const unseen = /gpu|wgsl/i; // needs a GPU
const drawing = /src.(display|figures|widgets)\b/; // numbers there are sizes and colours
const tolerance = 1e-5; // smaller constants are tolerances

function pairs(...list) {
  return list.flatMap(([a, b]) => [
    [a, b],
    [b, a],
  ]);
}

/** Faults of a room: { file, line, start, end, before, after, key }, in the order of a seed. */
export function faultsOf(program, room, seed) {
  const folder = join(root, 'src', room);
  const files = program.getSourceFiles().filter(({ fileName }) => {
    const name = relative(folder, fileName);
    return !name.startsWith('..') && !unseen.test(name) && !displays.test(basename(name, '.ts'));
  });
  const order = ({ key }) => createHash('sha256').update(`${seed} ${key}`).digest('hex');
  return files
    .flatMap((file) => faultsIn(file, program.getTypeChecker()))
    .map((fault) => ({ ...fault, order: order(fault) }))
    .sort((a, b) => (a.order < b.order ? -1 : 1));
}

export const programOfLab = () => ts.createProgram(ts.sys.readDirectory(join(root, 'src'), ['.ts']), options);

/** The JavaScript of a file with a fault, as the build writes it. */
export function planted({ path, start, end, after }) {
  const text = ts.sys.readFile(path);
  const compilerOptions = { ...options, module: ts.ModuleKind.ESNext };
  const patched = text.slice(0, start) + after + text.slice(end);
  return ts.transpileModule(patched, { compilerOptions, fileName: path }).outputText;
}

function faultsIn(source, checker) {
  const faults = [];
  const times = new Map();
  const text = (node) => node.getText(source);
  const isOf = (node, flag) => (checker.getTypeAtLocation(node).flags & flag) !== 0;
  const add = (node, after, place = node) => {
    const [start, end] = [node.getStart(source), node.end];
    const line = source.getLineAndCharacterOfPosition(start).line;
    const short = (words) => words.replace(/\s+/g, ' ').slice(0, 70);
    const before = text(node);
    const file = relative(root, source.fileName);
    const whole = `${file}: ${short(text(place))}: ${short(before)} -> ${short(after)}`;
    const time = (times.get(whole) ?? 0) + 1;
    times.set(whole, time);
    const key = time === 1 ? whole : `${whole} (${time})`;
    faults.push({ path: source.fileName, file, line: line + 1, start, end, after, key });
  };
  visit(source);
  return faults;

  function visit(node) {
    if (ts.isTypeNode(node) || ts.isImportDeclaration(node) || ts.isThrowStatement(node)) return;
    if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node) || ts.isTemplateExpression(node))
      return;
    if (node.name && ts.isIdentifier(node.name)) {
      if (checks.test(node.name.text) || displays.test(node.name.text)) return;
    }
    const result = ts.isFunctionLike(node) && node.type && text(node.type);
    if (/^(Picture|MimeBundle)$/.test(result) && !source.fileName.includes('src/display/')) return;
    if (ts.isIfStatement(node) && throws(node.thenStatement)) {
      if (node.elseStatement) visit(node.elseStatement);
      return;
    }
    if (ts.isCallExpression(node)) {
      const name = text(node.expression).split('.').at(-1);
      if (name === 'showAs') return visit(node.arguments[0]);
      if (checks.test(name) || displays.test(name)) return;
      if (/^(sort|toSorted)$/.test(name)) return visit(node.expression);
      const swapped = other.get(text(node.expression));
      if (swapped && node.arguments.length > 1) add(node.expression, swapped, node);
    }
    if (ts.isBinaryExpression(node)) {
      const sign = text(node.operatorToken);
      const isNumeric = isOf(node.left, TypeFlags.NumberLike) && isOf(node.right, TypeFlags.NumberLike);
      if (other.has(sign) && (isNumeric || sign.endsWith('==')))
        add(node.operatorToken, other.get(sign), node);
    }
    if (ts.isPrefixUnaryExpression(node) && node.operator === Kind.MinusToken) add(node, text(node.operand));
    if (
      ts.isNumericLiteral(node) &&
      !drawing.test(source.fileName) &&
      !(0 < +node.text && +node.text < tolerance)
    ) {
      const isSmall = Number.isInteger(+node.text) && +node.text < 100;
      add(node, isSmall ? `${+node.text + 1}` : `(0.9 * ${text(node)})`, node.parent);
    }
    const value = returned(node);
    if (value && !ts.isNumericLiteral(value) && !/^-?(Infinity|NaN|0)$/.test(text(value))) {
      if (isOf(value, TypeFlags.NumberLike)) add(value, `0.9 * (${text(value)})`);
      else if (isOf(value, TypeFlags.BooleanLike)) add(value, `!(${text(value)})`);
    }
    ts.forEachChild(node, visit);
  }
}

const throws = (statement) =>
  ts.isThrowStatement(statement) || (ts.isBlock(statement) && statement.statements.some(throws));

function returned(node) {
  if (ts.isReturnStatement(node)) return node.expression;
  return ts.isArrowFunction(node) && !ts.isBlock(node.body) ? node.body : undefined;
}
