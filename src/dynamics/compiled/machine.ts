// A compiled program with its memory: arrays one after another, and the job, a block of numbers by which the
// generated code finds them.
import type { WasmProgram } from '../../codegen/index.js';
import { hasThreads, WebAssembly, type Phase, type Run } from '../../runtime/index.js';

type Words = Int32Array | Uint32Array | Float32Array;

interface JobNumbers {
  readonly words?: Readonly<Record<string, number>>;
  readonly floats?: Readonly<Record<string, number>>;
}

const PAGE = 65536;
/** Bytes after the last row of an array that a vector may read. */
const SLACK = 256;
/** An address has 32 bits. */
const MOST = 2 ** 32 - PAGE;
const JOB = 64;

/** Compiled modules, for the memory of one thread and for shared memory. */
const modules = [
  new WeakMap<WasmProgram, WebAssembly.Module>(),
  new WeakMap<WasmProgram, WebAssembly.Module>(),
];

export class Machine {
  readonly #module: WebAssembly.Module;
  readonly #memory: WebAssembly.Memory;
  /** Address and words of each array. */
  readonly #arrays = new Map<string, readonly [address: number, length: number]>();
  /** Where each field of the job stands, in words. */
  readonly #fields: ReadonlyMap<string, number>;
  readonly #words: Uint32Array;
  readonly #floats: Float32Array;

  /**
   * @param arrays by name: the words, or how many there are; a field of the same name points to the array
   * @throws RangeError, with the bytes needed, for more than a memory holds
   */
  constructor(
    caller: string,
    program: WasmProgram,
    arrays: Readonly<Record<string, Words | number>>,
    numbers: JobNumbers,
  ) {
    const { fields } = program;
    this.#fields = new Map(fields.map((field, slot) => [field, JOB / 4 + 2 * slot]));
    let top = JOB + 8 * fields.length;
    for (const [name, array] of Object.entries(arrays)) {
      top = 64 * Math.ceil(top / 64);
      const length = typeof array === 'number' ? array : array.length;
      this.#arrays.set(name, [top, length]);
      top += 4 * length + SLACK;
    }
    const gigabytes = (bytes: number): string => `${(bytes / 2 ** 30).toFixed(2)} GiB`;
    if (top > MOST) {
      throw new RangeError(
        `${caller}: the run needs ${gigabytes(top)}, the memory of a compiled program holds ${gigabytes(MOST)}`,
      );
    }
    const shared = hasThreads();
    const pages = Math.ceil(top / PAGE);
    try {
      this.#memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared }); // it never grows, so that its views last
    } catch (cause) {
      throw new RangeError(
        `${caller}: the run needs ${gigabytes(top)} of memory, which the machine does not give`,
        { cause },
      );
    }
    const known = modules[Number(shared)];
    this.#module = known.get(program) ?? new WebAssembly.Module(program.bytes(shared));
    known.set(program, this.#module);
    this.#words = new Uint32Array(this.#memory.buffer);
    this.#floats = new Float32Array(this.#memory.buffer);
    for (const [name, array] of Object.entries(arrays)) {
      this.point(name, name, name);
      if (typeof array !== 'number') this.set(name, array);
    }
    this.write(numbers);
  }

  /** The words of an array, in place. */
  view<View extends Words>(
    type: new (buffer: ArrayBufferLike, at: number, length: number) => View,
    name: string,
  ): View {
    return new type(this.#memory.buffer, ...this.#array(name));
  }

  copy(name: string): Float32Array {
    return this.view(Float32Array, name).slice();
  }

  /** Writes the words into the array; it stays as it is where there are none. */
  set(name: string, words: Words | undefined): void {
    if (!words) return;
    const { buffer, byteOffset, length } = words;
    this.view(Int32Array, name).set(new Int32Array(buffer, byteOffset, length));
  }

  /**
   * Two arrays, `pair0` and `pair1`, that change places with every step; the first step begins with number
   * `from`.
   */
  swap(pair: string, before: string, after: string, from: number): void {
    this.point(before, `${pair}${from}`, `${pair}${1 - from}`);
    this.point(after, `${pair}${1 - from}`, `${pair}${from}`);
  }

  /** Writes the addresses of a field's arrays in even and in odd steps, if the program has the field. */
  point(field: string, even: string, odd: string): void {
    const at = this.#fields.get(field);
    if (at === undefined) return;
    [this.#words[at]] = this.#array(even);
    [this.#words[at + 1]] = this.#array(odd);
  }

  /** Writes numbers into those fields that the program has: integers, and floats. */
  write({ words = {}, floats = {} }: JobNumbers): void {
    for (const [view, numbers] of [
      [this.#words, words],
      [this.#floats, floats],
    ] as const) {
      for (const [field, value] of Object.entries(numbers)) {
        const at = this.#fields.get(field);
        if (at !== undefined) view[at] = view[at + 1] = value;
      }
    }
  }

  run(steps: number, phases: readonly Phase[]): Run {
    return { module: this.#module, memory: this.#memory, job: JOB, steps, phases };
  }

  #array(name: string): readonly [address: number, length: number] {
    const array = this.#arrays.get(name);
    if (!array) throw new Error(`machine: there is no array ${name}`);
    return array;
  }
}
