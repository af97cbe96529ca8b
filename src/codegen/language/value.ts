// The values and statements of the vector language (code.ts), as they are written down.
import type { Lanes } from '../../expressions/index.js';
import type { Code } from './code.js';

/** Lanes of float32, of 32-bit words, of truth values; two lanes of float64; or one integer for all lanes. */
export type Type = 'float' | 'word' | 'mask' | 'double' | 'index';

/** Words are compared as signed, indices as unsigned integers. */
export type Comparison = 'lt' | 'le' | 'eq';
export type FloatOp =
  | 'add'
  | 'sub'
  | 'mul'
  | 'div'
  | 'min'
  | 'max'
  | 'pmin'
  | 'pmax'
  | 'neg'
  | 'abs'
  | 'sqrt'
  | 'nearest'
  | 'floor';
/** mulHigh is the high word of the unsigned product; shr fills with zeros. */
export type WordOp = 'add' | 'sub' | 'mul' | 'mulHigh' | 'and' | 'or' | 'xor' | 'shl' | 'shr' | 'shrSigned';
/**
 * toFloat and toWord convert values; bits and float keep the bits; demote makes four float32 of two vectors
 * of float64.
 */
export type Conversion =
  | 'toFloat'
  | 'toFloatUnsigned'
  | 'toWord'
  | 'bits'
  | 'float'
  | 'splat'
  | 'promote'
  | 'demote';
export type Op =
  | FloatOp
  | WordOp
  | Comparison
  | Conversion
  | 'select'
  | 'not'
  | 'constant'
  | 'lane'
  | 'read'
  | 'argument'
  | 'load'
  | 'loadSplat'
  | 'loadIndex'
  | 'gather'
  | 'part'
  | 'shuffle'
  | 'any';

/** An array in memory. Its address is the field of the job with its name. */
export interface Buffer {
  readonly name: string;
  readonly holds: 'float' | 'word' | 'double';
  /** Whether no pass writes to it. On the GPU such arrays share a buffer. */
  readonly isTable?: boolean;
}

/** Rows of `width` floats: those that `rows` names, or consecutive ones. */
export interface Gather {
  readonly name: string;
  readonly values: Buffer;
  readonly rows: Buffer | undefined;
  readonly width: number;
}

export interface Variable {
  readonly id: number;
  readonly name: string;
  readonly type: Type;
}

export type Statement =
  | { readonly kind: 'let'; readonly value: Value }
  | { readonly kind: 'set'; readonly variable: Variable; readonly value: Value }
  /** The first `lanes` lanes go to consecutive places from `index` on. */
  | {
      readonly kind: 'store';
      readonly buffer: Buffer;
      readonly index: Value;
      readonly value: Value;
      readonly lanes: number;
    }
  | {
      readonly kind: 'storeRows';
      readonly buffer: Buffer;
      readonly at: Value;
      readonly values: readonly Value[];
      readonly lanes: number;
    }
  | {
      readonly kind: 'loop';
      readonly counter: Variable;
      readonly from: Value;
      readonly to: Value;
      readonly by: Value;
      readonly body: Block;
    }
  | {
      readonly kind: 'if';
      readonly condition: Value;
      readonly body: Block;
      readonly otherwise: Block | undefined;
    };

export class Block {
  readonly statements: Statement[] = [];

  constructor(readonly depth: number) {}
}

export type Operand = Value | number;

/**
 * One value of the language, made by `Code` and by the methods here. See `Lanes` for those that are not
 * described here.
 */
export class Value implements Lanes<Value> {
  constructor(
    readonly code: Code,
    readonly id: number,
    readonly op: Op,
    readonly type: Type,
    readonly args: readonly Value[],
    /**
     * The constant; the part of a gather; the bits of a shift; four lanes in octal; the number of lanes of a
     * load.
     */
    readonly number: number,
    readonly source: Buffer | Variable | Gather | undefined,
    readonly home: Block,
  ) {}

  /** The number in all lanes, of the type of this value. */
  float(value: number): Value {
    return this.type === 'double' ? this.code.double(value) : this.code.float(value);
  }
  add(y: Operand): Value {
    return this.code.binary('add', this, y);
  }
  sub(y: Operand): Value {
    return this.code.binary('sub', this, y);
  }
  mul(y: Operand): Value {
    return this.code.binary('mul', this, y);
  }
  div(y: Operand): Value {
    return this.code.binary('div', this, y);
  }
  min(y: Operand): Value {
    return this.code.binary('min', this, y);
  }
  max(y: Operand): Value {
    return this.code.binary('max', this, y);
  }
  pmin(y: Operand): Value {
    return this.code.binary('pmin', this, y);
  }
  pmax(y: Operand): Value {
    return this.code.binary('pmax', this, y);
  }
  mulHigh(y: Operand): Value {
    return this.code.binary('mulHigh', this, y);
  }
  and(y: Operand): Value {
    return this.code.binary('and', this, y);
  }
  or(y: Operand): Value {
    return this.code.binary('or', this, y);
  }
  xor(y: Operand): Value {
    return this.code.binary('xor', this, y);
  }
  shl(bits: number): Value {
    return this.code.make('shl', this.type, [this], bits);
  }
  shr(bits: number): Value {
    return this.code.make('shr', this.type, [this], bits);
  }
  shrSigned(bits: number): Value {
    return this.code.make('shrSigned', this.type, [this], bits);
  }
  neg(): Value {
    return this.code.make('neg', this.type, [this]);
  }
  abs(): Value {
    return this.code.make('abs', this.type, [this]);
  }
  sqrt(): Value {
    return this.code.make('sqrt', this.type, [this]);
  }
  nearest(): Value {
    return this.code.make('nearest', this.type, [this]);
  }
  floor(): Value {
    return this.code.make('floor', this.type, [this]);
  }
  lt(y: Operand): Value {
    return this.code.compare('lt', this, y);
  }
  le(y: Operand): Value {
    return this.code.compare('le', this, y);
  }
  eq(y: Operand): Value {
    return this.code.compare('eq', this, y);
  }
  not(): Value {
    return this.code.make('not', this.type, [this]);
  }
  where(mask: Value, y: Operand): Value {
    return this.code.make('select', this.type, [mask, this, this.code.like(this, y)]);
  }
  /** The smaller of two unsigned integers. */
  atMost(y: Value): Value {
    return this.where(this.lt(y), y);
  }
  unless(mask: Value, x: Value, of: (x: Value) => Value): Value {
    return this.code.unless(mask, this, x, of);
  }
  toFloat(): Value {
    return this.code.make('toFloat', 'float', [this]);
  }
  /** An unsigned word as a float, rounded. */
  toFloatUnsigned(): Value {
    return this.code.make('toFloatUnsigned', 'float', [this]);
  }
  toWord(): Value {
    return this.code.make('toWord', 'word', [this]);
  }
  bits(): Value {
    return this.code.make('bits', 'word', [this]);
  }
  asFloat(): Value {
    return this.code.make('float', 'float', [this]);
  }
  /** The integer as a word in all lanes. */
  splat(): Value {
    return this.code.make('splat', 'word', [this]);
  }
  /** The first two lanes as float64, and the last two. */
  promote(): [low: Value, high: Value] {
    return [this, this.code.make('shuffle', 'float', [this, this], 0o2323)].map((x) =>
      this.code.make('promote', 'double', [x]),
    ) as [Value, Value];
  }
  /** Four floats, rounded: two of this vector of float64, two of the other. */
  demote(high: Value): Value {
    return this.code.make('demote', 'float', [this, high]);
  }
  /** The sum of both lanes of float64, in both. */
  sumOfLanes(): Value {
    return this.add(this.code.make('shuffle', 'double', [this, this], 0o2301));
  }
}
