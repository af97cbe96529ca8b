// x^p for a constant p: whole and half exponents by repeated squaring, others as e^(p ln x), NaN for negative
// x as it must be. (tfjs's own pow on wasm costs 200 ns a number.)

/** The operations it is made of, on tensors or on symbols of a program. */
export interface Multiplication<T> {
  mul(x: T, y: T): T;
  reciprocal(x: T): T;
  sqrt(x: T): T;
  /** e^(p ln x) */
  power(x: T, exponent: number): T;
}

export function power<T>(x: T, exponent: number, by: Multiplication<T>): T {
  if (exponent < 0) return by.reciprocal(power(x, -exponent, by));
  const whole = Math.floor(exponent);
  if (exponent === whole) return wholePower(x, whole, by);
  if (exponent - whole !== 0.5) return by.power(x, exponent);
  return whole === 0 ? by.sqrt(x) : by.mul(wholePower(x, whole, by), by.sqrt(x));
}

/** n >= 1. */
function wholePower<T>(x: T, n: number, by: Multiplication<T>): T {
  if (n === 1) return x;
  const half = wholePower(x, Math.floor(n / 2), by);
  const square = by.mul(half, half);
  return n % 2 === 0 ? square : by.mul(square, x);
}
