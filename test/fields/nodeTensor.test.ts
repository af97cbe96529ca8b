// The reduction of edge tensors to nodes, relabelling, holonomy: what may not depend on the names of nodes.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from '../property.js';
import { edgeTensor } from '../../src/fields/edgeTensor.js';
import { Field } from '../../src/fields/field.js';
import { holonomy } from '../../src/fields/holonomy.js';
import { constantField, fieldFrom, normalField, randomAngles } from '../../src/fields/initial.js';
import { nodeTensors } from '../../src/fields/nodeTensor.js';
import { pinned } from '../../src/fields/gauge.js';
import { permuteField } from '../../src/fields/relabel.js';
import { complete, fromEdges, type Graph, karateClub, permuteNodes } from '../../src/graphs/index.js';
import { shuffle, uniformGenerator } from '../../src/randomness/index.js';

const close = (a: number, b: number, tolerance = 1e-6): void =>
  assert.ok(Math.abs(a - b) <= tolerance * (1 + Math.abs(b)), `${a} is not ${b}`);

/** The karate club with couplings in (0, 1), edges turned at random. */
function weighted(seed: number): Graph {
  const random = uniformGenerator(seed);
  const { nodeCount, endpoints } = karateClub();
  const edges = Array.from({ length: endpoints.length / 2 }, (_, e): [number, number] =>
    random() < 0.5 ? [endpoints[2 * e], endpoints[2 * e + 1]] : [endpoints[2 * e + 1], endpoints[2 * e]],
  );
  return fromEdges(nodeCount, edges, { couplings: edges.map(() => random()) });
}
const permutationOf = (count: number, seed: number): number[] =>
  shuffle(
    Array.from({ length: count }, (_, i) => i),
    uniformGenerator(seed, 'permutation'),
  );
const edgeField = ({ edgeCount }: Graph, seed: number): Field =>
  normalField({ support: 'edge', codomain: 'complex', sites: edgeCount, components: 4, chains: 2, seed });

test('the weighted mean of known tensors, conjugated at the higher end', () => {
  const path = fromEdges(
    3,
    [
      [0, 1],
      [2, 1],
    ],
    { couplings: [1, 3] },
  );
  const field = fieldFrom(
    [
      [1, 2],
      [5, 6],
    ],
    { support: 'edge', codomain: 'complex' },
  );
  // node 1: (1 (1 - 2i) + 3 (5 + 6i)) / 4
  assert.deepEqual([...nodeTensors(path, field).values], [1, 2, 4, 4, 5, -6]);
  const real = fieldFrom([1, 5], { support: 'edge' });
  assert.deepEqual([...nodeTensors(path, real).values], [1, 4, 5]);
});

test('equal real tensors reduce to themselves, whatever the couplings', () => {
  const graph = weighted(1);
  const nodes = nodeTensors(graph, constantField({ support: 'edge', sites: graph.edgeCount, chains: 2 }, 3));
  assert.deepEqual([nodes.support, nodes.sites, nodes.chains], ['node', 34, 2]);
  nodes.values.forEach((x) => close(x, 3));
});

test('reduction commutes with relabelling', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 9999 }), (seed) => {
      const graph = weighted(seed);
      const permutation = permutationOf(graph.nodeCount, seed);
      const field = edgeField(graph, seed);
      const before = permuteField(graph, nodeTensors(graph, field), permutation);
      const after = nodeTensors(permuteNodes(graph, permutation), permuteField(graph, field, permutation));
      assert.deepEqual(after.declaration(), before.declaration());
      after.values.forEach((x, i) => close(x, before.values[i]));
    }),
    { numRuns: 30 },
  );
});

test('a relabelled edge field has the same T_ij between the same nodes', () => {
  const graph = weighted(2);
  const permutation = permutationOf(34, 2);
  const relabelled = permuteNodes(graph, permutation);
  for (const field of [edgeField(graph, 2), randomAngles({ support: 'edge', sites: 78, seed: 2 })]) {
    const moved = permuteField(graph, field, permutation);
    for (let i = 0; i < 34; i++)
      for (const j of graph.neighboursOf(i)) {
        assert.deepEqual(
          edgeTensor(relabelled, moved, permutation[i], permutation[j]),
          edgeTensor(graph, field, i, j),
        );
      }
  }
});

test('a node field follows its nodes, and so do its pins; the inverse brings it back', () => {
  const path = fromEdges(3, [
    [0, 1],
    [1, 2],
  ]);
  const field = pinned(fieldFrom([10, 20, 30]), [0]);
  const moved = permuteField(path, field, [2, 0, 1]);
  assert.deepEqual([...moved.values], [20, 30, 10]);
  assert.deepEqual(moved.gauge, { pinned: [2] });
  const graph = weighted(3);
  const permutation = permutationOf(34, 3);
  const inverse = permutation.map((_, i) => permutation.indexOf(i));
  const onNodes = normalField({ sites: 34, components: 2, chains: 3, seed: 3 });
  for (const original of [onNodes, edgeField(graph, 3)]) {
    const there = permuteField(graph, original, permutation);
    const back = permuteField(permuteNodes(graph, permutation), there, inverse);
    assert.deepEqual(back, original);
  }
});

test('disagreement sum J |x_i - x_j|^2 does not notice names', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 9999 }), (seed) => {
      const graph = weighted(seed);
      const permutation = permutationOf(34, seed);
      const field = normalField({ sites: 34, seed });
      const energy = ({ endpoints, couplings }: Graph, x: Field) =>
        couplings.reduce(
          (sum, j, e) => sum + j * (x.at(endpoints[2 * e]) - x.at(endpoints[2 * e + 1])) ** 2,
          0,
        );
      const relabelled = energy(permuteNodes(graph, permutation), permuteField(graph, field, permutation));
      close(relabelled, energy(graph, field), 1e-14);
    }),
    { numRuns: 30 },
  );
});

test('holonomy: known, reversed, gauge invariant, zero for a pure gauge', () => {
  const triangle = complete(3);
  const one = fieldFrom([1, 0, 0], { support: 'edge', codomain: 'angle' });
  close(holonomy(triangle, one, [0, 1, 2])[0], 1);
  close(holonomy(triangle, one, [2, 1, 0])[0], -1);
  const graph = karateClub();
  const theta = randomAngles({ support: 'edge', sites: 78, chains: 2, seed: 6 });
  const alpha = randomAngles({ sites: 34, chains: 2, seed: 7 });
  const gauged = (from: Field): Field =>
    from.with(
      from.values.map((x, i) => {
        const [e, c] = [Math.floor(i / 2), i % 2];
        const [a, b] = [graph.endpoints[2 * e], graph.endpoints[2 * e + 1]].sort((p, q) => p - q);
        return x + alpha.at(a, 0, c) - alpha.at(b, 0, c);
      }),
    );
  const loops = [
    [0, 1, 2],
    [0, 1, 2, 3],
    [32, 33, 8],
    [0, 1],
  ];
  for (const loop of loops) {
    const [before, after] = [holonomy(graph, theta, loop), holonomy(graph, gauged(theta), loop)];
    const pure = holonomy(graph, gauged(theta.with(new Float32Array(156))), loop);
    for (const c of [0, 1]) {
      assert.ok(Math.abs(Math.sin((before[c] - after[c]) / 2)) < 1e-5);
      assert.ok(Math.abs(pure[c]) < 1e-5);
    }
  }
  assert.ok(holonomy(graph, theta, [0, 1])[0] === 0);
  assert.throws(() => holonomy(graph, theta, [0, 1, 33]), /\{1, 33\} is not an edge of karateClub/);
  const two = edgeField(graph, 1);
  assert.throws(() => holonomy(graph, two, [0, 1, 2]), /holonomy: field must have 2 components, got 4/);
});

test('errors say what is wrong', () => {
  const lonely = fromEdges(3, [[0, 1]], { connected: false });
  const field = fieldFrom([1], { support: 'edge' });
  assert.throws(() => nodeTensors(lonely, field), /nodeTensors: node 2 has no edge of positive coupling/);
  const angles = fieldFrom([1], { support: 'edge', codomain: 'angle' });
  assert.throws(() => nodeTensors(lonely, angles), /only real or complex tensors have a mean, got angle/);
  const twice = /permuteField: permutation must hold each of 0 ... 2 once, got 0, 1, 1/;
  assert.throws(() => permuteField(lonely, field, [0, 1, 1]), twice);
  const small = fieldFrom([1, 2]);
  assert.throws(() => permuteField(lonely, small, [0, 1, 2]), /permuteField: field must have 3 sites, got 2/);
});
