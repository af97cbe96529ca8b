// Random smooth expressions of two vectors and one scalar, bounded enough for finite differences.
import { fc } from '../property.js';
import { constant, scalar, vector, type Expression } from '../../src/expressions/index.js';

export const symbols = { a: vector('a'), b: vector('b'), J: scalar('J') };

const leaf: fc.Arbitrary<Expression> = fc.oneof(
  fc.constantFrom(symbols.a, symbols.b, symbols.J),
  fc.double({ min: -2, max: 2, noNaN: true }).map((x) => constant(Math.round(x * 100) / 100)),
);

/** Every operation of the language; arguments are kept inside its domain (log of 1 + x^2, say). */
const grow = (inner: fc.Arbitrary<Expression>): fc.Arbitrary<Expression> =>
  fc.oneof(
    fc.tuple(inner, inner).map(([x, y]) => x.add(y)),
    fc.tuple(inner, inner).map(([x, y]) => x.sub(y)),
    fc.tuple(inner, inner).map(([x, y]) => x.mul(y)),
    fc.tuple(inner, inner).map(([x, y]) => x.div(y.square().add(1))),
    fc.tuple(inner, inner).map(([x, y]) => x.max(y)),
    fc.tuple(inner, inner).map(([x, y]) => x.min(y)),
    fc.tuple(inner, inner).map(([x, y]) => x.less(y).mul(y)),
    fc.tuple(inner, inner).map(([x, y]) => x.dot(y)),
    inner.map((x) => x.neg()),
    inner.map((x) => x.square()),
    inner.map((x) => x.square().add(1).pow(-0.5)),
    inner.map((x) => x.tanh().exp()),
    inner.map((x) => x.square().add(1).log()),
    inner.map((x) => x.square().add(0.1).sqrt()),
    inner.map((x) => x.sin()),
    inner.map((x) => x.cos()),
    inner.map((x) => x.tanh()),
    inner.map((x) => x.abs()),
    inner.map((x) => x.sign().mul(x)),
    inner.map((x) => x.floor().mul(x)),
    fc.tuple(inner, inner).map(([y, x]) => y.atan2(x.square().add(0.5))),
    inner.map((x) => x.square().add(0.1).xlogx()),
    inner.map((x) => x.sum()),
    inner.map((x) => x.squaredNorm()),
    inner.map((x) => x.logSumExp()),
    inner.map((x) => (x.shape === 'vector' ? x.component(1).mul(symbols.a) : x)),
    inner.map((x) => x.softmax().entropy()),
  );

/** A scalar expression, three operations deep at most. */
export const arbitraryEnergy: fc.Arbitrary<Expression> = grow(grow(grow(leaf))).map((x) => x.tanh().sum());

export const arbitraryVector = (components: number): fc.Arbitrary<Float64Array> =>
  fc
    .array(fc.double({ min: -1.5, max: 1.5, noNaN: true }), { minLength: components, maxLength: components })
    .map((xs) => Float64Array.from(xs));
