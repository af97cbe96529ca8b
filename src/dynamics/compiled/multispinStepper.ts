// Sweeps of multi-spin coded square lattices (src/codegen/moves/multispinSweep.ts): how chains and columns
// share the bits of vectors.
import {
  DIGITS,
  TABLE_WORDS,
  turnedDigits,
  wasmMultispin,
  type MultispinShape,
} from '../../codegen/index.js';
import type { Outcome, Phase, Run } from '../../runtime/index.js';
import { Machine } from './machine.js';
import { moveWords, swept, type MoveDrive } from './sweeps.js';

/** Sweeps of one run: the table of digits holds so many temperatures. */
const MOST_STEPS = 256;
const BITS = 128;

export class MultispinStepper {
  readonly #machine: Machine;
  readonly #phases: readonly Phase[];
  readonly #strips: number;
  readonly #words: Int32Array;

  /** Rows and columns must be even. @throws RangeError for more than memory holds */
  constructor(
    caller: string,
    readonly lattices: Readonly<Record<'rows' | 'columns' | 'chains' | 'J', number>> &
      Pick<MultispinShape, 'rule'>,
  ) {
    const { rows, columns, chains, rule, J } = lattices;
    const strips = (this.#strips = stripsFor(columns, chains));
    const groups = Math.ceil((chains * strips) / BITS);
    const width = columns / strips;
    const x = 4 * groups * rows * width;
    const program = wasmMultispin({ rule, strips, isFerromagnet: J > 0 });
    this.#machine = new Machine(
      caller,
      program,
      { x, digits: MOST_STEPS * TABLE_WORDS },
      { words: { rows, width } },
    );
    this.#words = this.#machine.view(Int32Array, 'x');
    this.#phases = program.phases.map(({ entry }) => ({ entry, size: groups * rows, grain: 1 }));
  }

  /** [nodes, 1, chains] of -1 and +1 */
  load(values: Float32Array): void {
    const words = this.#words.fill(0);
    this.#each((at, word, bit) => {
      if (values[at] > 0) words[word] |= 1 << bit;
    });
  }

  read(): Float32Array {
    const { rows, columns, chains } = this.lattices;
    const words = this.#words;
    const out = new Float32Array(rows * columns * chains);
    this.#each((at, word, bit) => (out[at] = 2 * ((words[word] >>> bit) & 1) - 1));
    return out;
  }

  /** Where the spin at index `at` of [nodes, 1, chains] stands. */
  #each(visit: (at: number, word: number, bit: number) => void): void {
    const {
      lattices: { rows, columns, chains },
    } = this;
    const strips = this.#strips;
    const width = columns / strips;
    const together = BITS / strips;
    for (let r = 0, at = 0; r < rows; r++) {
      for (let c = 0; c < columns; c++) {
        const [strip, vector] = [Math.floor(c / width), r * width + (c % width)];
        for (let chain = 0; chain < chains; chain++, at++) {
          const place = (chain % together) * strips + strip;
          const group = Math.floor(chain / together);
          visit(at, 4 * (group * rows * width + vector) + (place >> 5), place & 31);
        }
      }
    }
  }

  /** Sweeps, on all threads where it is worth to wake them; fewer than asked when aborted or interrupted. */
  async run(count: number, drive: MoveDrive, signal?: AbortSignal): Promise<Outcome> {
    return swept(
      {
        count,
        first: drive.firstStep,
        most: MOST_STEPS,
        values: this.#words,
        phases: this.#phases,
        moves: 4 * this.#words.length, // a vector of moves, four words, costs about as much as sixteen single ones
        runOf: (steps, done) => this.#run(steps, done, drive),
      },
      signal,
    );
  }

  #run(count: number, done: number, { firstStep, key, temperature }: MoveDrive): Run {
    const first = firstStep + done;
    this.#machine.write({ words: moveWords(first, key) });
    const table = new Int32Array(count * TABLE_WORDS);
    let before: { T: number; words: Int32Array } | undefined;
    for (let s = 0; s < count; s++) {
      const T = temperature(first + s) as number; // its sampler has one for all nodes
      if (before?.T !== T) before = { T, words: this.#digitsAt(T) };
      table.set(before.words, s * TABLE_WORDS);
    }
    this.#machine.set('digits', table);
    return this.#machine.run(count, this.#phases);
  }

  /**
   * By digit: that of the chance against two equal neighbours more than unequal ones, and where that against
   * four differs.
   */
  #digitsAt(T: number): Int32Array {
    const { rule, J } = this.lattices;
    const chance = (cost: number): number =>
      rule === 'metropolis' ? Math.exp(-cost / T) : 1 / (1 + Math.exp(cost / T));
    const [weak, strong] = [4, 8].map((bonds) => turnedDigits(chance(bonds * Math.abs(J))));
    return Int32Array.from({ length: 2 * DIGITS }, (_, k) =>
      k % 2 === 0 ? weak[k >> 1] : weak[k >> 1] ^ strong[k >> 1],
    );
  }
}

/**
 * As few strips as leave the fewest bits idle. A strip has an even number of columns, so that a vector has
 * one colour.
 */
function stripsFor(columns: number, chains: number): number {
  const bits = (strips: number): number => Math.ceil((chains * strips) / BITS) / strips;
  return [1, 2, 4, 8, 16, 32, 128]
    .filter((strips) => columns % (2 * strips) === 0)
    .reduce((best, strips) => (bits(strips) < bits(best) ? strips : best));
}
