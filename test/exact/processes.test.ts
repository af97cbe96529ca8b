// Ornstein-Uhlenbeck transitions, the zero mode, and work under a ramp: oracles O5, O10, O12, O37.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from '../property.js';
import {
  gaussianFreeField,
  ornsteinUhlenbeck,
  quenchWork,
  rampFreeEnergy,
  zeroModeVariance,
} from '../../src/exact/index.js';
import { complete } from '../../src/graphs/index.js';
import { assertClose } from '../graphs/fixtures.js';

const positive = fc.double({ min: 0.1, max: 5, noNaN: true });
const modes = fc.record({ stiffness: positive, temperature: positive });
const real = fc.double({ min: -5, max: 5, noNaN: true });

test('transitions compose: a step of s + t is a step of s, then of t', () => {
  fc.assert(
    fc.property(modes, positive, positive, real, (parameters, s, t, start) => {
      const { stiffness, temperature } = parameters;
      const mode = ornsteinUhlenbeck(parameters);
      const mean = mode.transitionMean(mode.transitionMean(start, s), t);
      assertClose(mode.transitionMean(start, s + t), mean, 1e-12);
      const variance = mode.transitionVariance(s) * Math.exp(-2 * stiffness * t) + mode.transitionVariance(t);
      assertClose(mode.transitionVariance(s + t), variance, 1e-12 * mode.stationaryVariance);
      assertClose(mode.transitionVariance(1e3), temperature / stiffness, 1e-12 * mode.stationaryVariance);
    }),
    { seed: 1 },
  );
});

test('transitions are the limit of small Euler-Maruyama steps, and start as free diffusion', () => {
  const mode = ornsteinUhlenbeck({ stiffness: 2, temperature: 0.7 });
  const [steps, time] = [200_000, 0.9];
  const dt = time / steps;
  let [mean, variance] = [3, 0];
  for (let n = 0; n < steps; n++) {
    [mean, variance] = [mean * (1 - 2 * dt), variance * (1 - 2 * dt) ** 2 + 1.4 * dt];
  }
  assertClose(mode.transitionMean(3, time), mean, 1e-5);
  assertClose(mode.transitionVariance(time), variance, 1e-5);
  assertClose(mode.transitionVariance(1e-9) / (2 * 0.7 * 1e-9), 1, 1e-8);
});

test('free energy (O10): -0.918939 at T = mu = 1, least in equilibrium, falls by dissipation', () => {
  assertClose(ornsteinUhlenbeck({ stiffness: 1, temperature: 1 }).freeEnergy, -0.918939, 5e-7);
  fc.assert(
    fc.property(modes, positive, real, positive, (parameters, t, m0, v0) => {
      const { stiffness } = parameters;
      const mode = ornsteinUhlenbeck(parameters);
      assertClose(mode.freeEnergyAt(0, mode.stationaryVariance), mode.freeEnergy, 1e-11);
      assert.ok(mode.freeEnergyAt(m0, v0) >= mode.freeEnergy - 1e-12);
      assertClose(mode.dissipation(0, mode.stationaryVariance), 0, 1e-12);
      const law = (time: number): [number, number] => [
        mode.transitionMean(m0, time),
        v0 * Math.exp(-2 * stiffness * time) + mode.transitionVariance(time),
      ];
      const h = 1e-5;
      const slope = (mode.freeEnergyAt(...law(t + h)) - mode.freeEnergyAt(...law(t - h))) / (2 * h);
      assertClose(-slope, mode.dissipation(...law(t)), 1e-5 * (1 + m0 * m0 * stiffness ** 2), 'dissipation');
    }),
    { seed: 2 },
  );
});

test('free energy and dissipation by quadrature over the density', () => {
  const [mu, T, m, v] = [1.3, 0.6, 0.4, 0.9];
  const mode = ornsteinUhlenbeck({ stiffness: mu, temperature: T });
  let [F, rate] = [0, 0];
  const step = 0.01;
  for (let x = -10; x <= 10; x += step) {
    const rho = Math.exp(-((x - m) ** 2) / (2 * v)) / Math.sqrt(2 * Math.PI * v);
    F += rho * ((mu * x * x) / 2 + T * Math.log(rho)) * step;
    rate += rho * (mu * x - (T * (x - m)) / v) ** 2 * step;
  }
  assertClose(mode.freeEnergyAt(m, v), F, 1e-9);
  assertClose(mode.dissipation(m, v), rate, 1e-9);
});

test('information about the start (O37)', () => {
  const { information } = ornsteinUhlenbeck({ stiffness: 1, temperature: 3 });
  const published = [
    [0.1, 0.8539],
    [1, 0.0727],
    [3, 0.00124],
  ];
  for (const [time, nats] of published) assertClose(information(time), nats, 5e-5);
  assert.equal(information(0), Infinity);
});

const pinned = (time: number, pin: number): number =>
  zeroModeVariance({ temperature: 2, time, nodeCount: 10, pin });

test('the zero mode diffuses (O5), and a pin stops it', () => {
  assertClose(zeroModeVariance({ temperature: 1, time: 10, nodeCount: 50 }), 0.4, 1e-15);
  assertClose(pinned(Infinity, 0.5), 2 / (10 * 0.5), 1e-15);
  assertClose(pinned(1, 1e-9), zeroModeVariance({ temperature: 2, time: 1, nodeCount: 10 }), 1e-8);
  assertClose(pinned(0.3, 0.5), 0.4 * (1 - Math.exp(-0.3)), 1e-15);
});

test('a ramp of the coupling (O12): 1.7329 for K6 from 1 to 2 at T = 1', () => {
  const ramp = { temperature: 1, nodeCount: 6, from: 1, to: 2 };
  assertClose(rampFreeEnergy(ramp), 1.7329, 5e-5);
  fc.assert(
    fc.property(positive, positive, positive, fc.integer({ min: 1, max: 4 }), (T, J0, J1, d) => {
      const F = (coupling: number): number =>
        gaussianFreeField(complete(6), { temperature: T, J: coupling, components: d }).freeEnergy;
      const parameters = { temperature: T, nodeCount: 6, from: J0, to: J1, components: d };
      assertClose(rampFreeEnergy(parameters), F(J1) - F(J0), 1e-9, 'difference of free energies');
      assert.ok(quenchWork(parameters) >= rampFreeEnergy(parameters) - 1e-12, 'second law');
    }),
    { seed: 3 },
  );
});

test('a sudden change obeys Jarzynski: W = (J1 / J0 - 1) H with H / T of a Gamma(d (N - 1) / 2) law', () => {
  const ramp = { temperature: 0.7, nodeCount: 6, from: 1, to: 1.8 };
  const [shape, growth] = [5 / 2, 1.8 / 1 - 1];
  const step = 1e-3;
  let [norm, work, exponential] = [0, 0, 0];
  for (let e = step / 2; e < 60; e += step) {
    const density = e ** (shape - 1) * Math.exp(-e);
    norm += density;
    work += growth * 0.7 * e * density;
    exponential += Math.exp(-growth * e) * density;
  }
  assertClose(quenchWork(ramp), work / norm, 1e-5);
  assertClose(rampFreeEnergy(ramp), -0.7 * Math.log(exponential / norm), 1e-5);
});

test('names what is wrong', () => {
  const mode = ornsteinUhlenbeck({ stiffness: 1, temperature: 1 });
  assert.throws(() => ornsteinUhlenbeck({ stiffness: 0, temperature: 1 }), /ornsteinUhlenbeck: stiffness/);
  assert.throws(() => ornsteinUhlenbeck({ stiffness: 1, temperature: -1 }), /temperature must be .* got -1/);
  assert.throws(() => mode.transitionVariance(-1), /time must not be negative, got -1/);
  assert.throws(() => mode.transitionMean(1, NaN), /time must not be negative, got NaN/);
  assert.throws(() => mode.freeEnergyAt(0, 0), /variance must be positive/);
  assert.throws(() => mode.dissipation(0, -1), /variance must be positive/);
  const zero = { temperature: 1, time: 1, nodeCount: 5 };
  assert.throws(() => zeroModeVariance({ ...zero, nodeCount: 0 }), /nodeCount must be .* got 0/);
  assert.throws(() => zeroModeVariance({ ...zero, time: -1 }), /zeroModeVariance: time must not be negative/);
  assert.throws(() => zeroModeVariance({ ...zero, pin: -1 }), /pin must be finite and not negative, got -1/);
  const ramp = { temperature: 1, nodeCount: 6, from: 1, to: 2 };
  assert.throws(() => rampFreeEnergy({ ...ramp, to: 0 }), /rampFreeEnergy: to must be positive/);
  assert.throws(() => quenchWork({ ...ramp, nodeCount: 0 }), /quenchWork: nodeCount must be .* got 0/);
});
