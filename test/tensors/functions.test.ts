// The elementary functions on tensors against Math, over all the numbers that float32 has.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { evaluate, setBackend, tf } from '../../src/tensors/index.js';
import { vector, type Expression } from '../../src/expressions/index.js';
import { tape } from '../../src/expressions/tape.js';
import { randomKey, uniforms } from '../../src/randomness/index.js';

const x = vector('x');
const N = 20_000;

/** N numbers between low and high, even or with logarithms even. */
function numbers(low: number, high: number, logarithmic = false): Float32Array {
  const u = uniforms(new Float64Array(N), randomKey(3), { step: 0, purpose: 0, nodes: N, lanes: 1 });
  return Float32Array.from(u, (t) => (logarithmic ? low * (high / low) ** t : low + (high - low) * t));
}

interface Case {
  readonly f: (x: Expression) => Expression;
  readonly exact: (x: number) => number;
  readonly at: Float32Array;
  /** Largest error relative to the value, in units of 2^-24, half of a last place at worst. */
  readonly units: number;
  /** Or to this, where the function crosses zero. */
  readonly floor?: number;
}
const CASES: Record<string, Case> = {
  exp: { f: (z) => z.exp(), exact: Math.exp, at: numbers(-87, 88), units: 1.5 },
  'exp near 0': { f: (z) => z.exp(), exact: Math.exp, at: numbers(-0.5, 0.5), units: 1.5 },
  log: { f: (z) => z.log(), exact: Math.log, at: numbers(1e-37, 1e37, true), units: 1.5 },
  'log of subnormal numbers': {
    f: (z) => z.log(),
    exact: Math.log,
    at: numbers(1e-43, 1e-38, true),
    units: 1.5,
  },
  'log near 1': { f: (z) => z.log(), exact: Math.log, at: numbers(0.9, 1.1), units: 1.5 },
  sin: { f: (z) => z.sin(), exact: Math.sin, at: numbers(-10, 10), units: 2.5, floor: 1e-3 },
  'sin of large numbers': {
    f: (z) => z.sin(),
    exact: Math.sin,
    at: numbers(-1e7, 1e7),
    units: 3,
    floor: 1e-2,
  },
  cos: { f: (z) => z.cos(), exact: Math.cos, at: numbers(-10, 10), units: 2.5, floor: 1e-3 },
  'cos of large numbers': {
    f: (z) => z.cos(),
    exact: Math.cos,
    at: numbers(-1e7, 1e7),
    units: 3,
    floor: 1e-2,
  },
  tanh: { f: (z) => z.tanh(), exact: Math.tanh, at: numbers(-12, 12), units: 2.5 },
  'tanh near 0': { f: (z) => z.tanh(), exact: Math.tanh, at: numbers(1e-20, 0.7, true), units: 2.5 },
  xlogx: { f: (z) => z.xlogx(), exact: (z) => z * Math.log(z), at: numbers(1e-30, 0.9, true), units: 2.5 },
  sqrt: { f: (z) => z.sqrt(), exact: Math.sqrt, at: numbers(1e-37, 1e37, true), units: 1 },
};

const run = (f: (x: Expression) => Expression, at: Float32Array): Float32Array =>
  tf.tidy(
    () =>
      evaluate(
        tape([f(x)]),
        new Map([[x, tf.tensor3d(at, [at.length, 1, 1])]]),
        1,
      )[0].dataSync() as Float32Array,
  );

for (const [name, { f, exact, at, units, floor = 0 }] of Object.entries(CASES)) {
  test(`${name} is right to ${units} units`, async () => {
    await setBackend('wasm');
    const values = run(f, at);
    let worst = 0;
    at.forEach((z, i) => {
      const error = Math.abs(values[i] - exact(z)) / Math.max(Math.abs(exact(z)), floor);
      worst = Math.max(worst, Number.isNaN(error) ? Infinity : error);
    });
    assert.ok(worst < units * 2 ** -24, `${worst * 2 ** 24} units`);
  });
}

test('at the ends of the number line', async () => {
  await setBackend('wasm');
  const [inf, nan] = [Infinity, NaN];
  const at = Float32Array.of(0, inf, -inf, nan, -1, 100, -110);
  const expected: Record<string, [f: (x: Expression) => Expression, values: number[]]> = {
    exp: [(z) => z.exp(), [1, inf, 0, nan, Math.fround(Math.exp(-1)), inf, 0]],
    log: [(z) => z.log(), [-inf, inf, nan, nan, nan, Math.fround(Math.log(100)), nan]],
    tanh: [(z) => z.tanh(), [0, 1, -1, nan, Math.fround(Math.tanh(-1)), 1, -1]],
    sign: [(z) => z.sign(), [0, 1, -1, nan, -1, 1, -1]],
    xlogx: [(z) => z.xlogx(), [0, inf, nan, nan, nan, Math.fround(100 * Math.log(100)), nan]],
    max: [(z) => z.max(0), [0, inf, 0, nan, 0, 100, 0]],
    less: [(z) => z.less(0), [0, 0, 1, 0, 1, 0, 1]],
  };
  for (const [name, [f, values]] of Object.entries(expected)) {
    run(f, at).forEach((value, i) => {
      const near =
        Number.isFinite(values[i]) && Math.abs(value - values[i]) <= 2 ** -22 * Math.abs(values[i]);
      const close = Object.is(value, values[i]) || near;
      assert.ok(close, `${name}(${at[i]}) is ${value}, not ${values[i]}`);
    });
  }
  assert.ok(
    run((z) => z.sin(), at)
      .subarray(1, 4)
      .every(Number.isNaN),
  );
});
