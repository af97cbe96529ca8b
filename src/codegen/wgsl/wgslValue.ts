// One operation of the vector language in WGSL: indices and words are u32, floats f32, masks bool.
import type { Type, Value } from '../language/code.js';

/** Names of values whose operation is a word that WGSL reserves, or is not a word. */
export const PREFIX: Partial<Record<Value['op'], string>> = {
  add: 'sum',
  sub: 'difference',
  mul: 'product',
  div: 'quotient',
  neg: 'minus',
  abs: 'size',
  sqrt: 'root',
  min: 'least',
  max: 'most',
  pmin: 'bounded',
  pmax: 'bounded',
  float: 'value',
  select: 'chosen',
  nearest: 'whole',
  floor: 'whole',
  not: 'otherwise',
  lt: 'is_less',
  le: 'is_most',
  eq: 'is_equal',
  mulHigh: 'high',
  and: 'bits',
  or: 'bits',
  xor: 'bits',
  shl: 'bits',
  shr: 'bits',
  shrSigned: 'bits',
  toFloat: 'value',
  toFloatUnsigned: 'value',
  toWord: 'word',
  splat: 'word',
  any: 'any_of',
};

/** The text without the parentheses around it. */
export function bare(text: string): string {
  const inner = /^\((.*)\)$/.exec(text)?.[1];
  return inner !== undefined && isBalanced(inner) ? inner : text;
}

/** Whether every closing parenthesis has its opening one in the text. */
function isBalanced(text: string): boolean {
  let depth = 0;
  for (const each of text) {
    if (each === '(') depth++;
    if (each === ')' && --depth < 0) return false;
  }
  return depth === 0;
}

/** An index as a truth value. */
export function condition(text: string): string {
  const inner = /^u32(\(.*\))$/.exec(text)?.[1];
  return inner !== undefined && bare(inner) !== inner ? bare(inner) : `${text} != 0u`;
}

const call = (name: string, ...args: readonly string[]): string => `${name}(${args.map(bare).join(', ')})`;

export function scalar({ op, type, number, args }: Value, texts: readonly string[]): string {
  const [first, y, z] = texts;
  const of = args[0]?.type;
  // an expression of constants alone would be computed by the compiler of WGSL, which refuses an overflow
  const isConstant = args.length > 0 && args.every((arg) => arg.op === 'constant');
  const x = !isConstant ? first : of === 'float' ? bitsText(args[0].number) : `word(${first})`;
  switch (op) {
    case 'constant':
      return type === 'float' ? floatText(number) : wordText(number);
    case 'mul': {
      const zero = of === 'float' ? args.findIndex((arg) => arg.op === 'constant' && arg.number === 0) : -1;
      return zero < 0 ? `(${x} * ${y})` : call('zeroIfFinite', texts[1 - zero]);
    }
    case 'add': {
      const isNegative = of === 'float' && args[1].op === 'constant' && args[1].number < 0;
      return isNegative ? `(${x} - ${floatText(-args[1].number)})` : `(${x} + ${y})`;
    }
    case 'sub':
      return `(${x} - ${y})`;
    case 'div':
      return `(${x} / ${y})`;
    case 'min':
      return call(of === 'float' ? 'least' : 'min', x, y);
    case 'max':
      return call(of === 'float' ? 'most' : 'max', x, y);
    case 'pmin':
      return call('select', x, y, `${y} < ${x}`);
    case 'pmax':
      return call('select', x, y, `${x} < ${y}`);
    case 'neg':
      return of === 'float' ? `(-${x})` : `(0u - ${x})`;
    case 'abs':
      return call('abs', x);
    case 'sqrt':
      return call('sqrt', x);
    case 'nearest':
      return call('round', x);
    case 'floor':
      return call('floor', x);
    case 'mulHigh':
      return call('highProduct', x, y);
    case 'and':
      return `(${x} & ${y})`;
    case 'or':
      return `(${x} | ${y})`;
    case 'xor':
      return type === 'mask' ? `(${x} != ${y})` : `(${x} ^ ${y})`;
    case 'shl':
      return `(${x} << ${number}u)`;
    case 'shr':
      return `(${x} >> ${number}u)`;
    case 'shrSigned':
      return `bitcast<u32>(${call('bitcast<i32>', x)} >> ${number}u)`;
    case 'lt':
    case 'le':
    case 'eq':
      return type === 'index' ? `u32${comparison(op, of!, x, y)}` : comparison(op, of!, x, y);
    case 'not':
      return type === 'mask' ? `(!${x})` : type === 'index' ? `u32(${bare(x)} == 0u)` : `(~${x})`;
    case 'select':
      return call('select', z, y, of === 'mask' ? first : condition(first));
    case 'toFloat':
      return call('f32', call('bitcast<i32>', x));
    case 'toFloatUnsigned':
      return call('f32', x);
    case 'toWord':
      return call('bitcast<u32>', call('i32', x));
    case 'bits':
      return call('bitcast<u32>', x);
    case 'float':
      return call('bitcast<f32>', x);
    case 'splat':
      return x;
    case 'any':
      return call('u32', x);
    default:
      throw new Error(`wgsl: ${op} is between lanes, and an invocation has one`);
  }
}

function comparison(op: 'lt' | 'le' | 'eq', of: Type, x: string, y: string): string {
  const sign = { lt: '<', le: '<=', eq: '==' }[op];
  return of === 'word' && op !== 'eq'
    ? `(${call('bitcast<i32>', x)} ${sign} ${call('bitcast<i32>', y)})`
    : `(${x} ${sign} ${y})`;
}

/**
 * The shortest decimal that float32 reads as the number. WGSL has no literals for numbers that are not
 * finite.
 */
function floatText(value: number): string {
  if (!Number.isFinite(value) || Object.is(value, -0)) return bitsText(value);
  if (Number.isInteger(value) && Math.abs(value) < 1e15) return value < 0 ? `(${value}.0f)` : `${value}.0f`;
  let digits = 1;
  while (digits < 9 && Math.fround(Number(value.toPrecision(digits))) !== Math.fround(value)) digits++;
  const text = String(Number(value.toPrecision(digits)));
  const decimal = /[.e]/.test(text) ? text : `${text}.0`;
  return value < 0 ? `(${decimal}f)` : `${decimal}f`;
}

const bitsText = (value: number): string =>
  `fromBits(${wordText(new Uint32Array(Float32Array.of(value).buffer)[0])})`;

export function wordText(value: number): string {
  const word = value >>> 0;
  return word < 0x10000 ? `${word}u` : `0x${word.toString(16)}u`;
}

/** Functions that programs use. */
const HELPERS: Record<string, string> = {
  highProduct: `// the high word of the product of unsigned words, by halves of 16 bits
fn highProduct(a: u32, b: u32) -> u32 {
  let low = (a & 0xffffu) * (b & 0xffffu);
  let middle = (a >> 16u) * (b & 0xffffu) + (low >> 16u);
  let cross = (a & 0xffffu) * (b >> 16u) + (middle & 0xffffu);
  return (a >> 16u) * (b >> 16u) + (middle >> 16u) + (cross >> 16u);
}`,
  fromBits: `// a number for which WGSL has no literal
fn fromBits(bits: u32) -> f32 { return bitcast<f32>(bits); }`,
  word: `// a word that takes part in arithmetic only when the program runs
fn word(bits: u32) -> u32 { return bits; }`,
  zeroIfFinite: `// 0 x: NaN where x is NaN or infinite
fn zeroIfFinite(x: f32) -> f32 {
  let bits = bitcast<u32>(x) & 0x7f800000u;
  return bitcast<f32>(select(0u, 0x7fc00000u, bits == 0x7f800000u));
}`,
  isNan: 'fn isNan(x: f32) -> bool { return (bitcast<u32>(x) & 0x7fffffffu) > 0x7f800000u; }',
  least:
    '// NaN where x or y is\nfn least(x: f32, y: f32) -> f32 { return select(select(min(x, y), y, isNan(y)), x, isNan(x)); }',
  most: '// NaN where x or y is\nfn most(x: f32, y: f32) -> f32 { return select(select(max(x, y), y, isNan(y)), x, isNan(x)); }',
};

export function helpersOf(body: string): string[] {
  const isUsed = (name: string, text: string): boolean => new RegExp(`\\b${name}\\(`).test(text);
  const nan = isUsed('least', body) || isUsed('most', body);
  return Object.keys(HELPERS)
    .filter((name) => isUsed(name, body) || (name === 'isNan' && nan))
    .map((name) => HELPERS[name]);
}
