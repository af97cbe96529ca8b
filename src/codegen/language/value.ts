// The values and statements of the vector language (code.ts), as they are written down.
import type { Lanes } from '../../expression/index.js';
import type { Code } from './code.js';

/** Lanes of float32, of 32-bit words, of truth; two of float64; or one integer for all lanes. */
export type Type = 'float' | 'word' | 'mask' | 'double' | 'index';

/** Words are compared as signed, indices as unsigned integers. */
export type Comparison = 'lt' | 'le' | 'eq';
/** pmin and pmax are y < x ? y : x and x < y ? y : x, one instruction, of which a NaN in x comes out. */
export type FloatOp = 'add' | 'sub' | 'mul' | 'div' | 'min' | 'max' | 'pmin' | 'pmax' | 'neg' | 'abs' | 'sqrt' | 'nearest' | 'floor';
/** mulHigh is the high word of the unsigned product; shr shifts zeros in. */
export type WordOp = 'add' | 'sub' | 'mul' | 'mulHigh' | 'and' | 'or' | 'xor' | 'shl' | 'shr' | 'shrSigned';
/**
 * Between types: conversions by value, `bits` and `float` by pattern, `splat` from one integer to all lanes, `promote` from
 * two lanes of float32 to float64, `demote` from two vectors of float64 back to four.
 */
export type Conversion = 'toFloat' | 'toFloatUnsigned' | 'toWord' | 'bits' | 'float' | 'splat' | 'promote' | 'demote';
export type Op =
  | FloatOp | WordOp | Comparison | Conversion | 'select' | 'not' | 'constant' | 'lane' | 'read' | 'argument'
  | 'load' | 'loadSplat' | 'loadIndex' | 'gather' | 'part' | 'shuffle' | 'any';

/** An array in memory, by name: its address is a field of the job. */
export interface Buffer {
  readonly name: string;
  readonly holds: 'float' | 'word' | 'double';
  /** Whether no pass writes to it: such arrays may share a place. */
  readonly isTable?: boolean;
}

/** Rows of `width` floats: at each lane's row number, which stand side by side in `rows`, or consecutive ones. */
export interface Gather {
  readonly name: string;
  readonly values: Buffer;
  readonly rows: Buffer | undefined;
  readonly width: number;
}

/** A named place for values of one type, which loops change. */
export interface Variable {
  readonly id: number;
  readonly name: string;
  readonly type: Type;
}

export type Statement =
  | { readonly kind: 'let'; readonly value: Value }
  | { readonly kind: 'set'; readonly variable: Variable; readonly value: Value }
  /** `lanes` first lanes, to consecutive places from `index` on. */
  | { readonly kind: 'store'; readonly buffer: Buffer; readonly index: Value; readonly value: Value; readonly lanes: number }
  | { readonly kind: 'storeRows'; readonly buffer: Buffer; readonly at: Value; readonly values: readonly Value[]; readonly lanes: number }
  | { readonly kind: 'loop'; readonly counter: Variable; readonly from: Value; readonly to: Value; readonly by: Value; readonly body: Block }
  | { readonly kind: 'if'; readonly condition: Value; readonly body: Block; readonly otherwise: Block | undefined };

export class Block {
  readonly statements: Statement[] = [];
  readonly depth: number;
  constructor(readonly parent: Block | undefined) {
    this.depth = parent ? parent.depth + 1 : 0;
  }
}

export type Operand = Value | number;

/** One value of the language; made by `Code` and the methods here. */
export class Value implements Lanes<Value> {
  constructor(
    readonly code: Code,
    readonly id: number,
    readonly op: Op,
    readonly type: Type,
    readonly args: readonly Value[],
    /** The constant; the part of a gather; the bits of a shift; four lanes in octal; how many lanes a load has. */
    readonly number: number,
    readonly source: Buffer | Variable | Gather | undefined,
    readonly home: Block,
  ) {}

  /** The number in all lanes, as a float64 beside such. */
  float(value: number): Value { return this.type === 'double' ? this.code.double(value) : this.code.float(value); }
  add(y: Operand): Value { return this.code.binary('add', this, y); }
  sub(y: Operand): Value { return this.code.binary('sub', this, y); }
  mul(y: Operand): Value { return this.code.binary('mul', this, y); }
  div(y: Operand): Value { return this.code.binary('div', this, y); }
  min(y: Operand): Value { return this.code.binary('min', this, y); }
  max(y: Operand): Value { return this.code.binary('max', this, y); }
  pmin(y: Operand): Value { return this.code.binary('pmin', this, y); }
  pmax(y: Operand): Value { return this.code.binary('pmax', this, y); }
  mulHigh(y: Operand): Value { return this.code.binary('mulHigh', this, y); }
  and(y: Operand): Value { return this.code.binary('and', this, y); }
  or(y: Operand): Value { return this.code.binary('or', this, y); }
  xor(y: Operand): Value { return this.code.binary('xor', this, y); }
  shl(bits: number): Value { return this.code.make('shl', this.type, [this], bits); }
  shr(bits: number): Value { return this.code.make('shr', this.type, [this], bits); }
  shrSigned(bits: number): Value { return this.code.make('shrSigned', this.type, [this], bits); }
  neg(): Value { return this.code.make('neg', this.type, [this]); }
  abs(): Value { return this.code.make('abs', this.type, [this]); }
  sqrt(): Value { return this.code.make('sqrt', this.type, [this]); }
  /** To the nearest whole number, halves to even. */
  nearest(): Value { return this.code.make('nearest', this.type, [this]); }
  floor(): Value { return this.code.make('floor', this.type, [this]); }
  lt(y: Operand): Value { return this.code.compare('lt', this, y); }
  le(y: Operand): Value { return this.code.compare('le', this, y); }
  eq(y: Operand): Value { return this.code.compare('eq', this, y); }
  not(): Value { return this.code.make('not', this.type, [this]); }
  /** This where the mask holds, else y. */
  where(mask: Value, y: Operand): Value {
    return this.code.make('select', this.type, [mask, this, this.code.like(this, y)]);
  }
  /** This, but of x in the lanes where the mask holds; `of` is computed only if there is such a lane. */
  unless(mask: Value, x: Value, of: (x: Value) => Value): Value { return this.code.unless(mask, this, x, of); }
  /** A signed word as a float, rounded; `toFloatUnsigned` an unsigned one. */
  toFloat(): Value { return this.code.make('toFloat', 'float', [this]); }
  toFloatUnsigned(): Value { return this.code.make('toFloatUnsigned', 'float', [this]); }
  /** A whole number below 2^22 in size as a signed word; some word of others. */
  toWord(): Value { return this.code.make('toWord', 'word', [this]); }
  bits(): Value { return this.code.make('bits', 'word', [this]); }
  asFloat(): Value { return this.code.make('float', 'float', [this]); }
  /** One integer in all lanes. */
  splat(): Value { return this.code.make('splat', 'word', [this]); }
  /** The first two lanes as float64, and the last two. */
  promote(): [low: Value, high: Value] {
    return [this, this.code.make('shuffle', 'float', [this, this], 0o2323)].map((x) => this.code.make('promote', 'double', [x])) as [Value, Value];
  }
  /** Four floats, rounded: the first two from here. */
  demote(high: Value): Value { return this.code.make('demote', 'float', [this, high]); }
  /** The sum of both lanes of float64, in both. */
  sumOfLanes(): Value { return this.add(this.code.make('shuffle', 'double', [this, this], 0o2301)); }
}
