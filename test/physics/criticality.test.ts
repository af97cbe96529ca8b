// Estimators of critical behaviour on Markov chains, not on independent draws: heat bath on the ring and the
// torus, its correlated records in independent chains, against exact finite-size values (enumeration,
// transfer matrix, Kaufman), and where the Binder cumulants of two complete graphs cross against the crossing
// of their exact curves, reweighted between the runs.
import { before, test } from 'node:test';
import assert from 'node:assert/strict';
import { heatBath, sample } from '../../src/dynamics/index.js';
import { bond, type Hamiltonian, hamiltonian } from '../../src/energies/index.js';
import { ready } from '../../src/tensors/index.js';
import { enumerateIsing, isingDistribution, kaufmanIsing } from '../../src/exact/index.js';
import { complete, ring, torus, type Graph } from '../../src/graphs/index.js';
import {
  binderCurve,
  correlationLength,
  crossing,
  energyOf,
  heatCapacity,
  magnetisation,
  observe,
  susceptibility,
} from '../../src/measure/index.js';
import type { Estimate } from '../../src/statistics/index.js';
import { studentCritical, studentTwoSided } from '../../src/numerics/student.js';
import { long, seedOf } from './scale.js';
import { likely } from './statistics.js';

before(() => ready());

const chains = 64;
const isingOf = (graph: Graph) => hamiltonian(graph, [bond((a, b) => a.dot(b).neg())]);
const run = (energy: Hamiltonian, temperature: number) =>
  sample(heatBath(energy, { temperature, order: 'random', engine: 'tensors' }), {
    chains,
    burnIn: long(300, 100),
    steps: long(3000, 400),
    every: 2,
    seed: seedOf('criticality', energy.graph.name, temperature),
  });

function agrees(what: string, { estimate, interval: [low, high] }: Estimate, exact: number): void {
  const error = (high - low) / 2 / studentCritical(0.05, chains - 1);
  assert.ok(error < long(0.06, 0.2) * exact, `${what}: ${estimate} +- ${error}, exactly ${exact}`);
  likely(
    what,
    studentTwoSided((estimate - exact) / error, chains - 1),
    `(${estimate} +- ${error}, exactly ${exact})`,
  );
}

test('correlation length of the ring, by its transfer matrix', async () => {
  for (const [N, temperature] of [
    [16, 1.2],
    [24, 2],
  ]) {
    const t = Math.tanh(1 / temperature);
    const S = (k: number): number =>
      Array.from(
        { length: N },
        (_, r) => (Math.cos((2 * Math.PI * k * r) / N) * (t ** r + t ** (N - r))) / (1 + t ** N),
      ).reduce((sum, x) => sum + x, 0);
    agrees(
      `ring of ${N}`,
      correlationLength(await run(isingOf(ring(N)), temperature), ring(N)),
      Math.sqrt(S(0) / S(1) - 1) / (2 * Math.sin(Math.PI / N)),
    );
  }
});

test('torus 4 x 4: susceptibility and heat capacity by enumeration, and of 6 x 6 by Kaufman', async () => {
  const temperature = 2.6;
  const small = await run(isingOf(torus(4, 4)), temperature);
  const [m1, m2] = [Math.abs, (m: number) => m * m].map((f) => momentOf(torus(4, 4), temperature, f));
  agrees(
    'chi',
    susceptibility(observe(small, magnetisation), { nodes: 16, temperature }),
    (16 * (m2 - m1 ** 2)) / temperature,
  );
  const energies = observe(small, energyOf(isingOf(torus(4, 4))));
  agrees(
    'C',
    heatCapacity(energies, { nodes: 16, temperature }),
    enumerateIsing(torus(4, 4), { temperature }).energyVariance / (16 * temperature ** 2),
  );
  const U = (T: number): number => kaufmanIsing(6, 6, { temperature: T }).meanEnergy;
  const larger = observe(await run(isingOf(torus(6, 6)), temperature), energyOf(isingOf(torus(6, 6))));
  agrees(
    'C, 6 x 6',
    heatCapacity(larger, { nodes: 36, temperature }),
    (U(temperature + 1e-4) - U(temperature - 1e-4)) / 2e-4 / 36,
  );
});

test('Binder cumulants of the complete graphs of 6 and 14 spins, J = 1 / N, cross where the exact ones do', async () => {
  const [temperatures, at] = [
    [0.65, 1],
    [0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 1],
  ];
  const curves = [];
  for (const N of [6, 14]) {
    const energy = hamiltonian(complete(N), [bond((a, b, J) => a.dot(b).mul(J).neg(), { J: 1 / N })]);
    const runs = [];
    for (const T of temperatures) runs.push(await run(energy, T));
    curves.push(
      binderCurve({
        temperatures,
        at,
        magnetisations: runs.map((samples) => observe(samples, magnetisation)),
        energies: runs.map((samples) => observe(samples, energyOf(energy))),
      }),
    );
  }
  const binder = (N: number, T: number): number =>
    1 - momentOf(complete(N), N * T, (m) => m ** 4) / (3 * momentOf(complete(N), N * T, (m) => m * m) ** 2);
  const exact = rootOf((T) => binder(6, T) - binder(14, T), at[0], at.at(-1)!);
  for (const degree of [undefined, 3]) {
    const found = crossing(curves[0], curves[1], { ...(degree ? { degree } : {}), seed: 1 });
    assert.ok(found.found, found.why);
    agrees(`crossing, degree ${degree}`, found, exact);
  }
});

function rootOf(f: (x: number) => number, low: number, high: number): number {
  const left = Math.sign(f(low));
  while (high - low > 1e-6) {
    const middle = (low + high) / 2;
    if (Math.sign(f(middle)) === left) low = middle;
    else high = middle;
  }
  return low;
}

function momentOf(graph: Graph, temperature: number, f: (m: number) => number): number {
  const N = graph.nodeCount;
  return isingDistribution(graph, { temperature }).reduce((sum, p, s) => {
    let up = 0;
    for (let rest = s; rest !== 0; rest &= rest - 1) up++;
    return sum + p * f((2 * up - N) / N);
  }, 0);
}
