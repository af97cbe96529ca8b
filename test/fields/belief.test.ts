// Beliefs: softmax, Shannon entropy, the measure under moves on logits, labels drawn from beliefs.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from '../property.js';
import { Matrix, determinant } from 'ml-matrix';
import {
  beliefEntropy,
  beliefsFrom,
  centredLogits,
  drawLabels,
  probabilities,
  softmax,
  softmaxLogJacobian,
} from '../../src/fields/belief.js';
import { fieldFrom } from '../../src/fields/initial.js';
import { shannonEntropy } from '../../src/fields/entropy.js';
import { hamiltonian, site } from '../../src/energies/index.js';
import { fromEdges } from '../../src/graphs/index.js';

const logitRow = (count: number, reach: number) =>
  fc.array(fc.float({ min: -reach, max: reach, noNaN: true }), { minLength: count, maxLength: count });
const logitRows = fc
  .integer({ min: 2, max: 6 })
  .chain((q) => fc.array(logitRow(q, 30), { minLength: 1, maxLength: 4 }));
const simplex = (rows: number[][]) => fieldFrom(rows, { codomain: 'simplex' });
const close = (a: number, b: number, tolerance: number): void =>
  assert.ok(Math.abs(a - b) <= tolerance, `${a} is not ${b} within ${tolerance}`);

test('entropy is that of the probabilities, in [0, ln q], and blind to a shift of the logits', () => {
  fc.assert(
    fc.property(logitRows, fc.integer({ min: -50, max: 50 }), (rows, shift) => {
      const field = simplex(rows);
      const q = field.components;
      const p = probabilities(field);
      const shifted = beliefEntropy(simplex(rows.map((row) => row.map((l) => l + shift))));
      beliefEntropy(field).forEach((s, i) => {
        const pi = p.subarray(i * q, (i + 1) * q);
        close(
          pi.reduce((sum, x) => sum + x, 0),
          1,
          1e-14,
        );
        assert.ok(s >= 0 && s <= Math.log(q) * (1 + 1e-15));
        close(s, shannonEntropy(pi), 1e-13);
        close(s, shifted[i], 1e-4); // the shift rounds float32 logits
      });
    }),
  );
});

test('entropy at extreme logits is exact where naive formulas give NaN', () => {
  const [certain, split] = beliefEntropy(
    simplex([
      [1e30, 0, -1e30],
      [1e30, 1e30, -1e30],
    ]),
  );
  assert.equal(certain, 0);
  close(split, Math.LN2, 1e-15);
});

test('probabilities go in and come out', () => {
  const p = [
    [0.5, 0.25, 0.25],
    [0.9, 0.05, 0.05],
  ];
  const field = beliefsFrom(p);
  probabilities(field).forEach((x, i) => close(x, p.flat()[i], 1e-7));
  for (const row of [0, 1]) close(field.at(row, 0) + field.at(row, 1) + field.at(row, 2), 0, 1e-6);
  assert.throws(() => beliefsFrom([[1, 0]]), /beliefsFrom: probabilities must be positive, got 0/);
  assert.throws(() => beliefEntropy(fieldFrom([1])), /beliefEntropy: field must be simplex, got real/);
});

test('centring logits leaves the beliefs', () => {
  fc.assert(
    fc.property(logitRows, (rows) => {
      const [before, after] = [probabilities(simplex(rows)), probabilities(centredLogits(simplex(rows)))];
      before.forEach((x, i) => close(after[i], x, 1e-5));
    }),
  );
});

test('softmax Jacobian: the determinant of (l_1 ... l_{q-1}) -> (p_1 ... p_{q-1}), by differences', () => {
  const step = 1e-5;
  const smallLogits = fc.integer({ min: 2, max: 6 }).chain((q) => logitRow(q - 1, 2));
  fc.assert(
    fc.property(smallLogits, (head) => {
      const p = (l: number[]) => softmax(Float64Array.from([...l, -l.reduce((sum, x) => sum + x, 0)]));
      const moved = (k: number, by: number) => p(head.map((l, m) => (m === k ? l + by : l)));
      const columns = head.map((_, k) => {
        const [up, down] = [moved(k, step), moved(k, -step)];
        return head.map((__, j) => (up[j] - down[j]) / (2 * step));
      });
      const field = simplex([[...head, -head.reduce((sum, x) => sum + x, 0)]]);
      close(softmaxLogJacobian(field)[0], Math.log(Math.abs(determinant(new Matrix(columns)))), 1e-6);
    }),
    { numRuns: 50 },
  );
});

test('softmax Jacobian: integrates over logits to the area of the simplex, 1/2 for q = 3', () => {
  const [reach, step] = [25, 0.1];
  const rows: number[][] = [];
  for (let x = -reach; x <= reach; x += step) {
    for (let y = -reach; y <= reach; y += step) rows.push([x, y, -x - y]);
  }
  const total = softmaxLogJacobian(simplex(rows)).reduce((sum, log) => sum + Math.exp(log) * step * step, 0);
  close(total, 1 / 2, 1e-6);
});

test('softmax Jacobian: flat on the simplex, E ln p_1 = -1 - 1/2 for q = 3', () => {
  // E ln p_1 under Dirichlet(1, 1, 1) is digamma(1) - digamma(3) = -(1 + 1/2)
  const [reach, step] = [25, 0.1];
  let [mean, norm] = [0, 0];
  for (let x = -reach; x <= reach; x += step) {
    const rows: number[][] = [];
    for (let y = -reach; y <= reach; y += step) rows.push([x, y, -x - y]);
    const field = simplex(rows);
    const p = probabilities(field);
    softmaxLogJacobian(field).forEach((log, i) => {
      if (p[3 * i] > 0) mean += Math.exp(log) * Math.log(p[3 * i]);
      norm += Math.exp(log);
    });
  }
  close(mean / norm, -1.5, 1e-5);
});

test('softmax Jacobian: the site term of its docstring is - T sum_k ln p_k', () => {
  fc.assert(
    fc.property(logitRows, fc.float({ min: Math.fround(0.1), max: 9, noNaN: true }), (rows, T) => {
      const field = simplex(rows);
      const term = site((l, t) => l.sub(l.logSumExp()).sum().mul(t).neg(), { T });
      const graph = fromEdges(rows.length, [], { connected: false });
      const energy = hamiltonian(graph, [term]).energy64(field.chain(0));
      const logs = softmaxLogJacobian(field).reduce((sum, log) => sum + log - Math.log(field.components), 0);
      close(energy, -T * logs, 1e-10 * (1 + Math.abs(energy)));
    }),
  );
});

test('labels are drawn from the beliefs', () => {
  const p = [0.7, 0.2, 0.1];
  const sites = 5000;
  const field = beliefsFrom(Array.from({ length: sites }, () => p));
  const labels = drawLabels(field, { seed: 'opinions' });
  assert.deepEqual([labels.codomain, labels.states, labels.sites, labels.chains], ['potts', 3, sites, 1]);
  p.forEach((pk, k) => {
    const share = labels.values.filter((x) => x === k).length / sites;
    close(share, pk, 4.5 * Math.sqrt((pk * (1 - pk)) / sites));
  });
  assert.deepEqual(labels.values, drawLabels(field, { seed: 'opinions' }).values);
  assert.notDeepEqual(labels.values, drawLabels(field, { seed: 'opinions', step: 1 }).values);
  assert.deepEqual(
    [
      ...drawLabels(
        simplex([
          [-99, 99],
          [99, -99],
        ]),
        { seed: 1 },
      ).values,
    ],
    [1, 0],
  );
});
