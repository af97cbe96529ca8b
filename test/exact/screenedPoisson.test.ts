// The screened Poisson equation against a dense solve.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Matrix, solve } from 'ml-matrix';
import { screenedPoisson } from '../../src/exact/index.js';
import { fromEdges, type Graph, laplacian, smallWorld } from '../../src/graphs/index.js';
import { uniformGenerator } from '../../src/randomness/index.js';

const graph = smallWorld(40, 4, 0.2, { seed: 5 });
const random = (name: string, length: number): Float64Array => {
  const next = uniformGenerator(name);
  return Float64Array.from({ length }, () => next());
};
const largestDifference = (x: ArrayLike<number>, y: ArrayLike<number>): number =>
  Math.max(...Array.from(x, (value, i) => Math.abs(value - y[i])));

/** (L + gamma)^-1 b, dense. */
const dense = (of: Graph, decay: number, b: ArrayLike<number>): number[] =>
  solve(
    Matrix.add(laplacian(of), Matrix.eye(of.nodeCount).mul(decay)),
    Matrix.columnVector(Array.from(b)),
  ).to1DArray();

test('the screened Poisson equation is solved as a dense solve does, islands and weights too', () => {
  const islands = fromEdges(
    5,
    [
      [0, 1],
      [2, 3],
      [3, 4],
    ],
    { couplings: [0.3, 2, 5], connected: false },
  );
  for (const [of, decay] of [
    [graph, 0.1],
    [graph, 1e-4],
    [islands, 0.7],
  ] as const) {
    const b = random(`b${decay}`, of.nodeCount);
    const [x, exact] = [screenedPoisson(of, { decay, source: b }), dense(of, decay, b)];
    assert.ok(largestDifference(x, exact) < 1e-11 * Math.max(...exact), `decay ${decay}`);
  }
  const [own, source] = [random('own', 40).map((each) => 0.01 + each), random('source', 40)];
  const exact = solve(
    Matrix.add(laplacian(graph), Matrix.diag(Array.from(own))),
    Matrix.columnVector(Array.from(source)),
  ).to1DArray();
  assert.ok(
    largestDifference(screenedPoisson(graph, { decay: own, source }), exact) < 1e-11 * Math.max(...exact),
    'a decay a node',
  );
  assert.throws(
    () => screenedPoisson(graph, { decay: [1], source }),
    /screenedPoisson: decay, if it is a list, must have one value per node \(40\), got 1/,
  );
  assert.throws(
    () => screenedPoisson(graph, { decay: new Float64Array(40), source }),
    /screenedPoisson: decay\[0\] must be positive and finite, got 0/,
  );
  assert.throws(
    () => screenedPoisson(graph, { decay: 0, source: [] }),
    /screenedPoisson: decay must be positive and finite, got 0/,
  );
  assert.throws(
    () => screenedPoisson(graph, { decay: 1, source: [1] }),
    /screenedPoisson: source must have one value per node \(40\), got 1/,
  );
});
