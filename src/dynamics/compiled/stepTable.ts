// The table by which generated code finds a number of each step of a run, or one of each row, of every step
// or of all.
import type { ByNode } from '../../codegen/index.js';

const [MOST_STEPS, MOST_NUMBERS] = [4096, 2 ** 18];

type Numbers = number | ArrayLike<number>;

export class StepTable {
  /** Steps of one run. */
  readonly steps: number;
  readonly length: number;
  /** What the table was filled from, where it stays. */
  #held: Numbers | undefined;

  /** @param rows that have a number each, where they differ */
  constructor(
    readonly kind: ByNode | undefined,
    readonly rows: number,
  ) {
    this.steps =
      kind === 'changing' ? Math.max(1, Math.min(MOST_STEPS, Math.floor(MOST_NUMBERS / rows))) : MOST_STEPS;
    this.length = kind === 'changing' ? this.steps * rows : kind === 'fixed' ? rows : MOST_STEPS;
  }

  /** The numbers of `count` steps from the first on; undefined where the table has them already. */
  filled(
    first: number,
    count: number,
    at: (step: number) => Numbers,
    numbersOf: (value: Numbers) => Numbers = (value) => value,
  ): Float32Array | undefined {
    if (this.kind === 'fixed') {
      const value = at(first);
      if (value === this.#held) return undefined;
      this.#held = value;
      return Float32Array.from(numbersOf(value) as ArrayLike<number>);
    }
    const width = this.kind ? this.rows : 1;
    const table = new Float32Array(count * width);
    for (let s = 0; s < count; s++) {
      const numbers = numbersOf(at(first + s));
      if (typeof numbers === 'number') table[s] = numbers;
      else table.set(numbers, s * width);
    }
    return table;
  }
}
