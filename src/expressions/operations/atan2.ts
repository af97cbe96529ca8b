// The angle of the point (x, y). With a the smaller and b the larger of |x| and |y|, atan(a / b) is atan(t),
// t = a / b, or beyond tan(pi/8) pi/4 + atan(t), t = (a - b) / (a + b), by a polynomial; quadrants by the
// signs. Infinity counts as 3e38.
import { polynomial, withSign } from '../lanes.js';
import { elementwise } from '../operation.js';
import { call } from '../printed.js';

declare module '../expression.js' {
  interface Expression {
    /**
     * y.atan2(x): the angle of the point (x, y) in [-pi, pi], as `Math.atan2(y, x)`; it has no slope at (0,
     * 0).
     */
    atan2(x: Operand): Expression;
  }
}

export const atan2 = elementwise({
  name: 'atan2',
  derivative(g, { args: [y, x] }) {
    const slope = g.div(x.square().add(y.square()));
    return [slope.mul(x), slope.mul(y).neg()];
  },
  latex: call('\\operatorname{atan2}'),
  float64: (y, x) => `Math.atan2(${y}, ${x})`,
  tensors: ({ tf, alike }, y, x) => tf.atan2(...alike(y, x)),
  float32(y, x) {
    const [height, width] = [y, x].map((z) => z.abs().pmin(3e38));
    const [a, b] = [height.min(width), height.max(width)];
    const isSteep = b.mul(Math.SQRT2 - 1).lt(a);
    // by halves, so that the sum is finite
    const numerator = a.mul(0.5).sub(b.mul(0.5)).where(isSteep, a);
    const t = numerator.div(
      a
        .mul(0.5)
        .add(b.mul(0.5))
        .where(isSteep, b.where(b.eq(0).not(), 1)),
    );
    const z = t.mul(t);
    // atan t = t + t z P(z), |t| <= tan(pi/8) (relative error 6.7e-10)
    const atan = t.add(
      t.mul(z).mul(polynomial(z, [-0.33333315, 0.199984715, -0.142435333, 0.105938138, -0.0607822147])),
    );
    const octant = atan.add(Math.PI / 4).where(isSteep, atan);
    const quadrant = x
      .float(Math.PI / 2)
      .sub(octant)
      .where(width.lt(height), octant);
    const isLeft = x.bits().lt(0);
    return withSign(x.float(Math.PI).sub(quadrant).where(isLeft, quadrant), y);
  },
  accuracy: [
    { ulp: 2.5, over: [[-10, 10]] },
    { ulp: 2.5, over: [[-1e15, 1e15]] },
  ],
});
