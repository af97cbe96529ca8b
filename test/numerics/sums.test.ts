// Sums of logarithms, binary search, conjugate gradients and SHA-256 against direct computation and published values.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { conjugateGradient } from '../../src/numerics/conjugateGradient.js';
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

test('conjugate gradients solve the Laplacian of a path in as many steps as it has eigenvalues', () => {
  const size = 12;
  let products = 0;
  const apply = (x: Float64Array, out: Float64Array): void => {
    products++;
    for (let i = 0; i < size; i++) out[i] = x[i] - (x[i - 1] ?? x[i]) + x[i] - (x[i + 1] ?? x[i]);
  };
  const solution = Float64Array.from({ length: size }, (_, i) => Math.sin(i));
  const mean = solution.reduce((sum, x) => sum + x, 0) / size;
  const b = new Float64Array(size);
  apply(solution, b);
  products = 0;
  const x = conjugateGradient('test', { size, apply, diagonal: () => 1 }, b);
  x.forEach((value, i) => assert.ok(Math.abs(value - (solution[i] - mean)) < 1e-11, `${i}: ${value}`));
  assert.ok(products <= size, `${products} products`);
});

test('conjugate gradients refuse a b that is not in the range of A, and one that is not a number', () => {
  for (const [row, b] of [
    [0, 1],
    [1, NaN],
  ]) {
    const apply = (x: Float64Array, out: Float64Array): void => void (out[0] = row * x[0]);
    const system = { size: 1, apply, diagonal: () => 1 };
    const solve = (): unknown => conjugateGradient('test', system, Float64Array.of(b));
    assert.throws(solve, /^Error: test: no solution to 1e-13/);
  }
});

test('SHA-256 of FIPS 180: "abc", whole and in parts', () => {
  const abc = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
  assert.equal(sha256Of('abc'), abc);
  assert.equal(sha256Of('a', Uint8Array.of(98, 99)), abc);
});
