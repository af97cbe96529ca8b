// The shared control of a team of threads, beside their working memory: a barrier, the order to stop, the
// steps done. The barrier is central: the last thread opens it; the others poll for a while, then sleep
// (Atomics.wait).

/** Indices of words; words that are written while others are read have their own cache lines. */
const words = {
  arrived: 0,
  opened: 16,
  sleeping: 32,
  stop: 48,
  steps: 64,
  isOver: 80,
  left: 96,
  codes: 112,
} as const;

export class Control {
  readonly #words: Int32Array;

  /** `looks`: how often a thread polls a closed barrier before it sleeps. */
  constructor(
    readonly threads: number,
    readonly looks: number,
    readonly buffer = new SharedArrayBuffer(4 * (words.codes + 2 * threads)),
  ) {
    this.#words = new Int32Array(buffer);
  }

  /** The control of a team without a run. */
  static idle(threads: number, looks: number): Control {
    const control = new Control(threads, looks);
    control.#words[words.left] = threads;
    return control;
  }

  /** Before a run, while all threads are idle. */
  reset(): void {
    for (const word of [words.stop, words.steps, words.isOver, words.left])
      Atomics.store(this.#words, word, 0);
    this.#words.fill(0, words.codes);
  }

  /** Asks all threads to stop after the same step. */
  stop(): void {
    Atomics.store(this.#words, words.stop, 1);
  }

  /** Steps done by all threads. */
  get steps(): number {
    return Atomics.load(this.#words, words.steps);
  }

  /** Whether no thread works. */
  get isIdle(): boolean {
    return Atomics.load(this.#words, words.left) === this.threads;
  }

  /** The code of the first phase that returned one, of the lowest part of its range, as with one thread. */
  get code(): number {
    let [first, code] = [Infinity, 0];
    for (let thread = 0; thread < this.threads; thread++) {
      const returned = Atomics.load(this.#words, words.codes + 2 * thread);
      const phase = Atomics.load(this.#words, words.codes + 2 * thread + 1);
      if (returned !== 0 && phase < first) [first, code] = [phase, returned];
    }
    return code;
  }

  /** A thread's first nonzero code in this step. */
  report(thread: number, phase: number, code: number): void {
    Atomics.store(this.#words, words.codes + 2 * thread, code);
    Atomics.store(this.#words, words.codes + 2 * thread + 1, phase);
  }

  /** Waits for all threads; the last one calls `last` before it lets the others go on. */
  meet(last?: () => void): void {
    const shared = this.#words;
    const before = Atomics.load(shared, words.opened);
    if (Atomics.add(shared, words.arrived, 1) === this.threads - 1) {
      last?.();
      Atomics.store(shared, words.arrived, 0);
      Atomics.add(shared, words.opened, 1);
      if (Atomics.load(shared, words.sleeping) > 0) Atomics.notify(shared, words.opened);
      return;
    }
    for (let look = 0; look < this.looks; look++) if (Atomics.load(shared, words.opened) !== before) return;
    Atomics.add(shared, words.sleeping, 1);
    while (Atomics.load(shared, words.opened) === before) Atomics.wait(shared, words.opened, before);
    Atomics.sub(shared, words.sleeping, 1);
  }

  /** Called by the last thread at the end of a step, so that the step counts for all threads or for none. */
  readonly endStep = (): void => {
    Atomics.add(this.#words, words.steps, 1);
    if (Atomics.load(this.#words, words.stop) !== 0 || this.code !== 0)
      Atomics.store(this.#words, words.isOver, 1);
  };

  /** Whether the run is over; all threads read the same value after a step. */
  get isOver(): boolean {
    return Atomics.load(this.#words, words.isOver) !== 0;
  }

  /** Whether this thread is the last to leave the run. */
  leave(): boolean {
    return Atomics.add(this.#words, words.left, 1) === this.threads - 1;
  }
}
