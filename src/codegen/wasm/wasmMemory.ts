// Loads and stores of a WebAssembly function: elements, rows and gathered rows of arrays, whose addresses are
// fields of the job.
import type { Buffer, Gather, Statement, Value } from '../language/code.js';
import { tree, type Tree } from './wasmInstruction.js';
import { integer, scaled, shuffle } from './wasmOperation.js';

export interface Frame {
  /** The value where it is needed. */
  tree(value: Value): Tree;
  /** The tree in a local, so that it can be used twice. */
  keep(name: string, type: 'v128' | 'i32', value: Tree): Tree;
  /** A local that is set once, at the start. */
  atStart(name: string, value: Tree): Tree;
  /** The offset of a field in the job. */
  field(name: string): number;
  push(item: Tree): void;
}

export class Memory {
  readonly #bases = new Map<string, Tree>();
  /** The vectors that were loaded for a gather. */
  readonly #raw = new Map<Value, readonly Tree[]>();

  constructor(readonly frame: Frame) {}

  load(
    name: 'v128.load' | 'v128.load32_splat' | 'v128.load32_zero' | 'v128.load64_zero' | 'i32.load',
    { source, args: [index] }: Value,
  ): Tree {
    const [address, offset] = this.#address(source as Buffer, index);
    return tree(name, [address], offset);
  }

  /** Reads no byte beyond the lanes that the value has. */
  loadLanes(value: Value): Tree {
    const { number: lanes } = value;
    if (lanes !== 3)
      return this.load(
        lanes === 4 ? 'v128.load' : lanes === 2 ? 'v128.load64_zero' : 'v128.load32_zero',
        value,
      );
    const [address, offset] = this.#address(value.source as Buffer, value.args[0]);
    const from = this.frame.keep('from', 'i32', address);
    return tree('v128.load32_lane', [from, tree('v128.load64_zero', [from], offset)], offset + 8, 2);
  }

  store({ buffer, index, value, lanes }: Extract<Statement, { kind: 'store' }>): void {
    const [address, offset] = this.#address(buffer, index);
    this.#storeLanes(address, offset, this.frame.tree(value), lanes);
  }

  storeRows({ buffer, at, values, lanes }: Extract<Statement, { kind: 'storeRows' }>): void {
    const { frame } = this;
    const width = values.length;
    const to = frame.keep(
      'to',
      'i32',
      tree('i32.add', [this.#base(buffer), scaled(frame.tree(at), 4 * width)]),
    );
    const parts = values.map((value) => frame.keep('part', 'v128', frame.tree(value)));
    if (width === 1) return this.#storeLanes(to, 0, parts[0], lanes);
    if (width === 2 && lanes === 4) {
      [
        [0, 4, 1, 5],
        [2, 6, 3, 7],
      ].forEach((order, half) =>
        frame.push(tree('v128.store', [to, shuffle(parts[0], parts[1], order)], 16 * half)),
      );
      return;
    }
    for (let lane = 0; lane < lanes; lane++) {
      parts.forEach((part, k) =>
        frame.push(tree('v128.store32_lane', [to, part], 4 * (width * lane + k), lane)),
      );
    }
  }

  /** Loads the rows of a gather: two floats at a time, the rows of two lanes into each vector. */
  gather(value: Value): void {
    const { frame } = this;
    const { values, rows, width } = value.source as Gather;
    const base = this.#base(values);
    const row = (number: Tree): Tree =>
      frame.keep('row', 'i32', tree('i32.add', [base, scaled(number, 4 * width)]));
    const [numbers, ahead] = rows ? this.#address(rows, value.args[0]) : [];
    const addresses = numbers
      ? [0, 1, 2, 3].map((lane) => row(tree('i32.load', [numbers], ahead! + 4 * lane)))
      : [row(frame.tree(value.args[0]))];
    const from = (lane: number): [Tree, number] =>
      rows ? [addresses[lane], 0] : [addresses[0], 4 * width * lane];
    const load = (name: 'load32' | 'load64', k: number, lanes: readonly number[]): Tree =>
      lanes.reduce<Tree | undefined>((vector, lane, place) => {
        const [address, offset] = from(lane);
        if (!vector) return tree(`v128.${name}_zero`, [address], offset + 4 * k);
        return tree(`v128.${name}_lane`, [address, vector], offset + 4 * k, place);
      }, undefined)!;
    const raw: Tree[] = [];
    for (let k = 0; k + 1 < width; k += 2) {
      if (rows || width > 2)
        raw.push(
          ...[
            [0, 1],
            [2, 3],
          ].map((lanes) => frame.keep('pair', 'v128', load('load64', k, lanes))),
        );
      else
        raw.push(
          ...[0, 16].map((offset) => frame.keep('pair', 'v128', tree('v128.load', [addresses[0]], offset))),
        );
    }
    if (width % 2 === 1) {
      const last =
        rows || width > 1 ? load('load32', width - 1, [0, 1, 2, 3]) : tree('v128.load', [addresses[0]], 0);
      raw.push(frame.keep('part', 'v128', last));
    }
    this.#raw.set(value, raw);
  }

  part({ args: [base], number: k, source }: Value): Tree {
    const raw = this.#raw.get(base)!;
    const { width } = source as Gather;
    if (k === width - 1 && width % 2 === 1) return raw[raw.length - 1];
    const pair = k - (k % 2);
    return shuffle(raw[pair], raw[pair + 1], k % 2 === 0 ? [0, 2, 4, 6] : [1, 3, 5, 7]);
  }

  /** The address of an element. A constant in the index goes into the offset of the instruction. */
  #address(buffer: Buffer, index: Value): [address: Tree, offset: number] {
    const [x, y] = index.op === 'add' ? index.args : [index, undefined];
    const isOffset = y?.op === 'constant' && y.number >= 0;
    const variable = isOffset ? x : index;
    const base = this.#base(buffer);
    const isStart = variable.op === 'constant' && variable.number === 0;
    return [
      isStart ? base : tree('i32.add', [base, tree('i32.shl', [this.frame.tree(variable), integer(2)])]),
      isOffset ? 4 * y.number : 0,
    ];
  }

  /** The address of a buffer in this step, read once at the start. */
  #base({ name }: Buffer): Tree {
    let base = this.#bases.get(name);
    if (!base) {
      const parity = tree('i32.shl', [tree('i32.and', [tree('local.get', [], 1), integer(1)]), integer(2)]);
      base = this.frame.atStart(
        name,
        tree('i32.load', [tree('i32.add', [tree('local.get', [], 0), parity])], this.frame.field(name)),
      );
      this.#bases.set(name, base);
    }
    return base;
  }

  #storeLanes(address: Tree, offset: number, value: Tree, lanes: number): void {
    const { frame } = this;
    if (lanes === 4) return frame.push(tree('v128.store', [address, value], offset));
    const [to, from] = [frame.keep('to', 'i32', address), frame.keep('row', 'v128', value)];
    if (lanes > 1) frame.push(tree('v128.store64_lane', [to, from], offset, 0));
    if (lanes % 2 === 1)
      frame.push(tree('v128.store32_lane', [to, from], offset + 4 * (lanes - 1), lanes - 1));
  }
}
