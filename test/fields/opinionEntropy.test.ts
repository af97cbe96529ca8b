// Neighbourhood and window entropies of labels, and their agreement with the belief entropy (EMTD-1.10).
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from '../property.js';
import { beliefEntropy, beliefsFrom, drawLabels } from '../../src/fields/belief.js';
import type { Field } from '../../src/fields/field.js';
import { fieldFrom, normalField, randomLabels, randomSpins } from '../../src/fields/initial.js';
import { neighbourhoodEntropy, windowEntropy } from '../../src/fields/entropy.js';
import { complete, karateClub, ring } from '../../src/graphs/index.js';

const close = (a: number, b: number, tolerance: number): void =>
  assert.ok(Math.abs(a - b) <= tolerance, `${a} is not ${b} within ${tolerance}`);

test('one dissenter on a ring', () => {
  const doubt = Math.log(3) - (2 / 3) * Math.LN2;
  const expected = [doubt, 0, doubt, doubt];
  const spins = fieldFrom([1, 1, 1, -1], { codomain: 'spin' });
  neighbourhoodEntropy(ring(4), spins).forEach((s, i) => close(s, expected[i], 1e-15));
});

test('between 0 and ln min(q, degree + 1), zero exactly where the closed neighbourhood agrees', () => {
  const graph = karateClub();
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 5 }), fc.integer({ min: 0, max: 999 }), (states, seed) => {
      const labels = randomLabels({ sites: 34, chains: 3, states, seed });
      const s = neighbourhoodEntropy(graph, labels);
      for (let i = 0; i < 34; i++)
        for (let c = 0; c < 3; c++) {
          const agree = [...graph.neighboursOf(i)].every((j) => labels.at(j, 0, c) === labels.at(i, 0, c));
          assert.equal(s[i * 3 + c] === 0, agree);
          assert.ok(
            s[i * 3 + c] >= 0 && s[i * 3 + c] <= Math.log(Math.min(states, graph.degree(i) + 1)) + 1e-14,
          );
        }
    }),
  );
});

test('spins and their Potts labels have the same entropies', () => {
  const spins = randomSpins({ sites: 34, chains: 2, seed: 3 });
  const labels = spins.with(
    spins.values.map((s) => (s + 1) / 2),
    { codomain: 'potts', states: 2 },
  );
  assert.deepEqual(neighbourhoodEntropy(karateClub(), spins), neighbourhoodEntropy(karateClub(), labels));
});

test('on the complete graph, opinions drawn from beliefs: (b) is (a) less (q - 1) / (2 N)', () => {
  const p = [0.5, 0.3, 0.2];
  const [n, draws] = [60, 400];
  const beliefs = beliefsFrom(Array.from({ length: n }, () => p));
  const believed = beliefEntropy(beliefs)[0];
  const graph = complete(n);
  const seen = Array.from({ length: draws }, (_, step) =>
    neighbourhoodEntropy(graph, drawLabels(beliefs, { seed: 1, step })),
  );
  for (const s of seen) assert.ok(s.every((x) => Math.abs(x - s[0]) < 1e-14)); // one neighbourhood for all
  const mean = seen.reduce((sum, s) => sum + s[0] / draws, 0);
  // Var S = Var(ln p) / N to first order
  const deviation = Math.sqrt(p.reduce((sum, x) => sum + x * (Math.log(x) + believed) ** 2, 0) / n / draws);
  const bias = (p.length - 1) / (2 * n);
  assert.ok(bias > 6 * deviation, 'the bias must stand out for this test to mean something');
  close(mean, believed - bias, 4.5 * deviation + 0.05 * bias);
});

test('window entropy: a frozen site has none, a fair one ln q without bias', () => {
  const records = 25;
  const window = Array.from({ length: records }, (_, t) => {
    const drawn = randomLabels({ sites: 400, chains: 2, states: 3, seed: t });
    return drawn.with(drawn.values.map((x, i) => (i < 400 ? 2 : x))); // sites 0 ... 199 are frozen
  });
  const s = windowEntropy(window);
  assert.ok(s.subarray(0, 400).every((x) => x === 0));
  const fair = s.subarray(400);
  const mean = fair.reduce((sum, x) => sum + x / 400, 0);
  const bias = 2 / (2 * records);
  close(mean, Math.log(3), 0.25 * bias);
});

test('errors say what is wrong', () => {
  const graph = ring(4);
  const of = (field: Field) => () => neighbourhoodEntropy(graph, field);
  assert.throws(of(normalField({ sites: 4, seed: 1 })), /field must be spin or potts, got real/);
  assert.throws(of(randomSpins({ sites: 5, seed: 1 })), /field must have 4 sites, got 5/);
  assert.throws(of(randomSpins({ sites: 4, components: 2, seed: 1 })), /field must have 1 component, got 2/);
  assert.throws(() => windowEntropy([]), /windowEntropy: window must hold at least 1 field, got 0/);
  const [a, b] = [randomSpins({ sites: 4, seed: 1 }), randomSpins({ sites: 5, seed: 1 })];
  assert.throws(() => windowEntropy([a, b]), /windowEntropy: field must have 4 sites, got 5/);
});
