// Drawn initial fields: their laws within 4.5 standard errors, and what a seed decides.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { beliefEntropy, probabilities } from '../../src/fields/belief.js';
import {
  constantField,
  normalField,
  randomAngles,
  randomLabels,
  randomSpins,
} from '../../src/fields/initial.js';
import { dirichletBeliefs, logGammaVariate, uniformBeliefs } from '../../src/fields/initialBeliefs.js';
import { uniformGenerator } from '../../src/randomness/index.js';

const mean = (values: ArrayLike<number>, f: (x: number) => number = (x) => x): number =>
  Array.from(values).reduce((sum, x) => sum + f(x), 0) / values.length;
const shape = { sites: 100, components: 2, chains: 50 };
const n = 100 * 2 * 50;

/** |estimate - truth| within 4.5 of its standard errors: 7 in a million by chance. */
const near = (estimate: number, truth: number, standardError: number): void =>
  assert.ok(Math.abs(estimate - truth) < 4.5 * standardError, `${estimate}: ${truth} +- ${standardError}`);

test('constant fields repeat one number per component', () => {
  const field = constantField({ sites: 3, components: 2, chains: 2 }, [0, 1]);
  assert.deepEqual([...field.values], [0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 1, 1]);
  const short = () => constantField({ sites: 3, components: 2 }, [1]);
  assert.throws(short, /constantField: value must have 2 components, got 1/);
});

test('normal fields have the mean and deviation asked for', () => {
  const { values } = normalField({ ...shape, seed: 11, mean: 3, deviation: 2 });
  near(mean(values), 3, 2 / Math.sqrt(n));
  near(
    mean(values, (x) => (x - 3) ** 2),
    4,
    4 * Math.sqrt(2 / n),
  );
  near(
    mean(values, (x) => ((x - 3) / 2) ** 4),
    3,
    Math.sqrt(96 / n),
  );
});

test('spins, labels and angles are uniform', () => {
  near(mean(randomSpins({ ...shape, seed: 5 }).values), 0, 1 / Math.sqrt(n));
  const labels = randomLabels({ ...shape, states: 3, seed: 5 });
  for (const k of [0, 1, 2])
    near(
      mean(labels.values, (x) => Number(x === k)),
      1 / 3,
      Math.sqrt(2 / 9 / n),
    );
  const { values } = randomAngles({ ...shape, seed: 5 });
  for (const m of [1, 2])
    near(
      mean(values, (x) => Math.cos(m * x)),
      0,
      Math.sqrt(0.5 / n),
    );
  near(mean(values, Math.sin), 0, Math.sqrt(0.5 / n));
});

test('gamma variates: mean and variance of g, mean of ln g', () => {
  const draws = 100_000;
  // digamma: psi(1) = -gamma, psi(1/2) = -gamma - 2 ln 2, psi(3) = 3/2 - gamma; trigamma likewise
  const [euler, zeta] = [0.5772156649015329, Math.PI ** 2 / 6];
  const laws = [
    [1, -euler, zeta],
    [0.5, -euler - 2 * Math.LN2, 3 * zeta],
    [3, 1.5 - euler, zeta - 1.25],
  ];
  for (const [a, meanLog, varianceLog] of laws) {
    const random = uniformGenerator(3, `gamma ${a}`);
    const logs = Array.from({ length: draws }, () => logGammaVariate(a, random));
    near(mean(logs), meanLog, Math.sqrt(varianceLog / draws));
    near(mean(logs, Math.exp), a, Math.sqrt(a / draws));
    near(
      mean(logs, (x) => (Math.exp(x) - a) ** 2),
      a,
      Math.sqrt((2 * a * a + 6 * a) / draws),
    );
  }
});

test('Dirichlet beliefs have mean 1/q and the variance of their concentration', () => {
  const q = 4;
  for (const concentration of [0.3, 1, 5]) {
    const field = dirichletBeliefs({ sites: 2000, components: q, chains: 1, seed: 9, concentration });
    const p = probabilities(field);
    // Var p_k = (1/q)(1 - 1/q) / (q a + 1); that of its square is at most that of p_k^2, so below E p_k^2
    const variance = ((1 / q) * (1 - 1 / q)) / (q * concentration + 1);
    for (let k = 0; k < q; k++) {
      const pk = p.filter((_, i) => i % q === k);
      near(mean(pk), 1 / q, Math.sqrt(variance / pk.length));
      const spread = pk.map((x) => (x - 1 / q) ** 2);
      near(mean(spread), variance, Math.sqrt((mean(spread, (x) => x * x) - mean(spread) ** 2) / pk.length));
    }
  }
  // a = 1, q = 2 is the uniform law of p: third moment 1/4
  const flat = dirichletBeliefs({ sites: 4000, components: 2, seed: 2 });
  const p = probabilities(flat).filter((_, i) => i % 2 === 0);
  near(
    mean(p, (x) => x ** 3),
    1 / 4,
    Math.sqrt((1 / 7 - 1 / 16) / 4000),
  );
  const none = () => dirichletBeliefs({ sites: 1, components: 2, seed: 1, concentration: 0 });
  assert.throws(none, /dirichletBeliefs: concentration must be positive and finite, got 0/);
});

test('tiny concentrations stay finite: certainty in float32 logits', () => {
  const field = dirichletBeliefs({ sites: 200, components: 3, seed: 4, concentration: 0.01 });
  const entropies = beliefEntropy(field);
  assert.ok(entropies.every((s) => s >= 0 && s <= Math.log(3)));
  assert.ok(mean(entropies) < 0.1);
});

test('uniform beliefs have the entropy ln q', () => {
  for (const s of beliefEntropy(uniformBeliefs({ sites: 2, components: 7, chains: 2 }))) {
    assert.ok(Math.abs(s - Math.log(7)) < 1e-15 * 4);
  }
});

test('a seed decides the field; kinds and seeds are independent', () => {
  const draw = (seed: number | string) => normalField({ ...shape, seed }).values;
  assert.deepEqual(draw('a'), draw('a'));
  const correlation = (x: Float32Array, y: Float32Array) => mean(x.map((xi, i) => xi * y[i]));
  near(correlation(draw('a'), draw('b')), 0, 1 / Math.sqrt(n));
  const sines = randomAngles({ ...shape, seed: 5 }).values.map((x) => Math.SQRT2 * Math.sin(x));
  near(correlation(sines, randomSpins({ ...shape, seed: 5 }).values), 0, 1 / Math.sqrt(n));
  near(correlation(draw(5), randomSpins({ ...shape, seed: 5 }).values), 0, 1 / Math.sqrt(n));
});
