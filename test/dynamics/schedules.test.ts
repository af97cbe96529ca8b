// Schedules: linear, re-heating, and constant thermodynamic speed, which is geometric where C and the
// relaxation time do not change, linear where the relaxation time times sqrt(C) is that of T, and obeys its
// differential equation elsewhere. Temperatures that diffuse against the modes of the Laplacian.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from '../property.js';
import {
  constantSpeed,
  diffusingTemperature,
  geometric,
  heatBath,
  langevin,
  linear,
  reheating,
  sample,
  wolff,
  type Sampler,
} from '../../src/dynamics/index.js';
import { bond, hamiltonian, interaction } from '../../src/energies/index.js';
import {
  complete,
  fromEdges,
  type Graph,
  karateClub,
  laplacianModes,
  ring,
  smallWorld,
} from '../../src/graphs/index.js';

const near = (a: number, b: number, tolerance = 1e-9): void =>
  assert.ok(Math.abs(a - b) <= tolerance * Math.max(1, Math.abs(b)), `${a}, expected ${b}`);

test('linear', () => {
  const T = linear({ from: 2, to: 0, steps: 5 });
  assert.deepEqual(
    [0, 1, 2, 4, 9].map((step) => T.at(step)),
    [2, 1.5, 1, 0, 0],
  );
  assert.throws(
    () => linear({ from: -1, to: 0, steps: 5 }),
    /linear: from must be finite and not negative, got -1/,
  );
  assert.throws(
    () => linear({ from: 1, to: 0, steps: 1 }),
    /linear: steps must be an integer in \[2, .*, got 1/,
  );
});

test('kicks come every so many steps, last as long as told, and fade', () => {
  const T = reheating({
    base: linear({ from: 1, to: 0, steps: 101 }),
    height: 2,
    every: 10,
    duration: 3,
    fade: 0.5,
  });
  for (let step = 0; step < 120; step++) {
    const kick = Math.floor(step / 10);
    const expected = Math.max(0, 1 - step / 100) + (kick > 0 && step % 10 < 3 ? 2 * 0.5 ** (kick - 1) : 0);
    near(T.at(step), expected);
  }
  const steady = reheating({ base: 0.5, height: 2, every: 100 });
  assert.deepEqual(
    [0, 99, 100, 101, 900].map((step) => steady.at(step)),
    [0.5, 0.5, 2.5, 0.5, 2.5],
  );
  assert.throws(
    () => reheating({ base: 1, height: -1, every: 5 }),
    /reheating: height must be finite and not negative, got -1/,
  );
  assert.throws(
    () => reheating({ base: 1, height: 1, every: 5, duration: 6 }),
    /reheating: duration must be an integer in \[1, 5\], got 6/,
  );
});

test('constant thermodynamic speed: geometric, linear, and its differential equation', () => {
  const flat = { temperatures: [0.5, 2, 5], heatCapacity: [3, 3, 3], relaxationTime: [2, 2, 2] };
  const even = constantSpeed({ ...flat, from: 4, to: 1, steps: 50 });
  for (let step = 0; step < 60; step++)
    near(even.at(step), geometric({ from: 4, to: 1, steps: 50 }).at(step));
  near(even.speed, (2 * Math.sqrt(3) * Math.log(4)) / 49);
  const rising = { temperatures: [0.5, 2, 5], heatCapacity: [0.25, 4, 25], relaxationTime: [1, 1, 1] };
  const straight = constantSpeed({ ...rising, from: 1, to: 4.5, steps: 30 });
  for (let step = 0; step < 40; step++)
    near(straight.at(step), linear({ from: 1, to: 4.5, steps: 30 }).at(step));
  const peaked = { temperatures: [1, 2, 3], heatCapacity: [1, 16, 1], relaxationTime: [1, 5, 2] };
  const T = constantSpeed({ ...peaked, from: 2.9, to: 1.1, steps: 100_001 });
  for (const step of [1000, 40_000, 70_000, 99_000]) {
    const now = T.at(step);
    const weight = now < 2 ? 1 + 19 * (now - 1) : 20 - 18 * (now - 2);
    near((T.at(step + 1) - T.at(step - 1)) / 2, (-T.speed * now) / weight, 1e-6);
  }
  assert.throws(
    () => constantSpeed({ ...flat, from: 6, to: 1, steps: 9 }),
    /constantSpeed: from must be in \[0.5, 5\], got 6/,
  );
  assert.throws(
    () => constantSpeed({ ...flat, heatCapacity: [1, 2], from: 4, to: 1, steps: 9 }),
    /heatCapacity needs one value per temperature \(3\), got 2/,
  );
  assert.throws(
    () => constantSpeed({ ...flat, heatCapacity: [1, 0, 2], from: 4, to: 1, steps: 9 }),
    /heatCapacity\[1\] must be positive/,
  );
  assert.throws(
    () => constantSpeed({ ...flat, temperatures: [1, 1, 2], from: 1, to: 2, steps: 9 }),
    /temperatures must ascend, got 1 before 1/,
  );
});

const sum = (values: ArrayLike<number>): number => Array.from(values).reduce((total, x) => total + x, 0);
const weighted = fromEdges(
  5,
  [
    [0, 1],
    [1, 2],
    [2, 0],
    [3, 4],
  ],
  { couplings: [2, 0.5, 1, 3], connected: false },
);

test('heat diffuses: every mode of the Laplacian decays as exp(-rate mu_k t), at any rate, and the total stays', () => {
  const graphs: Graph[] = [
    ring(9, 4),
    complete(5),
    karateClub(),
    smallWorld(20, 4, 0.2, { seed: 3 }),
    weighted,
  ];
  for (const graph of graphs) {
    const initial = Float64Array.from({ length: graph.nodeCount }, (_, i) => (i === 0 ? 7 : (i * i) % 5));
    const { eigenvalues, modes } = laplacianModes(graph);
    const along = (u: Float64Array, T: ArrayLike<number>): number =>
      u.reduce((total, x, i) => total + x * T[i], 0);
    for (const rate of [0, 1e-3, 0.1, 2.5]) {
      const T = diffusingTemperature(graph, { initial, rate });
      for (const step of [0, 1, 2, 30]) {
        eigenvalues.forEach((mu, k) =>
          near(along(modes[k], T.at(step)), along(modes[k], initial) * Math.exp(-rate * mu * step), 1e-12),
        );
      }
      near(sum(T.at(3000)), sum(initial), 1e-14);
    }
  }
  const parts = diffusingTemperature(weighted, { initial: [6, 0, 0, 1, 3], rate: 0.2 }).at(500);
  [2, 2, 2, 2, 2].forEach((mean, i) => near(parts[i], mean)); // of each component
  const hot = diffusingTemperature(weighted, { initial: [0, 0, 0, 1, 5], rate: 0.2 }).at(500);
  [0, 0, 0, 3, 3].forEach((mean, i) => near(hot[i], mean));
});

test('heat goes from hot to cold alone: no temperature leaves the range of those at the start; steps may be asked for in any order', () => {
  const temperatures = fc.array(fc.double({ min: 0, max: 9, noNaN: true }), { minLength: 8, maxLength: 8 });
  fc.assert(
    fc.property(temperatures, fc.double({ min: 0, max: 20, noNaN: true }), (initial, rate) => {
      const T = diffusingTemperature(smallWorld(8, 4, 0.3, { seed: 1 }), { initial, rate });
      const [third, first] = [T.at(3), T.at(1)];
      for (const x of [...first, ...third])
        assert.ok(x >= Math.min(...initial) - 1e-12 && x <= Math.max(...initial) + 1e-12);
      assert.deepEqual(T.at(3), third);
      assert.deepEqual(
        diffusingTemperature(smallWorld(8, 4, 0.3, { seed: 1 }), { initial, rate }).at(1),
        first,
      );
    }),
  );
});

test('what cannot diffuse is named', () => {
  const graph = ring(4);
  const named = (options: { initial: number[]; rate: number }, message: string): void =>
    assert.throws(() => diffusingTemperature(graph, options), { name: 'RangeError', message });
  named(
    { initial: [1, 2, 3], rate: 1 },
    'diffusingTemperature: initial needs one temperature per node (4), got 3',
  );
  named(
    { initial: [1, 2, -3, 0], rate: 1 },
    'diffusingTemperature: initial[2] must be finite and not negative, got -3',
  );
  named(
    { initial: [1, 2, 3, 0], rate: -1 },
    'diffusingTemperature: rate must be finite and not negative, got -1',
  );
  assert.throws(
    () => diffusingTemperature(graph, { initial: [1, 2, 3, 0], rate: 1 }).at(0.5),
    /step must be an integer/,
  );
});

test('a schedule that is not a temperature stops at that step, by name', async () => {
  const [ising, springs] = [
    hamiltonian(ring(4), [bond((a, b) => a.mul(b).sum().neg())]),
    hamiltonian(ring(4), [interaction()]),
  ];
  const samplers = {
    heatBath: (at: (step: number) => number) => heatBath(ising, { temperature: { name: 'own', at } }),
    wolff: (at: (step: number) => number) => wolff(ising, { temperature: { name: 'own', at } }),
    langevin: (at: (step: number) => number) =>
      langevin(springs, { temperature: { name: 'own', at }, timeStep: 0.1 }),
  };
  for (const [name, make] of Object.entries(samplers)) {
    for (const value of [NaN, -5, Infinity, '3' as never]) {
      const rule = (step: number) => ({
        name: 'RangeError',
        message: new RegExp(
          `^${name}: temperature at step ${step} must be finite and not negative, got "?${value}"?$`,
        ),
      });
      assert.throws(() => make(() => value), rule(0));
      const late = make((step) => (step < 3 ? 1 : value)) as Sampler<never>;
      await assert.rejects(sample(late, { steps: 5, seed: 1 }), rule(3));
    }
  }
  const byNode = heatBath(ising, {
    temperature: { name: 'own', at: (step) => [1, 1, 1, step < 3 ? 1 : NaN] },
  });
  await assert.rejects(
    sample(byNode, { steps: 5, seed: 1 }),
    /^RangeError: heatBath: temperatures\[3\] at step 3 must be finite and not negative, got NaN/,
  );
});
