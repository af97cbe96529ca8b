// One component of a vector, counted from 0.
import { apply, constant, Expression } from '../expression.js';
import { operation, type Operation } from '../operation.js';
import { ATOM, POWER, Printed } from '../printed.js';
import { place } from './place.js';
import { spread } from './spread.js';

declare module '../expression.js' {
  interface Expression {
    /** The k-th component, counted from 0. */
    component(k: number): Expression;
  }
}

export const component: Operation = operation({
  name: 'component',
  shape: () => 'scalar',
  symmetry: 'linear',
  simplified([x], k) {
    if (!Number.isInteger(k) || k < 0) throw new RangeError(`component: index must be an integer >= 0, got ${k}`);
    if (x.op === spread) return x.args[0];
    if (x.op === place) return x.value === k ? x.args[0] : constant(0);
    if (x.shape === 'vector') return undefined;
    if (x.op === 'constant') return x;
    throw new TypeError(`component: needs a vector, got the scalar ${x.op === 'input' ? x.name : x.op.name}`);
  },
  derivative: (g, { value: k }) => [apply(place, [g], k)],
  latex: (print, { args: [x], value: k }) => new Printed(`${print(x).within(ATOM)}^{(${k})}`, POWER),
  float64: ([x], components, k) => [x[within(components, k)] ?? x[0]],
  tensors: ({ tf }, [x], k) => (x.shape[1] === 1 ? x.clone() : tf.slice(x, [0, k, 0], [-1, 1, -1])),
  float32: ([x], components, k) => [x[within(components, k)] ?? x[0]],
  accuracy: [{ value: 1, ulp: 0, over: [[-1e30, 1e30]] }],
});
Expression.prototype.component = function (k) { return apply(component, [this], k); };

function within(components: number, k: number): number {
  if (k < components) return k;
  throw new RangeError(`component: index ${k} is beyond the field's ${components} components`);
}
