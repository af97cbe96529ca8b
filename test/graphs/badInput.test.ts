// What is no graph, no edge, no node and no option is refused by name.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  brokenPairs,
  clustering,
  complete,
  disjointUnion,
  type Edges,
  effectiveResistance,
  fromEdges,
  fromGraphology,
  type Graph,
  kirchhoffIndex,
  laplacianSpectrum,
  percolate,
  permuteNodes,
  randomRegular,
  ring,
  smallWorld,
  survivors,
  toGraphology,
} from '../../src/graphs/index.js';

test('edges are pairs of nodes', () => {
  const make = (edges: unknown) => () => fromEdges(3, edges as Edges);
  assert.throws(
    make([
      [0, 1, 2.5],
      [1, 2, 1],
    ]),
    /fromEdges: an edge must be two nodes \(its coupling stands in \{ couplings \}\), got 3 values as edge 0/,
  );
  assert.throws(make([[0, 1], 1, 2]), /fromEdges: an edge must be two nodes .*, got 1 as edge 1/);
  assert.throws(make(7), /fromEdges: edges must be a list of pairs of nodes, got 7/);
  assert.throws(make([['0', 1]]), /fromEdges: nodes must be integers in \[0, 2\], got "0" in edge 0/);
});

test('options of graphs have rules', () => {
  const pair: Edges = [[0, 1]];
  const edges = (options: object) => () => fromEdges(2, pair, options);
  assert.throws(
    edges({ weigths: [2] }),
    /fromEdges: unknown option "weigths"; known: couplings, name, connected/,
  );
  assert.throws(edges({ coupling: [2] }), /unknown option "coupling"; did you mean "couplings"\?/);
  assert.throws(edges({ couplings: 2 }), /fromEdges: couplings must be a list, got 2/);
  assert.throws(edges({ connected: 'no' }), /fromEdges: connected must be true or false, got "no"/);
  assert.throws(
    () => smallWorld(9, 4, 0.1, { seed: 1, connectd: false } as never),
    /smallWorld: unknown option "connectd"; did you mean "connected"\?/,
  );
  assert.throws(
    () => smallWorld(9, 4, 0.1, { seed: 1, random: Math.random } as never),
    /smallWorld: needs \{ seed \} or \{ random \}, got both/,
  );
  assert.throws(
    () => smallWorld(9, 4, 0.1, undefined as never),
    /smallWorld: options must be an object with seed, random, connected, got undefined/,
  );
  assert.throws(
    () => randomRegular(8, 3, { seed: -1 }),
    /randomRegular: seed must be an integer in \[0, 2\^32\) or a string, got -1/,
  );
  assert.throws(() => percolate(ring(9), { seed: 1 } as never), /percolate: keep is missing/);
  assert.throws(
    () => fromGraphology(toGraphology(ring(3)), { weights: 'w' } as never),
    /fromGraphology: unknown option "weights"; did you mean "weight"\?/,
  );
});

test('nodes and edges that do not exist', () => {
  for (const graph of [
    ring(5),
    fromEdges(
      5,
      [
        [0, 1],
        [1, 2],
      ],
      { couplings: [1, 2], connected: false },
    ),
  ]) {
    assert.throws(() => graph.degree(99), /degree: node must be an integer in \[0, 4\], got 99/);
    assert.throws(() => graph.neighboursOf(5), /neighboursOf: node must be an integer in \[0, 4\], got 5/);
    assert.throws(
      () => graph.coupling(999),
      new RegExp(`coupling: edge must be an integer in \\[0, ${graph.edgeCount - 1}\\], got 999`),
    );
    assert.throws(() => graph.coupling(0.5), /coupling: edge must be/);
  }
});

test('what is no graph', () => {
  const wrong = (value: unknown): Graph => value as Graph;
  const calls = {
    clustering,
    brokenPairs,
    laplacianSpectrum,
    kirchhoffIndex,
    effectiveResistance,
    toGraphology,
    percolate: (graph: Graph) => percolate(graph, { keep: 1, seed: 1 }),
    permuteNodes: (graph: Graph) => permuteNodes(graph, []),
    survivors: (graph: Graph) => survivors(graph, []),
    disjointUnion: (graph: Graph) => disjointUnion([graph]),
  };
  for (const [name, call] of Object.entries(calls)) {
    for (const value of [undefined, 10, { nodeCount: 3 }]) {
      assert.throws(
        () => call(wrong(value)),
        new RegExp(`^TypeError: ${name}: graph must be a graph, such as ring\\(10\\), got`),
      );
    }
  }
  assert.throws(
    () => disjointUnion(complete(3) as never),
    /disjointUnion: graphs must be a list, got an object \(Graph\)/,
  );
});
