// A program in the vector language as a WebAssembly function of SIMD: each value has four lanes. A value that
// is used once, in the block where it is made, stands inside the expression that uses it; the others are
// locals.
import type { Block, Code, Statement, Type, Value, Variable } from '../language/code.js';
import { usesOf } from '../language/uses.js';
import { tree, type Tree } from './wasmInstruction.js';
import { Memory, type Frame } from './wasmMemory.js';
import { operation } from './wasmOperation.js';

/** An instruction, or a structure of instructions: a loop repeats while its `branch` is not 0. */
export type Item =
  | Tree
  | { readonly control: 'loop'; readonly body: readonly Item[]; readonly branch: Tree }
  | {
      readonly control: 'if';
      readonly condition: Tree;
      readonly body: readonly Item[];
      readonly otherwise: readonly Item[];
    };

type Local = 'v128' | 'i32';

export interface WasmFunction {
  readonly items: readonly Item[];
  /** The locals after the four parameters job, step, begin, end. */
  readonly locals: readonly { readonly name: string; readonly type: Local }[];
}

export const PARAMETERS = ['job', 'step', 'begin', 'end'];

/**
 * @param fields the fields of the job, of eight bytes: the two addresses of a buffer, in even and in odd
 * steps, or one number twice.
 *   Fields that are missing are added.
 */
export const wasmFunction = (code: Code, result: Variable | undefined, fields: string[]): WasmFunction =>
  new Writer(code, result, fields).write();

/** Operations that are cheaper to repeat than to keep in a local. */
const INLINE = new Set<Value['op']>(['constant', 'lane']);

class Writer implements Frame {
  readonly #locals: { name: string; type: Local }[] = [];
  readonly #localOf = new Map<Value | Variable, number>();
  readonly #uses: Map<Value, number>;
  readonly #inlined: Set<Value>;
  readonly #prologue: Item[] = [];
  readonly #memory = new Memory(this);
  #items: Item[] = [];

  constructor(
    readonly code: Code,
    readonly result: Variable | undefined,
    readonly fields: string[],
  ) {
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
        if (value.op === 'gather') return this.#memory.gather(value);
        return this.push(
          tree('local.set', [this.#compute(value)], this.#newLocal(value, nameOf(value), value.type)),
        );
      }
      case 'set':
        return this.push(tree('local.set', [this.tree(statement.value)], this.#variable(statement.variable)));
      case 'store':
        return this.#memory.store(statement);
      case 'storeRows':
        return this.#memory.storeRows(statement);
      case 'loop':
        return this.#loop(statement);
      case 'if': {
        const condition = this.tree(statement.condition);
        const otherwise = statement.otherwise ? this.#block(statement.otherwise) : [];
        this.push({ control: 'if', condition, body: this.#block(statement.body), otherwise });
      }
    }
  }

  #loop({ from, to, by, body, counter: variable }: Extract<Statement, { kind: 'loop' }>): void {
    const counter = this.#variable(variable);
    const last = this.#local('last', 'i32');
    const now = tree('local.get', [], counter);
    this.push(tree('local.set', [this.tree(from)], counter));
    this.push(tree('local.set', [this.tree(to)], last));
    const inside = tree('i32.lt_u', [now, tree('local.get', [], last)]);
    const next = tree('local.set', [tree('i32.add', [now, this.tree(by)])], counter);
    const loop: Item = { control: 'loop', body: [...this.#block(body), next], branch: inside };
    this.push({ control: 'if', condition: inside, body: [loop], otherwise: [] });
  }

  // Values

  tree(value: Value): Tree {
    if (INLINE.has(value.op) || this.#inlined.has(value)) return this.#compute(value);
    const local = this.#localOf.get(value);
    if (local === undefined) throw new Error(`wasm: ${value.op} is used before it is made`);
    return tree('local.get', [], local);
  }

  #compute(value: Value): Tree {
    const { op, type, source } = value;
    switch (op) {
      case 'read':
        return tree('local.get', [], this.#variable(source as Variable));
      case 'argument':
        return this.#argument(source!.name, type);
      case 'load':
        return this.#memory.loadLanes(value);
      case 'loadSplat':
        return this.#memory.load('v128.load32_splat', value);
      case 'loadIndex':
        return this.#memory.load('i32.load', value);
      case 'part':
        return this.#memory.part(value);
      default:
        return operation(
          value,
          value.args.map((each) => this.tree(each)),
        );
    }
  }

  /** begin, end and step are parameters; other arguments are fields of the job. */
  #argument(name: string, type: Type): Tree {
    const parameter = PARAMETERS.indexOf(name);
    if (parameter >= 0) return tree('local.get', [], parameter);
    return tree(
      type === 'index' ? 'i32.load' : 'v128.load32_splat',
      [tree('local.get', [], 0)],
      this.field(name),
    );
  }

  field(name: string): number {
    let slot = this.fields.indexOf(name);
    if (slot < 0) slot = this.fields.push(name) - 1;
    return 8 * slot;
  }

  // Locals

  #local(name: string, type: Local): number {
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

  keep(name: string, type: Local, value: Tree): Tree {
    if (value.name === 'local.get') return value;
    const local = this.#local(name, type);
    this.push(tree('local.set', [value], local));
    return tree('local.get', [], local);
  }

  atStart(name: string, value: Tree): Tree {
    const local = this.#local(name, 'i32');
    this.#prologue.push(tree('local.set', [value], local));
    return tree('local.get', [], local);
  }

  push(item: Item): void {
    this.#items.push(item);
  }
}

const nameOf = ({ op, source }: Value): string => source?.name.replace(/[^\w]/g, '') ?? op;
