// Sums over all nodes, S_k = sum over i of f_k(x_i), that a sweep of moves keeps up to date for four chains:
// computed when the sweep begins, then changed by each move. Summands are float32. The sums are float64, and
// so is the change g(S') - g(S) of the energy, which is small compared with g.
import type { Expression } from '../../expressions/index.js';
import type { Code, Value, Variable } from '../language/code.js';
import { lower, lower64 } from '../language/lower.js';
import { parameterOf, type SiteInputs } from '../terms/localTerm.js';
import {
  countName,
  globalsOf,
  reading,
  type GlobalTerm,
  type Placed,
  type StepTerm,
} from '../terms/wideTerm.js';

export class CarriedSums {
  readonly #terms: readonly Placed<GlobalTerm>[];
  /** By term, sum and half: the sums of two chains in float64. */
  readonly #sums: readonly (readonly (readonly Variable[])[])[];
  readonly #number: SiteInputs['parameter'];

  constructor(
    readonly code: Code,
    terms: readonly StepTerm[],
  ) {
    this.#terms = globalsOf(terms).placed;
    this.#sums = this.#terms.map(({ term }) =>
      term.totals.map(() => ['low', 'high'].map((name) => code.variable(name, code.double(0)))),
    );
    this.#number = (name) => code.argument(name, 'float');
  }

  add(value: Value): void {
    this.#change((half) => half(value));
  }

  /** Exchanges the value of a node, in the chains where the mask is true. */
  exchange(from: Value, to: Value, mask?: Value): void {
    const now = mask ? to.where(mask, from) : to;
    this.#change((half) => half(now).map((term, t) => term.map((body, k) => body.sub(half(from)[t][k]))));
  }

  #change(by: (half: (value: Value) => Value[][]) => Value[][]): void {
    const { code } = this;
    [0, 1].forEach((h) =>
      by((value) => this.#summands(value).map((term) => term.map((halves) => halves[h]))).forEach((term, t) =>
        term.forEach((change, k) => code.addTo(this.#sums[t][k][h], change)),
      ),
    );
  }

  /** For each value: H if the node had this value, minus H now, in float32. */
  changes(now: Value, values: readonly Value[]): Value[] {
    const { code } = this;
    const [before, after] = [this.#summands(now), values.map((value) => this.#summands(value))];
    const halves = [0, 1].map((h) =>
      values.map((_, c) =>
        this.#terms.reduce<Value>((sum, { term, t }, at) => {
          const totals = this.#sums[at].map((sums) => code.get(sums[h]));
          const moved = totals.map((total, k) => total.add(after[c][at][k][h].sub(before[at][k][h])));
          const energy = (S: readonly Value[]): Value =>
            lower64(code, term.tapes.outer, (symbol) => this.#read(term, t, S, symbol));
          return sum.add(energy(moved).sub(energy(totals)));
        }, code.double(0)),
      ),
    );
    return values.map((_, c) => halves[0][c].demote(halves[1][c]));
  }

  /** By term, sum and half: f_k(x) of two chains. */
  #summands(value: Value): Value[][][] {
    return this.#terms.map(({ term, t }) =>
      lower(
        this.code,
        term.tapes.bodies,
        1,
        reading(t, term, new Map([[term.own, [value]]]), this.#number),
      ).map(([body]) => body.promote()),
    );
  }

  #read(term: GlobalTerm, t: number, totals: readonly Value[], symbol: Expression): Value {
    const k = term.totals.indexOf(symbol);
    if (k >= 0) return totals[k];
    const [number] = (
      symbol === term.count ? this.#number(countName(t), false) : parameterOf(t, term, symbol, this.#number)
    ).promote();
    return number;
  }
}
