// A text of the vector language as a program for the GPU: one invocation a row, every value a scalar of it. What stands in
// four lanes elsewhere stands in four neighbouring invocations here: invocation `row` is lane `row % lanes` of the group
// that begins at `row - lane`. Arguments are fields of a uniform block, `step` is the step's own; see src/machine/gpuRun.ts.
// Source: W3C, WebGPU Shading Language (https://www.w3.org/TR/WGSL/), which may assume that no number is NaN or infinite:
// where a text of ours relies on them, bits are looked at.
import type { Block, Buffer, Code, Gather, Statement, Type, Value, Variable } from './code.js';
import { usesOf } from './uses.js';
import { bare, condition, helpersOf, PREFIX, scalar, wordText } from './wgslValue.js';

export interface WgslProgram {
  readonly label: string;
  readonly code: string;
  readonly workgroup: number;
  /** Of binding 0, the job, and of the buffers that follow it. */
  readonly bindings: readonly ('uniform' | 'read' | 'write')[];
  /** What the job holds, four bytes each; first the number of rows. */
  readonly fields: readonly Buffer[];
  /** The names of the buffers; the last is `fault` where the text has a result: two words, the first failing step and it. */
  readonly buffers: readonly string[];
}

export interface WgslOptions {
  /** Rows that the text takes together: 4 where it counts them in lanes, else 1. */
  readonly lanes?: 1 | 4;
  readonly workgroup?: number;
}

/** @throws Error for an operation between lanes, which invocations of their own cannot do, and for float64 */
export function wgslProgram(label: string, code: Code, result?: Variable, { lanes = 1, workgroup = 64 }: WgslOptions = {}): WgslProgram {
  return new Writer(code, result, lanes).write(label, workgroup);
}

/** Longer expressions get a name. */
const WIDTH = 90;
/** What must be read where it stands. */
const FIXED = new Set<Value['op']>(['load', 'loadSplat', 'loadIndex', 'part']);

const TABLES: Buffer = { name: 'tables', holds: 'word' };

class Writer {
  readonly #uses: Map<Value, number>;
  readonly #inlined: Set<Value>;
  /** How a value is written where it is needed. */
  readonly #texts = new Map<Value | Variable, string>();
  readonly #counters = new Set<Variable>();
  /** The counter of the loop over the rows: the group's first. */
  #rows: Variable | undefined;
  /** Indices that are known because each invocation has its place. */
  readonly #known = new Map<Value, number>();
  readonly #buffers = new Map<string, { buffer: Buffer; written: boolean }>();
  readonly #fields: Buffer[] = [{ name: 'rows', holds: 'word' }];
  readonly #lines: string[] = [];
  #indent = '  ';
  #names = 0;

  constructor(readonly code: Code, readonly result: Variable | undefined, readonly lanes: number) {
    [this.#uses, this.#inlined] = usesOf(code);
  }

  write(label: string, workgroup: number): WgslProgram {
    this.#block(this.code.root);
    const { result } = this;
    this.#flush();
    if (result) this.#line(`if (${this.#texts.get(result)} != 0u) { atomicMin(&fault[0], now.step); atomicMax(&fault[1], ${this.#texts.get(result)}); }`);
    const buffers = [...this.#buffers.values()];
    const declared = buffers.map(({ buffer: { name, holds }, written }, k) =>
      `@group(0) @binding(${k + 1}) var<storage, ${written ? 'read_write' : 'read'}> ${name}: array<${holds === 'float' ? 'f32' : 'u32'}>;`);
    if (result) declared.push(`@group(0) @binding(${buffers.length + 1}) var<storage, read_write> fault: array<atomic<u32>>;`);
    const body = this.#lines.join('\n');
    const has = (name: string): boolean => new RegExp(`\\b${name}\\b`).test(body);
    const code = [
      `// ${label}`,
      `struct Job {\n${this.#fields.map(({ name, holds }) => `  ${name}: ${holds === 'float' ? 'f32' : 'u32'},`).join('\n')}\n}`,
      'struct Now { step: u32 }',
      '@group(0) @binding(0) var<uniform> job: Job;',
      '@group(1) @binding(0) var<uniform> now: Now;',
      ...declared,
      ...helpersOf(body),
      `@compute @workgroup_size(${workgroup})`,
      'fn main(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {',
      `  let row = id.x + id.y * groups.x * ${workgroup}u;`,
      `  if (row >= job.rows${result ? ' || atomicLoad(&fault[0]) < now.step' : ''}) { return; }`,
      ...(has('lane') || has('begin') ? [`  let lane = row % ${this.lanes}u;`] : []),
      ...(has('begin') ? ['  let begin = row - lane;'] : []),
      `${body}\n}`,
    ];
    return {
      label, workgroup,
      code: `${code.join('\n')}\n`,
      bindings: ['uniform', ...buffers.map(({ written }) => (written ? ('write' as const) : ('read' as const))), ...(result ? (['write'] as const) : [])],
      fields: this.#fields,
      buffers: [...buffers.map(({ buffer: { name } }) => name), ...(result ? ['fault'] : [])],
    };
  }

  #line(text: string): void {
    const pending = this.#pending;
    const place = new RegExp(`\\b${pending?.name}\\b`);
    if (!pending || text.startsWith('for') || !place.test(text)) this.#flush();
    else text = text.replace(place, pending.variable);
    this.#pending = undefined;
    this.#lines.push(this.#indent + text);
  }

  /** A variable that is read once has a name of its own, unless the next line is what reads it. */
  #pending: { readonly name: string; readonly variable: string; readonly indent: string } | undefined;

  #flush(): void {
    const pending = this.#pending;
    if (pending) this.#lines.push(`${pending.indent}let ${pending.name} = ${pending.variable};`);
    this.#pending = undefined;
  }

  #inside(block: Block): void {
    const outer = this.#indent;
    this.#indent += '  ';
    this.#block(block);
    this.#indent = outer;
  }

  #block({ statements }: Pick<Block, 'statements'>): void {
    for (const statement of statements) this.#statement(statement);
  }

  #statement(statement: Statement): void {
    switch (statement.kind) {
      case 'let': return this.#let(statement.value);
      case 'set': {
        const known = this.#texts.get(statement.variable);
        const name = known ?? this.#name(statement.variable, statement.variable.name);
        return this.#line(`${known ? '' : 'var '}${name} = ${bare(this.#text(statement.value))};`);
      }
      case 'store': {
        const { buffer, index, value, lanes } = statement;
        return this.#store(lanes, `${this.#element(buffer, this.#laneOf(this.#text(index)), true)} = ${bare(this.#text(value))};`);
      }
      case 'storeRows': {
        const { buffer, at, values, lanes } = statement;
        const row = this.#laneOf(this.#text(at));
        return values.forEach((value, k) => this.#store(lanes, `${this.#element(buffer, this.#place(row, values.length, k), true)} = ${bare(this.#text(value))};`));
      }
      case 'loop': return this.#loop(statement);
      case 'if': {
        const known = this.#known.get(statement.condition);
        if (known !== undefined) return this.#block(known ? statement.body : (statement.otherwise ?? { statements: [] }));
        this.#line(`if (${condition(this.#text(statement.condition))}) {`);
        this.#inside(statement.body);
        if (statement.otherwise) {
          this.#line('} else {');
          this.#inside(statement.otherwise);
        }
        this.#line('}');
      }
    }
  }

  #store(lanes: number, text: string): void {
    this.#line(lanes < this.lanes ? `if (lane < ${lanes}u) { ${text} }` : text);
  }

  /** A loop over the rows is the invocations' own: of each there is one turn. */
  #loop({ counter, from, to, by, body }: Extract<Statement, { kind: 'loop' }>): void {
    this.#counters.add(counter);
    if (isArgument(from, 'begin') && isArgument(to, 'end') && by.op === 'constant' && by.number === this.lanes) {
      this.#rows = counter;
      this.#texts.set(counter, this.lanes === 1 ? 'row' : 'begin');
      return this.#block(body);
    }
    const name = this.#name(counter, counter.name);
    this.#line(`for (var ${name} = ${this.#text(from)}; ${name} < ${this.#text(to)}; ${name} += ${this.#text(by)}) {`);
    this.#inside(body);
    this.#line('}');
  }

  #let(value: Value): void {
    if (!this.#uses.has(value)) return;
    if (value.type === 'double') throw new Error(`wgsl: ${value.op} makes a float64, which WGSL does not have`);
    if (value.op === 'gather') return this.#gather(value);
    if (this.#isKnown(value)) return;
    const isFixed = FIXED.has(value.op) || (value.op === 'read' && !this.#counters.has(value.source as Variable));
    const text = this.#compute(value);
    const isShort = ['constant', 'lane', 'argument', 'read'].includes(value.op) || (this.#inlined.has(value) && text.length < WIDTH);
    if (!isFixed && isShort) return void this.#texts.set(value, text);
    const name = this.#name(value, PREFIX[value.op] ?? value.source?.name ?? value.op);
    if (value.op === 'read' && this.#uses.get(value) === 1) {
      this.#flush();
      this.#pending = { name, variable: text, indent: this.#indent };
    } else this.#line(`let ${name} = ${bare(text)};`);
  }

  /** The rows that are left from the group's first on: it is whole, for rows beyond the last have returned. */
  #isKnown(value: Value): boolean {
    const { op, type, args: [x, y] } = value;
    if (op === 'sub' && isArgument(x, 'end') && y.op === 'read' && y.source === this.#rows) this.#known.set(value, this.lanes);
    const [a, b] = [x, y].map((each) => (each?.op === 'constant' ? each.number : this.#known.get(each)));
    if (type === 'index' && a !== undefined && b !== undefined) {
      if (op === 'lt') this.#known.set(value, Number(a < b));
      if (op === 'eq') this.#known.set(value, Number(a === b));
    }
    const known = this.#known.get(value);
    if (known !== undefined) this.#texts.set(value, wordText(known));
    return known !== undefined;
  }

  /** The row of each invocation; its parts are read one by one. */
  #gather(value: Value): void {
    const { rows } = value.source as Gather;
    const at = this.#laneOf(this.#text(value.args[0]));
    if (!rows && at === 'row') return void this.#texts.set(value, at);
    const name = this.#name(value, 'row');
    this.#line(`let ${name} = ${rows ? this.#element(rows, at) : at};`);
  }

  #text(value: Value): string {
    const known = this.#texts.get(value);
    if (known === undefined) throw new Error(`wgsl: ${value.op} is used before it is made`);
    return known;
  }

  #compute(value: Value): string {
    const { op, type, number, source } = value;
    switch (op) {
      case 'read': return this.#texts.get(source as Variable)!;
      case 'lane': return this.lanes > 1 ? 'lane' : '0u';
      case 'argument': return this.#argument(source!.name, type);
      case 'load': return this.#element(source as Buffer, this.#laneOf(this.#text(value.args[0])));
      case 'loadSplat': case 'loadIndex': return this.#element(source as Buffer, this.#text(value.args[0]));
      case 'part': return this.#element((source as Gather).values, this.#place(this.#text(value.args[0]), (source as Gather).width, number));
      default: {
        const text = scalar(value, value.args.map((each) => this.#text(each)));
        return text === '(begin + lane)' ? 'row' : text;
      }
    }
  }

  #argument(name: string, type: Type): string {
    if (name === 'begin') return this.lanes === 1 ? 'row' : name;
    if (name === 'end') return `(${this.lanes === 1 ? 'row' : 'begin'} + ${this.lanes}u)`;
    if (name === 'step') return 'now.step';
    if (!this.#fields.some((field) => field.name === name)) this.#fields.push({ name, holds: type === 'float' ? 'float' : 'word' });
    return `job.${name}`;
  }

  #laneOf(index: string): string {
    return this.lanes === 1 ? index : index === 'begin' ? 'row' : `${index} + lane`;
  }

  /** Part k of a row of so many. */
  #place(row: string, width: number, k: number): string {
    const start = width === 1 ? row : `${/^\w+$/.test(row) ? row : `(${row})`} * ${width}u`;
    return k === 0 ? start : `${start} + ${wordText(k)}`;
  }

  /** All tables share a buffer, for devices have few: each begins at a field of the job. */
  #element(buffer: Buffer, index: string, written = false): string {
    if (buffer.isTable) {
      this.#buffers.set(TABLES.name, { buffer: TABLES, written: false });
      const word = `${TABLES.name}[${this.#argument(buffer.name, 'word')} + ${bare(index)}]`;
      return buffer.holds === 'float' ? `bitcast<f32>(${word})` : word;
    }
    const known = this.#buffers.get(buffer.name);
    this.#buffers.set(buffer.name, { buffer, written: written || known?.written === true });
    return `${buffer.name}[${bare(index)}]`;
  }

  #name(key: Value | Variable, name: string): string {
    const text = `${name}_${this.#names++}`;
    this.#texts.set(key, text);
    return text;
  }
}

const isArgument = ({ op, source }: Value, name: string): boolean => op === 'argument' && source!.name === name;
