import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from '../property.js';
import { circle, fitToSquare, naturalLayout, stress } from '../../src/graphs/nodePositions.js';

const graph = (nodeCount: number, edges: readonly (readonly [number, number])[]) => ({
  nodeCount,
  edgeCount: edges.length,
  endpoints: Int32Array.from(edges.flat()),
});
const ring = (n: number, reach = 1) =>
  graph(
    n,
    Array.from({ length: n }, (_, i) =>
      Array.from({ length: reach }, (_, k) => [i, (i + k + 1) % n] as const),
    ).flat(),
  );
const distance = (at: Float64Array, i: number, j: number): number =>
  Math.hypot(at[2 * i] - at[2 * j], at[2 * i + 1] - at[2 * j + 1]);

test('a path is drawn as a straight horizontal line with equal steps', () => {
  const n = 12;
  const at = stress(
    graph(
      n,
      Array.from({ length: n - 1 }, (_, i) => [i, i + 1] as const),
    ),
  );
  for (let i = 1; i < n; i++) assert.ok(Math.abs(distance(at, i - 1, i) - 2 / (n - 1)) < 2e-3);
  for (let i = 0; i < n; i++) assert.ok(Math.abs(at[2 * i + 1]) < 0.05);
});

test('a long ring is drawn as a regular polygon', () => {
  const n = 16;
  const at = stress(ring(n));
  const radii = Array.from({ length: n }, (_, i) => Math.hypot(at[2 * i], at[2 * i + 1]));
  assert.ok(Math.max(...radii) / Math.min(...radii) < 1.02, `${Math.max(...radii) / Math.min(...radii)}`);
});

test('complete graphs, single nodes and separate parts have finite distinct places', () => {
  const complete = graph(
    6,
    [0, 1, 2, 3, 4, 5].flatMap((i) => [0, 1, 2, 3, 4, 5].slice(i + 1).map((j) => [i, j] as const)),
  );
  for (const one of [
    complete,
    graph(1, []),
    graph(4, [
      [0, 1],
      [2, 3],
    ]),
    graph(3, []),
  ]) {
    const at = stress(one);
    assert.ok(at.every((value) => Math.abs(value) <= 1));
    for (let i = 0; i < one.nodeCount; i++) for (let j = 0; j < i; j++) assert.ok(distance(at, i, j) > 0.05);
  }
});

test('the layout depends on the graph alone', () => {
  const one = ring(30, 2);
  assert.deepEqual(stress(one), stress(one));
});

test('rings get a circle, others stress; too many nodes are refused with the way out', () => {
  assert.equal(naturalLayout(ring(64, 2)), 'circle');
  assert.equal(
    naturalLayout(
      graph(7, [
        [0, 3],
        [1, 5],
        [2, 6],
        [0, 6],
        [4, 1],
        [3, 5],
      ]),
    ),
    'stress',
  );
  assert.throws(
    () => stress(ring(1501)),
    /stress: at most 1500 nodes, got 1501; pass positions or layout: 'circle'/,
  );
});

test('positions fill the square from -1 to 1 at equal scales', () => {
  fc.assert(
    fc.property(
      fc
        .array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 4, maxLength: 40 })
        .map((list) => list.slice(0, 2 * Math.floor(list.length / 2))),
      (list) => {
        const at = fitToSquare(list);
        const size = Math.max(...at.map(Math.abs));
        assert.ok(size <= 1 + 1e-9);
        if (Math.max(...list) - Math.min(...list) > 1e-3 && list.length > 4) {
          const spread = (k: number) => {
            const values = list.filter((_, i) => i % 2 === k);
            return Math.max(...values) - Math.min(...values);
          };
          if (Math.max(spread(0), spread(1)) > 1e-3) assert.ok(size > 1 - 1e-6);
        }
      },
    ),
    { seed: 1 },
  );
});

test('node 0 of a circle is on top, the next to its right', () => {
  assert.deepEqual(
    [...circle(4)].map((value) => Math.round(value) + 0),
    [0, 1, 1, 0, 0, -1, -1, 0],
  );
});
