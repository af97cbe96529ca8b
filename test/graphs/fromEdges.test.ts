// Topology from edges: compressed rows, components, hash, and every refusal.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from '../property.js';
import { fromEdges, karateClub } from '../../src/graphs/index.js';
import { shuffle, uniformGenerator } from '../../src/randomness/index.js';
import { connectedEdges, graphOf } from './fixtures.js';

test('a triangle with a tail, by hand', () => {
  const graph = fromEdges(
    4,
    [
      [1, 0],
      [2, 1],
      [0, 2],
      [2, 3],
    ],
    { couplings: [1, 2, 3, 4], name: 'kite' },
  );
  assert.equal(graph.nodeCount, 4);
  assert.equal(graph.edgeCount, 4);
  assert.deepEqual([...graph.endpoints], [1, 0, 2, 1, 0, 2, 2, 3]);
  assert.deepEqual([...graph.couplings], [1, 2, 3, 4]);
  assert.deepEqual([...graph.offsets], [0, 2, 4, 7, 8]);
  assert.deepEqual([...graph.neighbours], [1, 2, 0, 2, 0, 1, 3, 2]);
  assert.deepEqual([...graph.edgeOf], [0, 2, 0, 1, 2, 1, 3, 3]);
  assert.deepEqual(
    [0, 1, 2, 3].map((i) => graph.degree(i)),
    [2, 2, 3, 1],
  );
  assert.deepEqual([...graph.neighboursOf(2)], [0, 1, 3]);
  assert.equal(graph.componentCount, 1);
  assert.equal(graph.name, 'kite');
});

test('compressed rows hold every edge twice, ascending, under its own number', () => {
  fc.assert(
    fc.property(connectedEdges, (input) => {
      const graph = graphOf(input);
      let halfEdges = 0;
      for (let node = 0; node < graph.nodeCount; node++) {
        const row = graph.neighboursOf(node);
        assert.deepEqual(row, row.toSorted());
        row.forEach((far, k) => {
          const edge = graph.edgeOf[graph.offsets[node] + k];
          const [a, b] = input.edges[edge];
          assert.ok((a === node && b === far) || (a === far && b === node));
          assert.equal(graph.couplings[edge], input.couplings[edge]);
        });
        halfEdges += graph.degree(node);
      }
      assert.equal(halfEdges, 2 * input.edges.length);
    }),
    { seed: 1 },
  );
});

test('pairs, iterators and flat arrays make the same graph; the caller keeps its arrays', () => {
  const pairs: [number, number][] = [
    [0, 1],
    [1, 2],
    [2, 0],
  ];
  const flat = Int32Array.from(pairs.flat());
  const couplings = [1, 2, 3];
  const graph = fromEdges(3, flat, { couplings });
  for (const other of [fromEdges(3, pairs, { couplings }), fromEdges(3, new Map(pairs), { couplings })]) {
    assert.deepEqual(other, graph);
    assert.deepEqual(other.couplings, graph.couplings);
  }
  flat.fill(0);
  couplings.fill(0);
  assert.deepEqual([...graph.endpoints], pairs.flat());
  assert.deepEqual([...graph.couplings], [1, 2, 3]);
});

test('the hash forgets order and orientation of edges, and nothing else', () => {
  fc.assert(
    fc.property(connectedEdges, fc.nat(), (input, seed) => {
      const { nodeCount, edges, couplings } = input;
      const random = uniformGenerator(seed);
      const order = shuffle([...edges.keys()], random);
      const turned = {
        nodeCount,
        edges: order.map((e): [number, number] => (random() < 0.5 ? edges[e] : [edges[e][1], edges[e][0]])),
        couplings: order.map((e) => couplings[e]),
      };
      assert.equal(graphOf(turned).hash, graphOf(input).hash);
      assert.match(graphOf(input).hash, /^[0-9a-f]{64}$/);
      if (edges.length === 0) return;
      const heavier = couplings.with(0, couplings[0] * (1 + 2 ** -52));
      assert.notEqual(graphOf({ ...input, couplings: heavier }).hash, graphOf(input).hash);
      const more = { ...input, nodeCount: nodeCount + 1 };
      assert.notEqual(
        fromEdges(more.nodeCount, more.edges, { couplings, connected: false }).hash,
        graphOf(input).hash,
      );
    }),
    { seed: 2 },
  );
  assert.notEqual(
    fromEdges(3, [
      [0, 1],
      [1, 2],
    ]).hash,
    fromEdges(3, [
      [0, 1],
      [0, 2],
    ]).hash,
  );
  // Computed outside: sha256 of 'graph 34 78\\n' and of struct.pack('<IId', a, b, 1) over the sorted edges.
  assert.equal(karateClub().hash, '0694161692950dda2ccb11cd377e7b6962bf02db84ebba4a0100671062a62926');
});

test('components are numbered by their lowest node, and zero couplings do not connect', () => {
  const edges: [number, number][] = [
    [5, 1],
    [2, 4],
    [4, 0],
  ];
  const apart = fromEdges(6, edges, { connected: false });
  assert.deepEqual([...apart.components], [0, 1, 0, 2, 0, 1]);
  assert.equal(apart.componentCount, 3);
  assert.throws(() => fromEdges(6, edges), /fromEdges: the graph must be connected, got 3 components/);
  assert.throws(() => fromEdges(2, [[0, 1]], { couplings: [0] }), /must be connected, got 2 components/);
  assert.equal(
    fromEdges(
      3,
      [
        [0, 1],
        [1, 2],
        [2, 0],
      ],
      { couplings: [1, 1, 0] },
    ).componentCount,
    1,
  );
  assert.equal(fromEdges(1, []).componentCount, 1);
});

const refuses = (message: RegExp, ...args: Parameters<typeof fromEdges>): void =>
  assert.throws(() => fromEdges(...args), { name: 'RangeError', message });

test('names what is wrong with the input', () => {
  refuses(/^fromEdges: nodeCount must be an integer in \[1, 2147483647\], got 0$/, 0, []);
  refuses(/nodeCount must be .* got -1/, -1, []);
  refuses(/nodeCount must be .* got NaN/, NaN, []);
  refuses(/nodeCount must be .* got 2.5/, 2.5, []);
  refuses(/^fromEdges: nodes must be integers in \[0, 2\], got 3 in edge 1$/, 3, [
    [0, 1],
    [1, 3],
  ]);
  refuses(/got -1 in edge 0/, 3, [[-1, 1]]);
  refuses(/got 0.5 in edge 0/, 3, [[0, 0.5]]);
  refuses(/got NaN in edge 0/, 3, [[NaN, 0]]);
  refuses(/an edge must be two nodes .*, got 1 values as edge 0/, 3, [[0] as unknown as [number, number]]);
  refuses(/^fromEdges: an edge must join two nodes, got 1 - 1 as edge 1$/, 3, [
    [0, 1],
    [1, 1],
  ]);
  refuses(/^fromEdges: edges must be distinct, got 0 - 1 as edges 0 and 2$/, 3, [
    [0, 1],
    [1, 2],
    [1, 0],
  ]);
  refuses(/^fromEdges: flat edges must be two nodes per edge, got 3 numbers$/, 3, Int32Array.of(0, 1, 2));
  refuses(/^fromEdges: couplings must be one per edge \(1\), got 2$/, 2, [[0, 1]], { couplings: [1, 1] });
  for (const bad of [NaN, -Infinity, Infinity]) {
    const message = new RegExp(`^fromEdges: couplings must be finite, got ${bad} for edge 0$`);
    refuses(message, 2, [[0, 1]], { couplings: [bad] });
  }
});

test('a million nodes and two million edges in a flat array', () => {
  const n = 1_000_000;
  const edges = new Int32Array(4 * n);
  for (let i = 0; i < n; i++) edges.set([i, (i + 1) % n, i, (i + 2) % n], 4 * i);
  const graph = fromEdges(n, edges);
  assert.equal(graph.edgeCount, 2 * n);
  assert.deepEqual([...graph.neighboursOf(500)], [498, 499, 501, 502]);
  assert.deepEqual([...graph.neighboursOf(0)], [1, 2, n - 2, n - 1]);
});
