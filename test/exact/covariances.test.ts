// Covariances of linear Langevin dynamics: the Lyapunov equations themselves, second moments carried step by
// step, equipartition, and for batches of edges the average over every batch that there is.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Matrix } from 'ml-matrix';
import {
  eulerMaruyamaRatio,
  langevinCovariance,
  sgldCovariance,
  transitionMatrix,
} from '../../src/exact/index.js';
import { complete, fromEdges, laplacian, ring } from '../../src/graphs/index.js';

const near = (a: Matrix, b: Matrix, tolerance = 1e-11): void =>
  assert.ok(
    Matrix.sub(a, b).norm() <= tolerance * (1 + b.norm()),
    `${a.to2DArray()}, expected ${b.to2DArray()}`,
  );
const A = Matrix.add(
  laplacian(
    fromEdges(
      4,
      [
        [0, 1],
        [1, 2],
        [2, 0],
        [2, 3],
      ],
      { couplings: [1, 2, 0.5, 0.3] },
    ),
  ),
  Matrix.diag([1, 0.5, 0.7, 2]),
);
const temperature = [0.4, 3, 0, 1];
const T = Matrix.diag(temperature);

test('the Lyapunov equations, and the moments that steps lead to', () => {
  const at0 = langevinCovariance(A, { temperature });
  near(Matrix.add(A.mmul(at0), at0.mmul(A)), Matrix.mul(T, 2));
  const h = 0.2;
  const keeps = Matrix.sub(Matrix.eye(4), Matrix.mul(A, h));
  const noise = Matrix.mul(T, h / 2); // of (xi + xi') / 2: each half of it in two steps
  let [euler, matthews, shared] = [Matrix.zeros(4, 4), Matrix.zeros(4, 4), Matrix.zeros(4, 4)]; // shared = <x half'>, half' that of the step to come
  for (let step = 0; step < 400; step++) {
    euler = keeps
      .mmul(euler)
      .mmul(keeps)
      .add(Matrix.mul(T, 2 * h));
    const cross = keeps.mmul(shared);
    matthews = keeps.mmul(matthews).mmul(keeps).add(cross).add(cross.transpose()).add(Matrix.mul(noise, 2));
    shared = noise.clone();
  }
  near(langevinCovariance(A, { temperature, timeStep: h }), euler);
  near(langevinCovariance(A, { temperature, timeStep: h, method: 'leimkuhler-matthews' }), matthews);
});

test('equal temperatures: T / A at dt = 0 and for Leimkuhler-Matthews, Euler-Maruyama hotter by its ratio', () => {
  const inverse = langevinCovariance(A, { temperature: 1 });
  near(A.mmul(inverse), Matrix.eye(4));
  near(
    langevinCovariance(A, { temperature: 2, timeStep: 0.3, method: 'leimkuhler-matthews' }),
    Matrix.mul(inverse, 2),
  );
  const one = new Matrix([[4]]);
  near(
    langevinCovariance(one, { temperature: [3], timeStep: 0.1 }),
    new Matrix([[0.75 * eulerMaruyamaRatio(4, 0.1)]]),
  );
});

test('what dt does to Leimkuhler-Matthews where temperatures differ: nothing to modes, dt (a - b)^2 / 4 (a + b) to pairs of them', () => {
  const pair = new Matrix([
    [3, -2],
    [-2, 3],
  ]); // modes (1, 1) and (1, -1) of rates 1 and 5
  const h = 1e-3;
  const [at0, at] = [0, h].map((timeStep) =>
    langevinCovariance(pair, { temperature: [1, 2], timeStep, method: 'leimkuhler-matthews' }),
  );
  const cross = (C: Matrix): number => (C.get(0, 0) - C.get(1, 1)) / 2;
  assert.ok(Math.abs((1 - cross(at) / cross(at0)) / ((h * 16) / 24) - 1) < 0.01);
  for (const sign of [1, -1])
    assert.ok(
      Math.abs(
        at.get(0, 0) +
          at.get(1, 1) +
          2 * sign * at.get(0, 1) -
          (at0.get(0, 0) + at0.get(1, 1) + 2 * sign * at0.get(0, 1)),
      ) < 1e-12,
    );
});

test('batches: the second moments are kept by the average over all batches', () => {
  const graph = fromEdges(
    4,
    [
      [0, 1],
      [1, 2],
      [2, 0],
      [2, 3],
      [0, 3],
    ],
    { couplings: [1, 2, 0.5, 1, 0.7] },
  );
  const { edgeCount: E, nodeCount: N, endpoints } = graph;
  const [J, pin, h] = [0.8, 0.6, 0.05];
  for (const batch of [1, 2, 4, 5]) {
    const { covariance: C, excess } = sgldCovariance(graph, { temperature: 1.3, J, pin, timeStep: h, batch });
    const sum = Matrix.zeros(N, N);
    let batches = 0;
    for (let bits = 0; bits < 2 ** E; bits++) {
      const edges = Array.from({ length: E }, (_, e) => e).filter((e) => (bits >> e) & 1);
      if (edges.length !== batch) continue;
      const keeps = Matrix.eye(N).mul(1 - h * pin);
      for (const e of edges) {
        const [i, j, slope] = [
          endpoints[2 * e],
          endpoints[2 * e + 1],
          ((h * E) / batch) * 2 * J * graph.coupling(e),
        ];
        for (const [a, b, sign] of [
          [i, i, -1],
          [j, j, -1],
          [i, j, 1],
          [j, i, 1],
        ])
          keeps.set(a, b, keeps.get(a, b) + sign * slope);
      }
      sum.add(keeps.mmul(C).mmul(keeps));
      batches++;
    }
    near(sum.div(batches).add(Matrix.eye(N).mul(2 * h * 1.3)), C);
    assert.equal(excess.norm() === 0, batch === E);
  }
});

test('with temperatures by node a kernel has the law that it keeps; equal ones are one', () => {
  const system = {
    nodes: 3,
    values: [-1, 1],
    energy: ([a, b, c]: Float64Array) => -a * b - 0.5 * b * c,
    rule: 'heat bath',
  } as const;
  const [one, each] = [1.7, [1.7, 1.7, 1.7]].map((T) => transitionMatrix({ ...system, temperature: T }));
  one.law.forEach((p, s) => assert.ok(Math.abs(p - each.law[s]) < 1e-14));
  // a pair in which one node does not see the other: T_0 = infinity, so to speak
  const { law } = transitionMatrix({
    ...system,
    nodes: 2,
    energy: ([a, b]) => -a * b,
    temperature: [1e15, 0.7],
  });
  [law[0b11], law[0b00]].forEach((p) =>
    assert.ok(Math.abs(p - 0.25 * (1 + Math.tanh(1 / 0.7) / 2)) < 1e-9, `${p}`),
  );
});

test('names what is wrong', () => {
  assert.throws(
    () => langevinCovariance(A, { temperature: [1, 2] }),
    /langevinCovariance: temperature must have one value per coordinate \(4\), got 2/,
  );
  assert.throws(
    () => langevinCovariance(A, { temperature: [1, 2, -1, 0] }),
    /temperature\[2\] must be finite and not negative, got -1/,
  );
  assert.throws(
    () => langevinCovariance(laplacian(ring(4)), { temperature: 1 }),
    /the stiffness must be positive definite/,
  );
  assert.throws(
    () =>
      langevinCovariance(
        new Matrix([
          [1, 2],
          [0, 1],
        ]),
        { temperature: 1 },
      ),
    /the stiffness must be symmetric/,
  );
  assert.throws(
    () => langevinCovariance(A, { temperature: 1, timeStep: 2 }),
    /timeStep must be below 2 \/ a_max/,
  );
  const options = { temperature: 1, pin: 1, timeStep: 0.1, batch: 2 };
  near(sgldCovariance(ring(5), options).covariance, sgldCovariance(ring(5), { ...options, J: 1 }).covariance);
  assert.throws(
    () => sgldCovariance(ring(5), { ...options, batch: 6 }),
    /sgldCovariance: batch must be an integer in \[1, 5\], got 6/,
  );
  assert.throws(
    () => sgldCovariance(ring(5), { ...options, pin: 0 }),
    /sgldCovariance: pin must be positive/,
  );
  assert.throws(
    () => sgldCovariance(complete(8), { ...options, J: 1 / 2, timeStep: 0.2, batch: 1 }),
    /timeStep 0.2 is too large for batches of 1 of 28 edges: the second moments are infinite/,
  );
  const system = { nodes: 2, values: [0, 1], energy: () => 0, rule: 'glauber' } as const;
  assert.throws(
    () => transitionMatrix({ ...system, temperature: [1] }),
    /transitionMatrix: temperature must have one value per node \(2\), got 1/,
  );
  assert.throws(
    () => transitionMatrix({ ...system, temperature: [1, 0] }),
    /transitionMatrix: temperature\[1\] must be positive/,
  );
});
