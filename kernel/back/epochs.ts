// An interrupt ends the cell, but not its pending waits: an `await` in a loop would resume later and go on
// unnoticed. So each function reads the epoch as it begins, and each `await e` is compiled to
// `__resume(__began, await __wait(__began, e))`: where an interrupt came during the wait, it throws; where
// one came before (the code has caught that and gone on), it never comes back.
import { Error, Promise } from './intrinsics.js';

/** Thrown into code of an interrupted cell; it is not reported. */
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

  readonly wait = <T>(began: number, value: T): T | Promise<never> => {
    if (began === this.#current) return value;
    Promise.resolve(value).catch(() => {}); // not reported
    return never;
  };
}

const never = new Promise<never>(() => {});
