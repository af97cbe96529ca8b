// The statements of a program in WGSL, as one invocation runs them. A value is written where it is needed, or
// has a name.
import type { Block, Buffer, Code, Gather, Statement, Value, Variable } from '../language/code.js';
import { usesOf } from '../language/uses.js';
import type { WgslMemory } from './wgslMemory.js';
import { bare, condition, PREFIX, scalar } from './wgslValue.js';

/** Longer expressions get a name. */
const WIDTH = 90;
/** Reads that must be done where they stand. */
const FIXED = new Set<Value['op']>(['load', 'loadSplat', 'loadIndex', 'part']);

export class WgslBody {
  readonly #uses: Map<Value, number>;
  readonly #inlined: Set<Value>;
  /** The text of a value where it is needed. */
  readonly #texts = new Map<Value | Variable, string>();
  readonly #counters = new Set<Variable>();
  readonly #lines: string[] = [];
  /** A variable that is read once, and has no line yet. */
  #pending: { readonly name: string; readonly variable: string; readonly indent: string } | undefined;
  #indent = '  ';
  #names = 0;

  constructor(
    readonly code: Code,
    readonly memory: WgslMemory,
  ) {
    [this.#uses, this.#inlined] = usesOf(code);
  }

  /** The body; a result that is not 0 goes to `fault`, with the first step that has one. */
  write(result: Variable | undefined): string {
    this.#block(this.code.root);
    const text = result && this.#texts.get(result);
    if (text)
      this.#line(`if (${text} != 0u) { atomicMin(&fault[0], now.step); atomicMax(&fault[1], ${text}); }`);
    return this.#lines.join('\n');
  }

  #line(text: string): void {
    this.#lines.push(this.#indent + this.#withPending(text));
  }

  /**
   * The text with the pending variable written into it, if it reads this; else the variable gets a name on a
   * line of its own.
   */
  #withPending(text: string): string {
    const pending = this.#pending;
    this.#pending = undefined;
    const place = new RegExp(`\\b${pending?.name}\\b`);
    if (pending && !text.startsWith('for') && place.test(text)) return text.replace(place, pending.variable);
    if (pending) this.#lines.push(`${pending.indent}let ${pending.name} = ${pending.variable};`);
    return text;
  }

  #inside(opening: string, block: Block): void {
    this.#line(opening);
    const outer = this.#indent;
    this.#indent += '  ';
    this.#block(block);
    this.#indent = outer;
  }

  #block({ statements }: Block): void {
    for (const statement of statements) this.#statement(statement);
  }

  #statement(statement: Statement): void {
    const { memory } = this;
    switch (statement.kind) {
      case 'let':
        return this.#let(statement.value);
      case 'set': {
        const known = this.#texts.get(statement.variable);
        const name = known ?? this.#name(statement.variable, statement.variable.name);
        return this.#line(`${known ? '' : 'var '}${name} = ${bare(this.#text(statement.value))};`);
      }
      case 'store': {
        const { buffer, index, value, lanes } = statement;
        return this.#line(memory.store(buffer, memory.laneOf(this.#text(index)), this.#text(value), lanes));
      }
      case 'storeRows': {
        const { buffer, at, values, lanes } = statement;
        const row = memory.laneOf(this.#text(at));
        return values.forEach((value, k) =>
          this.#line(memory.store(buffer, memory.place(row, values.length, k), this.#text(value), lanes)),
        );
      }
      case 'loop':
        return this.#loop(statement);
      case 'if': {
        this.#inside(`if (${condition(this.#text(statement.condition))}) {`, statement.body);
        if (statement.otherwise) this.#inside('} else {', statement.otherwise);
        this.#line('}');
      }
    }
  }

  /** A loop over the rows becomes one turn per invocation. */
  #loop({ counter, from, to, by, body }: Extract<Statement, { kind: 'loop' }>): void {
    const { lanes } = this.memory;
    this.#counters.add(counter);
    if (isArgument(from, 'begin') && isArgument(to, 'end') && by.op === 'constant' && by.number === lanes) {
      this.#texts.set(counter, lanes === 1 ? 'row' : 'begin');
      return this.#block(body);
    }
    const name = this.#name(counter, counter.name);
    this.#inside(
      `for (var ${name} = ${this.#text(from)}; ${name} < ${this.#text(to)}; ${name} += ${this.#text(by)}) {`,
      body,
    );
    this.#line('}');
  }

  #let(value: Value): void {
    if (!this.#uses.has(value)) return;
    if (value.type === 'double')
      throw new Error(`wgsl: ${value.op} makes a float64, which WGSL does not have`);
    if (value.op === 'gather') return this.#gather(value);
    const isFixed =
      FIXED.has(value.op) || (value.op === 'read' && !this.#counters.has(value.source as Variable));
    const text = this.#compute(value);
    const isShort =
      ['constant', 'lane', 'argument', 'read'].includes(value.op) ||
      (this.#inlined.has(value) && text.length < WIDTH);
    if (!isFixed && isShort) return void this.#texts.set(value, text);
    const name = this.#name(value, PREFIX[value.op] ?? value.source?.name ?? value.op);
    if (value.op === 'read' && this.#uses.get(value) === 1) {
      this.#withPending('');
      this.#pending = { name, variable: text, indent: this.#indent };
    } else this.#line(`let ${name} = ${bare(text)};`);
  }

  /** The row of each invocation; its parts are read one by one. */
  #gather(value: Value): void {
    const { rows } = value.source as Gather;
    const at = this.memory.laneOf(this.#text(value.args[0]));
    if (!rows && at === 'row') return void this.#texts.set(value, at);
    const name = this.#name(value, 'row');
    this.#line(`let ${name} = ${rows ? this.memory.element(rows, at) : at};`);
  }

  #text(value: Value): string {
    const known = this.#texts.get(value);
    if (known === undefined) throw new Error(`wgsl: ${value.op} is used before it is made`);
    return known;
  }

  #compute(value: Value): string {
    const { memory } = this;
    const { op, type, number, source, args } = value;
    switch (op) {
      case 'read':
        return this.#texts.get(source as Variable)!;
      case 'lane':
        return memory.lanes > 1 ? 'lane' : '0u';
      case 'argument':
        return memory.argument(source!.name, type);
      case 'load':
        return memory.element(source as Buffer, memory.laneOf(this.#text(args[0])));
      case 'loadSplat':
      case 'loadIndex':
        return memory.element(source as Buffer, this.#text(args[0]));
      case 'part':
        return memory.element(
          (source as Gather).values,
          memory.place(this.#text(args[0]), (source as Gather).width, number),
        );
      default: {
        const text = scalar(
          value,
          args.map((each) => this.#text(each)),
        );
        return text === '(begin + lane)' ? 'row' : text;
      }
    }
  }

  #name(key: Value | Variable, name: string): string {
    const text = `${name}_${this.#names++}`;
    this.#texts.set(key, text);
    return text;
  }
}

const isArgument = ({ op, source }: Value, name: string): boolean =>
  op === 'argument' && source!.name === name;
