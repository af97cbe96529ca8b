// Relabelled nodes: the same graph under other names.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromEdges, karateClub, laplacianSpectrum, permuteNodes } from '../../src/graph/index.js';
import { shuffle, uniformGenerator } from '../../src/random/index.js';

const club = karateClub();
const random = uniformGenerator('permutation');
const graph = fromEdges(34, club.endpoints, { weights: Array.from({ length: 78 }, random) });

test('edges follow their nodes and keep index, orientation and coupling', () => {
  const small = permuteNodes(fromEdges(3, [[0, 1], [1, 2]], { weights: [4, 5] }), [2, 0, 1]);
  assert.deepEqual([...small.endpoints], [2, 0, 0, 1]);
  assert.deepEqual([...small.couplings], [4, 5]);
});

test('the spectrum stays, degrees move with their nodes, the inverse gives the graph back', () => {
  const permutation = shuffle(Int32Array.from({ length: 34 }, (_, i) => i), random);
  const relabelled = permuteNodes(graph, permutation);
  assert.notEqual(relabelled.hash, graph.hash);
  permutation.forEach((label, i) => assert.equal(relabelled.degree(label), graph.degree(i)));
  const [before, after] = [laplacianSpectrum(graph), laplacianSpectrum(relabelled)];
  before.forEach((eigenvalue, k) => assert.ok(Math.abs(eigenvalue - after[k]) < 1e-10));
  const inverse = permutation.map((_, i) => permutation.indexOf(i));
  assert.equal(permuteNodes(relabelled, inverse).hash, graph.hash);
});

test('what is no permutation is refused', () => {
  const path = fromEdges(3, [[0, 1], [1, 2]]);
  for (const bad of [[0, 1], [0, 1, 1], [0, 1, 3], [0, 1, 1.5], [0, 1, 2, 3]]) {
    assert.throws(() => permuteNodes(path, bad), /permuteNodes: permutation must hold each of 0 ... 2 once/);
  }
});
