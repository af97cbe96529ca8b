// The event loop's turns in a long computation on this thread: for progress, aborts and interrupts.
import { nextTurn } from '../files/nextTurn.js';

/** Milliseconds between two turns. */
export const TURN = 40;

export class Turns {
  #last = performance.now();
  #steps = 0;

  /** @param look steps between two looks at the clock: 1 where a step takes long */
  constructor(
    readonly signal: AbortSignal | undefined,
    readonly look = 16,
  ) {}

  /** Whether a turn is due; call it once per step, it costs next to nothing. */
  get isDue(): boolean {
    return (
      this.signal?.aborted === true ||
      (++this.#steps % this.look === 0 && performance.now() - this.#last > TURN)
    );
  }

  /** Gives the event loop its turn. @returns whether the run is aborted */
  async take(): Promise<boolean> {
    await nextTurn();
    this.#last = performance.now();
    return this.signal?.aborted ?? false;
  }
}
