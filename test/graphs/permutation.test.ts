// Relabelled nodes: the same graph under other names.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from '../property.js';
import {
  fromEdges,
  type Graph,
  karateClub,
  laplacianSpectrum,
  permuteNodes,
  torus,
} from '../../src/graphs/index.js';
import { reordered } from '../../src/graphs/structure/reordered.js';
import { shuffle, uniformGenerator } from '../../src/randomness/index.js';
import { connectedEdges, graphOf, path } from './fixtures.js';

const club = karateClub();
const random = uniformGenerator('permutation');
const graph = fromEdges(34, club.endpoints, { couplings: Array.from({ length: 78 }, random) });

test('edges follow their nodes and keep index, orientation and coupling', () => {
  const small = permuteNodes(
    fromEdges(
      3,
      [
        [0, 1],
        [1, 2],
      ],
      { couplings: [4, 5] },
    ),
    [2, 0, 1],
  );
  assert.deepEqual([...small.endpoints], [2, 0, 0, 1]);
  assert.deepEqual([...small.couplings], [4, 5]);
});

test('the spectrum stays, degrees move with their nodes, the inverse gives the graph back', () => {
  const permutation = shuffle(
    Int32Array.from({ length: 34 }, (_, i) => i),
    random,
  );
  const relabelled = permuteNodes(graph, permutation);
  assert.notEqual(relabelled.hash, graph.hash);
  permutation.forEach((label, i) => assert.equal(relabelled.degree(label), graph.degree(i)));
  const [before, after] = [laplacianSpectrum(graph), laplacianSpectrum(relabelled)];
  before.forEach((eigenvalue, k) => assert.ok(Math.abs(eigenvalue - after[k]) < 1e-10));
  const inverse = permutation.map((_, i) => permutation.indexOf(i));
  assert.equal(permuteNodes(relabelled, inverse).hash, graph.hash);
});

test('what is no permutation is refused', () => {
  const three = path(3);
  for (const bad of [
    [0, 1],
    [0, 1, 1],
    [0, 1, 3],
    [0, 1, 1.5],
    [0, 1, 2, 3],
  ]) {
    assert.throws(() => permuteNodes(three, bad), /permuteNodes: permutation must hold each of 0 ... 2 once/);
  }
});

const pValue = (graph: Graph): Graph =>
  permuteNodes(
    graph,
    shuffle(
      Int32Array.from({ length: graph.nodeCount }, (_, i) => i),
      uniformGenerator(1),
    ),
  );
const farthestApart = ({ endpoints, edgeCount }: Graph): number =>
  Math.max(...Array.from({ length: edgeCount }, (_, e) => Math.abs(endpoints[2 * e] - endpoints[2 * e + 1])));

test('a reordered graph is the same under other names, whatever it is', () => {
  fc.assert(
    fc.property(connectedEdges, fc.integer({ min: 1, max: 3 }), (input, copies) => {
      const one = graphOf(input);
      const { nodeCount, edges, couplings } = input;
      const given =
        copies === 1
          ? one
          : fromEdges(
              copies * nodeCount,
              Array.from({ length: copies }, (_, k) =>
                edges.map(([a, b]): [number, number] => [copies * a + k, copies * b + k]),
              ).flat(),
              { couplings: Array.from({ length: copies }, () => couplings).flat(), connected: false },
            );
      const { graph, permutation } = reordered(given);
      assert.equal(graph.hash, permuteNodes(given, permutation).hash);
      const inverse = permutation.map((_, i) => permutation.indexOf(i));
      assert.equal(permuteNodes(graph, inverse).hash, given.hash);
      if (copies > 1)
        assert.ok(
          graph.components.every((label, i, all) => i === 0 || label >= all[i - 1]),
          'components in a row',
        );
    }),
    { seed: 1 },
  );
});

test('neighbours in a lattice that came by chance get near numbers', () => {
  assert.equal(farthestApart(reordered(pValue(path(1000))).graph), 1);
  const lattice = pValue(torus(60, 60));
  assert.ok(farthestApart(lattice) > 3000);
  assert.ok(farthestApart(reordered(lattice).graph) <= 4 * 60); // a front of a breadth-first search holds 2 x 60 nodes
});
