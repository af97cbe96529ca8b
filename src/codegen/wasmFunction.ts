// A text of the vector language as a WebAssembly function of SIMD: four lanes a value. Values that are used once, where
// they are made, stand inside the expression that uses them; the others are locals.
import { type Block, type Buffer, type Code, type Gather, type Statement, type Type, type Value, type Variable } from './code.js';
import { tree, type Name, type Tree } from './wasmInstruction.js';

/** An instruction, or a structure of them: the operand of a loop's `branch` repeats it while it is not 0. */
export type Item =
  | Tree
  | { readonly control: 'loop'; readonly body: readonly Item[]; readonly branch: Tree }
  | { readonly control: 'if'; readonly condition: Tree; readonly body: readonly Item[]; readonly otherwise: readonly Item[] };

export interface WasmFunction {
  readonly items: readonly Item[];
  /** Those after the four parameters job, step, begin, end. */
  readonly locals: readonly { readonly name: string; readonly type: 'v128' | 'i32' }[];
}

export const PARAMETERS = ['job', 'step', 'begin', 'end'];

/**
 * @param fields what the job holds, eight bytes each: of a buffer its addresses in even and in odd steps, else one number
 *   twice. The function adds those that it needs.
 */
export function wasmFunction(code: Code, result: Variable | undefined, fields: string[]): WasmFunction {
  return new Writer(code, result, fields).write();
}

class Writer {
  readonly #locals: { name: string; type: 'v128' | 'i32' }[] = [];
  readonly #localOf = new Map<Value | Variable | string, number>();
  readonly #uses: Map<Value, number>;
  readonly #inlined: Set<Value>;
  readonly #prologue: Item[] = [];
  #items: Item[] = [];

  constructor(readonly code: Code, readonly result: Variable | undefined, readonly fields: string[]) {
    [this.#uses, this.#inlined] = usesOf(code);
  }

  write(): WasmFunction {
    const body = this.#block(this.code.root);
    const value = this.result ? tree('local.get', [], this.#variable(this.result)) : tree('i32.const', [], 0);
    return { items: [...this.#prologue, ...body, value], locals: this.#locals };
  }

  #block({ statements }: Block): Item[] {
    const outer = this.#items;
    this.#items = [];
    for (const statement of statements) this.#statement(statement);
    const items = this.#items;
    this.#items = outer;
    return items;
  }

  #statement(statement: Statement): void {
    switch (statement.kind) {
      case 'let': {
        const { value } = statement;
        if (!this.#uses.has(value) || this.#inlined.has(value) || INLINE.has(value.op)) return;
        if (value.op === 'gather') return this.#gather(value);
        this.#items.push(tree('local.set', [this.#compute(value)], this.#newLocal(value, nameOf(value), value.type)));
        return;
      }
      case 'set': return void this.#items.push(tree('local.set', [this.#tree(statement.value)], this.#variable(statement.variable)));
      case 'store': return this.#store(this.#address(statement.buffer, statement.index), this.#tree(statement.value), statement.lanes);
      case 'storeRows': return this.#storeRows(statement);
      case 'loop': {
        const { from, to, by, body } = statement;
        const counter = this.#variable(statement.counter);
        const last = this.#local('last', 'i32');
        const now = tree('local.get', [], counter);
        this.#items.push(tree('local.set', [this.#tree(from)], counter), tree('local.set', [this.#tree(to)], last));
        const inside = tree('i32.lt_u', [now, tree('local.get', [], last)]);
        const next = tree('local.set', [tree('i32.add', [now, this.#tree(by)])], counter);
        const loop: Item = { control: 'loop', body: [...this.#block(body), next], branch: inside };
        this.#items.push({ control: 'if', condition: inside, body: [loop], otherwise: [] });
        return;
      }
      case 'if': {
        const condition = this.#tree(statement.condition);
        const otherwise = statement.otherwise ? this.#block(statement.otherwise) : [];
        this.#items.push({ control: 'if', condition, body: this.#block(statement.body), otherwise });
      }
    }
  }

  // Values

  /** The value where it is needed: its local, or its expression. */
  #tree(value: Value): Tree {
    if (INLINE.has(value.op) || this.#inlined.has(value)) return this.#compute(value);
    const local = this.#localOf.get(value);
    if (local === undefined) throw new Error(`wasm: ${value.op} is used before it is made`);
    return tree('local.get', [], local);
  }

  #compute(value: Value): Tree {
    const { op, type, number, source } = value;
    const args = (): Tree[] => value.args.map((each) => this.#tree(each));
    switch (op) {
      case 'constant': return type === 'index' ? integer(number) : constant(number, type);
      case 'lane': return tree('v128.const', [], 0, 1, 2, 3);
      case 'read': return tree('local.get', [], this.#variable(source as Variable));
      case 'argument': return this.#argument(source!.name, type);
      case 'load': return tree('v128.load', [this.#address(source as Buffer, value.args[0])], this.#offset);
      case 'loadSplat': return tree('v128.load32_splat', [this.#address(source as Buffer, value.args[0])], this.#offset);
      case 'loadIndex': return tree('i32.load', [this.#address(source as Buffer, value.args[0])], this.#offset);
      case 'part': return this.#part(value);
      case 'splat': return tree('i32x4.splat', args());
      case 'any': return tree('v128.any_true', args());
      case 'bits': case 'float': return args()[0];
      case 'not': return type === 'index' ? tree('i32.eqz', args()) : tree('v128.not', args());
      case 'select': {
        const [mask, x, y] = args();
        if (type === 'index') return tree('select', [x, y, mask]);
        const [, chosen, other] = value.args; // a mask of bits is all that nothing needs
        if (isZero(other)) return tree('v128.and', [x, mask]);
        if (isZero(chosen)) return tree('v128.andnot', [y, mask]);
        return tree('v128.bitselect', [x, y, mask]);
      }
      case 'shl': case 'shr': case 'shrSigned': {
        const name = `${type === 'index' ? 'i32' : 'i32x4'}.${op === 'shl' ? 'shl' : op === 'shr' ? 'shr_u' : 'shr_s'}` as Name;
        return tree(name, [...args(), integer(number)]);
      }
      case 'shuffle': {
        const [x, y] = args();
        return shuffle(x, y, [9, 6, 3, 0].map((bits) => (number >> bits) & 7));
      }
      case 'mulHigh': {
        const [x, y] = args();
        return shuffle(tree('i64x2.extmul_low_i32x4_u', [x, y]), tree('i64x2.extmul_high_i32x4_u', [x, y]), [1, 3, 5, 7]);
      }
      case 'toFloat': return tree('f32x4.convert_i32x4_s', args());
      case 'toFloatUnsigned': return tree('f32x4.convert_i32x4_u', args());
      case 'promote': return tree('f64x2.promote_low_f32x4', args());
      case 'demote': {
        const [low, high] = args().map((half) => tree('f32x4.demote_f64x2_zero', [half]));
        return shuffle(low, high, [0, 1, 4, 5]);
      }
      case 'toWord': return tree('i32x4.trunc_sat_f32x4_s', args());
      default: return tree(instruction(op, value.args[0].type), args());
    }
  }

  /** begin, end, step are parameters; the rest are fields of the job. */
  #argument(name: string, type: Type): Tree {
    const parameter = PARAMETERS.indexOf(name);
    if (parameter >= 0) return tree('local.get', [], parameter);
    return tree(type === 'index' ? 'i32.load' : 'v128.load32_splat', [tree('local.get', [], 0)], this.#field(name));
  }

  /** The offset of a field in the job. */
  #field(name: string): number {
    let slot = this.fields.indexOf(name);
    if (slot < 0) slot = this.fields.push(name) - 1;
    return 8 * slot;
  }

  // Memory

  /** Of the address that was made last. */
  #offset = 0;

  /** The address of an element, constants left for the instruction's offset. */
  #address(buffer: Buffer, index: Value): Tree {
    const [x, y] = index.op === 'add' ? index.args : [index, undefined];
    const isOffset = y?.op === 'constant' && y.number >= 0;
    this.#offset = 0;
    const base = this.#base(buffer);
    const variable = isOffset ? x : index;
    const address = variable.op === 'constant' && variable.number === 0 ? base : tree('i32.add', [base, tree('i32.shl', [this.#tree(variable), integer(2)])]);
    this.#offset = isOffset ? 4 * y.number : 0;
    return address;
  }

  /** The address of a buffer in this step, read once at the start. */
  #base({ name }: Buffer): Tree {
    const key = `buffer ${name}`;
    let local = this.#localOf.get(key);
    if (local === undefined) {
      this.#localOf.set(key, (local = this.#local(name, 'i32')));
      const parity = tree('i32.shl', [tree('i32.and', [tree('local.get', [], 1), integer(1)]), integer(2)]);
      const address = tree('i32.load', [tree('i32.add', [tree('local.get', [], 0), parity])], this.#field(name));
      this.#prologue.push(tree('local.set', [address], local));
    }
    return tree('local.get', [], local);
  }

  #store(address: Tree, value: Tree, lanes: number): void {
    const offset = this.#offset;
    if (lanes === 4) return void this.#items.push(tree('v128.store', [address, value], offset));
    const [to, from] = [this.#keep('to', 'i32', address), this.#keep('row', 'v128', value)];
    for (let lane = 0; lane < lanes; lane++) this.#items.push(tree('v128.store32_lane', [to, from], offset + 4 * lane, lane));
  }

  #storeRows({ buffer, at, values, lanes }: Extract<Statement, { kind: 'storeRows' }>): void {
    const width = values.length;
    const to = this.#keep('to', 'i32', tree('i32.add', [this.#base(buffer), scaled(this.#tree(at), 4 * width)]));
    const parts = values.map((value) => this.#keep('part', 'v128', this.#tree(value)));
    this.#offset = 0;
    if (width === 1) return this.#store(to, parts[0], lanes);
    if (width === 2 && lanes === 4) {
      [[0, 4, 1, 5], [2, 6, 3, 7]].forEach((order, half) => this.#items.push(tree('v128.store', [to, shuffle(parts[0], parts[1], order)], 16 * half)));
      return;
    }
    for (let lane = 0; lane < lanes; lane++) {
      parts.forEach((part, k) => this.#items.push(tree('v128.store32_lane', [to, part], 4 * (width * lane + k), lane)));
    }
  }

  /** Loads of the rows of a gather: two floats at a time, the rows of two lanes a vector. */
  #gather(value: Value): void {
    const { values, rows, width } = value.source as Gather;
    const at = value.args[0];
    const base = this.#base(values);
    const addresses = [0, 1, 2, 3].map((lane) => {
      const number = rows ? tree('i32.load', [this.#address(rows, at)], this.#offset + 4 * lane) : undefined;
      if (number) return this.#keep('row', 'i32', tree('i32.add', [base, scaled(number, 4 * width)]));
      if (lane === 0) return this.#keep('row', 'i32', tree('i32.add', [base, scaled(this.#tree(at), 4 * width)]));
      return undefined;
    });
    const first = addresses[0]!;
    const from = (lane: number): [Tree, number] => (rows ? [addresses[lane]!, 0] : [first, 4 * width * lane]);
    const load = (name: 'load32' | 'load64', k: number, lanes: readonly number[]): Tree =>
      lanes.reduce<Tree | undefined>((vector, lane, place) => {
        const [address, offset] = from(lane);
        if (!vector) return tree(`v128.${name}_zero`, [address], offset + 4 * k);
        return tree(`v128.${name}_lane`, [address, vector], offset + 4 * k, place);
      }, undefined)!;
    const raw: Tree[] = [];
    for (let k = 0; k + 1 < width; k += 2) {
      if (rows || width > 2) raw.push(...[[0, 1], [2, 3]].map((lanes) => this.#keep('pair', 'v128', load('load64', k, lanes))));
      else raw.push(...[0, 16].map((offset) => this.#keep('pair', 'v128', tree('v128.load', [first], offset))));
    }
    if (width % 2 === 1) {
      const last = rows || width > 1 ? load('load32', width - 1, [0, 1, 2, 3]) : tree('v128.load', [first], 0);
      raw.push(this.#keep('part', 'v128', last));
    }
    this.#raw.set(value, raw);
  }

  readonly #raw = new Map<Value, readonly Tree[]>();

  #part({ args: [base], number: k, source }: Value): Tree {
    const raw = this.#raw.get(base)!;
    const { width } = source as Gather;
    if (k === width - 1 && width % 2 === 1) return raw[raw.length - 1];
    const pair = k - (k % 2);
    return shuffle(raw[pair], raw[pair + 1], k % 2 === 0 ? [0, 2, 4, 6] : [1, 3, 5, 7]);
  }

  // Locals

  #local(name: string, type: 'v128' | 'i32'): number {
    return PARAMETERS.length + this.#locals.push({ name: `${name}_${this.#locals.length}`, type }) - 1;
  }

  #newLocal(key: Value | Variable, name: string, type: Type): number {
    const local = this.#local(name, type === 'index' ? 'i32' : 'v128');
    this.#localOf.set(key, local);
    return local;
  }

  #variable(variable: Variable): number {
    return this.#localOf.get(variable) ?? this.#newLocal(variable, variable.name, variable.type);
  }

  /** The tree in a local, so that it can be used twice. */
  #keep(name: string, type: 'v128' | 'i32', value: Tree): Tree {
    if (value.name === 'local.get') return value;
    const local = this.#local(name, type);
    this.#items.push(tree('local.set', [value], local));
    return tree('local.get', [], local);
  }
}

/** Cheaper to repeat than to keep. */
const INLINE = new Set<Value['op']>(['constant', 'lane']);
/** What must be done where it stands. */
const FIXED = new Set<Value['op']>(['read', 'load', 'loadSplat', 'loadIndex', 'gather', 'argument']);

/** How often each value that matters is used, and those to be computed inside the expression that uses them. */
export function usesOf({ root }: Code): [Map<Value, number>, Set<Value>] {
  const uses = new Map<Value, number>();
  /** The block of the only use. */
  const places = new Map<Value, Block>();
  const use = (value: Value, place: Block): void => {
    const count = uses.get(value) ?? 0;
    uses.set(value, count + 1);
    places.set(value, place);
    if (count === 0) for (const arg of value.args) use(arg, value.home);
  };
  const visit = (block: Block): void => {
    for (const statement of block.statements) {
      switch (statement.kind) {
        case 'let': break;
        case 'set': use(statement.value, block); break;
        case 'store': [statement.index, statement.value].forEach((value) => use(value, block)); break;
        case 'storeRows': [statement.at, ...statement.values].forEach((value) => use(value, block)); break;
        case 'loop':
          [statement.from, statement.to].forEach((value) => use(value, block));
          use(statement.by, statement.body);
          visit(statement.body);
          break;
        case 'if': use(statement.condition, block); visit(statement.body); if (statement.otherwise) visit(statement.otherwise);
      }
    }
  };
  visit(root);
  const inlined = [...uses].filter(([value, count]) => count === 1 && !FIXED.has(value.op) && places.get(value) === value.home);
  return [uses, new Set(inlined.map(([value]) => value))];
}

const nameOf = ({ op, source }: Value): string => source?.name.replace(/[^\w]/g, '') ?? op;

function instruction(op: Value['op'], type: Type): Name {
  if (type === 'mask') return `v128.${op}` as Name;
  if (op === 'and' || op === 'or' || op === 'xor') return `${type === 'index' ? 'i32' : 'v128'}.${op}`;
  if (type === 'index') return `i32.${op}${op === 'lt' || op === 'le' || op === 'div' ? '_u' : ''}` as Name;
  return `${type === 'double' ? 'f64x2' : type === 'float' ? 'f32x4' : 'i32x4'}.${op}${type === 'word' && (op === 'lt' || op === 'le') ? '_s' : ''}` as Name;
}

const isZero = ({ op, number }: Value): boolean => op === 'constant' && Object.is(number, 0);

const integer = (value: number): Tree => tree('i32.const', [], value | 0);

function constant(value: number, type: Type): Tree {
  if (type === 'double') {
    const halves = new Int32Array(Float64Array.of(value).buffer);
    return tree('v128.const', [], ...halves, ...halves);
  }
  const word = type === 'float' ? new Int32Array(Float32Array.of(value).buffer)[0] : value | 0;
  return tree('v128.const', [], word, word, word, word, ...(type === 'float' ? [1] : []));
}

const shuffle = (x: Tree, y: Tree, lanes: readonly number[]): Tree => tree('i8x16.shuffle', [x, y], ...lanes);

/** x size: a shift where size is a power of two. */
function scaled(x: Tree, size: number): Tree {
  const bits = Math.log2(size);
  return Number.isInteger(bits) ? tree('i32.shl', [x, integer(bits)]) : tree('i32.mul', [x, integer(size)]);
}
