// The Hodge decomposition against its definition: parts at right angles that add up, gradients and
// circulations found as what they are, and shares of white noise that count dimensions (N - 1, the rank of
// the triangles, the rest).
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from '../property.js';
import { Matrix, SVD } from 'ml-matrix';
import { complete, fromEdges, grid, ring, smallWorld, torus, type Graph } from '../../src/graphs/index.js';
import { trianglesOf } from '../../src/graphs/structure/triangles.js';
import { hodge } from '../../src/geometry/index.js';
import { uniformGenerator } from '../../src/randomness/index.js';

const dot = (x: ArrayLike<number>, y: ArrayLike<number>): number =>
  Array.from(x).reduce((sum, value, i) => sum + value * y[i], 0);
const noise = (graph: Graph, name: string): Float64Array => {
  const random = uniformGenerator(name);
  return Float64Array.from({ length: graph.edgeCount }, () => 2 * random() - 1);
};

/** All triangles by trying all triples. */
function bruteTriangles({ nodeCount, edgeCount, endpoints }: Graph): number {
  const has = new Set(
    Array.from({ length: edgeCount }, (_, e) =>
      [endpoints[2 * e], endpoints[2 * e + 1]].toSorted((a, b) => a - b).join(),
    ),
  );
  let count = 0;
  for (let a = 0; a < nodeCount; a++)
    for (let b = a + 1; b < nodeCount; b++)
      for (let c = b + 1; c < nodeCount; c++) {
        if (has.has(`${a},${b}`) && has.has(`${b},${c}`) && has.has(`${a},${c}`)) count++;
      }
  return count;
}

const graphs = [
  complete(6),
  ring(7),
  grid(3, 4),
  torus(4, 4),
  smallWorld(30, 4, 0.3, { seed: 2 }),
  fromEdges(
    7,
    [
      [1, 0],
      [1, 2],
      [2, 0],
      [4, 3],
      [5, 4],
      [3, 5],
    ],
    { connected: false },
  ),
];

test('every triangle is found once, with a circulation that gradients have not', () => {
  for (const graph of graphs) {
    const { count, edges, signs } = trianglesOf(graph);
    assert.equal(count, bruteTriangles(graph), graph.name);
    const phi = noise(complete(graph.nodeCount), 'phi');
    for (let t = 0; t < count; t++) {
      const round = [0, 1, 2].reduce((sum, k) => {
        const e = edges[3 * t + k];
        return sum + signs[3 * t + k] * (phi[graph.endpoints[2 * e]] - phi[graph.endpoints[2 * e + 1]]);
      }, 0);
      assert.ok(Math.abs(round) < 1e-14);
    }
  }
});

test('three parts at right angles that add up, without divergence, without curl', () => {
  for (const graph of graphs) {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (name) => {
        const f = noise(graph, name);
        const { gradient, curl, harmonic, fractions: shares, potential } = hodge(graph, f);
        const small = 1e-9 * dot(f, f);
        for (const [x, y] of [
          [gradient, curl],
          [gradient, harmonic],
          [curl, harmonic],
        ])
          assert.ok(Math.abs(dot(x, y)) < small);
        f.forEach((value, e) => assert.ok(Math.abs(value - gradient[e] - curl[e] - harmonic[e]) < 1e-14));
        assert.ok(Math.abs(shares.gradient + shares.curl + shares.harmonic - 1) < 1e-9);
        const rest = hodge(graph, harmonic);
        assert.ok(rest.fractions.harmonic > 1 - 1e-9 || dot(harmonic, harmonic) < small, graph.name);
        assert.ok(Math.abs(dot(potential, new Float64Array(potential.length).fill(1))) < 1e-9);
      }),
      { numRuns: 10 },
    );
  }
});

test('a gradient is a gradient; a loop is curl where a triangle fills it, harmonic where none does', () => {
  const world = graphs[4];
  const phi = noise(complete(30), 'heights');
  const { gradient, fractions: shares } = hodge(
    world,
    Float64Array.from(
      { length: world.edgeCount },
      (_, e) => phi[world.endpoints[2 * e]] - phi[world.endpoints[2 * e + 1]],
    ),
  );
  assert.ok(shares.curl < 1e-20 && shares.harmonic < 1e-20 && gradient.length === world.edgeCount);
  const round = (graph: Graph): Float64Array =>
    Float64Array.from({ length: graph.edgeCount }, (_, e) =>
      (graph.endpoints[2 * e + 1] - graph.endpoints[2 * e] + graph.nodeCount) % graph.nodeCount === 1
        ? 1
        : -1,
    );
  assert.ok(hodge(ring(3), round(ring(3))).fractions.curl > 1 - 1e-12);
  assert.ok(hodge(ring(5), round(ring(5))).fractions.harmonic > 1 - 1e-12);
});

test('white noise has the shares of the dimensions', () => {
  const graph = graphs[4];
  const { count, edges, signs } = trianglesOf(graph);
  const C = Matrix.zeros(count, graph.edgeCount);
  edges.forEach((e, at) => C.set(Math.floor(at / 3), e, signs[at]));
  const rank = new SVD(C, { autoTranspose: true }).rank;
  const expected = [29, rank, graph.edgeCount - 29 - rank].map((dimension) => dimension / graph.edgeCount);
  const runs = 400;
  const all = Array.from({ length: runs }, (_, k) =>
    Object.values(hodge(graph, noise(graph, `white ${k}`)).fractions),
  );
  expected.forEach((share, part) => {
    const values = all.map((shares) => shares[part]);
    const mean = values.reduce((sum, x) => sum + x, 0) / runs;
    const error = Math.sqrt(values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / runs / (runs - 1));
    assert.ok(Math.abs(mean - share) < 4.5 * error, `part ${part}: ${mean} +- ${error} for ${share}`);
  });
});

test('refusals name the rule and the value', () => {
  assert.throws(() => hodge(ring(4), [1]), /hodge: flow must have one value per edge \(4\), got 1/);
  assert.throws(() => hodge(ring(4), [1, 2, NaN, 4]), /hodge: flow must be finite, got NaN on edge 2/);
});
