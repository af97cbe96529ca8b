// x^p for a constant p: whole and half exponents by repeated squaring, others as e^(p ln x), which is NaN for
// negative x as it must be. (tfjs's own pow on wasm takes 200 ns per number.)
import { latexNumber } from '../../display/index.js';
import { apply, constant, Expression, isConstant } from '../expression.js';
import { operation, type Operation } from '../operation.js';
import { ATOM, POWER, Printed } from '../printed.js';
import { exponential, logarithm } from './exponentials.js';

declare module '../expression.js' {
  interface Expression {
    /** x^p, p a number. */
    pow(exponent: number): Expression;
  }
}

export const pow: Operation = operation({
  name: 'pow',
  shape: ([x]) => x.shape,
  byComponent: true,
  simplified([x], exponent) {
    if (!Number.isFinite(exponent))
      throw new RangeError(`pow: exponent must be a finite number, got ${exponent}`);
    if (exponent === 0) return constant(1);
    if (exponent === 1) return x;
    return isConstant(x) ? constant(x.value ** exponent) : undefined;
  },
  derivative: (g, { args: [x], value }) => [g.mul(x.pow(value - 1).mul(value))],
  latex: (print, { args: [x], value }) =>
    new Printed(`${print(x).within(ATOM)}^{${latexNumber(value, 6)}}`, POWER),
  float64: ([x], _, exponent) =>
    x.map((part) => (exponent === 2 ? `${part} * ${part}` : `Math.pow(${part}, ${exponent})`)),
  tensors: ({ tf }, [x], exponent) =>
    power(x, exponent, {
      mul: (y, z) => (y === z ? tf.square(y) : tf.mul(y, z)),
      reciprocal: (y) => tf.reciprocal(y),
      sqrt: (y) => tf.sqrt(y),
      power: (y, p) => tf.exp(tf.mul(tf.log(y), tf.scalar(p))),
    }),
  float32: ([x], _, exponent) =>
    x.map((part) =>
      power(part, exponent, {
        mul: (y, z) => y.mul(z),
        reciprocal: (y) => y.float(1).div(y),
        sqrt: (y) => y.sqrt(),
        power: (y, p) => exponential(logarithm(y).mul(p)),
      }),
    ),
  accuracy: [
    { value: 2, ulp: 0.5, over: [[-1e15, 1e15]], floor: 1e-30 },
    { value: 3, ulp: 1.5, over: [[-1e10, 1e10]], floor: 1e-30 },
    { value: -1, ulp: 0.5, over: [[-1e30, 1e30]] },
    { value: 1.5, ulp: 1.5, over: [[1e-20, 1e20]] },
    { value: 0.37, ulp: 50, over: [[1e-30, 1e30]] },
    { value: 0.37, ulp: 2.5, over: [[0.1, 10]] },
  ],
});
Expression.prototype.pow = function (exponent) {
  return apply(pow, [this], exponent);
};

/** The operations that x^p is made of, on tensors or on lanes. */
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
