// Sums of float32 lanes in float64.
import type { Code, Value, Variable } from './code.js';

export class Sum {
  readonly #halves: readonly Variable[];

  /** @param lanes how many lanes the sum has: 1, 2 or 4 */
  constructor(
    readonly code: Code,
    lanes = 4,
  ) {
    this.#halves = ['low', 'high']
      .slice(0, lanes > 2 ? 2 : 1)
      .map((name) => code.variable(name, code.double(0)));
  }

  add(value: Value): void {
    this.addHalves(value.promote());
  }

  addHalves(halves: readonly Value[]): void {
    this.#halves.forEach((half, k) => this.code.addTo(half, halves[k]));
  }

  get halves(): Value[] {
    return this.#halves.map((half) => this.code.get(half));
  }

  /** The sum of each lane, rounded. */
  get value(): Value {
    const [low, high = low] = this.halves;
    return low.demote(high);
  }

  /** The sum over all lanes of this and of others, rounded, in each lane. */
  ofLanes(...others: readonly Sum[]): Value {
    const sum = [this, ...others]
      .flatMap(({ halves }) => halves)
      .reduce((total, half) => total.add(half))
      .sumOfLanes();
    return sum.demote(sum);
  }
}
