// The adjoint of directed edge tensors, and node tensors spread over half-edges.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  adjoint,
  type DirectedTensors,
  directedTensors,
  fromSources,
  hermitianDefect,
} from '../../src/fields/edgeTensor.js';
import { fieldFrom, normalField, randomAngles } from '../../src/fields/initial.js';
import { nodeTensors } from '../../src/fields/nodeTensor.js';
import { fromEdges, karateClub } from '../../src/graphs/index.js';

const graph = karateClub();
const halfEdges = 2 * graph.edgeCount;

function draw(codomain: 'real' | 'complex' | 'angle', seed: number): DirectedTensors {
  const shape = { components: 4, chains: 3 };
  const { values } =
    codomain === 'angle'
      ? randomAngles({ sites: halfEdges, ...shape, seed })
      : normalField({ sites: halfEdges, ...shape, codomain, seed });
  return { codomain, ...shape, values };
}

test('the adjoint of known tensors: the other direction, conjugated', () => {
  const path = fromEdges(3, [
    [0, 1],
    [2, 1],
  ]); // half-edges 01, 10, 12, 21
  const tensors = {
    codomain: 'complex' as const,
    components: 2,
    chains: 1,
    values: Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8),
  };
  assert.deepEqual([...adjoint(path, tensors).values], [3, -4, 1, -2, 7, -8, 5, -6]);
});

for (const codomain of ['real', 'complex', 'angle'] as const) {
  test(`${codomain}: the adjoint is an involution, and leaves alone exactly what is Hermitian`, () => {
    const tensors = draw(codomain, 1);
    assert.deepEqual(adjoint(graph, adjoint(graph, tensors)), tensors);
    assert.notDeepEqual(adjoint(graph, tensors), tensors);
    assert.equal(hermitianDefect(graph, adjoint(graph, tensors)), hermitianDefect(graph, tensors));
    const field =
      codomain === 'angle'
        ? randomAngles({ support: 'edge', sites: graph.edgeCount, seed: 2 })
        : normalField({ support: 'edge', sites: graph.edgeCount, components: 4, codomain, seed: 2 });
    const hermitian = directedTensors(graph, field);
    assert.deepEqual(
      adjoint(graph, hermitian).values.map((x) => x + 0),
      hermitian.values.map((x) => x + 0),
    );
  });
}

test('a node tensor stands on every half-edge that leaves the node, and reduces to itself', () => {
  const path = fromEdges(
    3,
    [
      [0, 1],
      [2, 1],
    ],
    { couplings: [1, 3] },
  );
  const nodes = fieldFrom(
    [
      [1, 2],
      [3, 4],
      [5, 6],
    ],
    { codomain: 'complex' },
  );
  assert.deepEqual([...fromSources(path, nodes).values], [1, 2, 3, 4, 3, 4, 5, 6]);
  assert.deepEqual(nodeTensors(path, fromSources(path, nodes)), nodes);
});

test('directed tensors reduce to nodes by what leaves the node, with the weights of the edges', () => {
  const path = fromEdges(
    3,
    [
      [0, 1],
      [2, 1],
    ],
    { couplings: [1, 3] },
  );
  const tensors = {
    codomain: 'real' as const,
    components: 1,
    chains: 1,
    values: Float32Array.of(1, 2, 6, 7),
  };
  assert.deepEqual([...nodeTensors(path, tensors).values], [1, 5, 7]);
  const field = normalField({
    support: 'edge',
    codomain: 'complex',
    sites: graph.edgeCount,
    components: 4,
    seed: 3,
  });
  assert.deepEqual(nodeTensors(graph, directedTensors(graph, field)), nodeTensors(graph, field));
});

test('errors say what is wrong', () => {
  const short = { codomain: 'real' as const, components: 1, chains: 1, values: new Float32Array(3) };
  assert.throws(() => adjoint(graph, short), /adjoint: 78 edges need 156 values, got 3/);
  assert.throws(() => nodeTensors(graph, short), /nodeTensors: 78 edges need 156 values, got 3/);
  assert.throws(
    () => fromSources(graph, normalField({ sites: 3, seed: 1 })),
    /fromSources: field must have 34 sites/,
  );
  const edges = normalField({ support: 'edge', sites: 78, seed: 1 });
  assert.throws(() => fromSources(graph, edges), /fromSources: field must live on nodes/);
});
