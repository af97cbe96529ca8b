// One operation of the vector language as an instruction of WebAssembly. For loads and stores see
// wasmMemory.ts.
import type { Type, Value } from '../language/code.js';
import { tree, type Name, type Tree } from './wasmInstruction.js';

export function operation(value: Value, args: readonly Tree[]): Tree {
  const { op, type, number } = value;
  const [x, y] = args;
  switch (op) {
    case 'constant':
      return type === 'index' ? integer(number) : constant(number, type);
    case 'lane':
      return tree('v128.const', [], 0, 1, 2, 3);
    case 'splat':
      return tree('i32x4.splat', args);
    case 'any':
      return tree('v128.any_true', args);
    case 'bits':
    case 'float':
      return x;
    case 'not':
      return type === 'index' ? tree('i32.eqz', args) : tree('v128.not', args);
    case 'select':
      return select(value, args);
    case 'shl':
    case 'shr':
    case 'shrSigned': {
      const name =
        `${type === 'index' ? 'i32' : 'i32x4'}.${op === 'shl' ? 'shl' : op === 'shr' ? 'shr_u' : 'shr_s'}` as Name;
      return tree(name, [x, integer(number)]);
    }
    case 'shuffle':
      return shuffle(
        x,
        y,
        [9, 6, 3, 0].map((bits) => (number >> bits) & 7),
      );
    case 'mulHigh':
      return shuffle(
        tree('i64x2.extmul_low_i32x4_u', [x, y]),
        tree('i64x2.extmul_high_i32x4_u', [x, y]),
        [1, 3, 5, 7],
      );
    case 'toFloat':
      return tree('f32x4.convert_i32x4_s', args);
    case 'toFloatUnsigned':
      return tree('f32x4.convert_i32x4_u', args);
    // x + 1.5 2^23 has x in its last 22 bits and a sign; the conversion instruction of WebAssembly takes
    // seven instructions on x64
    case 'toWord':
      return tree('i32x4.sub', [
        tree('f32x4.add', [x, constant(1.5 * 2 ** 23, 'float')]),
        constant(0x4b400000, 'word'),
      ]);
    case 'promote':
      return tree('f64x2.promote_low_f32x4', args);
    case 'demote': {
      const [low, high] = args.map((half) => tree('f32x4.demote_f64x2_zero', [half]));
      return shuffle(low, high, [0, 1, 4, 5]);
    }
    default:
      return tree(instruction(op, value.args[0].type), args);
  }
}

/** A choice between a value and 0 is an `and` with the mask. */
function select({ type, args: [, chosen, other] }: Value, [mask, x, y]: readonly Tree[]): Tree {
  if (type === 'index') return tree('select', [x, y, mask]);
  if (isZero(other)) return isFull(chosen) ? mask : tree('v128.and', [x, mask]);
  if (isZero(chosen)) return tree('v128.andnot', [y, mask]);
  return tree('v128.bitselect', [x, y, mask]);
}

function instruction(op: Value['op'], type: Type): Name {
  if (type === 'mask') return `v128.${op}` as Name;
  if (op === 'and' || op === 'or' || op === 'xor') return `${type === 'index' ? 'i32' : 'v128'}.${op}`;
  if (type === 'index') return `i32.${op}${op === 'lt' || op === 'le' || op === 'div' ? '_u' : ''}` as Name;
  return `${type === 'double' ? 'f64x2' : type === 'float' ? 'f32x4' : 'i32x4'}.${op}${type === 'word' && (op === 'lt' || op === 'le') ? '_s' : ''}` as Name;
}

const isZero = ({ op, number }: Value): boolean => op === 'constant' && Object.is(number, 0);
/** All bits of a word. */
const isFull = ({ op, type, number }: Value): boolean =>
  op === 'constant' && type === 'word' && number === -1;

export const integer = (value: number): Tree => tree('i32.const', [], value | 0);

function constant(value: number, type: Type): Tree {
  if (type === 'double') {
    const halves = new Int32Array(Float64Array.of(value).buffer);
    return tree('v128.const', [], ...halves, ...halves);
  }
  const word = type === 'float' ? new Int32Array(Float32Array.of(value).buffer)[0] : value | 0;
  return tree('v128.const', [], word, word, word, word, ...(type === 'float' ? [1] : []));
}

/** Lanes 0 to 3 of x, 4 to 7 of y. */
export const shuffle = (x: Tree, y: Tree, lanes: readonly number[]): Tree =>
  tree('i8x16.shuffle', [x, y], ...lanes);

/** x times size, by a shift if size is a power of two. */
export function scaled(x: Tree, size: number): Tree {
  const bits = Math.log2(size);
  return Number.isInteger(bits) ? tree('i32.shl', [x, integer(bits)]) : tree('i32.mul', [x, integer(size)]);
}
