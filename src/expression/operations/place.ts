// A scalar at component k of an otherwise zero vector: the adjoint of `component`.
import { operation, type Operation } from '../operation.js';
import { Printed, PRODUCT } from '../printed.js';

export const place: Operation = operation({
  name: 'place',
  shape: () => 'vector',
  symmetry: 'linear',
  derivative: (g, { value: k }) => [g.component(k)],
  latex: (print, { args: [x], value: k }) => new Printed(`${print(x).within(PRODUCT)}\\, e_{${k}}`, PRODUCT),
  float64: ([[x]], components, k) => Array.from({ length: components }, (_, at) => (at === k ? x : '0')),
  tensors: ({ tf, components }, [x], k) => tf.pad(x, [[0, 0], [k, components - 1 - k], [0, 0]]),
  float32: ([[x]], components, k) => Array.from({ length: components }, (_, at) => (at === k ? x : x.float(0))),
  accuracy: [{ value: 1, ulp: 0, over: [[-1e30, 1e30]] }],
});
