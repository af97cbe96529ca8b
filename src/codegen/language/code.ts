// The vector language of compiled energies: straight-line arithmetic on lanes of float32 and of 32-bit words,
// loops over rows, loads and stores. One program in it serves every machine: `wasmFunction.ts` writes SIMD of
// four lanes, `wgsl.ts` one invocation per lane. Equal values are computed once, each in the outermost block
// that has its arguments: what does not change in a loop is computed before the loop. A value that is read
// from a table is such a value too, because no pass writes to tables.
import {
  Block,
  Value,
  type Buffer,
  type Comparison,
  type FloatOp,
  type Gather,
  type Op,
  type Operand,
  type Type,
  type Variable,
  type WordOp,
} from './value.js';

export {
  Block,
  Value,
  type Buffer,
  type Gather,
  type Operand,
  type Statement,
  type Type,
  type Variable,
} from './value.js';

const IMPURE = new Set<Op>(['read', 'load', 'loadSplat', 'loadIndex', 'gather']);
const IDENTITIES: Partial<Record<Op, number>> = { add: 0, sub: 0, xor: 0, or: 0, mul: 1, div: 1 };

export class Code {
  readonly root = new Block(0);
  #block = this.root;
  #ids = 0;
  readonly #known = new Map<string, Value>();
  /** What the entry returns; 0 without. */
  result: Variable | undefined;

  // Values

  float(value: number): Value {
    return this.make('constant', 'float', [], Math.fround(value));
  }
  word(value: number): Value {
    return this.make('constant', 'word', [], value | 0);
  }
  index(value: number): Value {
    return this.make('constant', 'index', [], value);
  }
  double(value: number): Value {
    return this.make('constant', 'double', [], value);
  }
  /** 0, 1, 2, 3: the number of the lane. */
  lane(): Value {
    return this.make('lane', 'word', []);
  }
  /** An argument of the entry, or a field of the job: one value per call. */
  argument(name: string, type: 'index' | 'float' | 'word' = 'index'): Value {
    return this.make('argument', type, [], 0, { name, holds: type === 'float' ? 'float' : 'word' });
  }

  like(x: Value, y: Operand): Value {
    return typeof y !== 'number' ? y : x.type === 'mask' ? this.index(y) : this[x.type](y);
  }

  binary(op: FloatOp | WordOp, x: Value, right: Operand): Value {
    const y = this.like(x, right);
    if (x.type !== y.type)
      throw new TypeError(`${op}: needs two values of one type, got ${x.type} and ${y.type}`);
    if (y.op === 'constant' && y.number === IDENTITIES[op]) return x;
    if (x.op === 'constant' && x.number === IDENTITIES[op] && (op === 'add' || op === 'mul')) return y;
    if (x.op === 'constant' && y.op === 'constant') {
      const folded = fold(op, x.number, y.number);
      if (folded !== undefined) return this.like(x, folded);
    }
    if (op === 'mul' && x.type === 'float' && x.op === 'mul' && y.home.depth < x.home.depth) {
      // (varying c) y: c y is computed outside the loop
      const [c, varying] = x.args[0].home.depth < x.home.depth ? x.args : [x.args[1], x.args[0]];
      if (c.home.depth < x.home.depth) return varying.mul(c.mul(y));
    }
    return this.make(op, x.type, [x, y]);
  }

  compare(op: Comparison, x: Value, right: Operand): Value {
    return this.make(op, x.type === 'index' ? 'index' : 'mask', [x, this.like(x, right)]);
  }

  make(op: Op, type: Type, args: readonly Value[], number = 0, source?: Buffer | Variable | Gather): Value {
    const place =
      source && 'values' in source ? `${source.name} ${source.rows?.name} ${source.width}` : source?.name;
    const key = `${op}/${type}/${Object.is(number, -0) ? '-0' : number}/${place}/${args.map(({ id }) => id).join()}`;
    const impure = IMPURE.has(op) && !isOfTables(source);
    const known = impure ? undefined : this.#known.get(key); // its block, that of its arguments, encloses this place
    if (known) return known;
    const home = impure ? this.#block : this.#homeOf(args);
    const value = new Value(this, this.#ids++, op, type, args, number, source, home);
    if (!impure) this.#known.set(key, value);
    home.statements.push({ kind: 'let', value });
    return value;
  }

  /** The innermost block among those of the values. */
  #homeOf(values: readonly Value[]): Block {
    return values.reduce((deepest, { home }) => (home.depth > deepest.depth ? home : deepest), this.root);
  }

  /** Whether the value is the same in every turn of the loop that is being written. */
  isInvariant({ home }: Value): boolean {
    return home.depth < this.#block.depth;
  }

  // Memory: indices count elements of four bytes; a float64 takes two

  /** Consecutive elements, one per lane: the first `lanes` of them, and 0 in the other lanes. */
  load(buffer: Buffer, index: Value, lanes = 4): Value {
    return this.make('load', buffer.holds, [index], lanes, buffer);
  }
  /** One element in all lanes. */
  loadSplat(buffer: Buffer, index: Value): Value {
    return this.make('loadSplat', buffer.holds, [index], 0, buffer);
  }
  loadIndex(buffer: Buffer, index: Value): Value {
    return this.make('loadIndex', 'index', [index], 0, buffer);
  }
  /**
   * Rows of `width` floats, one row per lane, as `width` values: rows rows[at], rows[at + 1], ..., or rows
   * at, at + 1, ...
   */
  gather(values: Buffer, rows: Buffer | undefined, at: Value, width: number): Value[] {
    const source: Gather = { name: values.name, values, rows, width };
    const base = this.make('gather', values.holds, [at], 0, source);
    return Array.from({ length: width }, (_, k) => this.make('part', values.holds, [base], k, source));
  }

  store(buffer: Buffer, index: Value, value: Value, lanes = 4): void {
    this.#block.statements.push({ kind: 'store', buffer, index, value, lanes });
  }
  /** Writes lane l of values[k] as part k of row `at` + l: the inverse of a gather of consecutive rows. */
  storeRows(buffer: Buffer, at: Value, values: readonly Value[], lanes = 4): void {
    this.#block.statements.push({ kind: 'storeRows', buffer, at, values, lanes });
  }

  // Control

  variable(name: string, initial: Value): Variable {
    const variable = { id: this.#ids++, name, type: initial.type };
    this.set(variable, initial);
    return variable;
  }
  set(variable: Variable, value: Value): void {
    this.#block.statements.push({ kind: 'set', variable, value });
  }
  get(variable: Variable): Value {
    return this.make('read', variable.type, [], 0, variable);
  }
  /** Adds a value to a variable, or only in the lanes where the mask is true. */
  addTo(variable: Variable, value: Value, mask?: Value): void {
    this.set(variable, this.get(variable).add(mask ? value.where(mask, 0) : value));
  }

  /** for (counter = from; counter < to; counter += by), compared as unsigned. */
  loop(name: string, from: Value, to: Value, by: Value | number, body: (counter: Value) => void): void {
    const counter: Variable = { id: this.#ids++, name, type: 'index' };
    const block = this.#inside(() => body(this.get(counter)));
    this.#block.statements.push({ kind: 'loop', counter, from, to, by: this.like(from, by), body: block });
  }
  /** One turn for each number from `begin` to `end`, the range of the call. */
  range(name: string, by: number, body: (counter: Value) => void): void {
    this.loop(name, this.argument('begin'), this.argument('end'), by, body);
  }
  /** Blocks of `size` from `from` to `to`; the last may be shorter. */
  blocks(name: string, from: Value, to: Value, size: number, body: (from: Value, to: Value) => void): void {
    this.loop(name, from, to, size, (first) => body(first, first.add(size).atMost(to)));
  }
  /** The sum of f(i), floats or words, over from <= i < to. */
  sum(name: string, from: Value, to: Value, zero: Value, f: (i: Value) => Value): Value {
    const sum = this.variable('sum', zero);
    this.loop(name, from, to, 1, (i) => this.addTo(sum, f(i)));
    return this.get(sum);
  }
  /** Runs the body where the integer is not 0, or always. */
  if(condition: Value | true, body: () => void, otherwise?: () => void): void {
    if (condition === true) return body();
    const [then, other] = [this.#inside(body), otherwise && this.#inside(otherwise)];
    this.#block.statements.push({ kind: 'if', condition, body: then, otherwise: other });
  }
  /**
   * See `Value.unless`. Like every value it is computed once, in the outermost block that has its arguments.
   */
  unless(mask: Value, usual: Value, x: Value, of: (x: Value) => Value): Value {
    const key = `unless/${mask.id}/${usual.id}/${x.id}`;
    const known = this.#known.get(key);
    if (known) return known;
    const place = this.#block;
    this.#block = this.#homeOf([mask, usual, x]);
    const result = this.variable('usual', usual);
    // x is read through a variable, so that what follows from it is computed inside
    this.if(this.any(mask), () => this.set(result, of(this.get(this.variable('x', x))).where(mask, usual)));
    const value = this.get(result);
    this.#block = place;
    this.#known.set(key, value);
    return value;
  }
  #inside(body: () => void): Block {
    const [outer, inner] = [this.#block, new Block(this.#block.depth + 1)];
    this.#block = inner;
    body();
    this.#block = outer;
    return inner;
  }
  /** The rows of the square whose columns are these four vectors. (On machines of four lanes.) */
  transpose([a, b, c, d]: readonly Value[]): Value[] {
    const zip = (x: Value, y: Value, lanes: number): Value => this.make('shuffle', x.type, [x, y], lanes);
    const [low1, low2, high1, high2] = [
      zip(a, b, 0o0415),
      zip(c, d, 0o0415),
      zip(a, b, 0o2637),
      zip(c, d, 0o2637),
    ];
    return [
      zip(low1, low2, 0o0145),
      zip(low1, low2, 0o2367),
      zip(high1, high2, 0o0145),
      zip(high1, high2, 0o2367),
    ];
  }
  /** 1 if the mask is true in any lane, else 0. */
  any(mask: Value): Value {
    return this.make('any', 'index', [mask]);
  }
}

function isOfTables(source: Buffer | Variable | Gather | undefined): boolean {
  if (source && 'values' in source)
    return isOfTables(source.values) && (!source.rows || isOfTables(source.rows));
  return source !== undefined && 'isTable' in source && source.isTable === true;
}

const fold = (op: FloatOp | WordOp, x: number, y: number): number | undefined =>
  op === 'add'
    ? x + y
    : op === 'sub'
      ? x - y
      : op === 'mul' && (Number.isSafeInteger(x * y) || !Number.isInteger(x))
        ? x * y
        : undefined;
