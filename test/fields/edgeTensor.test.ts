// Edge tensors: Hermitian symmetry, the measure of its violation, and the Hermitian part.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from '../property.js';
import { directedTensors, edgeTensor, hermitianDefect, hermitianPart } from '../../src/fields/edgeTensor.js';
import type { Field } from '../../src/fields/field.js';
import { fieldFrom, normalField, randomAngles } from '../../src/fields/initial.js';
import { complete, fromEdges, type Graph, karateClub } from '../../src/graphs/index.js';

// edges named both ways round: 2-0 and 3-2 from their higher end
const graph = fromEdges(4, [
  [0, 1],
  [2, 0],
  [1, 2],
  [3, 2],
]);
const EDGES = graph.edgeCount;

function eachDirection(g: Graph, visit: (i: number, j: number, half: number) => void): void {
  for (let i = 0; i < g.nodeCount; i++) g.neighboursOf(i).forEach((j, k) => visit(i, j, g.offsets[i] + k));
}

const kinds: Record<string, (g: Graph, seed: number) => Field> = {
  real: (g, seed) => normalField({ support: 'edge', sites: g.edgeCount, components: 3, chains: 2, seed }),
  complex: (g, seed) =>
    normalField({ support: 'edge', sites: g.edgeCount, components: 4, chains: 2, seed, codomain: 'complex' }),
  angle: (g, seed) => randomAngles({ support: 'edge', sites: g.edgeCount, components: 2, chains: 3, seed }),
};

test('an edge stores the tensor of its lower end, whichever way it is named', () => {
  const field = fieldFrom(
    [
      [1, 2],
      [3, 4],
      [5, 6],
      [7, 8],
    ],
    { support: 'edge', codomain: 'complex' },
  );
  assert.deepEqual([...edgeTensor(graph, field, 0, 2)], [3, 4]);
  assert.deepEqual([...edgeTensor(graph, field, 2, 0)], [3, -4]);
  const angles = fieldFrom([1, 2, 3, 4], { support: 'edge', codomain: 'angle' });
  assert.deepEqual([edgeTensor(graph, angles, 2, 3)[0], edgeTensor(graph, angles, 3, 2)[0]], [4, -4]);
  const real = fieldFrom([1, 2, 3, 4], { support: 'edge' });
  assert.deepEqual([edgeTensor(graph, real, 2, 3)[0], edgeTensor(graph, real, 3, 2)[0]], [4, 4]);
});

for (const [name, make] of Object.entries(kinds)) {
  test(`${name}: both orientations are those of edgeTensor, and Hermitian to the last bit`, () => {
    for (const g of [graph, karateClub()]) {
      const field = make(g, 1);
      const tensors = directedTensors(g, field);
      eachDirection(g, (i, j, half) => {
        for (let c = 0; c < field.chains; c++) {
          const row = Array.from(
            { length: field.components },
            (_, k) => tensors.values[(half * field.components + k) * field.chains + c],
          );
          assert.deepEqual(row, [...edgeTensor(g, field, i, j, c)]);
        }
      });
      assert.equal(hermitianDefect(g, tensors), 0);
    }
  });
}

test('the defect is the norm of the one tensor that was changed', () => {
  const halves = fc.integer({ min: 0, max: 2 * EDGES - 1 });
  fc.assert(
    fc.property(halves, fc.integer({ min: 0, max: 1 }), (half, chain) => {
      const tensors = directedTensors(graph, kinds.complex(graph, 2));
      const values = tensors.values.slice();
      values[(half * 4 + 0) * 2 + chain] += 3;
      values[(half * 4 + 3) * 2 + chain] += 4;
      assert.ok(Math.abs(hermitianDefect(graph, { ...tensors, values }) - 5) < 1e-5);
    }),
  );
});

test('of angles the defect is a chord: a turn by 2 pi is none, by pi the most', () => {
  const tensors = directedTensors(graph, kinds.angle(graph, 3));
  const turned = (by: number) => ({
    ...tensors,
    values: tensors.values.map((x, i) => (i === 7 ? x + by : x)),
  });
  assert.ok(hermitianDefect(graph, turned(2 * Math.PI)) < 1e-6);
  assert.ok(Math.abs(hermitianDefect(graph, turned(Math.PI)) - 2) < 1e-6);
});

test('a protocol without symmetry: its Hermitian part is undirected, and a Hermitian field its own', () => {
  for (const name of ['real', 'complex']) {
    const field = kinds[name](graph, 4);
    assert.deepEqual(hermitianPart(graph, directedTensors(graph, field)).values, field.values);
    const { codomain, components, chains } = field;
    const { values } = normalField({ sites: 2 * EDGES, components, chains, seed: 5 });
    const directed = { codomain, components, chains, values };
    assert.ok(hermitianDefect(graph, directed) > 0.5);
    const part = hermitianPart(graph, directed);
    assert.equal(hermitianDefect(graph, directedTensors(graph, part)), 0);
    // nearest: what is left is anti-Hermitian, so it has no Hermitian part
    const whole = directedTensors(graph, part).values;
    const rest = { ...directed, values: values.map((x, i) => x - whole[i]) };
    assert.ok(hermitianPart(graph, rest).values.every((x) => Math.abs(x) < 1e-6));
  }
});

test('errors say what is wrong', () => {
  const field = kinds.real(graph, 1);
  assert.throws(() => edgeTensor(graph, field, 0, 3), /edgeTensor: \{0, 3\} is not an edge of graph/);
  assert.throws(() => edgeTensor(graph, field, 4, 0), /edgeTensor: \{4, 0\} is not an edge of graph/);
  assert.throws(() => edgeTensor(graph, normalField({ sites: 4, seed: 1 }), 0, 1), /must live on edges/);
  assert.throws(() => directedTensors(complete(5), field), /field must have 10 sites, got 4/);
  const tensors = directedTensors(graph, field);
  assert.throws(() => hermitianDefect(complete(5), tensors), /10 edges need 120 values, got 48/);
  const angles = directedTensors(graph, kinds.angle(graph, 1));
  assert.throws(() => hermitianPart(graph, angles), /tensors must be real or complex, got angle/);
});
