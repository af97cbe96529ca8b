// x^p for a constant p without tfjs's pow, whose wasm version costs 200 ns a number: powers of whole and
// half exponents by repeated squaring, others as e^(p ln x) (NaN for negative x, as it must be).
import type { Tensor3D } from '@tensorflow/tfjs';
import { tf } from './tf.js';

export function power(x: Tensor3D, exponent: number): Tensor3D {
  if (exponent < 0) return tf.reciprocal(power(x, -exponent));
  const whole = Math.floor(exponent);
  if (exponent === whole) return wholePower(x, whole);
  if (exponent - whole === 0.5) return whole === 0 ? tf.sqrt(x) : tf.mul(wholePower(x, whole), tf.sqrt(x));
  return tf.exp(tf.mul(tf.log(x), tf.scalar(exponent)));
}

/** n >= 1. */
function wholePower(x: Tensor3D, n: number): Tensor3D {
  if (n === 1) return x.clone();
  const half = wholePower(x, Math.floor(n / 2));
  return n % 2 === 0 ? tf.square(half) : tf.mul(tf.square(half), x);
}
