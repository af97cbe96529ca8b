// Quantiles of Student's t, Fisher's F and chi-square. Peer: SciPy 1.17.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chiSquareQuantile } from '../../src/numerics/special.js';
import { fisherCritical, studentCritical, studentTwoSided } from '../../src/numerics/student.js';

const near = (actual: number, expected: number, relative = 1e-9): void =>
  assert.ok(Math.abs(actual - expected) <= relative * Math.abs(expected), `${actual}, expected ${expected}`);

test('critical values of Student and Fisher: SciPy', () => {
  near(studentCritical(0.05, 15), 2.131449545559776);
  near(studentCritical(0.001, 7), 5.407882520861726);
  near(studentCritical(1e-6, 31), 6.0719759247184);
  near(studentCritical(0.05, 1), 12.706204736174705);
  near(fisherCritical(0.05, 3, 20), 3.098391212140781);
  near(fisherCritical(1e-4, 15, 400), 3.068334469824953);
  near(fisherCritical(0.01, 15, 1e5), 2.0387067815598985, 1e-8);
  near(studentTwoSided(2.131449545559776, 15), 0.05);
  near(studentTwoSided(Math.sqrt(100 * 999), 100), 7.9628280440758e-152, 1e-10);
});

test('chi-square: with 2 degrees it is exponential, x = -2 ln(1 - share); with 1 a squared normal', () => {
  for (const share of [0.001, 0.5, 0.975]) near(chiSquareQuantile(share, 2), -2 * Math.log(1 - share));
  near(chiSquareQuantile(0.95, 1), 1.959963984540054 ** 2);
});

test('chi-square: the quantiles for few and for many degrees meet', () => {
  for (const share of [0.00135, 0.025, 0.5, 0.975, 0.99865]) {
    const [below, at] = [1999.999, 2000].map((freedom) => chiSquareQuantile(share, freedom));
    assert.ok(Math.abs(at / below - 1) < 1e-5, `${share}: ${below} ${at}`);
  }
});
