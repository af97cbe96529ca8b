// Groups of chains, mode variances and empirical laws: by hand and against what the numbers were drawn from.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isingDistribution } from '../../src/exact/index.js';
import { laplacianModes, ring } from '../../src/graphs/index.js';
import { effectiveDraws, empiricalLaw, inGroups, modeVariances } from '../../src/measure/index.js';
import { normals, Purpose, randomKey, uniformGenerator } from '../../src/randomness/index.js';

test('groups are consecutive and equal, or refused', () => {
  assert.deepEqual(inGroups([1, 2, 3, 4, 5, 6], 3), [
    [1, 2],
    [3, 4],
    [5, 6],
  ]);
  for (const count of [0, 4, 1.5, 7])
    assert.throws(() => inGroups([1, 2, 3, 4, 5, 6], count), /got 6 items in/);
});

test('mode variances by hand: one node, two chains, two records, two components', () => {
  const states = [Float32Array.of(1, 2, 3, 4), Float32Array.of(0, 1, 1, 0)];
  const found = modeVariances({ states, nodes: 1, components: 2, chains: 2 }, [[2]]);
  assert.deepEqual(
    found.map((chain) => chain[0]),
    [(4 * (1 + 9 + 0 + 1)) / 4, (4 * (4 + 16 + 1 + 0)) / 4],
  );
  assert.throws(
    () => modeVariances({ states, nodes: 1, components: 2, chains: 2 }, [[1, 1]]),
    /needs 1 entries, got 2/,
  );
  assert.throws(
    () => modeVariances({ states: [], nodes: 1, components: 2, chains: 2 }, [[1]]),
    /at least one record/,
  );
});

test('a field drawn mode by mode shows the variances it was drawn with', () => {
  const [nodes, chains] = [8, 4000];
  const { modes } = laplacianModes(ring(nodes));
  const z = normals(new Float64Array(nodes * chains), randomKey(5), {
    step: 0,
    purpose: Purpose.initial,
    nodes,
    lanes: chains,
  });
  const state = Float32Array.from({ length: nodes * chains }, (_, at) =>
    modes.reduce(
      (sum, u, k) => sum + u[Math.floor(at / chains)] * (k + 1) * z[k * chains + (at % chains)],
      0,
    ),
  );
  const byChain = modeVariances({ states: [state], nodes, components: 1, chains }, modes);
  modes.forEach((_, k) => {
    const mean = byChain.reduce((sum, chain) => sum + chain[k], 0) / chains;
    assert.ok(Math.abs(mean / (k + 1) ** 2 - 1) < 4 * Math.sqrt(2 / chains), `mode ${k}: ${mean}`);
  });
});

test('an empirical law counts, and refuses what is no state', () => {
  assert.deepEqual([...empiricalLaw([0, 2, 2, 2], 3)], [0.25, 0, 0.75]);
  assert.throws(() => empiricalLaw([0, 3], 3), /got 3 at record 1/);
  assert.throws(() => empiricalLaw([], 3), /at least one record/);
});

for (const copies of [1, 4]) {
  test(`effective draws: ${copies} copies of each draw count once`, () => {
    const p = isingDistribution(ring(6), { temperature: 2 });
    const random = uniformGenerator(9);
    const draw = (): number => {
      let [state, left] = [0, random()];
      while (left > p[state] && state < p.length - 1) left -= p[state++];
      return state;
    };
    const [replicas, draws] = [200, 100];
    const laws = Array.from({ length: replicas }, () =>
      empiricalLaw(
        Array.from({ length: draws }, draw).flatMap((state) => new Array<number>(copies).fill(state)),
        p.length,
      ),
    );
    const found = effectiveDraws(laws);
    assert.ok(Math.abs(found / draws - 1) < 0.1, `${found} of ${draws}`);
    assert.throws(() => effectiveDraws(laws.slice(0, 1)), /at least 2 replicas/);
  });
}
