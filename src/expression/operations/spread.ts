// A scalar repeated over all components: the adjoint of `sum`.
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
