// What the present knows of the past: a chain of two states by hand, the entropy at the start, never more
// later than earlier.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from '../property.js';
import { Matrix } from 'ml-matrix';
import {
  ornsteinUhlenbeck,
  pastInformation,
  transitionMatrix,
  stationaryLaw,
} from '../../src/exact/index.js';

const near = (actual: number, expected: number, tolerance = 1e-12): void =>
  assert.ok(Math.abs(actual - expected) <= tolerance, `${actual}, expected ${expected}`);
const entropy = (law: ArrayLike<number>): number =>
  -Array.from(law).reduce((sum, p) => sum + (p > 0 ? p * Math.log(p) : 0), 0);

test('two states that turn into each other with probability 1/4 and a: by hand', () => {
  const fair = new Matrix([
    [0.75, 0.25],
    [0.25, 0.75],
  ]);
  near(pastInformation(fair, 1), 0.13081203594113697); // ln 2 - H(1/4)
  for (const t of [0, 1, 2, 5, 12])
    near(pastInformation(fair, t), Math.LN2 - entropy([(1 + 0.5 ** t) / 2, (1 - 0.5 ** t) / 2]), 1e-14);
  near(pastInformation(fair, 20) / (0.5 ** 40 / 2), 1, 1e-6); // small numbers keep their digits
  const [a, b] = [0.1, 0.3]; // pi = (3/4, 1/4), lambda = 0.6
  const uneven = new Matrix([
    [1 - a, a],
    [b, 1 - b],
  ]);
  for (const t of [1, 3, 7]) {
    const [kept, returned] = [0.75 + 0.25 * 0.6 ** t, 0.25 + 0.75 * 0.6 ** t];
    near(
      pastInformation(uneven, t),
      entropy([0.75, 0.25]) - 0.75 * entropy([kept, 1 - kept]) - 0.25 * entropy([returned, 1 - returned]),
      1e-14,
    );
  }
});

test('at the start the entropy of the law, and never more later than earlier', () => {
  const row = (n: number) =>
    fc
      .array(fc.double({ min: 0.01, max: 1, noNaN: true }), { minLength: n, maxLength: n })
      .map((w) => w.map((x) => x / w.reduce((s, y) => s + y)));
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 5 }).chain((n) => fc.array(row(n), { minLength: n, maxLength: n })),
      (rows) => {
        const P = new Matrix(rows);
        near(pastInformation(P, 0), entropy(stationaryLaw(P)));
        for (let t = 0; t < 6; t++) assert.ok(pastInformation(P, t + 1) <= pastInformation(P, t) + 1e-15);
        assert.ok(pastInformation(P, 3) >= -1e-15);
      },
    ),
    { numRuns: 60 },
  );
});

test('what never moves forgets nothing, a permutation neither; a state that is never there does not count', () => {
  near(
    pastInformation(
      new Matrix([
        [0, 1, 0],
        [0, 0, 1],
        [1, 0, 0],
      ]),
      100,
    ),
    Math.log(3),
  );
  near(
    pastInformation(
      new Matrix([
        [0.75, 0.25, 0],
        [0.25, 0.75, 0],
        [0.5, 0, 0.5],
      ]),
      1,
    ),
    0.13081203594113697,
  );
});

test('a spring on a fine grid forgets as the Ornstein-Uhlenbeck process', () => {
  const [cells, width, dt] = [81, 0.1, 0.002]; // dx = -x dt + sqrt 2 dW: rates 1 / width^2 -+ x / (2 width)
  const P = Matrix.zeros(cells, cells);
  for (let s = 0; s < cells; s++) {
    const x = (s - 40) * width;
    const [up, down] = [
      s < cells - 1 ? dt * (1 / width ** 2 - x / (2 * width)) : 0,
      s > 0 ? dt * (1 / width ** 2 + x / (2 * width)) : 0,
    ];
    P.set(s, s, 1 - up - down);
    if (up > 0) P.set(s, s + 1, up);
    if (down > 0) P.set(s, s - 1, down);
  }
  const { information } = ornsteinUhlenbeck({ stiffness: 1, temperature: 1 });
  for (const t of [0.5, 1, 3]) near(pastInformation(P, t / dt) / information(t), 1, 0.02);
});

test('six cold spins know their majority for long: one bit', () => {
  const { matrix } = transitionMatrix({
    nodes: 6,
    values: [-1, 1],
    temperature: 0.3,
    rule: 'heat bath',
    order: 'sequential',
    energy: (s) => -(s.reduce((sum, x) => sum + x) ** 2) / 12,
  });
  near(pastInformation(matrix, 8), Math.LN2, 0.1);
  assert.throws(() => pastInformation(matrix, -1), /pastInformation: steps must be an integer in .* got -1/);
});
