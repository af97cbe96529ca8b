// Waits for an event, at most for a given time.
import { nextTurn } from '../../files/nextTurn.js';
export class Bell {
  #rung = false;
  #wake: () => void = () => {};

  ring(): void {
    this.#rung = true;
    this.#wake();
  }

  /** Resolves at a ring (one since the last call counts), or after the milliseconds. */
  async wait(milliseconds: number): Promise<void> {
    await nextTurn(); // the page's messages have their turn
    if (!this.#rung && milliseconds > 0) await this.#next(milliseconds);
    this.#rung = false;
  }

  #next(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
