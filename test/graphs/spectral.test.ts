// Laplacian, spectrum, effective resistance, spanning trees: oracles O2, O3, O4, O33, O34, and identities.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from '../property.js';
import {
  complete,
  effectiveResistance,
  fromEdges,
  type Graph,
  groundedSpectrum,
  kirchhoffIndex,
  karateClub,
  laplacian,
  laplacianModes,
  laplacianSpectrum,
  logSpanningTrees,
  ring,
  smallWorld,
  torus,
} from '../../src/graphs/index.js';
import { laplacianBound } from '../../src/graphs/spectra/laplacian.js';
import { uniformGenerator } from '../../src/randomness/index.js';
import { assertClose, connectedEdges, graphOf, path, smallGraphs, star } from './fixtures.js';

const fosterSum = (graph: Graph): number => {
  const R = effectiveResistance(graph);
  const [ends, J] = [graph.endpoints, graph.couplings];
  return J.reduce((sum, _, e) => sum + J[e] * R(ends[2 * e], ends[2 * e + 1]), 0);
};
const disagreement = (graph: Graph): number => traceOfPseudoInverse(graph) / graph.nodeCount;
const traceOfPseudoInverse = (graph: Graph): number =>
  laplacianSpectrum(graph)
    .subarray(1)
    .reduce((sum, mu) => sum + 1 / mu, 0);

const dot = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Array.from(a).reduce((sum, x, i) => sum + x * b[i], 0);

const wave = (k: number, n: number): number => 2 - 2 * Math.cos((2 * Math.PI * k) / n);

test("the oracle's graphs: gap, largest eigenvalue, trace, trees and resistances", () => {
  for (const {
    graph,
    oracle: { gff },
  } of smallGraphs) {
    const spectrum = laplacianSpectrum(graph);
    assert.equal(spectrum[0], 0);
    assertClose(spectrum[1], gff.mu2, 1e-12, `${graph.name} gap`);
    assertClose(spectrum.at(-1)!, gff.muMax, 1e-11, `${graph.name} largest`);
    assertClose(disagreement(graph), gff.traceLplusOverN, 1e-12, `${graph.name} trace`);
    assertClose(logSpanningTrees(graph), gff.logSpanningTrees, 1e-12, `${graph.name} trees`);
    const R = effectiveResistance(graph);
    gff.edges.forEach(([a, b], e) => {
      assertClose(R(a, b), gff.effectiveResistance[e], 1e-12, `${graph.name} ${a} ${b}`);
    });
  }
});

test('modes: L u_k = mu_k u_k, orthonormal, in the order of the spectrum', () => {
  for (const { graph } of smallGraphs) {
    const { eigenvalues, modes } = laplacianModes(graph);
    const rows = laplacian(graph).to2DArray();
    laplacianSpectrum(graph).forEach((mu, k) =>
      assertClose(eigenvalues[k], mu, 1e-11, `${graph.name} eigenvalue ${k}`),
    );
    modes.forEach((u, k) => {
      rows.forEach((row, i) =>
        assertClose(dot(row, u), eigenvalues[k] * u[i], 1e-11, `${graph.name} mode ${k}`),
      );
      modes.forEach((v, l) =>
        assertClose(dot(u, v), k === l ? 1 : 0, 1e-12, `${graph.name} modes ${k} ${l}`),
      );
    });
    modes[0].forEach((x) =>
      assertClose(Math.abs(x), graph.nodeCount ** -0.5, 1e-12, `${graph.name} constant mode`),
    );
  }
});

test("spanning trees in whole numbers (O3), and Cayley's N^(N - 2)", () => {
  const trees = [10, 1e8, 2000, 42_467_328];
  trees.forEach((tau, i) => assertClose(Math.exp(logSpanningTrees(smallGraphs[i].graph)) / tau, 1, 1e-12));
  assertClose(Math.exp(logSpanningTrees(karateClub())) / 5.091e15, 1, 2e-4, 'karate');
  for (let n = 1; n < 30; n++) {
    assertClose(logSpanningTrees(complete(n)), (n - 2) * Math.log(n), 1e-12 * n, `K${n}`);
  }
  assert.equal(logSpanningTrees(path(7)), 0);
});

test('Foster: resistances over edges, times couplings, sum to N - 1 (O2)', () => {
  for (const { graph } of smallGraphs) assertClose(fosterSum(graph), graph.nodeCount - 1, 1e-11, graph.name);
  assertClose(fosterSum(path(10)), 9, 1e-12, 'path');
  assertClose(fosterSum(star(10)), 9, 1e-12, 'star');
  fc.assert(
    fc.property(connectedEdges, (input) => {
      assertClose(fosterSum(graphOf(input)), input.nodeCount - 1, 1e-10);
    }),
    { seed: 1 },
  );
});

test("resistance is a metric, a sum in series, and the pseudo-inverse's trace over all pairs", () => {
  assertClose(effectiveResistance(path(8))(1, 6), 5, 1e-12, 'series');
  assertClose(effectiveResistance(fromEdges(2, [[0, 1]], { couplings: [4] }))(0, 1), 0.25, 1e-15, 'one edge');
  fc.assert(
    fc.property(connectedEdges, (input) => {
      const graph = graphOf(input);
      const R = effectiveResistance(graph);
      let sum = 0;
      for (let a = 0; a < graph.nodeCount; a++) {
        assert.equal(R(a, a), 0);
        for (let b = 0; b < a; b++) {
          sum += R(a, b);
          assertClose(R(a, b), R(b, a), 1e-12);
          for (let c = 0; c < graph.nodeCount; c++) assert.ok(R(a, b) <= R(a, c) + R(c, b) + 1e-9);
        }
      }
      assertClose(sum / graph.nodeCount, traceOfPseudoInverse(graph), 1e-8 * (1 + sum));
    }),
    { seed: 2, numRuns: 50 },
  );
});

test('a weighted graph by hand, against networkx', () => {
  const graph = fromEdges(
    4,
    [
      [0, 1],
      [1, 2],
      [2, 3],
      [3, 0],
      [0, 2],
    ],
    { couplings: [2, 0.5, 1.5, 1, 3] },
  );
  const R = effectiveResistance(graph);
  const resistances = [
    [0, 1, 0.41],
    [0, 2, 0.25],
    [0, 3, 0.49],
    [1, 2, 0.56],
    [1, 3, 0.84],
    [2, 3, 0.44],
  ];
  for (const [a, b, expected] of resistances) assertClose(R(a, b), expected, 1e-14, `${a} ${b}`);
  assertClose(Math.exp(logSpanningTrees(graph)), 25, 1e-12, 'trees');
  const spectrum = laplacianSpectrum(graph);
  [0, 2.33276949, 4.87637337, 8.79085714].forEach((mu, k) => assertClose(spectrum[k], mu, 1e-8));
});

test("the dense Laplacian is the compressed rows' form x . L x = sum of J (x_a - x_b)^2", () => {
  fc.assert(
    fc.property(connectedEdges, fc.nat(), (input, seed) => {
      const graph = graphOf(input);
      const x = Array.from({ length: graph.nodeCount }, uniformGenerator(seed));
      const L = laplacian(graph);
      let rows = 0;
      let dense = 0;
      for (let i = 0; i < graph.nodeCount; i++) {
        for (let h = graph.offsets[i]; h < graph.offsets[i + 1]; h++) {
          rows += (graph.couplings[graph.edgeOf[h]] * (x[i] - x[graph.neighbours[h]]) ** 2) / 2;
        }
        for (let j = 0; j < graph.nodeCount; j++) dense += x[i] * L.get(i, j) * x[j];
      }
      assertClose(dense, rows, 1e-10 * (1 + rows));
    }),
    { seed: 3 },
  );
});

test('spectra: trace, product and bound', () => {
  fc.assert(
    fc.property(connectedEdges, (input) => {
      const graph = graphOf(input);
      const spectrum = laplacianSpectrum(graph);
      const trace = 2 * input.couplings.reduce((sum, J) => sum + J, 0);
      assertClose(
        spectrum.reduce((sum, mu) => sum + mu, 0),
        trace,
        1e-10 * (1 + trace),
        'trace',
      );
      const logProduct = spectrum.subarray(1).reduce((sum, mu) => sum + Math.log(mu), 0);
      assertClose(logProduct - Math.log(graph.nodeCount), logSpanningTrees(graph), 1e-9, 'matrix-tree');
      assert.ok(spectrum.at(-1)! <= laplacianBound(graph) + 1e-9);
    }),
    { seed: 4 },
  );
  assert.equal(laplacianBound(ring(10)), 4);
  assert.equal(laplacianBound(star(10)), 10);
});

test('closed spectra: ring lattice (O34), torus, complete graph', () => {
  const closed: [Graph, (k: number) => number][] = [
    [ring(50, 4), (k) => wave(k, 50) + wave(2 * k, 50)],
    [torus(5, 7), (k) => wave(k % 5, 5) + wave(Math.floor(k / 5), 7)],
    [complete(12), (k) => (k === 0 ? 0 : 12)],
  ];
  for (const [graph, eigenvalue] of closed) {
    const expected = Float64Array.from({ length: graph.nodeCount }, (_, k) => eigenvalue(k)).toSorted();
    laplacianSpectrum(graph).forEach((mu, k) => assertClose(mu, expected[k], 1e-12, `${graph.name} ${k}`));
  }
  assertClose(laplacianSpectrum(ring(50, 4))[1], 0.078604, 5e-7, 'O34');
});

test('disagreement of ring lattices, Tr L+ / N (O4)', () => {
  assertClose(disagreement(ring(10)), 99 / 120, 1e-12, 'C10');
  assertClose(disagreement(ring(50, 4)), 0.92, 0.005, 'N = 50');
  assertClose(disagreement(ring(200, 4)), 3.42, 0.005, 'N = 200');
});

test('the Kirchhoff index, by conjugate gradients: closed forms, and N times the sum of 1 / mu of any graph', () => {
  for (const N of [2, 10, 77])
    assertClose(
      kirchhoffIndex(ring(Math.max(3, N))),
      (Math.max(3, N) ** 3 - Math.max(3, N)) / 12,
      1e-8 * N ** 3,
      `ring ${N}`,
    );
  for (const N of [1, 2, 30]) assertClose(kirchhoffIndex(complete(N)), N - 1, 1e-8, `K${N}`);
  fc.assert(
    fc.property(connectedEdges, (input) => {
      const graph = graphOf(input);
      const exact =
        graph.nodeCount *
        laplacianSpectrum(graph)
          .subarray(1)
          .reduce((sum, mu) => sum + 1 / mu, 0);
      assertClose(kirchhoffIndex(graph), exact, 1e-7 * exact);
    }),
    { seed: 5, numRuns: 60 },
  );
  assert.throws(
    () =>
      kirchhoffIndex(
        fromEdges(
          4,
          [
            [0, 1],
            [2, 3],
          ],
          { connected: false },
        ),
      ),
    /kirchhoffIndex: the graph must be connected, got 2/,
  );
});

test('a disconnected graph has one exact zero for each component', () => {
  const graph = fromEdges(
    7,
    [
      [0, 1],
      [1, 2],
      [2, 0],
      [3, 4],
      [4, 5],
    ],
    { connected: false },
  );
  const spectrum = laplacianSpectrum(graph);
  assert.deepEqual([...spectrum.subarray(0, 3)], [0, 0, 0]);
  [1, 3, 3, 3].forEach((mu, k) => assertClose(spectrum[3 + k], mu, 1e-14));
});

test('one stubborn node rules at the smallest grounded eigenvalue (O33)', () => {
  assertClose(groundedSpectrum(ring(50, 4), [0])[0], 0.0184, 5e-5, 'ring');
  assertClose(groundedSpectrum(complete(50), [7])[0], 1, 1e-13, 'K50');
  // A path held at both ends is a string: 2 - 2 cos(pi k / (n + 1)) with n free nodes.
  const string = groundedSpectrum(path(8), [0, 7]);
  string.forEach((mu, k) => assertClose(mu, 2 - 2 * Math.cos((Math.PI * (k + 1)) / 7), 1e-13, `mode ${k}`));
});

test('small worlds: mean gap, disagreement and grounded rate agree with 400 networkx graphs', () => {
  const graphs = 100;
  const means = [0, 0, 0];
  for (let seed = 0; seed < graphs; seed++) {
    const graph = smallWorld(50, 4, 0.1, { seed });
    means[0] += laplacianSpectrum(graph)[1] / graphs;
    means[1] += disagreement(graph) / graphs;
    means[2] += groundedSpectrum(graph, [seed % 50])[0] / graphs;
  }
  // networkx 3.6.1, seeds 0 to 399: mean and spread over graphs (grounded: over graphs and nodes).
  const reference = [
    [0.1907, 0.0628],
    [0.5476, 0.0676],
    [0.0358, 0.012],
  ];
  reference.forEach(([mean, spread], i) => {
    assertClose(means[i], mean, 4 * spread * Math.sqrt(1 / graphs + 1 / 400), `mean ${i}`);
  });
});

test('names disconnected and oversized graphs, with advice', () => {
  const apart = fromEdges(
    4,
    [
      [0, 1],
      [2, 3],
    ],
    { connected: false },
  );
  for (const f of [effectiveResistance, logSpanningTrees]) {
    const message = new RegExp(`^RangeError: ${f.name}: the graph must be connected, got 2 components`);
    assert.throws(() => f(apart), message);
  }
  const large = ring(2049);
  for (const f of [laplacian, laplacianSpectrum, effectiveResistance, logSpanningTrees]) {
    const message = new RegExp(`^RangeError: ${f.name}: dense .* 2048 nodes, got 2049; .*laplacianBound`);
    assert.throws(() => f(large), message);
  }
  assert.throws(() => groundedSpectrum(large, [0]), /groundedSpectrum: dense/);
  assert.throws(() => groundedSpectrum(ring(5), [5]), /pinned node must be an integer in \[0, 4\], got 5/);
  assert.throws(() => groundedSpectrum(ring(3), [0, 1, 2]), /at least one node must be free/);
  assert.throws(() => effectiveResistance(ring(5))(0, 5), /node must be an integer in \[0, 4\], got 5/);
  const steep = fromEdges(
    3,
    [
      [0, 1],
      [1, 2],
    ],
    { couplings: [1e300, 1e-300] },
  );
  assert.throws(() => logSpanningTrees(steep), /couplings differ by more than float64 can resolve/);
});
