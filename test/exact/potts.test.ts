// Potts models: published transitions, enumeration of labels, and the limit of many nodes.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  completeIsing,
  completePotts,
  curieWeiss,
  type MeanFieldPotts,
  meanFieldPotts,
  squareIsing,
  squarePotts,
} from '../../src/exact/index.js';
import { assertClose } from '../graphs/fixtures.js';

test("the square lattice (O21): critical temperatures, and Baxter's latent heats", () => {
  for (const [q, T] of [
    [2, 1.134593],
    [3, 0.994973],
    [4, 0.910239],
    [10, 0.701232],
  ])
    assertClose(squarePotts(q).criticalTemperature, T, 5e-7, `q = ${q}`);
  for (const [q, latent] of [
    [3, 0],
    [4, 0],
    [5, 0.0529],
    [10, 0.6961],
  ])
    assertClose(squarePotts(q).latentHeatPerNode, latent, 5.1e-5, `q = ${q}`);
  // q = 2: H = -(bonds + Ising's sum) / 2, so T_c is half and the energy -1 - sqrt 2 / 2
  assertClose(
    squarePotts(2).criticalTemperature,
    squareIsing({ temperature: 1 }).criticalTemperature / 2,
    1e-14,
  );
  assertClose(squarePotts(2).criticalEnergyPerNode, -1 - Math.SQRT1_2, 1e-14);
});

test('mean field (O22): transition, jump, latent heat, and q = 2 is Curie-Weiss', () => {
  for (const [q, beta] of [
    [3, 2.77259],
    [10, 4.94376],
  ]) {
    const { criticalTemperature: T, jump, latentHeatPerNode } = meanFieldPotts(q, { temperature: 1 });
    assertClose(1 / T, beta, 5e-6);
    assertClose(jump, (q - 2) / (q - 1), 1e-15);
    const there = meanFieldPotts(q, { temperature: T });
    assertClose(
      there.freeEnergyPerNodeAt(jump),
      there.freeEnergyPerNodeAt(0),
      1e-13,
      'two phases of one free energy',
    );
    const [cold, hot] = [T * (1 - 1e-9), T * 1.001].map((temperature) => meanFieldPotts(q, { temperature }));
    assertClose(cold.order, jump, 1e-6);
    assert.equal(hot.order, 0);
    const energy = (s: number): number => -(1 + (q - 1) * s * s) / (2 * q);
    assertClose(latentHeatPerNode, energy(0) - energy(jump), 1e-14);
  }
  const two = meanFieldPotts(2, { temperature: 1, J: 2 });
  assert.deepEqual(
    [two.criticalTemperature, two.jump, two.orderedSpinodal, two.disorderedSpinodal, two.latentHeatPerNode],
    [1, 0, 1, 1, 0],
  );
  for (const temperature of [0.6, 0.9, 1.2]) {
    const potts = meanFieldPotts(2, { temperature, J: 2 });
    const ising = curieWeiss({ temperature });
    assertClose(potts.order, ising.magnetisation, 1e-12);
    assertClose(potts.heatCapacityPerNode, ising.heatCapacityPerNode, 1e-11);
    assertClose(potts.freeEnergyPerNode, ising.freeEnergyPerNode - 1 / 2, 1e-12); // -J m^2 / 2 is -J (m^2 + 1) / 2
  }
});

test('mean field: spinodals are where minima of the free energy come and go', () => {
  for (const q of [3, 4, 10]) {
    const at = (beta: number): MeanFieldPotts => meanFieldPotts(q, { temperature: 1 / beta });
    const { orderedSpinodal, disorderedSpinodal, criticalTemperature } = at(1);
    assert.ok(orderedSpinodal > criticalTemperature && criticalTemperature > disorderedSpinodal);
    const spinodal = 1 / orderedSpinodal;
    const hasMinimum = (beta: number): boolean => {
      const { freeEnergyPerNodeAt } = at(beta);
      const f = Array.from({ length: 4001 }, (_, k) => freeEnergyPerNodeAt(k / 4000));
      return f.some((value, k) => k > 0 && k < 4000 && value < f[k - 1] && value < f[k + 1]);
    };
    assert.ok(!hasMinimum(spinodal - 1e-3) && hasMinimum(spinodal + 1e-3), `q = ${q}`);
    assert.equal(at(spinodal - 1e-9).orderedBranch, undefined);
    const atZero = (beta: number): number =>
      at(beta).freeEnergyPerNodeAt(1e-3) - at(beta).freeEnergyPerNodeAt(0);
    // f = f(0) + (q - 1) (1 / beta - 1 / q) s^2 / 2 + O(s^3)
    assert.ok(atZero(q * 0.98) > 0 && atZero(q * 1.02) < 0);
    const { orderedBranch: s, freeEnergyPerNodeAt } = at(spinodal + 0.01);
    assertClose(freeEnergyPerNodeAt(s! + 1e-5), freeEnergyPerNodeAt(s! - 1e-5), 1e-12);
  }
});

test('the complete graph at finite N is the enumeration of its labels', () => {
  for (const [N, q, temperature, J] of [
    [1, 3, 1, 1],
    [7, 3, 0.3, 1],
    [6, 4, 0.5, 1.7],
    [8, 2, 0.4, 1],
  ]) {
    const occupation = new Float64Array(N + 1);
    const majority = new Float64Array(N + 1);
    let [Z, E, EE] = [0, 0, 0];
    for (let state = 0; state < q ** N; state++) {
      const counts = new Array<number>(q).fill(0);
      for (let i = 0, rest = state; i < N; i++, rest = Math.floor(rest / q)) counts[rest % q]++;
      const energy = (-J / (2 * N)) * counts.reduce((sum, n) => sum + n * n, 0);
      const weight = Math.exp(-energy / temperature);
      [Z, E, EE] = [Z + weight, E + weight * energy, EE + weight * energy ** 2];
      occupation[counts[0]] += weight;
      majority[Math.max(...counts)] += weight;
    }
    const found = completePotts(N, q, { temperature, J });
    assertClose(found.meanEnergy, E / Z, 1e-12, 'energy');
    assertClose(found.energyVariance, EE / Z - (E / Z) ** 2, 1e-11, 'variance');
    assertClose(found.freeEnergy, -temperature * Math.log(Z), 1e-12, 'free energy');
    for (let n = 0; n <= N; n++) {
      assertClose(found.occupationLaw[n], occupation[n] / Z, 1e-13);
      assertClose(found.majorityLaw[n], majority[n] / Z, 1e-13);
    }
    const order = majority.reduce((sum, w, n) => sum + ((w / Z) * ((q * n) / N - 1)) / (q - 1), 0);
    assertClose(found.meanOrder, order, 1e-13);
    assertClose(
      found.average((s) => s * s),
      majority.reduce((sum, w, n) => sum + (w / Z) * (((q * n) / N - 1) / (q - 1)) ** 2, 0),
      1e-13,
    );
  }
});

test("two labels are spins: delta = (1 + s s') / 2", () => {
  const [N, T] = [300, 0.42];
  const [potts, ising] = [completePotts(N, 2, { temperature: T }), completeIsing(N, { temperature: 2 * T })];
  assertClose(potts.meanOrder, ising.meanAbsMagnetisation, 1e-10);
  assertClose(potts.meanEnergy, ising.meanEnergy / 2 - N / 4, 1e-9);
  assertClose(potts.freeEnergy, ising.freeEnergy / 2 - N / 4, 1e-9);
});

test('three labels at the transition: two peaks that go to orders 0 and 1 / 2', () => {
  const T = meanFieldPotts(3, { temperature: 1 }).criticalTemperature;
  const upperPeak = (N: number): number => {
    const { majorityLaw } = completePotts(N, 3, { temperature: T });
    assertClose(
      majorityLaw.reduce((sum, p) => sum + p, 0),
      1,
      1e-10,
    );
    const from = Math.round((N * 1.6) / 3); // order 0.3, between the phases
    const best = majorityLaw.reduce((most, p, n) => (n > from && p > majorityLaw[most] ? n : most), from);
    assert.ok(
      majorityLaw[from] < 0.8 * majorityLaw[best] &&
        majorityLaw[from] < 0.8 * majorityLaw[Math.round(N * 0.4)],
      'a valley between',
    );
    return ((3 * best) / N - 1) / 2;
  };
  assertClose(upperPeak(400), 0.5, 0.03);
  const finite = completePotts(400, 3, { temperature: 0.25 });
  const limit = meanFieldPotts(3, { temperature: 0.25 });
  assertClose(finite.meanEnergyPerNode, limit.meanEnergyPerNode, 2e-3);
  assertClose(finite.meanEnergyPerNode, -(1 + 2 * limit.order ** 2) / 6, 2e-3);
  assertClose(finite.entropyPerNode, limit.entropyPerNode, 1e-2);
});

test('names what is wrong', () => {
  assert.throws(() => squarePotts(1), /squarePotts: q must be an integer/);
  assert.throws(() => meanFieldPotts(2.5, { temperature: 1 }), /meanFieldPotts: q must be an integer/);
  assert.throws(
    () => meanFieldPotts(3, { temperature: 0 }),
    /meanFieldPotts: temperature must be positive and finite, got 0/,
  );
  assert.throws(
    () => meanFieldPotts(3, { temperature: 1 }).freeEnergyPerNodeAt(2),
    /meanFieldPotts: order must be in \[0, 1\], got 2/,
  );
  assert.throws(() => completePotts(0, 3, { temperature: 1 }), /completePotts: N must be an integer/);
  assert.throws(() => completePotts(5, 3, { temperature: -1 }), /completePotts: temperature .* got -1/);
});
