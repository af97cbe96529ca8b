// 128 random choices "u < p" at once, one per bit. The binary digits of u come as planes of random bits, the
// most significant first, and are compared with the digits of p until no bit is undecided. u < p has
// probability p, rounded to 32 digits.
import type { Code, Value, Variable } from '../language/code.js';

/** Binary digits of a probability, which is then exact to 2^-33. */
export const DIGITS = 32;

export class BitDraws {
  /** Bits whose digits were equal so far. */
  readonly #undecided: Variable;
  /** Bits where u > p. */
  readonly #above: Variable;

  /** @param from the bits that need a choice */
  constructor(
    readonly code: Code,
    from: Value,
  ) {
    this.#undecided = code.variable('undecided', from);
    this.#above = code.variable('above', code.word(0));
  }

  /** Compares one more digit of u with that of p, whose complement is given. */
  compare(digit: Value, complement: Value): void {
    const { code } = this;
    const before = code.get(this.#undecided);
    const still = before.and(digit.xor(complement));
    code.set(this.#above, code.get(this.#above).or(before.xor(still).and(digit)));
    code.set(this.#undecided, still);
  }

  /** 1 if a bit is undecided, else 0. */
  get isOpen(): Value {
    return this.code.any(this.code.get(this.#undecided));
  }

  /** The bits where u >= p, among those that need a choice. */
  get atLeast(): Value {
    return this.code.get(this.#above).or(this.code.get(this.#undecided));
  }
}

/**
 * The complements of the digits of p, as words of all ones or all zeros. 1 becomes 1 - 2^-32. @throws
 * RangeError unless 0 <= p <= 1
 */
export function turnedDigits(p: number): Int32Array {
  if (!(p >= 0 && p <= 1)) throw new RangeError(`turnedDigits: p must be in [0, 1], got ${p}`);
  const whole = Math.min(Math.round(p * 2 ** DIGITS), 2 ** DIGITS - 1);
  return Int32Array.from({ length: DIGITS }, (_, k) => ((whole / 2 ** (DIGITS - 1 - k)) & 1) - 1);
}
