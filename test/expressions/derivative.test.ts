import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from '../property.js';
import { constant, gradient, scalar, vector, type Expression } from '../../src/expressions/index.js';
import { compile } from '../../src/expressions/compile.js';
import { arbitraryEnergy, arbitraryVector, symbols } from './arbitrary.js';

const { a, b, J } = symbols;
const COMPONENTS = 3;

const evaluate = (x: Expression, values: { a: Float64Array; b: Float64Array; J: number }): number => {
  const out = new Float64Array(1);
  compile([x], [[a], [b], [J]], COMPONENTS)(out, 0, values.a, 0, values.b, 0, Float64Array.of(values.J), 0);
  return out[0];
};

test('the gradient of any expression is its finite difference', () => {
  const state = fc.record({
    a: arbitraryVector(COMPONENTS),
    b: arbitraryVector(COMPONENTS),
    J: fc.double({ min: -2, max: 2, noNaN: true }),
  });
  fc.assert(
    fc.property(arbitraryEnergy, state, (energy, at) => {
      const out = new Float64Array(2 * COMPONENTS + 1);
      const slopes = gradient(energy, [a, b, J]);
      compile(slopes, [[a], [b], [J]], COMPONENTS)(out, 0, at.a, 0, at.b, 0, Float64Array.of(at.J), 0);
      const h = 1e-5;
      const difference = (shift: (sign: number) => typeof at): [number, number, number] => {
        const [up, middle, down] = [
          evaluate(energy, shift(1)),
          evaluate(energy, at),
          evaluate(energy, shift(-1)),
        ];
        return [(up - down) / (2 * h), (up - middle) / h, (middle - down) / h];
      };
      const expected = [
        ...[...at.a.keys()].map((k) => difference((s) => ({ ...at, a: at.a.with(k, at.a[k] + s * h) }))),
        ...[...at.b.keys()].map((k) => difference((s) => ({ ...at, b: at.b.with(k, at.b[k] + s * h) }))),
        difference((s) => ({ ...at, J: at.J + s * h })),
      ];
      expected.forEach(([central, right, left], k) => {
        // at a kink (abs, max, sign) the two sides differ, and either is a derivative
        if (Math.abs(right - left) > 1e-2 * Math.max(1, Math.abs(central))) return;
        const scale = Math.max(1, Math.abs(central));
        assert.ok(Math.abs(out[k] - central) < 2e-4 * scale, `slope ${k}: ${out[k]} against ${central}`);
      });
    }),
    { seed: 5, numRuns: 400 },
  );
});

test('gradients of the shapes that energies take', () => {
  const x = vector('x');
  const run = (f: Expression, values: number[]): number[] => {
    const out = new Float64Array(values.length);
    compile(gradient(f, [x]), [[x]], values.length)(out, 0, Float64Array.from(values), 0);
    return [...out];
  };
  assert.deepEqual(run(x.squaredNorm(), [1, -2]), [2, -4]);
  assert.deepEqual(run(x.sum(), [1, -2]), [1, 1]);
  assert.deepEqual(run(x.component(1), [1, -2]), [0, 1]);
  assert.deepEqual(run(constant(4), [1, -2]), [0, 0]);
  const [p, q] = run(x.softmax().entropy(), [0.3, 0.3]);
  assert.ok(Math.abs(p) < 1e-15 && Math.abs(q) < 1e-15, 'the entropy is largest where beliefs are equal');
});

test('two symbols of one name are two inputs', () => {
  const [x, other] = [scalar('x'), scalar('x')];
  const out = new Float64Array(2);
  compile(gradient(x.mul(x).mul(other), [x, other]), [[x], [other]], 1)(
    out,
    0,
    Float64Array.of(3),
    0,
    Float64Array.of(5),
    0,
  );
  assert.deepEqual([...out], [30, 9]);
  assert.throws(() => compile([x.mul(other)], [[x]], 1), /compile: unknown symbol "x"/);
});

test('only scalars have gradients', () => {
  assert.throws(() => gradient(vector('x'), [vector('x')]), /gradient: the energy must be a scalar/);
});

test('the gradient of a sum is a vector: that of (x_1 + ... + x_n)^2 / 2 has the sum n (x_1 + ... + x_n)', () => {
  const x = vector('x');
  const [ones] = gradient(x.sum(), [x]);
  assert.deepEqual([ones.op, ones.shape, ones.value], ['constant', 'vector', 1]);
  const [slope] = gradient(x.sum().square().mul(0.5), [x]);
  assert.equal(slope.shape, 'vector');
  const out = new Float64Array(1);
  compile([slope.sum()], [[x]], 3)(out, 0, Float64Array.of(1, 2, 4), 0);
  assert.equal(out[0], 21);
});
