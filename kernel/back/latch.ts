// Lets one thread wait, blocked, for another: opened once, for good.

export class Latch {
  readonly buffer: SharedArrayBuffer;
  readonly #word: Int32Array;

  constructor(buffer = new SharedArrayBuffer(4)) {
    this.buffer = buffer;
    this.#word = new Int32Array(buffer);
  }

  open(): void {
    Atomics.store(this.#word, 0, 1);
    Atomics.notify(this.#word, 0);
  }

  /** Blocks this thread until the latch is open, at most so long. */
  wait(milliseconds: number): void {
    Atomics.wait(this.#word, 0, 0, milliseconds);
  }
}
