// The phase of the back's main thread, and its request: one word shared with the courier, so that an
// interrupt never stops the kernel's own work half-way (modules would stay half loaded), never
// misses a cell that is about to run, and never hits the next one.

const states = ['idle', 'requested', 'loading', 'running', 'interrupted'] as const;
export type State = (typeof states)[number];

const word = (id: number, state: State): number => (id << 3) | states.indexOf(state);

export class Phase {
  readonly buffer: SharedArrayBuffer;
  readonly #word: Int32Array;

  constructor(buffer = new SharedArrayBuffer(4)) {
    this.buffer = buffer;
    this.#word = new Int32Array(buffer);
  }

  /** Courier: a cell is on its way to the main thread. */
  request(id: number): void {
    Atomics.store(this.#word, 0, word(id, 'requested'));
  }

  /** Main: the cell's modules are being loaded; false when an interrupt came before. */
  load(id: number): boolean {
    return this.#step(word(id, 'requested'), word(id, 'loading'));
  }

  /** Main: user code starts now; false when an interrupt came before. */
  run(id: number): boolean {
    return this.#step(word(id, 'loading'), word(id, 'running'));
  }

  /** Main: the cell has ended. */
  end(id: number): void {
    const now = Atomics.load(this.#word, 0);
    if (now >> 3 === id) this.#step(now, word(id, 'idle'));
  }

  /** Courier: the phase and request of the main thread; a cell that has not started will not run. */
  interrupt(): { id: number; was: State } {
    const now = Atomics.load(this.#word, 0);
    const [id, was] = [now >> 3, states[now & 7]!];
    const isComing = was === 'requested' || was === 'loading';
    if (isComing && !this.#step(now, word(id, 'interrupted'))) return this.interrupt(); // it went on meanwhile
    return { id, was };
  }

  #step(from: number, to: number): boolean {
    return Atomics.compareExchange(this.#word, 0, from, to) === from;
  }
}
