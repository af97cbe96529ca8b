// Which side may stop what: one shared word, so that an interrupt never hits the compiler half-way
// (its state would be lost) and never misses a cell that is about to run.

const idle = 0;
const compiling = 1;
const running = 2;
const interrupted = 3;

export class Phase {
  readonly buffer: SharedArrayBuffer;
  readonly #word: Int32Array;

  constructor(buffer = new SharedArrayBuffer(4)) {
    this.buffer = buffer;
    this.#word = new Int32Array(buffer);
  }

  /** Back: a cell is being compiled. */
  compile(): void {
    Atomics.store(this.#word, 0, compiling);
  }

  /** Back: user code starts now; false when an interrupt came while it was compiled. */
  run(): boolean {
    return Atomics.compareExchange(this.#word, 0, compiling, running) === compiling;
  }

  /** Back: the cell has ended. */
  end(): void {
    Atomics.store(this.#word, 0, idle);
  }

  /** Front: `terminate` when user code runs and has to be stopped; a compiling cell will not start. */
  interrupt(): 'idle' | 'noted' | 'terminate' {
    const was = Atomics.compareExchange(this.#word, 0, compiling, interrupted);
    return was === idle ? 'idle' : was === running ? 'terminate' : 'noted';
  }
}
