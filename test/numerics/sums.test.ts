// Sums of logarithms, binary search, conjugate gradients and SHA-256 against direct computation and published values.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { conjugateGradient, dot } from '../../src/numerics/conjugateGradient.js';
import { convolution, logSum, pairedSum } from '../../src/numerics/logSum.js';
import { lowerBound } from '../../src/numerics/lowerBound.js';
import { sha256Of } from '../../src/numerics/sha256.js';
import { fc } from '../property.js';

const near = (actual: number, expected: number, relative = 1e-9): void =>
  assert.ok(Math.abs(actual - expected) <= relative * Math.abs(expected), `${actual}, expected ${expected}`);

test('logarithms of sums: factorials, numbers beyond a double, and no numbers', () => {
  near(logSum(Float64Array.of(Math.log(2), Math.log(3), Math.log(5))), Math.log(10), 1e-14);
  near(logSum(Float64Array.of(1000, 1000)), 1000 + Math.LN2, 1e-12);
  assert.equal(logSum(new Float64Array(0)), -Infinity);
});

test('pairedSum and convolution: 1 / k! with 2^k / k! gives 3^k / k!', () => {
  const factorial = [0, 0, Math.log(2), Math.log(6), Math.log(24)];
  const powers = (base: number): Float64Array =>
    Float64Array.from(factorial, (log, k) => k * Math.log(base) - log);
  near(pairedSum(powers(1), powers(2), 3), powers(3)[3], 1e-13);
  convolution(powers(1), powers(2)).forEach((log, k) =>
    assert.ok(Math.abs(log - powers(3)[k]) < 1e-13, `${k}: ${log}`),
  );
});

test('lowerBound is the number of smaller entries', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 9 })), fc.integer({ min: -1, max: 10 }), (some, value) => {
      const ascending = some.sort((a, b) => a - b);
      assert.equal(lowerBound(ascending, value), ascending.filter((x) => x < value).length);
    }),
  );
});

test('conjugate gradients solve a tridiagonal system, in few iterations, and say so when they cannot', () => {
  const size = 50;
  let products = 0;
  const apply = (x: Float64Array, out: Float64Array): void => {
    products++;
    for (let i = 0; i < size; i++) out[i] = (2 + i) * x[i] - (x[i - 1] ?? 0) - (x[i + 1] ?? 0);
  };
  const solution = Float64Array.from({ length: size }, (_, i) => Math.sin(i));
  const b = new Float64Array(size);
  apply(solution, b);
  products = 0;
  const x = conjugateGradient('test', { size, apply, diagonal: (i) => 2 + i }, b);
  x.forEach((value, i) => assert.ok(Math.abs(value - solution[i]) < 1e-11, `${i}: ${value}`));
  assert.ok(products <= 30, `${products} products`);
  near(
    dot(solution, b),
    solution.reduce((sum, s, i) => sum + s * b[i], 0),
    1e-14,
  );
  const zero = { size: 1, apply: (_: Float64Array, out: Float64Array) => out.fill(0), diagonal: () => 1 };
  assert.throws(
    () => conjugateGradient('test', zero, Float64Array.of(1)),
    /^Error: test: no solution to 1e-13/,
  );
});

test('SHA-256 of FIPS 180: "abc", whole and in parts', () => {
  const abc = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
  assert.equal(sha256Of('abc'), abc);
  assert.equal(sha256Of('a', Uint8Array.of(98, 99)), abc);
});
