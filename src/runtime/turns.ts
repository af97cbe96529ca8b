// The event loop's turns in a long computation on this thread: for progress, aborts and interrupts.
import { nextTurn } from '../files/nextTurn.js';

/** Milliseconds between two turns. */
const TURN = 40;
/** Steps between two looks at the clock. */
const LOOK = 16;

export class Turns {
  #last = performance.now();
  #steps = 0;

  constructor(readonly signal: AbortSignal | undefined) {}

  /** Whether a turn is due; call it once per step, it costs next to nothing. */
  get isDue(): boolean {
    return (
      this.signal?.aborted === true || (++this.#steps % LOOK === 0 && performance.now() - this.#last > TURN)
    );
  }

  /** Gives the event loop its turn. @returns whether the run is aborted */
  async take(): Promise<boolean> {
    await nextTurn();
    this.#last = performance.now();
    return this.signal?.aborted ?? false;
  }
}
