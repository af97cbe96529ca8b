// The Gaussian free field: oracles O1 to O4, O6, O7, O11, quadrature on small graphs, scaling in J and d, and
// the integrators' stationary variances from their own recursions.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from '../property.js';
import {
  eulerMaruyamaRatio,
  gaussianFreeField,
  leimkuhlerMatthewsRatio,
  ornsteinUhlenbeck,
} from '../../src/exact/index.js';
import { complete, fromEdges, karateClub, ring, smallWorld } from '../../src/graphs/index.js';
import { assertClose, connectedEdges, graphOf, smallGraphs } from '../graphs/fixtures.js';

const edgesOfTwo = connectedEdges.filter(({ nodeCount }) => nodeCount >= 2);
const positive = fc.double({ min: 0.1, max: 5, noNaN: true });

test("the oracle's graphs: disagreement, pair variances, free energy and relaxation", () => {
  for (const {
    graph,
    oracle: { gff },
  } of smallGraphs) {
    const field = gaussianFreeField(graph, { temperature: 2, J: 1 / 2 });
    const N = graph.nodeCount;
    assertClose(field.disagreement / 2, gff.traceLplusOverN, 1e-12, graph.name);
    gff.edges.forEach(([a, b], e) => {
      assertClose(field.pairVariance(a, b), 2 * gff.effectiveResistance[e], 1e-12, `${graph.name} ${a} ${b}`);
    });
    // O3: F = -(N - 1) / 2 T ln 2 pi T + (T / 2) ln(N tau)
    const freeEnergy = -(N - 1) * Math.log(4 * Math.PI) + Math.log(N) + gff.logSpanningTrees;
    assertClose(field.freeEnergy, freeEnergy, 1e-11, graph.name);
    assertClose(field.relaxationTimes[0], 1 / gff.mu2, 1e-11, graph.name);
    assertClose(field.stabilityBound, 2 / gff.muMax, 1e-12, graph.name);
  }
});

test('equipartition (O1): 24.5 T for N = 50, d = 1', () => {
  const field = gaussianFreeField(ring(50, 4), { temperature: 3, J: 1 / 2 });
  assert.equal(field.meanEnergy, 24.5 * 3);
  assert.equal(field.energyVariance, 24.5 * 9);
  assert.equal(
    gaussianFreeField(ring(50, 4), { temperature: 3, J: 1 / 2, components: 4 }).meanEnergy,
    4 * 24.5 * 3,
  );
});

test('two nodes are one spring, by hand: <(x - y)^2> = T / (2 J w), Z = sqrt(pi T / (2 J w))', () => {
  const [T, J, w] = [1.5, 0.7, 3];
  const field = gaussianFreeField(fromEdges(2, [[0, 1]], { couplings: [w] }), { temperature: T, J });
  assertClose(field.pairVariance(0, 1), T / (2 * J * w), 1e-14);
  assertClose(field.freeEnergy, -T * Math.log(Math.sqrt((Math.PI * T) / (2 * J * w))), 1e-14);
  assertClose(field.disagreement, T / (2 * J * w) / 4, 1e-14);
});

test('three nodes by quadrature over the plane of centred fields', () => {
  const [T, J] = [0.8, 0.6];
  const [w01, w12, w02] = [1, 2, 0.5];
  const graph = fromEdges(
    3,
    [
      [0, 1],
      [1, 2],
      [0, 2],
    ],
    { couplings: [w01, w12, w02] },
  );
  const step = 0.05;
  const sums = { Z: 0, energy: 0, energySquared: 0, pair: 0, spread: 0 };
  for (let i = -160; i <= 160; i++) {
    for (let j = -160; j <= 160; j++) {
      const [u, v] = [(i * step) / Math.SQRT2, (j * step) / Math.sqrt(6)];
      const [x, y, z] = [u + v, -u + v, -2 * v]; // orthonormal in (i, j) step, of mean zero
      const H = J * (w01 * (x - y) ** 2 + w12 * (y - z) ** 2 + w02 * (x - z) ** 2);
      const weight = Math.exp(-H / T) * step ** 2;
      sums.Z += weight;
      sums.energy += H * weight;
      sums.energySquared += H * H * weight;
      sums.pair += (x - z) ** 2 * weight;
      sums.spread += ((x * x + y * y + z * z) / 3) * weight;
    }
  }
  const field = gaussianFreeField(graph, { temperature: T, J });
  assertClose(field.freeEnergy, -T * Math.log(sums.Z), 1e-10, 'F');
  assertClose(field.meanEnergy, sums.energy / sums.Z, 1e-10, '<H>');
  const variance = sums.energySquared / sums.Z - (sums.energy / sums.Z) ** 2;
  assertClose(field.energyVariance, variance, 1e-10, 'Var H');
  assertClose(field.pairVariance(0, 2), sums.pair / sums.Z, 1e-10, 'pair');
  assertClose(field.disagreement, sums.spread / sums.Z, 1e-10, 'W^2');
});

test('coupling scales stiffness, components multiply, and identities hold between the numbers', () => {
  fc.assert(
    fc.property(edgesOfTwo, positive, positive, fc.integer({ min: 1, max: 4 }), (input, T, J, d) => {
      const graph = graphOf(input);
      const N = graph.nodeCount;
      const field = gaussianFreeField(graph, { temperature: T, J, components: d });
      const unit = gaussianFreeField(graph, { temperature: T, J: 1 / 2 });
      assertClose(field.pairVariance(0, 1), (d * unit.pairVariance(0, 1)) / (2 * J), 1e-9);
      assertClose(field.stiffness[0], 2 * J * unit.stiffness[0], 1e-9);
      // The energy is the couplings times the pair variances.
      let energy = 0;
      input.edges.forEach(([a, b], e) => (energy += J * input.couplings[e] * field.pairVariance(a, b)));
      assertClose(energy, field.meanEnergy, 1e-8 * energy, 'equipartition by Foster');
      // The disagreement is the mean pair variance over all ordered pairs, halved.
      let pairs = 0;
      for (let a = 0; a < N; a++) for (let b = 0; b < N; b++) pairs += field.pairVariance(a, b);
      assertClose(pairs / (2 * N * N), field.disagreement, 1e-8 * (1 + pairs), 'W^2');
      // F by the spectrum instead of by spanning trees, and its derivatives.
      const F = (t: number, j: number): number =>
        gaussianFreeField(graph, { temperature: t, J: j, components: d }).freeEnergy;
      const logs = field.stiffness.reduce((sum, lambda) => sum + Math.log(lambda / (2 * Math.PI * T)), 0);
      assertClose(field.freeEnergy, (d * T * logs) / 2, 1e-8 * (1 + Math.abs(field.freeEnergy)), 'F');
      const h = 1e-5;
      const scale = 1e-4 * (1 + Math.abs(field.entropy) + field.meanEnergy);
      assertClose(field.entropy, -(F(T + h, J) - F(T - h, J)) / (2 * h), scale, 'S = -dF/dT');
      assertClose(field.meanEnergy / J, (F(T, J + h) - F(T, J - h)) / (2 * h), scale, '<H> / J = dF/dJ');
    }),
    { seed: 1, numRuns: 60 },
  );
});

test('free energy rises on cooling (O11): the numbers of one small world share one ln(N tau)', () => {
  // T, F and the rounding of F
  const published = [
    [0.5, 0.37, 0.005],
    [2, -66.5, 0.05],
    [1, -16.2, 0.05],
    [0.2, 4.64, 0.005],
  ];
  const graph = smallWorld(50, 4, 0.1, { seed: 1 });
  const F = (T: number): number => gaussianFreeField(graph, { temperature: T, J: 1 / 2 }).freeEnergy;
  const shifts = published.map(([T, value]) => (2 * (value - F(T))) / T); // ln(N tau), theirs minus ours
  published.forEach(([T, , rounding], i) => {
    assertClose(shifts[i], shifts[0], (2 * rounding) / T + 0.02, `T = ${T}`);
  });
  assertClose(shifts[0], 0, 4, 'two small worlds differ by a little');
  assert.ok(F(0.2) > F(0.5) && F(0.5) > F(1) && F(1) > F(2));
});

test('Euler-Maruyama (O6): the stationary variance of its recursion, mode by mode', () => {
  const field = gaussianFreeField(karateClub(), { temperature: 1, J: 1 / 2 });
  const dt = 0.08;
  assert.ok(dt < field.stabilityBound);
  field.eulerMaruyamaRatios(dt).forEach((ratio, k) => {
    const lambda = field.stiffness[k];
    let variance = 0;
    for (let n = 0; n < 2000; n++) variance = (1 - lambda * dt) ** 2 * variance + 2 * dt;
    assertClose(variance * lambda, ratio, 1e-9 * ratio, `mode ${k}`);
  });
  // On K10 every mode has stiffness 10.
  assertClose(
    gaussianFreeField(complete(10), { temperature: 1, J: 1 / 2 }).eulerMaruyamaEnergyRatio(0.1),
    2,
    1e-12,
  );
  assertClose(eulerMaruyamaRatio(10, 0.1), 2, 1e-15);
});

test("Leimkuhler-Matthews (O7): its recursion's variance is T / mu at every stable step", () => {
  for (const [mu, dt] of [
    [1, 0.01],
    [1, 1],
    [8, 0.2],
    [8, 0.2499],
  ]) {
    // State (Var x, Cov(x, xi)) under x' = (1 - mu dt) x + sqrt(2 dt) (xi + xi') / 2, xi' independent of x.
    const [a, s] = [1 - mu * dt, Math.sqrt(2 * dt) / 2];
    let [variance, covariance] = [0, 0];
    for (let n = 0; n < 100_000; n++) {
      [variance, covariance] = [a * a * variance + 2 * a * s * covariance + 2 * s * s, s];
    }
    assertClose(variance * mu, leimkuhlerMatthewsRatio(mu, dt), 1e-9, `mu ${mu}, dt ${dt}`);
  }
});

test('bias in the mean on small worlds: 1.117 and 1.278 at dt = 0.05 and 0.1', () => {
  const means = [0.05, 0.1].map((dt) => {
    let sum = 0;
    for (let seed = 0; seed < 40; seed++) {
      const graph = smallWorld(50, 4, 0.1, { seed });
      sum += gaussianFreeField(graph, { temperature: 1, J: 1 / 2 }).eulerMaruyamaEnergyRatio(dt);
    }
    return sum / 40;
  });
  assertClose(means[0], 1.117, 0.002);
  assertClose(means[1], 1.278, 0.012);
});

test('names what is wrong', () => {
  const graph = ring(10);
  assert.throws(
    () => gaussianFreeField(graph, { temperature: 0, J: 1 / 2 }),
    /gaussianFreeField: temperature must be/,
  );
  assert.throws(() => gaussianFreeField(graph, { temperature: 1, J: -1 }), /J .* got -1/);
  assert.throws(
    () => gaussianFreeField(graph, { temperature: 1, J: 1 / 2, components: 0 }),
    /components .* got 0/,
  );
  assert.throws(
    () => gaussianFreeField(complete(1), { temperature: 1, J: 1 / 2 }),
    /nodeCount must be .* got 1/,
  );
  const apart = fromEdges(3, [[0, 1]], { connected: false });
  assert.throws(
    () => gaussianFreeField(apart, { temperature: 1, J: 1 / 2 }),
    /must be connected, got 2 components/,
  );
  const field = gaussianFreeField(complete(10), { temperature: 1, J: 1 / 2 });
  assert.throws(() => field.eulerMaruyamaRatios(0.21), /timeStep must be below 2 \/ stiffness = 0.2/);
  assert.throws(() => eulerMaruyamaRatio(10, 0), /timeStep must be positive and finite, got 0/);
  assert.throws(() => leimkuhlerMatthewsRatio(10, 0.2), /leimkuhlerMatthewsRatio: timeStep .* got 0.2/);
  assert.throws(() => eulerMaruyamaRatio(0, 0.1), /stiffness must be positive/);
});

test('the energy relaxes mode by mode: from d J v Tr L to equipartition', () => {
  const graph = smallWorld(12, 4, 0.3, { seed: 3 });
  const [T, J, d, v] = [0.7, 0.8, 2, 2.5];
  const field = gaussianFreeField(graph, { temperature: T, J, components: d });
  assertClose(field.relaxingEnergy(0, v), d * J * v * 2 * graph.edgeCount, 1e-11);
  assertClose(field.relaxingEnergy(1e3, v), field.meanEnergy, 1e-12);
  const t = 0.13;
  const modes = Array.from(field.stiffness, (stiffness) => {
    const { transitionMean, transitionVariance } = ornsteinUhlenbeck({ stiffness, temperature: T });
    return (d * stiffness * (transitionMean(1, t) ** 2 * v + transitionVariance(t))) / 2;
  });
  assertClose(
    field.relaxingEnergy(t, v),
    modes.reduce((sum, h) => sum + h, 0),
    1e-12,
  );
});
