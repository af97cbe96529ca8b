// Sums that are kept up to date as their summands change, one summand at a time. A plain running sum keeps
// the rounding of earlier summands: after a summand of 1e8 has left, the rest is known to 1e-8 only. Here
// each addition carries its own rounding error along (TwoSum), so that the rest is as good as a new sum.
// Source: D. E. Knuth, The Art of Computer Programming 2 (1969), section 4.2.2, theorem B; A. Neumaier, ZAMM
// 54 (1974) 39, DOI 10.1002/zamm.19740540106.

export class RunningSums {
  readonly #rounded: Float64Array;
  readonly #lost: Float64Array;

  constructor(readonly count: number) {
    this.#rounded = new Float64Array(count);
    this.#lost = new Float64Array(count);
  }

  add(summands: ArrayLike<number>, sign: 1 | -1 = 1): void {
    for (let k = 0; k < this.count; k++) {
      const [sum, summand] = [this.#rounded[k], sign * summands[k]];
      const rounded = sum + summand;
      const added = rounded - sum;
      this.#lost[k] += sum - (rounded - added) + (summand - added);
      this.#rounded[k] = rounded;
    }
  }

  set(other: RunningSums): void {
    this.#rounded.set(other.#rounded);
    this.#lost.set(other.#lost);
  }

  /** The sums, into `out`. */
  into(out: Float64Array): Float64Array {
    for (let k = 0; k < this.count; k++) out[k] = this.#rounded[k] + this.#lost[k];
    return out;
  }
}
