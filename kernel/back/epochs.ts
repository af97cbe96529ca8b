// An interrupt ends the cell, but not what waits inside it: an `await` in a loop would resume later and
// loop on unseen. So each `await e` of a cell is compiled to `__resume(__epoch(), await e)`: the epoch is
// read before the wait, and where an interrupt came meanwhile the code ends there.

/** Thrown into code that an interrupt has left behind; nobody needs to hear of it. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

export class Epochs {
  #current = 0;

  interrupt(): void {
    this.#current++;
  }

  readonly now = (): number => this.#current;

  readonly resume = <T>(began: number, value: T): T => {
    if (began !== this.#current) throw new Interrupted();
    return value;
  };
}
