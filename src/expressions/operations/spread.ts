// From a scalar to a vector: `spread`, the scalar in all components, is the adjoint of `sum`; `place`, the
// scalar at component k of a vector of zeros, is the adjoint of `component`.
import { operation, type Operation } from '../operation.js';
import { Printed, PRODUCT } from '../printed.js';

export const spread: Operation = operation({
  name: 'spread',
  shape: () => 'vector',
  byComponent: true,
  simplified: ([x]) => (x.op === 'constant' ? x : undefined),
  symmetry: 'linear',
  derivative: (g) => [g.sum()],
  latex: (print, { args: [x] }) => new Printed(`${print(x).within(PRODUCT)} \\, \\mathbf{1}`, PRODUCT),
  float64: ([x]) => x,
  tensors: (_, [x]) => x.clone(), // scalars broadcast
  float32: ([x]) => x,
  accuracy: [{ ulp: 0, over: [[-1e30, 1e30]] }],
});

export const place: Operation = operation({
  name: 'place',
  shape: () => 'vector',
  symmetry: 'linear',
  derivative: (g, { value: k }) => [g.component(k)],
  latex: (print, { args: [x], value: k }) => new Printed(`${print(x).within(PRODUCT)}\\, e_{${k}}`, PRODUCT),
  float64: ([[x]], components, k) => Array.from({ length: components }, (_, at) => (at === k ? x : '0')),
  tensors: ({ tf, components }, [x], k) =>
    tf.pad(x, [
      [0, 0],
      [k, components - 1 - k],
      [0, 0],
    ]),
  float32: ([[x]], components, k) =>
    Array.from({ length: components }, (_, at) => (at === k ? x : x.float(0))),
  accuracy: [{ value: 1, ulp: 0, over: [[-1e30, 1e30]] }],
});
