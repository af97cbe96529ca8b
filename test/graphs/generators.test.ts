// Generators against their definitions and against networkx.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from '../property.js';
import {
  clustering,
  complete,
  disjointUnion,
  distancesFrom,
  fromEdges,
  type Graph,
  grid,
  karateClub,
  laplacianSpectrum,
  randomRegular,
  ring,
  smallWorld,
  torus,
} from '../../src/graphs/index.js';
import { assertClose, readFixture, smallGraphs } from './fixtures.js';

const pairsOf = (graph: Graph): number[][] =>
  Array.from({ length: graph.edgeCount }, (_, e) => [...graph.endpoints.subarray(2 * e, 2 * e + 2)]);
const degrees = (graph: Graph): number[] =>
  Array.from({ length: graph.nodeCount }, (_, node) => graph.degree(node));

interface NetworkxCase {
  readonly nodeCount: number;
  readonly degree: number;
  readonly rewiring: number;
  readonly connected: boolean;
  readonly uniforms: readonly number[];
  readonly edges: readonly [number, number][];
}

test("small worlds are networkx's, draw for draw and edge for edge", () => {
  for (const oracle of readFixture<{ cases: NetworkxCase[] }>('networkx-small-world.json').cases) {
    const { nodeCount, degree, rewiring, connected, uniforms, edges } = oracle;
    let drawn = 0;
    const graph = smallWorld(nodeCount, degree, rewiring, { random: () => uniforms[drawn++], connected });
    assert.deepEqual(pairsOf(graph), edges, graph.name);
    assert.equal(drawn, uniforms.length, graph.name);
  }
});

test('without rewiring a small world is the ring lattice, with clustering 3 (k - 2) / (4 (k - 1))', () => {
  for (const k of [2, 4, 6, 8]) {
    assert.equal(smallWorld(40, k, 0, { seed: 1 }).hash, ring(40, k).hash);
    assertClose(clustering(ring(40, k)), (3 * (k - 2)) / (4 * (k - 1)), 1e-15, `k = ${k}`);
  }
  assert.equal(clustering(smallWorld(50, 4, 0, { seed: 1 })), 0.5);
});

test('small worlds keep N k / 2 edges, are connected when asked, and follow their seed', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 6, max: 60 }),
      fc.constantFrom(4, 5),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.nat(),
      (n, k, p, seed) => {
        const graph = smallWorld(n, k, p, { seed });
        assert.equal(graph.edgeCount, 2 * n);
        assert.equal(graph.componentCount, 1);
        assert.equal(graph.hash, smallWorld(n, k, p, { seed }).hash);
        assert.equal(
          degrees(graph).reduce((sum, d) => sum + d, 0),
          2 * graph.edgeCount,
        );
      },
    ),
    { seed: 1 },
  );
  assert.notEqual(smallWorld(50, 4, 0.5, { seed: 1 }).hash, smallWorld(50, 4, 0.5, { seed: 2 }).hash);
  assert.notEqual(smallWorld(50, 4, 0.5, { seed: 'a' }).hash, smallWorld(50, 4, 0.5, { seed: 'b' }).hash);
});

test('the fraction of rewired edges is p', () => {
  const [n, k, p, seeds] = [1000, 4, 0.1, 20];
  const lattice = new Set(pairsOf(ring(n, k)).map(([a, b]) => Math.min(a, b) * n + Math.max(a, b)));
  let moved = 0;
  for (let seed = 0; seed < seeds; seed++) {
    for (const [a, b] of pairsOf(smallWorld(n, k, p, { seed, connected: false }))) {
      if (!lattice.has(Math.min(a, b) * n + Math.max(a, b))) moved++;
    }
  }
  const edges = (seeds * n * k) / 2;
  // A rewired edge falls on a lattice edge that was vacated before with a chance below p k / n.
  assertClose(moved / edges, p, 4 * Math.sqrt((p * (1 - p)) / edges) + (p * p * k) / n, 'rewired');
});

test('ring, torus, complete graph and karate club against their definitions', () => {
  assert.equal(ring(10).hash, smallGraphs[0].graph.hash);
  assert.equal(complete(10).hash, smallGraphs[1].graph.hash);
  assert.equal(karateClub().hash, smallGraphs[4].graph.hash);
  assert.deepEqual(pairsOf(karateClub()), smallGraphs[4].oracle.gff.edges);
  assert.equal(complete(1).edgeCount, 0);
  assert.deepEqual(new Set(degrees(torus(4, 5))), new Set([4]));
  assert.deepEqual([...torus(3, 4).neighboursOf(5)], [1, 4, 6, 9]);
  assert.deepEqual([...torus(3, 4).neighboursOf(0)], [1, 3, 4, 8]);
  assert.deepEqual([...ring(9, 4).neighboursOf(0)], [1, 2, 7, 8]);
});

test('the open square lattice is the product of two paths: edges, degrees, spectrum', () => {
  const [rows, columns] = [3, 5];
  const graph = grid(rows, columns);
  assert.equal(graph.edgeCount, rows * (columns - 1) + (rows - 1) * columns);
  assert.deepEqual([...graph.neighboursOf(7)], [2, 6, 8, 12]);
  assert.deepEqual([...graph.neighboursOf(4)], [3, 9]);
  const path = (k: number, n: number): number => 2 - 2 * Math.cos((Math.PI * k) / n);
  const exact = Array.from(
    { length: rows * columns },
    (_, k) => path(k % columns, columns) + path(Math.floor(k / columns), rows),
  ).sort((a, b) => a - b);
  laplacianSpectrum(graph).forEach((mu, k) => assertClose(mu, exact[k]!, 1e-12, `mode ${k}`));
  assert.equal(grid(1, 1).edgeCount, 0);
});

test('a disjoint union keeps its graphs apart, with their couplings', () => {
  const weighted = fromEdges(
    3,
    [
      [0, 1],
      [1, 2],
    ],
    { couplings: [2, 3] },
  );
  const parts = [ring(5), weighted, complete(1), smallWorld(12, 4, 0.2, { seed: 1 })];
  const union = disjointUnion(parts);
  assert.equal(union.componentCount, parts.length);
  assert.deepEqual(
    [...union.couplings],
    parts.flatMap(({ couplings }) => [...couplings]),
  );
  let start = 0;
  for (const part of parts) {
    for (let node = 0; node < part.nodeCount; node++) {
      assert.deepEqual(
        [...union.neighboursOf(start + node)],
        [...part.neighboursOf(node)].map((other) => start + other),
      );
    }
    start += part.nodeCount;
  }
  assert.equal(disjointUnion([ring(5), complete(1), ring(7)]).equalCoupling, 1);
  assert.throws(() => disjointUnion([]), /disjointUnion: needs at least one graph, got none/);
});

test('random regular graphs are regular, simple and connected; K4 is the only cubic graph on 4 nodes', () => {
  const [halves, degreesAllowed] = [fc.integer({ min: 3, max: 30 }), fc.integer({ min: 2, max: 6 })];
  fc.assert(
    fc.property(halves, degreesAllowed, fc.nat(), (half, d, seed) => {
      const n = 2 * Math.max(half, d);
      const graph = randomRegular(n, d, { seed, connected: d > 2 });
      assert.deepEqual(new Set(degrees(graph)), new Set([d]));
      if (d > 2) assert.equal(graph.componentCount, 1);
    }),
    { seed: 2 },
  );
  assert.equal(randomRegular(4, 3, { seed: 1 }).hash, complete(4).hash);
  assert.equal(randomRegular(5, 0, { seed: 1, connected: false }).edgeCount, 0);
});

test('the two cubic graphs on six nodes come with their frequencies', () => {
  // 70 labelled cubic graphs: 10 are K33 (no triangle), 60 the prism. The pairing is near uniform: p = 1/7.
  const runs = 4000;
  let k33 = 0;
  for (let seed = 0; seed < runs; seed++) if (clustering(randomRegular(6, 3, { seed })) === 0) k33++;
  assertClose(k33 / runs, 1 / 7, 0.03, 'K33');
});

test("clustering and distances of the karate club are networkx's", () => {
  const graph = karateClub();
  assertClose(clustering(graph), 0.5706384782076823, 1e-14, 'clustering');
  let sum = 0;
  for (let node = 0; node < 34; node++) sum += distancesFrom(graph, node).reduce((total, d) => total + d, 0);
  assertClose(sum / (34 * 33), 2.408199643493761, 1e-14, 'mean distance');
  assert.deepEqual([...distancesFrom(ring(6), 0)], [0, 1, 2, 3, 2, 1]);
  assert.deepEqual([...distancesFrom(fromEdges(3, [[0, 1]], { connected: false }), 0)], [0, 1, -1]);
});

test('names what is wrong with the parameters', () => {
  assert.throws(() => ring(10, 3), /ring: degree must be even, got 3/);
  assert.throws(() => ring(4, 4), /ring: degree must be an integer in \[2, 3\], got 4/);
  assert.throws(() => ring(0), /ring: nodeCount must be an integer in \[3, .*\], got 0/);
  assert.throws(() => torus(2, 5), /torus: rows must be an integer in \[3, .*\], got 2/);
  assert.throws(() => complete(0), /complete: nodeCount must be/);
  assert.throws(() => smallWorld(0, 0, 0, { seed: 1 }), /smallWorld: nodeCount must be/);
  assert.throws(() => smallWorld(5, 6, 0, { seed: 1 }), /degree must be an integer in \[0, 5\], got 6/);
  assert.throws(() => smallWorld(5, 2, NaN, { seed: 1 }), /rewiring must be in \[0, 1\], got NaN/);
  assert.throws(() => smallWorld(5, 2, 1.1, { seed: 1 }), /rewiring must be in \[0, 1\], got 1.1/);
  // @ts-expect-error
  assert.throws(() => smallWorld(5, 2, 0.1, {}), /smallWorld: needs \{ seed \} or \{ random \}, got neither/);
  assert.throws(() => smallWorld(5, 1, 0, { seed: 1 }), /smallWorld: no connected graph in 100 tries/);
  assert.throws(() => randomRegular(5, 3, { seed: 1 }), /nodeCount x degree must be even, got 5 x 3/);
  assert.throws(() => randomRegular(4, 4, { seed: 1 }), /degree must be an integer in \[0, 3\], got 4/);
  assert.throws(() => randomRegular(4, 1, { seed: 1 }), /no connected graph in 100 tries/);
  assert.throws(() => distancesFrom(ring(5), 5), /source must be an integer in \[0, 4\], got 5/);
});
