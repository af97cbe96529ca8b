// Shot noise against its own definition, draw by draw, and the area under the detection curve against its
// limits on paper.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { detectionArea, shotNoise } from '../../src/exact/index.js';
import { uniformGenerator } from '../../src/randomness/index.js';
import { assertClose } from '../graphs/fixtures.js';

/** Stationary draws: events back to where they weigh 1e-13. */
function draws(rate: number, tau: number, count: number, name: string): Float64Array {
  const random = uniformGenerator('shot noise', name);
  return Float64Array.from({ length: count }, () => {
    let weight = 0;
    for (let age = -Math.log1p(-random()) / rate; age < 30 * tau; age -= Math.log1p(-random()) / rate)
      weight += Math.exp(-age / tau);
    return weight;
  });
}

/** The mean of f over the draws lies within 4.5 standard errors. */
function assertMean(values: Float64Array, f: (x: number) => number, expected: number, what: string): void {
  const all = values.map(f);
  const mean = all.reduce((sum, x) => sum + x, 0) / all.length;
  const error = Math.sqrt(all.reduce((sum, x) => sum + (x - mean) ** 2, 0)) / all.length;
  assert.ok(Math.abs(mean - expected) < 4.5 * error, `${what}: ${mean} +- ${error}, expected ${expected}`);
}

test('mean, variance, transform, law below 1 and noticing time are those of drawn shot noise', () => {
  for (const [rate, tau] of [
    [0.5, 1],
    [1, 1],
    [2, 0.8],
  ] as const) {
    const law = shotNoise({ rate, tau });
    const values = draws(rate, tau, 20_000, `${rate} ${tau}`);
    assertMean(values, (a) => a, law.mean, 'mean');
    assertMean(values, (a) => (a - rate * tau) ** 2, law.variance, 'variance');
    for (const s of [0.3, 1])
      assertMean(values, (a) => Math.exp(-s * a), law.transform(s), `transform at ${s}`);
    for (const x of [0.5, 1]) assertMean(values, (a) => Number(a < x), law.below(x), `below ${x}`);
    assertMean(values, Math.log, law.meanLogarithm, 'logarithm');
    assertMean(values, (a) => tau * Math.max(0, Math.log(a)), law.detectionTime, 'noticing time');
  }
});

test("the moments are derivatives of the transform, and Dickman's constant comes out at lambda = 1", () => {
  const law = shotNoise({ rate: 3, tau: 0.7 });
  const h = 1e-3;
  const [m1, m2] = [law.transform(h), law.transform(2 * h)].map(Math.log);
  assertClose((-2 * m1 + m2 / 2) / h, law.mean, 1e-5);
  assertClose((m2 - 2 * m1) / h ** 2, law.variance, 2e-3);
  assertClose(shotNoise({ rate: 1, tau: 1 }).below(1), Math.exp(-0.5772156649015329), 1e-12);
  assert.equal(law.below(0), 0);
});

test('short windows see the last event alone, up to tau^2: the area is a sum over pairs of rates', () => {
  const rates = [0.3, 1, 4];
  for (const delay of [0.5, 2]) {
    const pairs = rates.flatMap((a) => rates.map((b) => 1 - (Math.exp(-a * delay) * b) / (a + b)));
    assertClose(
      detectionArea({ rates, tau: 0.005, delay }),
      pairs.reduce((sum, p) => sum + p, 0) / 9,
      1e-5,
      `delay ${delay}`,
    );
  }
});

test('after a long silence: a source that goes on is the weaker one with the chance of the power law', () => {
  // P(a < c a') = e^(-gamma lambda) c^lambda <a'^lambda> / Gamma(lambda + 1), as long as c a' < 1
  const factor = Math.exp(-0.5772156649015329);
  for (const delay of [4, 6]) {
    const c = Math.exp(-delay);
    const area = (rate: number): number => detectionArea({ rates: [rate], tau: 1, delay });
    assertClose(area(1), 1 - factor * c, 3e-7); // <a> = 1
    assertClose(area(2), 1 - (factor * c) ** 2 * (5 / 2), 3e-7); // <a^2> = 5
  }
});

test('long windows see the mean alone, and drawn shot noise is told apart as often as the integral says', () => {
  // lambda = 4000: normal laws of variance lambda / 2 around lambda and c lambda, z = (1 - c) sqrt(lambda /
  // (1 + c^2) * 2)
  const [c, lambda] = [Math.exp(-0.02), 4000];
  const z = ((1 - c) * lambda) / Math.sqrt((lambda / 2) * (1 + c * c));
  assertClose(detectionArea({ rates: [1], tau: lambda, delay: 0.02 * lambda }), normalBelow(z), 2e-3);
  const [tau, delay] = [3, 4];
  const quiet = draws(1, tau, 30_000, 'went on');
  const gone = draws(1, tau, 30_000, 'stopped');
  assertMean(
    quiet.map((a, k) => Number(a > gone[k] * Math.exp(-delay / tau))),
    (x) => x,
    detectionArea({ rates: [1], tau, delay }),
    'area',
  );
});

test('refusals name the rule and the value', () => {
  assert.throws(() => shotNoise({ rate: 0, tau: 1 }), /shotNoise: rate must be positive and finite, got 0/);
  assert.throws(() => shotNoise({ rate: 1, tau: 1 }).below(2), /shotNoise: x must be in \[0, 1\], got 2/);
  assert.throws(
    () => shotNoise({ rate: 1, tau: 1 }).transform(-1),
    /shotNoise: s must not be negative, got -1/,
  );
  assert.throws(
    () => detectionArea({ rates: [1, 0], tau: 1, delay: 1 }),
    /detectionArea: rates\[1\] must be positive and finite, got 0/,
  );
});

/** Phi(z) by the midpoint rule. */
function normalBelow(z: number): number {
  let sum = 0;
  for (let k = 0; k < 1000; k++) sum += Math.exp(-((((k + 0.5) * z) / 1000) ** 2) / 2);
  return 0.5 + (sum * z) / 1000 / Math.sqrt(2 * Math.PI);
}
