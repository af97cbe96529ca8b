// To graphology and back.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from '../property.js';
import { DirectedGraph, UndirectedGraph } from 'graphology';
import { fromGraphology, karateClub, toGraphology } from '../../src/graphs/index.js';
import { connectedEdges, graphOf } from './fixtures.js';

test('a round trip keeps the graph, its couplings, and the order of its edges', () => {
  fc.assert(
    fc.property(connectedEdges, (input) => {
      const graph = graphOf(input);
      const back = fromGraphology(toGraphology(graph), { weight: 'weight' });
      assert.equal(back.hash, graph.hash);
      assert.deepEqual(back.endpoints, graph.endpoints);
      assert.deepEqual(back.couplings, graph.couplings);
    }),
    { seed: 1 },
  );
});

test("nodes are numbered in graphology's order; couplings are 1 unless an attribute is named", () => {
  const source = new UndirectedGraph();
  for (const key of ['c', 'a', 'b']) source.addNode(key);
  source.addEdge('a', 'c', { trust: 3 });
  source.addEdge('b', 'c', { trust: 5 });
  assert.deepEqual([...fromGraphology(source).endpoints], [1, 0, 2, 0]);
  assert.deepEqual([...fromGraphology(source).couplings], [1, 1]);
  assert.deepEqual([...fromGraphology(source, { weight: 'trust' }).couplings], [3, 5]);
  assert.equal(fromGraphology(source, { name: 'trust' }).name, 'trust');
});

test('graphology sees the same graph', () => {
  const club = toGraphology(karateClub());
  assert.equal(club.order, 34);
  assert.equal(club.size, 78);
  assert.equal(club.degree('33'), 17);
});

test('names directed edges, missing weights and disconnected graphs', () => {
  const directed = new DirectedGraph();
  directed.mergeEdge('a', 'b');
  assert.throws(() => fromGraphology(directed), /edges must be undirected, got 1 directed;/);
  const source = new UndirectedGraph();
  source.mergeEdge('a', 'b');
  assert.throws(() => fromGraphology(source, { weight: 'trust' }), /got undefined for edge 0/);
  source.addNode('c');
  assert.throws(() => fromGraphology(source), /must be connected, got 2 components/);
  assert.equal(fromGraphology(source, { connected: false }).componentCount, 2);
  assert.throws(() => fromGraphology(new UndirectedGraph()), /nodeCount must be/);
});
