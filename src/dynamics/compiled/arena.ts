// The memory of one compiled run: arrays laid out one after another, and the job, a block of numbers by which the
// generated code finds them.
import { WebAssembly } from '../../runtime/index.js';

type Words = Int32Array | Float32Array;

const PAGE = 65536;
/** What a vector may read beyond the last row of an array. */
const SLACK = 256;
/** Addresses of 32 bits. */
const MOST = 2 ** 32 - PAGE;

export class Arena {
  readonly memory: WebAssembly.Memory;
  /** The address of the job. */
  readonly job = 64;
  readonly #addresses = new Map<string, number>();
  /** Where each field of the job stands, in words; the memory never grows, so that its views last. */
  readonly #fields: ReadonlyMap<string, number>;
  readonly #words: Uint32Array;
  readonly #floats: Float32Array;

  /**
   * @param lengths numbers of four-byte words, by name
   * @throws RangeError, with the bytes needed, for more than a memory holds
   */
  constructor(caller: string, fields: readonly string[], lengths: Readonly<Record<string, number>>, shared: boolean) {
    this.#fields = new Map(fields.map((field, slot) => [field, this.job / 4 + 2 * slot]));
    let top = 64 + 8 * fields.length;
    for (const [name, length] of Object.entries(lengths)) {
      top = 64 * Math.ceil(top / 64);
      this.#addresses.set(name, top);
      top += 4 * length + SLACK;
    }
    const gigabytes = (bytes: number): string => `${(bytes / 2 ** 30).toFixed(2)} GiB`;
    if (top > MOST) {
      throw new RangeError(`${caller}: the run needs ${gigabytes(top)}, the memory of a compiled program holds ${gigabytes(MOST)}`);
    }
    const pages = Math.ceil(top / PAGE);
    try {
      this.memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared });
    } catch (cause) {
      throw new RangeError(`${caller}: the run needs ${gigabytes(top)} of memory, which the machine does not give`, { cause });
    }
    this.#words = new Uint32Array(this.memory.buffer);
    this.#floats = new Float32Array(this.memory.buffer);
  }

  floats(name: string, length: number): Float32Array {
    return new Float32Array(this.memory.buffer, this.#address(name), length);
  }

  set(name: string, words: Words): void {
    const { buffer } = this.memory;
    const address = this.#address(name);
    if (words instanceof Float32Array) new Float32Array(buffer, address, words.length).set(words);
    else new Int32Array(buffer, address, words.length).set(words);
  }

  /** Writes the addresses of a field's arrays in even and in odd steps. */
  point(field: string, even: string, odd: string): void {
    const at = this.#fields.get(field);
    if (at === undefined) return;
    this.#words[at] = this.#address(even);
    this.#words[at + 1] = this.#address(odd);
  }

  /** Writes a number into a field, if the program has it. */
  number(field: string, value: number, kind: 'float' | 'word'): void {
    const at = this.#fields.get(field);
    if (at === undefined) return;
    const view = kind === 'float' ? this.#floats : this.#words;
    view[at] = view[at + 1] = value;
  }

  #address(name: string): number {
    const address = this.#addresses.get(name);
    if (address === undefined) throw new Error(`arena: there is no array ${name}`);
    return address;
  }
}
