// The scan against what is known: the transition of random regular graphs, exact cumulants of a small system,
// and a ring, which has no transition.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { heatBath } from '../../src/dynamics/index.js';
import { bond, hamiltonian } from '../../src/energies/index.js';
import { completeIsing } from '../../src/exact/index.js';
import { complete, type Graph, randomRegular, ring } from '../../src/graphs/index.js';
import { binderScan } from '../../src/studies/index.js';

const align = bond((a, b, J) => a.mul(b).sum().mul(J).neg(), { J: 1 });
const energy = (graph: Graph) => hamiltonian(graph, [align]);

test('cumulants and order of a complete graph are the exact ones, by clusters and by single spins', async () => {
  const temperatures = [0.8, 1, 1.3];
  for (const move of [undefined, (H: never, options: never) => heatBath(H, options) as never]) {
    const scan = await binderScan({
      energy: (graph) => hamiltonian(graph, [align.with({ J: 1 / graph.nodeCount })]),
      graphs: (nodes) => complete(nodes),
      sizes: [20],
      temperatures,
      steps: 3000,
      ...(move ? { move: move as never } : {}),
      seed: 4,
    });
    for (const { temperature, binder, order } of scan.rows) {
      const exact = completeIsing(20, { temperature });
      for (const [name, measured, value] of [
        ['U', binder, exact.binder],
        ['|m|', order, exact.meanAbsMagnetisation],
      ] as const) {
        const half = (measured.interval[1] - measured.interval[0]) / 2;
        assert.ok(
          half < 0.05 && Math.abs(measured.estimate - value) < 1.5 * half,
          `${name} at ${temperature}`,
        );
      }
    }
  }
});

test('random regular graphs of degree 4: the curves cross at 2 / ln 2; three sizes give the limit', async () => {
  const scan = await binderScan({
    energy,
    graphs: (nodes, seed) => randomRegular(nodes, 4, { seed }),
    sizes: [60, 240, 960],
    temperatures: [2.6, 2.75, 2.9, 3.05],
    steps: 300,
    seed: 2,
  });
  for (const measured of [scan.crossing(240, 960), scan.limit([60, 240, 960])]) {
    const half = (measured.interval[1] - measured.interval[0]) / 2;
    assert.ok(
      half < 0.3 && Math.abs(measured.estimate - 2 / Math.LN2) < 1.5 * half,
      JSON.stringify(measured),
    );
  }
  assert.ok(scan.difference(60, 960, 2.6).interval[0] > 0 && scan.difference(60, 960, 3.05).interval[1] < 0);
  assert.throws(() => scan.limit([60, 240, 900]), /equal ratios, got 60, 240, 900/);
});

test('a ring has no crossing, and says so; options that cannot be are named', async () => {
  const options = { energy, graphs: (nodes: number) => ring(nodes), sizes: [20, 80], seed: 1 };
  const scan = await binderScan({ ...options, temperatures: [0.6, 0.8, 1], steps: 200 });
  assert.throws(() => scan.crossing(20, 80), /the curves must cross between T = 0.6 and 1/);
  assert.ok(scan.difference(20, 80, 0.8).interval[1] < 0);
  await assert.rejects(
    binderScan({ ...options, temperatures: [2, 1, 3] }),
    /temperatures must rise.*got 2, 1, 3/,
  );
});
