// Whether a formula stays the same when its inputs change places or signs, decided by its form, without
// numbers. Two normal forms are compared, that of the formula and that of the formula after the exchange. A
// normal form is a sum of products of atoms: an input, or a function of a normal form, which is even, odd or
// neither. If two forms of the same function differ, the answer is no.
import type { Expression } from './expression.js';
import { add, div, mul, neg, pow, sub } from './operations/index.js';
import type { Operation } from './operation.js';
import { tape, type Instruction } from './tape.js';

/** Coefficients by monomial. A monomial is the sorted numbers of its atoms. */
type Sum = ReadonlyMap<string, number>;

/** Longer sums and products are not expanded, but become atoms. */
const [mostTerms, mostFactors, highestPower] = [1024, 8, 4];

/** @param exchange the input that takes the place of an input, and its sign; other inputs stay */
export function isInvariant(
  formula: Expression,
  exchange: ReadonlyMap<Expression, readonly [Expression, 1 | -1]>,
): boolean {
  const atoms = new Atoms();
  const there = atoms.normalForm(formula, (input) => [input, 1]);
  const back = atoms.normalForm(formula, (input) => exchange.get(input) ?? [input, 1]);
  return textOf(there) === textOf(back);
}

class Atoms {
  readonly #numbers = new Map<unknown, number>();

  normalForm(formula: Expression, read: (input: Expression) => readonly [Expression, number]): Sum {
    const { inputs, instructions, outputs } = tape([formula]);
    const sums: Sum[] = [];
    for (const instruction of instructions) {
      const { op, args, value } = instruction;
      sums.push(
        op === 'input'
          ? this.#atom(...read(inputs[value]))
          : this.#apply(
              instruction,
              args.map((at) => sums[at]),
            ),
      );
    }
    return sums[outputs[0]];
  }

  #apply({ op, value }: Instruction, [x, y]: readonly Sum[]): Sum {
    switch (op) {
      case 'constant':
        return new Map([['', value]]);
      case add:
        return this.#add(x, y);
      case sub:
        return this.#add(x, scaled(y, -1));
      case neg:
        return scaled(x, -1);
      case mul:
        return this.#multiply(x, y);
      case div:
        return this.#multiply(x, this.#odd('inverse', y));
      case pow:
        return this.#power(x, value);
    }
    const { symmetry, toJSON } = op as Operation;
    const name = toJSON(); // two operations of one name are different
    switch (symmetry) {
      case 'even':
        return this.#atom(`${name} ${textOf(signed(x)[1])}`);
      case 'odd':
        return this.#odd(name, x);
      case 'commutative':
        return this.#atom(`${name} ${[x, y].map(textOf).sort().join()}`);
      case 'linear': // of each product separately
        return [...x]
          .map(([monomial, c]) => this.#atom(`${name} ${value} ${monomial}`, c))
          .reduce<Sum>((sum, each) => this.#add(sum, each), new Map());
      case undefined:
        return this.#atom(
          [name, value, ...[x, y].filter((each) => each !== undefined).map(textOf)].join(' '),
        );
    }
  }

  /** One atom; equal contents give the same atom. */
  #atom(content: unknown, coefficient = 1): Sum {
    let number = this.#numbers.get(content);
    if (number === undefined) this.#numbers.set(content, (number = this.#numbers.size));
    return new Map([[String(number), coefficient]]);
  }

  /** f(-x) = -f(x) */
  #odd(name: string, x: Sum): Sum {
    const [sign, positive] = signed(x);
    return this.#atom(`${name} ${textOf(positive)}`, sign);
  }

  /** Terms that cancel stay with coefficient 0: they may be infinite. */
  #add(x: Sum, y: Sum): Sum {
    const sum = new Map(x);
    for (const [monomial, c] of y) sum.set(monomial, (sum.get(monomial) ?? 0) + c);
    return sum.size > mostTerms ? this.#odd('sum of terms', sum) : sum;
  }

  #multiply(x: Sum, y: Sum): Sum {
    const isLong = x.size * y.size > mostTerms || degree(x) + degree(y) > mostFactors;
    const [left, right] = isLong
      ? [x, y].map((each) => (each.size > 1 || degree(each) > 1 ? this.#odd('factor', each) : each))
      : [x, y];
    const product = new Map<string, number>();
    for (const [m, c] of left) {
      for (const [n, d] of right) {
        const monomial = [...factors(m), ...factors(n)].sort().join(' ');
        product.set(monomial, (product.get(monomial) ?? 0) + c * d);
      }
    }
    return product;
  }

  #power(x: Sum, exponent: number): Sum {
    if (exponent < 0) return this.#odd('inverse', this.#power(x, -exponent));
    if (!Number.isInteger(exponent)) return this.#atom(`pow ${exponent} ${textOf(x)}`);
    if (exponent <= highestPower)
      return Array.from({ length: exponent - 1 }).reduce((product: Sum) => this.#multiply(product, x), x);
    return exponent % 2 === 0
      ? this.#atom(`pow ${exponent} ${textOf(signed(x)[1])}`)
      : this.#odd(`pow ${exponent}`, x);
  }
}

const factors = (monomial: string): string[] => (monomial === '' ? [] : monomial.split(' '));
const degree = (x: Sum): number => Math.max(0, ...[...x.keys()].map((monomial) => factors(monomial).length));
const scaled = (x: Sum, factor: number): Sum =>
  new Map([...x].map(([monomial, c]) => [monomial, c * factor]));
const ordered = (x: Sum): [monomial: string, c: number][] => [...x].sort(([m], [n]) => (m < n ? -1 : 1));
const textOf = (x: Sum): string =>
  ordered(x)
    .map(([monomial, c]) => `${c}(${monomial})`)
    .join('+');

/** A sum as a sign and the sum whose first coefficient is not negative. */
function signed(x: Sum): [sign: 1 | -1, positive: Sum] {
  const first = ordered(x).find(([, c]) => c !== 0);
  return first && first[1] < 0 ? [-1, scaled(x, -1)] : [1, x];
}
