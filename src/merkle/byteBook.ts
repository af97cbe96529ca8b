// A book of byte strings, two per line, in one array that grows: the record of up to a million signatures.

export class ByteBook {
  #bytes = new Uint8Array(1 << 12);
  /** Line k is the bytes [starts[k - 1], starts[k]), its first part up to middles[k - 1]. */
  readonly #starts = [0];
  readonly #middles: number[] = [];

  /** The number of the new line, from 1. */
  add(first: Uint8Array, second: Uint8Array): number {
    const middle = this.#write(this.#starts.at(-1)!, first);
    this.#starts.push(this.#write(middle, second));
    return this.#middles.push(middle);
  }

  /** Whether that line exists and is exactly these two. */
  holds(line: number, first: Uint8Array, second: Uint8Array): boolean {
    const middle = this.#middles[line - 1]; // undefined if there is no such line
    return (
      middle !== undefined &&
      this.#is(this.#starts[line - 1], middle, first) &&
      this.#is(middle, this.#starts[line], second)
    );
  }

  #write(at: number, bytes: Uint8Array): number {
    const end = at + bytes.length;
    if (end > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(end, 2 * this.#bytes.length));
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    this.#bytes.set(bytes, at);
    return end;
  }

  #is(from: number, to: number, bytes: Uint8Array): boolean {
    if (to - from !== bytes.length) return false;
    for (let k = 0; k < bytes.length; k++) if (this.#bytes[from + k] !== bytes[k]) return false;
    return true;
  }
}
