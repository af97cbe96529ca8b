// The language of an operation's float32 text: lanes of float32, of 32-bit words and of masks. WebAssembly
// has four lanes, an invocation in WGSL has one. The room of codegen implements it.

/** Several numbers side by side, on which each method works number by number. */
export interface Lanes<V extends Lanes<V>> {
  /** The same float32 in every lane. */
  float(value: number): V;
  add(y: V | number): V;
  sub(y: V | number): V;
  mul(y: V | number): V;
  div(y: V | number): V;
  /** min and max are NaN where x or y is NaN. */
  min(y: V | number): V;
  max(y: V | number): V;
  /** y < x ? y : x, and x < y ? y : x: faster than min and max; the result is NaN where x is NaN. */
  pmin(y: V | number): V;
  pmax(y: V | number): V;
  neg(): V;
  abs(): V;
  sqrt(): V;
  floor(): V;
  /** To the nearest whole number, halves to even. */
  nearest(): V;
  /** Masks. */
  lt(y: V | number): V;
  le(y: V | number): V;
  eq(y: V | number): V;
  not(): V;
  /** This where the mask is true, else y. */
  where(mask: V, y: V | number): V;
  /**
   * This, but of(x) in the lanes where the mask is true. The program computes of(x) only if there is such a
   * lane.
   */
  unless(mask: V, x: V, of: (x: V) => V): V;
  /** The bits of a float as a word, and back. */
  bits(): V;
  asFloat(): V;
  and(y: V | number): V;
  or(y: V | number): V;
  xor(y: V | number): V;
  shl(bits: number): V;
  shr(bits: number): V;
  shrSigned(bits: number): V;
  /** A whole number below 2^22 in size as a signed word; for other numbers some word. */
  toWord(): V;
  /** A signed word as a float, rounded. */
  toFloat(): V;
}

/** sum of coefficients[k] z^k */
export const polynomial = <V extends Lanes<V>>(z: V, coefficients: readonly number[]): V =>
  coefficients.slice(0, -1).reduceRight<V>((p, c) => p.mul(z).add(c), z.float(coefficients.at(-1)!));

/** |magnitude| with the sign of x, both floats. */
export const withSign = <V extends Lanes<V>>(magnitude: V, x: V): V =>
  magnitude.bits().or(x.bits().and(0x80000000)).asFloat();
