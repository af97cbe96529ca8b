// A hundred and twenty-eight draws of "u < p" at once, one a bit: the binary digits of u come as planes of random bits, the
// most significant first, and are compared with the digits of p until no bit is undecided. u is below p with the chance p, rounded to 32 digits.
import type { Code, Value, Variable } from '../language/code.js';

/** Binary digits of a probability: rounded to them, the chance is right to 2^-33. */
export const DIGITS = 32;

export class BitDraws {
  /** Bits whose digits were equal so far. */
  readonly #undecided: Variable;
  /** Bits where u was found to be greater. */
  readonly #above: Variable;

  /** @param from bits that are drawn at all */
  constructor(readonly code: Code, from: Value) {
    this.#undecided = code.variable('undecided', from);
    this.#above = code.variable('above', code.word(0));
  }

  /** One more digit of u, and that of p turned over. */
  compare(digit: Value, turned: Value): void {
    const { code } = this;
    const before = code.get(this.#undecided);
    const still = before.and(digit.xor(turned));
    code.set(this.#above, code.get(this.#above).or(before.xor(still).and(digit)));
    code.set(this.#undecided, still);
  }

  /** Whether a bit is undecided, as an integer. */
  get isOpen(): Value {
    return this.code.any(this.code.get(this.#undecided));
  }

  /** The bits where u >= p, of those that were drawn. */
  get atLeast(): Value {
    return this.code.get(this.#above).or(this.code.get(this.#undecided));
  }
}

/** The digits of p, turned over, as words of all ones or zeros. 1 is 1 - 2^-32. @throws RangeError unless 0 <= p <= 1 */
export function turnedDigits(p: number): Int32Array {
  if (!(p >= 0 && p <= 1)) throw new RangeError(`turnedDigits: p must be in [0, 1], got ${p}`);
  const whole = Math.min(Math.round(p * 2 ** DIGITS), 2 ** DIGITS - 1);
  return Int32Array.from({ length: DIGITS }, (_, k) => ((whole / 2 ** (DIGITS - 1 - k)) & 1) - 1);
}
