// One stubborn node, and the gap of the spectrum (oracles O33, O34). H = x . L x / 2, no noise: the others
// approach a held node's value at the smallest eigenvalue of the Laplacian without its row and column.
// Numbers of small worlds are means over graphs: of 400 graphs of networkx (3.6.1) the gap of 50 nodes has
// the mean 0.1907 and the spread 0.0628, the grounded rate 0.0358 and 0.0120; the oracles print the means of
// few graphs, 0.207 and 0.038, which lie within one spread of these and are no limit.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { langevin, sample } from '../../src/dynamics/index.js';
import { couplingLaw, hamiltonian } from '../../src/energies/index.js';
import { ready } from '../../src/tensors/index.js';
import { Field, pinned } from '../../src/fields/index.js';
import {
  complete,
  type Graph,
  groundedSpectrum,
  laplacianSpectrum,
  ring,
  smallWorld,
} from '../../src/graphs/index.js';
import { meanWithError } from '../../src/statistics/mean.js';
import { full, long, seedOf } from './scale.js';

before(() => ready());

const range = (count: number): number[] => Array.from({ length: count }, (_, k) => k);
const world = (N: number, k: number): Graph => smallWorld(N, 4, 0.1, { seed: seedOf('world', N, k) });

/** Mean of the others after each of the records, from 0, node 0 held at 1; and the time between two. */
async function approach(graph: Graph, rate: number): Promise<{ means: number[]; every: number }> {
  const dt = Math.min(0.02 / rate, 0.02);
  const every = Math.round(1 / rate / dt);
  const N = graph.nodeCount;
  const initial = pinned(new Field(new Float32Array(N).fill(1, 0, 1), { sites: N }), [0]);
  const energy = hamiltonian(graph, [couplingLaw('quadratic', { J: 0.5 })]);
  const { states } = await sample(langevin(energy, { temperature: 0, timeStep: dt }), {
    initial,
    steps: 10 * every,
    every,
    seed: 1,
  });
  energy.dispose();
  return {
    means: states.map((x) => x.slice(1).reduce((sum, value) => sum + value, 0) / (N - 1)),
    every: every * dt,
  };
}

test('O33: all follow one stubborn node, at the smallest eigenvalue of the grounded Laplacian: .0184 on a ring of 50, 1 on K50', async () => {
  for (const [graph, printed] of [
    [ring(50, 4), 0.0184],
    [complete(50), 1],
    ...range(long(16, 4)).map((k) => [world(50, k), undefined] as const),
  ] as const) {
    const rate = groundedSpectrum(graph, [0])[0];
    if (printed !== undefined) assert.ok(Math.abs(rate - printed) < 5e-5, `${graph.name}: ${rate}`);
    const { means, every } = await approach(graph, rate);
    const found = Math.log((1 - means[1]) / (1 - means[3])) / (2 * every);
    const after = -Math.log1p(-rate * Math.min(0.02 / rate, 0.02)) / Math.min(0.02 / rate, 0.02); // of a step of that length
    assert.ok(Math.abs(found / after - 1) < 0.01, `${graph.name}: rate ${found}, grounded ${after}`);
    assert.ok(Math.abs(means[9] - 1) < 5e-4, `${graph.name}: after ten relaxation times ${means[9]}`);
  }
});

test("O33: small worlds of 50, mean rate .036 over graphs and nodes, the oracle's .038 within the spread", () => {
  const rates = range(long(1000, 100)).map((k) => groundedSpectrum(world(50, k), [k % 50])[0]);
  const { mean, standardError } = meanWithError(rates);
  assert.ok(
    Math.abs(mean - 0.0358) < 4.5 * Math.hypot(standardError, 0.012 / 20),
    `${mean} +- ${standardError}`,
  );
  assert.ok(Math.abs(mean - 0.038) < standardError * Math.sqrt(rates.length), `${mean}`);
  const outside = rates.filter((rate) => rate < 0.02 || rate > 0.064).length / rates.length;
  assert.ok(outside < 0.1, `${outside} outside .020 to .064`);
});

test('O34: the spectral gap: .078604 on a ring of 50 as the closed form; small worlds .190, .092 and .063 at 50, 200 and 1000', () => {
  for (const N of [10, 50, 64]) {
    const exact = 4 - 2 * Math.cos((2 * Math.PI) / N) - 2 * Math.cos((4 * Math.PI) / N);
    assert.ok(Math.abs(laplacianSpectrum(ring(N, 4))[1] - exact) < 1e-12, `N = ${N}`);
    if (N === 50) assert.ok(Math.abs(exact - 0.078604) < 5e-7);
  }
  for (const [N, count, expected, printed] of [
    [50, long(1000, 100), 0.1907, 0.207],
    [200, long(64, 4), 0.0919, 0.091],
    ...(full ? [[1000, 8, 0.063, 0.063] as const] : []),
  ] as const) {
    const { mean, standardError } = meanWithError(range(count).map((k) => laplacianSpectrum(world(N, k))[1]));
    const reference = N === 50 ? 0.0628 / 20 : 0.004;
    assert.ok(
      Math.abs(mean - expected) < 4.5 * Math.hypot(standardError, reference),
      `N = ${N}: ${mean} +- ${standardError}, expected ${expected}`,
    );
    assert.ok(
      Math.abs(mean - printed) < standardError * Math.sqrt(count),
      `N = ${N}: ${mean}, printed ${printed}`,
    );
  }
});
