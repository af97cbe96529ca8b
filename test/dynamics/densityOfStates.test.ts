// The density of states against enumeration: a small Ising system with weighted edges, and labels.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Aborted } from '../../src/display/index.js';
import { bond, hamiltonian } from '../../src/energies/index.js';
import { enumerateIsing, isingEnergies } from '../../src/exact/index.js';
import { ring, smallWorld } from '../../src/graphs/index.js';
import { type DensityProgress, densityOfStates } from '../../src/dynamics/index.js';
import type { Estimate } from '../../src/statistics/index.js';
import { isingEnergy } from '../measure/isingDraws.js';

const close = (
  what: string,
  { estimate, interval: [low, high] }: Estimate,
  exact: number,
  widest: number,
): void => {
  const error = (high - low) / 2 / 2.13; // Student's t of 15 degrees
  assert.ok(
    Math.abs(estimate - exact) < 5 * error + 1e-9 && error < widest,
    `${what}: ${estimate} +- ${error}, exactly ${exact}`,
  );
};

test('ln g of an Ising system, level by level, and its equilibrium at any temperature', async () => {
  const graph = smallWorld(12, 4, 0.2, { seed: 3 });
  const exact = new Map<number, number>();
  for (const E of isingEnergies(graph)) exact.set(E, (exact.get(E) ?? 0) + 1);
  const found = await densityOfStates(isingEnergy(graph), { width: 2, steps: 1500, seed: 1 });
  assert.deepEqual(
    [...found.energies],
    [...exact.keys()].sort((a, b) => a - b),
  );
  assert.ok(found.roundTrips > 3, `${found.roundTrips}`);
  found.energies.forEach((E, k) => close(`ln g(${E})`, found.logStates[k], Math.log(exact.get(E)!), 0.2));
  for (const temperature of [0.8, 2, 8]) {
    const { meanEnergy, freeEnergy } = enumerateIsing(graph, { temperature });
    const measured = found.equilibrium(temperature);
    close(`<H> at ${temperature}`, measured.meanEnergy, meanEnergy, 0.3);
    close(`F at ${temperature}`, measured.freeEnergy, freeEnergy, 0.2);
  }
});

test('labels on a ring: g(k walls) = 2 C(N, k) for q = 2, and (q - 1)^k + ... for three', async () => {
  const [N, q] = [8, 3]; // Potts: transfer matrix, g from (e^-b + q - 1)^N + (q - 1)(e^-b - 1)^N with cost 1 a wall
  const energy = hamiltonian(ring(N), [bond((a, b) => a.sub(b).squaredNorm().min(1))]);
  const found = await densityOfStates(energy, { values: [0, 1, 2], steps: 400, seed: 2 });
  const choose = (k: number): number =>
    Array.from({ length: k }, (_, i) => (N - i) / (i + 1)).reduce((product, x) => product * x, 1);
  found.energies.forEach((walls, k) => {
    const g = choose(walls) * ((q - 1) ** walls + (q - 1) * (-1) ** walls);
    close(`${walls} walls`, found.logStates[k], Math.log(g), 0.2);
  });
  assert.deepEqual([...found.energies], [0, 2, 3, 4, 5, 6, 7, 8]);
});

test('what the first walk learned badly costs visits and makes no bias', async () => {
  const graph = ring(10);
  const found = await densityOfStates(isingEnergy(graph), {
    width: 4,
    steps: 600,
    seed: 4,
    lastFactor: 0.05,
  });
  const choose = (k: number): number =>
    Array.from({ length: k }, (_, i) => (10 - i) / (i + 1)).reduce((product, x) => product * x, 1);
  found.energies.forEach((E, k) =>
    close(`ln g(${E})`, found.logStates[k], Math.log(2 * choose((E + 10) / 2)), 0.3),
  );
});

test('names what is wrong', async () => {
  const energy = isingEnergy(ring(5));
  await assert.rejects(
    densityOfStates(energy, { steps: 0 }),
    /densityOfStates: steps must be an integer in \[1, .*got 0/,
  );
  await assert.rejects(
    densityOfStates(energy, { steps: 1, chains: 8 }),
    /chains must be an integer in \[16, .*got 8/,
  );
  await assert.rejects(densityOfStates(energy, { steps: 1, width: 0 }), /width must be positive/);
});

test('a run that was aborted and resumed is the run that was never stopped', async () => {
  const energy = isingEnergy(ring(6));
  const options = { width: 2, steps: 300, seed: 5 };
  const whole = await densityOfStates(energy, options);
  const stop = new AbortController();
  const error = await densityOfStates(energy, {
    ...options,
    signal: stop.signal,
    onProgress: (done) => done === 5 && stop.abort(),
  }).then(
    () => assert.fail('not aborted'),
    (reason: unknown) => reason as Aborted<DensityProgress>,
  );
  assert.ok(error instanceof Aborted && error.name === 'AbortError', String(error));
  assert.match(
    error.message,
    /densityOfStates: aborted after 5 of 16 chains; go on with resume: error\.partial/,
  );
  const joined = await densityOfStates(energy, { ...options, resume: error.partial });
  assert.deepEqual(
    [joined.energies, joined.logStates, joined.roundTrips],
    [whole.energies, whole.logStates, whole.roundTrips],
  );
});
