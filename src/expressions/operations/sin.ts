// sin x = +- sin r, r = x - n pi, |r| <= pi/2, by a polynomial; cos x = sin(x + pi/2). Up to |x| = 8192, n pi
// is subtracted in three parts (Cody and Waite). Further out the nearest multiple of 710 = 226 pi + 6.0e-5 is
// subtracted first, so that the error is the same up to 1e7. Beyond 1e7 neighbouring float32 are 1 or more
// apart: there the result is some number in [-1, 1].
import { polynomial, type Lanes } from '../lanes.js';
import { elementwise } from '../operation.js';
import { call } from '../printed.js';

declare module '../expression.js' {
  interface Expression {
    /** The sine; up to |x| = 1e7 on every engine. */
    sin(): Expression;
    /** The cosine; up to |x| = 1e7 on every engine. */
    cos(): Expression;
  }
}

export const sin = elementwise({
  name: 'sin',
  symmetry: 'odd',
  derivative: (g, { args: [x] }) => [g.mul(x.cos())],
  latex: call('\\sin'),
  float64: (x) => `Math.sin(${x})`,
  tensors: ({ tf }, x) => tf.sin(x),
  float32: (x) => onHalfTurn(reduced(x, 0)),
  accuracy: [
    { ulp: 2.5, over: [[-1e7, 1e7]], floor: 2 ** -10 },
    { ulp: 2.5, over: [[-100, 100]], floor: 2 ** -10 },
    { ulp: 2, over: [[-3, 3]] },
  ],
});

export const cos = elementwise({
  name: 'cos',
  symmetry: 'even',
  derivative: (g, { args: [x] }) => [g.mul(x.sin()).neg()],
  latex: call('\\cos'),
  float64: (x) => `Math.cos(${x})`,
  tensors: ({ tf }, x) => tf.cos(x),
  float32: (x) => onHalfTurn(reduced(x, 0.5)),
  accuracy: [
    { ulp: 2.5, over: [[-1e7, 1e7]], floor: 2 ** -10 },
    { ulp: 2.5, over: [[-100, 100]], floor: 2 ** -10 },
  ],
});

/** sin x = x + x z S(z), z = x^2, |x| <= pi/2: 1.4 ulp, and 1 at pi/2. */
function onHalfTurn<V extends Lanes<V>>(x: V): V {
  const z = x.mul(x);
  return x.add(x.mul(z).mul(polynomial(z, [-0.166666657, 8.33315402e-3, -1.98131762e-4, 2.60994602e-6])));
}

/** r of sin(x + shift pi) = sin r, |r| <= pi/2; shift is 0 or 1/2. */
function reduced<V extends Lanes<V>>(x: V, shift: 0 | 0.5): V {
  const near = lessTurns(x, x.float(0), shift);
  return near.unless(x.float(8192).lt(x.abs()), x, (far) => {
    const h = far.mul(1 / 710).nearest();
    return lessTurns(far.sub(h.mul(710)), h, shift)
      .pmin(1.6)
      .pmax(-1.6);
  });
}

/** The same for x + 710 h, where 226 h pi are whole turns. All products but the last are exact. */
function lessTurns<V extends Lanes<V>>(x: V, h: V, shift: number): V {
  const n = x
    .add(h.mul(C1))
    .mul(1 / Math.PI)
    .add(shift)
    .nearest();
  const m = n.sub(shift);
  const r = x
    .sub(m.mul(3.140625))
    .sub(m.mul(9.675025939941406e-4))
    .add(h.mul(C1))
    .add(h.mul(C2))
    .sub(m.mul(1.5099580252808664e-7));
  // n is odd where the last bit of n + 1.5 2^23 is set
  return r
    .bits()
    .xor(
      n
        .add(1.5 * 2 ** 23)
        .bits()
        .shl(31),
    )
    .asFloat();
}

/** 710 - 226 pi in two parts. */
const [C1, C2] = [6.026029586791992e-5, 2.841086018752072e-8];
