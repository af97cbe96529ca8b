// What the main thread of the back is at: one word shared with the courier, so that an interrupt never hits
// the kernel's own work half-way (modules being loaded would stay half loaded) and never misses a cell that
// is about to run.

const idle = 0;
const requested = 1;
const loading = 2;
const running = 3;
const interrupted = 4;

export class Phase {
  readonly buffer: SharedArrayBuffer;
  readonly #word: Int32Array;

  constructor(buffer = new SharedArrayBuffer(4)) {
    this.buffer = buffer;
    this.#word = new Int32Array(buffer);
  }

  /** Courier: a cell is on its way to the main thread. */
  request(): void {
    Atomics.store(this.#word, 0, requested);
  }

  /** Main: the cell's modules are being loaded; false when an interrupt came before. */
  load(): boolean {
    return this.#step(requested, loading);
  }

  /** Main: user code starts now; false when an interrupt came before. */
  run(): boolean {
    return this.#step(loading, running);
  }

  /** Main: the cell has ended. */
  end(): void {
    if (!this.#step(running, idle)) this.#step(interrupted, idle);
  }

  /** Courier: what the main thread was at; a cell that does not run yet will not. */
  interrupt(): 'idle' | 'requested' | 'loading' | 'running' {
    if (this.#step(requested, interrupted)) return 'requested';
    if (this.#step(loading, interrupted)) return 'loading';
    return Atomics.load(this.#word, 0) === running ? 'running' : 'idle';
  }

  #step(from: number, to: number): boolean {
    return Atomics.compareExchange(this.#word, 0, from, to) === from;
  }
}
