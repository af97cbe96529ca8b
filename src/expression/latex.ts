// An expression as LaTeX, for the formula in the notebook.
import { latexNumber, latexSymbol } from '../display/index.js';
import type { Expression } from './expression.js';

/** How tightly each printed form binds; a looser argument is put in parentheses. */
const SUM = 1;
const PRODUCT = 2;
const POWER = 3;
const ATOM = 4;

type Printed = readonly [latex: string, binding: number];

/**
 * @param names LaTeX for the inputs; those not listed print under their own names
 * @example latex(a.sub(b).squaredNorm().mul(J), { a: 'x_i', b: 'x_j', J: 'J_{ij}' })
 *          // J_{ij} \lVert x_i - x_j \rVert^{2}
 */
export function latex(expression: Expression, names: Readonly<Record<string, string>> = {}): string {
  return print(expression, names)[0];
}

/** The same for what stands behind a sum sign: a sum is put in parentheses. */
export function latexSummand(expression: Expression, names: Readonly<Record<string, string>> = {}): string {
  const [text, own] = print(expression, names);
  return own < PRODUCT ? `\\left(${text}\\right)` : text;
}

function print(node: Expression, names: Readonly<Record<string, string>>): Printed {
  const tex = (k: number, binding: number): string => {
    const [text, own] = print(node.args[k], names);
    return own < binding ? `\\left(${text}\\right)` : text;
  };
  const call = (name: string): Printed => [`${name}\\left(${tex(0, 0)}\\right)`, ATOM];
  switch (node.op) {
    case 'input':
      return [names[node.name] ?? symbol(node.name), ATOM];
    case 'constant':
      return [number(node.value), node.value < 0 ? SUM : ATOM];
    case 'add':
      return [`${tex(0, SUM)} + ${tex(1, SUM)}`, SUM];
    case 'sub':
      return [`${tex(0, SUM)} - ${tex(1, PRODUCT)}`, SUM];
    case 'mul':
      return product(node, names);
    case 'div':
      return [`\\frac{${tex(0, 0)}}{${tex(1, 0)}}`, ATOM];
    case 'neg':
      return [`-${tex(0, PRODUCT)}`, SUM];
    case 'pow':
      return [`${tex(0, ATOM)}^{${number(node.value)}}`, POWER];
    case 'sqrt':
      return norm(node, names) ?? [`\\sqrt{${tex(0, 0)}}`, ATOM];
    case 'abs':
      return [`\\left|${tex(0, 0)}\\right|`, ATOM];
    case 'exp':
      return [`e^{${tex(0, 0)}}`, POWER];
    case 'log':
      return call('\\ln');
    case 'sin':
    case 'cos':
    case 'tanh':
    case 'max':
    case 'min':
      return node.args.length === 1
        ? call(`\\${node.op}`)
        : [`\\${node.op}\\left(${tex(0, 0)}, ${tex(1, 0)}\\right)`, ATOM];
    case 'sign':
      return call('\\operatorname{sign}');
    case 'less':
      return [`\\mathbf{1}\\left[${tex(0, 0)} < ${tex(1, 0)}\\right]`, ATOM];
    case 'xlogx':
      return [`${tex(0, ATOM)} \\ln ${tex(0, ATOM)}`, PRODUCT];
    case 'sum':
      return squaredNorm(node, names) ?? dot(node, names) ?? [`\\textstyle\\sum_k ${tex(0, PRODUCT)}`, PRODUCT];
    case 'logSumExp':
      return [`\\ln \\textstyle\\sum_k e^{${tex(0, 0)}}`, PRODUCT];
    case 'component':
      return [`${tex(0, ATOM)}^{(${node.value})}`, POWER];
    case 'spread':
      return [`${tex(0, PRODUCT)} \\, \\mathbf{1}`, PRODUCT];
    case 'place':
      return [`${tex(0, PRODUCT)}\\, e_{${node.value}}`, PRODUCT];
  }
}

/** A product prints its plain symbols and constants first: J_{ij} (...)^2 rather than (...)^2 J_{ij}. */
function product(node: Expression, names: Readonly<Record<string, string>>): Printed {
  // 1 spread over a vector is no factor, and any other number is the factor itself
  const spreading = (argument: Expression): Expression =>
    argument.op === 'spread' && node.args.some((other) => other !== argument && other.shape === 'vector') ? argument.args[0] : argument;
  const given = node.args.map(spreading);
  const counting = given.filter((factor) => !isOne(factor));
  if (counting.length === 1) return print(counting[0], names);
  const factors = given.map((argument) => ({ simple: argument.args.length === 0, printed: print(argument, names) }));
  factors.sort((x, y) => Number(y.simple) - Number(x.simple));
  const texts = factors.map(({ printed: [text, own] }) => (own < PRODUCT ? `\\left(${text}\\right)` : text));
  return [texts.join(' \\, '), PRODUCT];
}

const isOne = ({ op, value }: Expression): boolean => op === 'constant' && value === 1;

/** Bars as high as what stands between them. */
function bars(text: string): string {
  return /\\(sum|frac|begin)/.test(text) ? `\\left\\lVert ${text} \\right\\rVert` : `\\lVert ${text} \\rVert`;
}

function squaredNorm(node: Expression, names: Readonly<Record<string, string>>): Printed | undefined {
  const power = node.args[0];
  if (power.op !== 'pow' || power.value !== 2) return undefined;
  return [`${bars(print(power.args[0], names)[0])}^{2}`, POWER];
}

function norm(node: Expression, names: Readonly<Record<string, string>>): Printed | undefined {
  const sum = node.args[0];
  const power = sum.args[0];
  if (sum.op !== 'sum' || power?.op !== 'pow' || power.value !== 2) return undefined;
  return [bars(print(power.args[0], names)[0]), ATOM];
}

function dot(node: Expression, names: Readonly<Record<string, string>>): Printed | undefined {
  const times = node.args[0];
  if (times.op !== 'mul' || times.args.some((factor) => factor.shape !== 'vector')) return undefined;
  const [x, y] = times.args.map((factor) => {
    const [text, own] = print(factor, names);
    return own < POWER ? `\\left(${text}\\right)` : text;
  });
  return [`${x} \\cdot ${y}`, PRODUCT];
}

const number = (x: number): string => latexNumber(x, 6);

/** The name of an input as a symbol: `w_ij` has one subscript, ij, and `lambda` is a letter. */
function symbol(name: string): string {
  const [, letter, index] = /^([A-Za-z]+)_(\w+)$/.exec(name) ?? [];
  if (letter === undefined) return latexSymbol(name);
  return `${latexSymbol(letter)}_${index.length === 1 ? index : `{${index}}`}`;
}
