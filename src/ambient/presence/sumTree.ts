// Weights that change one at a time, their sum, and a draw in proportion to them, all in O(log n). Every
// inner number is recomputed as the sum of its two children: rounding errors do not accumulate.

export class SumTree {
  readonly #size: number;
  readonly #sums: Float64Array;

  constructor(weights: ArrayLike<number>) {
    this.#size = 2 ** Math.ceil(Math.log2(Math.max(1, weights.length)));
    this.#sums = new Float64Array(2 * this.#size);
    this.#sums.set(Float64Array.from(weights), this.#size);
    for (let at = this.#size - 1; at > 0; at--) this.#sums[at] = this.#sums[2 * at] + this.#sums[2 * at + 1];
  }

  get total(): number {
    return this.#sums[1];
  }

  set(index: number, weight: number): void {
    const sums = this.#sums;
    let at = this.#size + index;
    sums[at] = weight;
    for (at >>= 1; at > 0; at >>= 1) sums[at] = sums[2 * at] + sums[2 * at + 1];
  }

  /** The index where the running sum passes `point`, 0 <= point < total; never one of weight 0. */
  find(point: number): number {
    const sums = this.#sums;
    let at = 1;
    while (at < this.#size) {
      at *= 2;
      if (point >= sums[at] && sums[at + 1] > 0) point -= sums[at++];
    }
    return at - this.#size;
  }
}
