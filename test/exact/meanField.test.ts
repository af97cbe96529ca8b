// The complete graph: published numbers of the limit, enumeration and linear systems at finite N.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { fc } from '../property.js';
import { Matrix, solve } from 'ml-matrix';
import {
  completeIsing,
  curieWeiss,
  enumerateIsing,
  isingDistribution,
  isingEnergies,
  pinnedMagnetisations,
  pinnedThreshold,
} from '../../src/exact/index.js';
import { allPairs } from '../../src/graphs/generators/lattices.js';
import { heatBath, sample } from '../../src/dynamics/index.js';
import { bond, hamiltonian } from '../../src/energies/index.js';
import { ready } from '../../src/tensors/index.js';
import { Field } from '../../src/fields/index.js';
import { complete, fromEdges, type Graph } from '../../src/graphs/index.js';
import { assertClose } from '../graphs/fixtures.js';

before(() => ready());

/** complete(N) with couplings J / N. */
const weighted = (N: number, J: number): Graph =>
  fromEdges(N, allPairs(N), { couplings: new Array((N * (N - 1)) / 2).fill(J / N) });

test('Curie-Weiss: magnetisations and barrier of the oracle (O16, O17), and their limits', () => {
  for (const [temperature, m] of [
    [0.3, 0.997414],
    [0.5, 0.957504],
    [0.7, 0.828635],
    [0.9, 0.52543],
  ]) {
    assertClose(curieWeiss({ temperature }).magnetisation, m, 5e-7, `T = ${temperature}`);
    assertClose(curieWeiss({ temperature: 3 * temperature, J: 3 }).magnetisation, m, 5e-7, 'T / J decides');
  }
  assertClose(curieWeiss({ temperature: 0.5 }).barrierPerNode, 0.163262, 5e-7);
  const hot = curieWeiss({ temperature: 2 });
  assert.equal(hot.magnetisation, 0);
  assert.equal(hot.barrierPerNode, 0);
  assertClose(hot.susceptibility, 1, 1e-15);
  assertClose(hot.freeEnergyPerNode, -2 * Math.LN2, 1e-15);
  const near = curieWeiss({ temperature: 0.9999 });
  assertClose(near.magnetisation, Math.sqrt(3e-4), 1e-5);
  assertClose(near.heatCapacityPerNode, 1.5, 1e-3);
  assertClose(curieWeiss({ temperature: 1e-3 }).meanEnergyPerNode, -0.5, 1e-15);
});

test('Curie-Weiss: the free energy is least at m*, and its slopes are energy and heat capacity', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0.2, max: 1.8, noNaN: true }),
      fc.double({ min: -1, max: 1, noNaN: true }),
      (temperature, m) => {
        fc.pre(Math.abs(temperature - 1) > 0.02);
        const found = curieWeiss({ temperature });
        assert.ok(found.freeEnergyPerNodeAt(m) >= found.freeEnergyPerNode - 1e-14);
        const d = 1e-5;
        const [above, below] = [
          curieWeiss({ temperature: temperature + d }),
          curieWeiss({ temperature: temperature - d }),
        ];
        const entropy = -(above.freeEnergyPerNode - below.freeEnergyPerNode) / (2 * d);
        assertClose(found.meanEnergyPerNode, found.freeEnergyPerNode + temperature * entropy, 1e-8);
        assertClose(
          found.heatCapacityPerNode,
          (above.meanEnergyPerNode - below.meanEnergyPerNode) / (2 * d),
          1e-5,
        );
      },
    ),
    { seed: 1, numRuns: 100 },
  );
});

test("pinned spins: the thresholds of the oracle (O18), and the row's captured magnetisation", () => {
  const published = [0.3965, 0.3238, 0.2621, 0.2077, 0.1591, 0.1156, 0.077, 0.0436, 0.0165];
  published.forEach((f, k) =>
    assertClose(pinnedThreshold({ temperature: (k + 1) / 10 }), f, 5.1e-5, `T = ${(k + 1) / 10}`),
  );
  assert.equal(pinnedThreshold({ temperature: 1 }), 0);
  assertClose(pinnedThreshold({ temperature: 1, J: 2 }), 0.1591, 5e-5);
  const { captured, unstable, held } = pinnedMagnetisations({ temperature: 0.5, fraction: 0.25 });
  assertClose(captured, -0.97, 1e-3);
  assert.deepEqual([unstable, held], [undefined, undefined]);
});

test('pinned spins: three roots up to the threshold and one beyond it', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0.05, max: 1.5, noNaN: true }),
      fc.double({ min: 0, max: 0.99, noNaN: true }),
      (temperature, fraction) => {
        const threshold = pinnedThreshold({ temperature });
        fc.pre(Math.abs(fraction - threshold) > 1e-6);
        const branches = pinnedMagnetisations({ temperature, fraction });
        assert.equal(branches.held !== undefined, fraction < threshold);
        for (const M of Object.values(branches).filter((root) => root !== undefined)) {
          assertClose((1 - fraction) * Math.tanh(M / temperature) - fraction, M, 1e-12);
        }
        if (branches.held !== undefined)
          assert.ok(branches.captured < branches.unstable! && branches.unstable! < branches.held);
      },
    ),
    { seed: 2, numRuns: 300 },
  );
  assertClose(
    pinnedMagnetisations({ temperature: 0.5, fraction: 0 }).held!,
    curieWeiss({ temperature: 0.5 }).magnetisation,
    1e-15,
  );
});

test('the complete graph at finite N is the enumeration of its states, less J / 2', () => {
  for (const [N, temperature, J, field] of [
    [2, 1, 1, 0],
    [7, 0.6, 1.3, 0.2],
    [12, 1.5, 2, -0.4],
  ]) {
    const graph = weighted(N, J);
    const [p, E] = [isingDistribution(graph, { temperature, field }), isingEnergies(graph, field)];
    const m = (s: number): number => (2 * [...s.toString(2)].filter((bit) => bit === '1').length) / N - 1;
    const mean = (of: (s: number) => number): number => p.reduce((sum, weight, s) => sum + weight * of(s), 0);
    const found = completeIsing(N, { temperature, J, field });
    const energy = mean((s) => E[s]);
    assertClose(found.meanEnergy, energy - J / 2, 1e-12, 'energy');
    assertClose(
      found.energyVariance,
      mean((s) => (E[s] - energy) ** 2),
      1e-12,
      'variance',
    );
    assertClose(found.magnetisation, mean(m), 1e-13);
    assertClose(
      found.meanAbsMagnetisation,
      mean((s) => Math.abs(m(s))),
      1e-13,
    );
    assertClose(found.binder, 1 - mean((s) => m(s) ** 4) / (3 * mean((s) => m(s) ** 2) ** 2), 1e-12);
    assertClose(found.susceptibility, (N / temperature) * (mean((s) => m(s) ** 2) - mean(m) ** 2), 1e-12);
    const logZ = Math.log(E.reduce((sum, e) => sum + Math.exp(-(e - J / 2) / temperature), 0));
    assertClose(found.freeEnergy, -temperature * logZ, 1e-12, 'free energy');
    const level = [...p.keys()].filter((s) => Math.abs(m(s) * N - found.magnetisations[1]) < 1e-9);
    assertClose(
      found.probabilities[1],
      level.reduce((sum, s) => sum + p[s], 0),
      1e-13,
    );
  }
});

test('pinned spins at finite N: the enumeration, conditioned', () => {
  const [N, pinned, temperature, field] = [9, 3, 0.8, 0.1];
  const p = isingDistribution(weighted(N, 1), { temperature, field });
  const allowed = [...p.keys()].filter((s) => (s & 0b111) === 0);
  const share = allowed.reduce((sum, s) => sum + p[s], 0);
  const ups = (s: number): number => [...s.toString(2)].filter((bit) => bit === '1').length;
  const found = completeIsing(N, { temperature, field, pinned });
  assert.equal(found.magnetisations.length, N - pinned + 1);
  const whole = enumerateIsing(weighted(N, 1), { temperature, field }).freeEnergy;
  assertClose(found.freeEnergy, whole - 0.5 - temperature * Math.log(share), 1e-12, 'free energy');
  found.magnetisations.forEach((M, u) => {
    assert.equal(M, 2 * u - N);
    assertClose(
      found.probabilities[u],
      allowed.filter((s) => ups(s) === u).reduce((sum, s) => sum + p[s], 0) / share,
      1e-13,
    );
  });
});

test('passage times solve the linear system of all states, pinned spins and fields included', () => {
  for (const [N, pinned, temperature, field, from, to] of [
    [5, 0, 0.7, 0.1, 5, -3],
    [6, 2, 1.1, -0.2, -6, 2],
    [4, 0, 0.4, 0, 4, -4],
  ]) {
    const M = (s: number): number => {
      let sum = 0;
      for (let i = 0; i < N; i++) sum += (s >> i) & 1 ? 1 : -1;
      return sum;
    };
    const states = Array.from({ length: 2 ** N }, (_, s) => s).filter((s) => (s & (2 ** pinned - 1)) === 0);
    const open = states.filter((s) => M(s) !== to);
    const A = Matrix.eye(open.length, open.length);
    open.forEach((s, row) => {
      for (let i = 0; i < N; i++) {
        const spin = (s >> i) & 1 ? 1 : -1;
        const towards = 1 / (1 + Math.exp((2 * spin * ((M(s) - spin) / N + field)) / temperature));
        const flip = i < pinned ? 0 : towards;
        A.set(row, row, A.get(row, row) - (1 - flip) / N);
        const next = open.indexOf(s ^ (1 << i));
        if (next >= 0) A.set(row, next, A.get(row, next) - flip / N);
      }
    });
    const attempts = solve(A, Matrix.ones(open.length, 1)).to1DArray();
    const start = open.findIndex((s) => M(s) === from);
    assertClose(
      completeIsing(N, { temperature, field, pinned }).passageTime(from, to),
      attempts[start] / N,
      1e-9,
      `N = ${N}`,
    );
  }
});

test('the time of reversal grows as exp(N barrier / T) (O17), and prefers the side of the field as 2 N h m / T', () => {
  const logTime = (N: number): number => Math.log(completeIsing(N, { temperature: 0.5 }).reversalTime());
  const slope = (N: number): number => (logTime(N + 20) - logTime(N)) / 20;
  assertClose(slope(1600), 0.3265, 5e-4);
  const errors = [100, 200, 400].map((N) => slope(N) - curieWeiss({ temperature: 0.5 }).barrierPerNode / 0.5);
  for (let k = 1; k < 3; k++)
    assert.ok(
      Math.abs(errors[k]) < 0.6 * Math.abs(errors[k - 1]),
      `errors ${errors.join(', ')} fall as 1 / N`,
    );
  const [N, h] = [400, 1e-3];
  const { reversalTime } = completeIsing(N, { temperature: 0.5, field: h });
  assertClose(
    Math.log(reversalTime(1) / reversalTime(-1)),
    (2 * N * h * curieWeiss({ temperature: 0.5 }).magnetisation) / 0.5,
    0.02,
  );
});

test('many spins go to the limit: energy, order, and a Binder cumulant of 0, 2/3 and, at T = J, 0.27052', () => {
  const limit = curieWeiss({ temperature: 0.7 });
  const found = completeIsing(4000, { temperature: 0.7 });
  assertClose(found.meanEnergy / 4000, limit.meanEnergyPerNode, 1e-3);
  assertClose(found.freeEnergy / 4000, limit.freeEnergyPerNode, 1e-3);
  assertClose(found.meanAbsMagnetisation, limit.magnetisation, 1e-3);
  assertClose(found.binder, 2 / 3, 1e-3);
  assertClose(completeIsing(4000, { temperature: 2 }).binder, 0, 2e-3);
  assertClose(completeIsing(4000, { temperature: 2 }).susceptibility, 1, 1e-3);
  // the law exp(-m^4 N / 12): <m^4> / <m^2>^2 = Gamma(1/4) Gamma(5/4) / Gamma(3/4)^2 = 2.1884
  assertClose(completeIsing(1e5, { temperature: 1 }).binder, 0.27052, 2e-3);
});

test('names what is wrong', () => {
  assert.throws(
    () => curieWeiss({ temperature: 0 }),
    /curieWeiss: temperature must be positive and finite, got 0/,
  );
  assert.throws(
    () => curieWeiss({ temperature: 1 }).freeEnergyPerNodeAt(2),
    /curieWeiss: magnetisation must be in \[-1, 1\], got 2/,
  );
  assert.throws(() => pinnedThreshold({ temperature: -1 }), /pinnedThreshold: temperature/);
  assert.throws(
    () => pinnedMagnetisations({ temperature: 1, fraction: 1 }),
    /fraction must be in \[0, 1\), got 1/,
  );
  assert.throws(
    () => completeIsing(4, { temperature: 1, pinned: 4 }),
    /completeIsing: pinned must be an integer in \[0, 3\], got 4/,
  );
  assert.throws(
    () => completeIsing(4, { temperature: 1 }).passageTime(4, 3),
    /completeIsing: M must be one of -4, -2 \.\.\. 4, got 3/,
  );
  assert.throws(
    () => completeIsing(4, { temperature: 1, pinned: 2 }).reversalTime(),
    /there is no M above 0 with 2 of 4 spins pinned/,
  );
});

test('the law of M some sweeps after a start: one move by hand, the stationary law at last, and what the sampler does', async () => {
  const pair = completeIsing(2, { temperature: 1, pinned: 1 });
  const up = 1 / (1 + Math.exp(1)); // from the pinned spin: J / N = 1 / 2 down
  assertClose(pair.lawAfter(1, -2)[1], up * (1 - 0.25), 1e-12); // moved at all in two attempts of two spins: 1 - 1 / 4
  const exact = completeIsing(20, { temperature: 0.8, pinned: 2 });
  const late = exact.lawAfter(4000, 16);
  late.forEach((p, u) => assertClose(p, exact.probabilities[u], 1e-10));
  const energy = hamiltonian(complete(20), [bond((a, b) => a.mul(b).sum().div(-20))]);
  const chains = 4096;
  const start = new Field(new Float32Array(20 * chains).fill(1).fill(-1, 0, 2 * chains), {
    sites: 20,
    chains,
    codomain: 'spin',
    gauge: { pinned: [0, 1] },
  });
  const { states } = await sample(heatBath(energy, { temperature: 0.8, order: 'random' }), {
    initial: start,
    chains,
    steps: 5,
    every: 5,
    seed: 1,
  });
  const law = exact.lawAfter(5, 16);
  const mean = law.reduce((sum, p, u) => sum + p * exact.magnetisations[u], 0);
  const spread = Math.sqrt(
    law.reduce((sum, p, u) => sum + p * (exact.magnetisations[u] - mean) ** 2, 0) / chains,
  );
  const seen = states[0].reduce((sum, s) => sum + s, 0) / chains;
  assert.ok(Math.abs(seen - mean) < 4.5 * spread, `${seen}, exact ${mean} +- ${spread}`);
  assert.throws(() => exact.lawAfter(1.5, 16), /completeIsing: sweeps must be an integer.* got 1.5/);
});
