// Values of nodes and their variance, kept up to date at each move by
//   sum <- sum + d,    squares <- squares + d (2 x + d),    variance = squares / N - (sum / N)^2,
// with x measured from the mean at the start. Both sums are computed again after every 64 N moves, before
// rounding adds up.

import { aList } from '../../numerics/rules.js';

export class Spread {
  readonly values: Float64Array;
  readonly #before: number;
  readonly #centre: number;
  #sum = 0;
  #squares = 0;
  #moves = 0;

  /** @throws RangeError unless there is a finite value for each node, not all of them equal */
  constructor(caller: string, start: ArrayLike<number>, nodeCount: number) {
    aList(caller, 'values', start as never);
    this.values = Float64Array.from(start);
    if (start.length !== nodeCount || !this.values.every(Number.isFinite)) {
      throw new RangeError(
        `${caller}: values must be ${nodeCount} finite numbers, got ${start.length} numbers${start.length === nodeCount ? `, ${this.values.find((x) => !Number.isFinite(x))} among them` : ''}`,
      );
    }
    this.#centre = this.values.reduce((sum, x) => sum + x, 0) / nodeCount;
    this.#sumUp();
    this.#before = this.#variance;
    if (!(this.#before > 0))
      throw new RangeError(`${caller}: values must not all be equal, got ${start[0]} alone`);
  }

  /** Variance over the nodes, over that at the start. */
  get ratio(): number {
    return this.#variance / this.#before;
  }

  /**
   * Whether the variance is at most this share of the first; if it seems so, the values themselves decide.
   */
  isWithin(ratio: number): boolean {
    if (this.#variance > ratio * this.#before) return false;
    this.#sumUp();
    return this.#variance <= ratio * this.#before;
  }

  move(node: number, d: number): void {
    const x = this.values[node] - this.#centre;
    this.#sum += d;
    this.#squares += d * (2 * x + d);
    this.values[node] += d;
    if (++this.#moves >= 64 * this.values.length) this.#sumUp();
  }

  /** Both go to their mean, and the sum of squares falls by half the square of their difference. */
  exchange(i: number, j: number): void {
    const difference = this.values[i] - this.values[j];
    this.values[i] -= difference / 2;
    this.values[j] += difference / 2;
    this.#squares -= (difference * difference) / 2;
    if (++this.#moves >= 64 * this.values.length) this.#sumUp();
  }

  get #variance(): number {
    const { length } = this.values;
    return this.#squares / length - (this.#sum / length) ** 2;
  }

  #sumUp(): void {
    this.#sum = this.#squares = this.#moves = 0;
    for (const value of this.values) {
      this.#sum += value - this.#centre;
      this.#squares += (value - this.#centre) ** 2;
    }
  }
}
