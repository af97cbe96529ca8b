// Potts models: published transitions, enumeration of labels, and the limit of many nodes.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  completeIsing,
  completePotts,
  curieWeiss,
  meanFieldPotts,
  squareIsing,
  squarePotts,
} from '../../src/exact/index.js';
import { assertClose } from '../graph/fixtures.js';

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
    assertClose(squarePotts(q).latentHeat, latent, 5.1e-5, `q = ${q}`);
  // q = 2: H = -(bonds + Ising's sum) / 2, so T_c is half and the energy -1 - sqrt 2 / 2
  assertClose(
    squarePotts(2).criticalTemperature,
    squareIsing({ temperature: 1 }).criticalTemperature / 2,
    1e-14,
  );
  assertClose(squarePotts(2).criticalEnergy, -1 - Math.SQRT1_2, 1e-14);
});

test('mean field (O22): transition, jump, latent heat, and q = 2 is Curie-Weiss', () => {
  for (const [q, beta] of [
    [3, 2.77259],
    [10, 4.94376],
  ]) {
    const potts = meanFieldPotts(q);
    assertClose(potts.criticalBeta, beta, 5e-6);
    assertClose(potts.jump, (q - 2) / (q - 1), 1e-15);
    const T = 1 / potts.criticalBeta;
    assertClose(
      potts.freeEnergyAt(potts.jump, T),
      potts.freeEnergyAt(0, T),
      1e-13,
      'two phases of one free energy',
    );
    assertClose(potts.order(T * (1 - 1e-9)), potts.jump, 1e-6);
    assert.equal(potts.order(T * 1.001), 0);
    const energy = (s: number): number => -(1 + (q - 1) * s * s) / (2 * q);
    assertClose(potts.latentHeat, energy(0) - energy(potts.jump), 1e-14);
  }
  const two = meanFieldPotts(2);
  assert.deepEqual([two.criticalBeta, two.jump, two.orderedSpinodal, two.latentHeat], [2, 0, 2, 0]);
  for (const T of [0.3, 0.45])
    assertClose(two.order(T), curieWeiss({ temperature: 2 * T }).magnetisation, 1e-12);
});

test('mean field: spinodals are where minima of the free energy come and go', () => {
  for (const q of [3, 4, 10]) {
    const { orderedSpinodal, disorderedSpinodal, orderedBranch, freeEnergyAt, criticalBeta } =
      meanFieldPotts(q);
    assert.ok(orderedSpinodal < criticalBeta && criticalBeta < disorderedSpinodal);
    const hasMinimum = (beta: number): boolean => {
      const f = Array.from({ length: 4001 }, (_, k) => freeEnergyAt(k / 4000, 1 / beta));
      return f.some((value, k) => k > 0 && k < 4000 && value < f[k - 1] && value < f[k + 1]);
    };
    assert.ok(!hasMinimum(orderedSpinodal - 1e-3) && hasMinimum(orderedSpinodal + 1e-3), `q = ${q}`);
    assert.equal(orderedBranch(1 / (orderedSpinodal - 1e-9)), undefined);
    const atZero = (beta: number): number => freeEnergyAt(1e-3, 1 / beta) - freeEnergyAt(0, 1 / beta);
    // f = f(0) + (q - 1) (1 / beta - 1 / q) s^2 / 2 + O(s^3)
    assert.ok(atZero(q * 0.98) > 0 && atZero(q * 1.02) < 0);
    const s = orderedBranch(1 / (orderedSpinodal + 0.01))!;
    assertClose(
      freeEnergyAt(s + 1e-5, 1 / (orderedSpinodal + 0.01)),
      freeEnergyAt(s - 1e-5, 1 / (orderedSpinodal + 0.01)),
      1e-12,
    );
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
  const T = 1 / meanFieldPotts(3).criticalBeta;
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
  const { meanEnergy } = completePotts(400, 3, { temperature: 0.25 });
  assertClose(meanEnergy / 400, -(1 + 2 * meanFieldPotts(3).order(0.25) ** 2) / 6, 2e-3);
});

test('names what is wrong', () => {
  assert.throws(() => squarePotts(1), /squarePotts: q must be an integer/);
  assert.throws(() => meanFieldPotts(2.5), /meanFieldPotts: q must be an integer/);
  assert.throws(
    () => meanFieldPotts(3).order(0),
    /meanFieldPotts: temperature must be positive and finite, got 0/,
  );
  assert.throws(
    () => meanFieldPotts(3).freeEnergyAt(2, 1),
    /meanFieldPotts: order must be in \[0, 1\], got 2/,
  );
  assert.throws(() => completePotts(0, 3, { temperature: 1 }), /completePotts: N must be an integer/);
  assert.throws(() => completePotts(5, 3, { temperature: -1 }), /completePotts: temperature .* got -1/);
});
