// A mode whose bath is cooled, against small steps of its equation and differences of its free energy.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cooledMode, ornsteinUhlenbeck } from '../../src/exact/index.js';

const near = (actual: number, expected: number, tolerance: number): void =>
  assert.ok(Math.abs(actual - expected) <= tolerance, `${actual}, expected ${expected}`);

test('a cooled mode: its law is that of small steps, F rises while entropy is produced (EMTD-3.10)', () => {
  const [mu, from, to, duration, steps] = [1.3, 2, 0.2, 1.5, 200_000];
  const mode = cooledMode({ stiffness: mu, from, to, duration });
  let [v, heat, produced] = [from / mu, 0, 0];
  for (let n = 0; n < steps; n++) {
    const T = from + ((to - from) * (n + 0.5)) / steps;
    const slope = -2 * mu * v + 2 * T;
    produced += ((mu * v - T) ** 2 / (v * T)) * (duration / steps);
    heat += ((mu * slope) / 2) * (duration / steps);
    v += slope * (duration / steps);
  }
  const [start, end] = [mode.at(0), mode.at(duration)];
  near(end.variance, v, 1e-4);
  near(heat, (mu * (end.variance - start.variance)) / 2, 1e-4); // H is fixed: all of its change is heat
  // what is produced is the change of entropy less the heat over T, integrated
  let overT = 0;
  for (let n = 0; n < 2000; n++)
    overT +=
      ((mode.at(((n + 0.5) * duration) / 2000).heatRate /
        mode.at(((n + 0.5) * duration) / 2000).temperature) *
        duration) /
      2000;
  near(end.entropy - start.entropy - overT, produced, 1e-4);
  for (let t = 0.01; t < duration; t += 0.1) {
    const slope = (mode.at(t + 1e-5).freeEnergy - mode.at(t - 1e-5).freeEnergy) / 2e-5;
    near(mode.at(t).freeEnergyRate, slope, 1e-7);
    assert.ok(mode.at(t).productionRate >= 0);
  }
  assert.ok(
    Array.from({ length: 100 }, (_, k) => mode.at((k * duration) / 100).freeEnergyRate).some(
      (rate) => rate > 0,
    ),
  );
  const held = cooledMode({ stiffness: 2, from: 1, to: 1, duration: 3 }).at(3);
  near(held.freeEnergy, ornsteinUhlenbeck({ stiffness: 2, temperature: 1 }).freeEnergy, 1e-12);
  assert.throws(() => mode.at(2), /time must be at most the duration 1.5, got 2/);
});
