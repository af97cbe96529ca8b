// The entropy of sampled Gaussian laws, its bias, and the jackknife that removes it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gaussianEntropy } from '../../src/measure/index.js';
import { jackknife, mean } from '../../src/statistics/index.js';
import { normals, Purpose, randomKey } from '../../src/randomness/index.js';

/** Independent normals of these deviations, one a node and component, as records of a run. */
function gaussianRun(
  nodes: number,
  components: number,
  chains: number,
  records: number,
  deviation: (at: number) => number,
) {
  const states = Array.from({ length: records }, (_, step) => {
    const draw = { step, purpose: Purpose.noise, nodes, lanes: components * chains };
    const z = normals(new Float32Array(nodes * components * chains), randomKey(5), draw);
    return z.map((x, k) => x * deviation(Math.floor(k / chains)));
  });
  return { states, nodes, components, chains };
}

/** Unit normals minus their mean are a unit normal on N - 1 modes: S = d (N - 1) ln(2 pi e) / 2. */
const unit = (modes: number): number => (modes / 2) * Math.log(2 * Math.PI * Math.E);

test('independent normals have d (N - 1) unit modes, once the bias n (n + 1) / 4 M is added', () => {
  for (const [nodes, components] of [
    [12, 1],
    [6, 2],
  ] as const) {
    const run = gaussianRun(nodes, components, 250, 10, () => 1);
    const modes = components * (nodes - 1);
    const bias = (modes * (modes + 1)) / (4 * 2500);
    // Var S = n / 2 M
    const error = Math.sqrt(modes / 5000);
    assert.ok(Math.abs(gaussianEntropy(run) + bias - unit(modes)) < 4 * error);
  }
});

test('a scale adds n ln s; a common shift of the nodes and a constant field add nothing', () => {
  const run = gaussianRun(8, 1, 50, 10, () => 1);
  const entropy = gaussianEntropy(run);
  const scaled = { ...run, states: run.states.map((values) => values.map((x) => 3 * x)) };
  assert.ok(Math.abs(gaussianEntropy(scaled) - entropy - 7 * Math.log(3)) < 1e-5);
  const shifted = { ...run, states: run.states.map((values) => values.map((x, k) => x + Math.sin(k % 50))) };
  assert.ok(Math.abs(gaussianEntropy(shifted) - entropy) < 1e-4);
  const offset = { ...run, states: run.states.map((values) => values.map((x, k) => x + Math.floor(k / 50))) };
  assert.ok(Math.abs(gaussianEntropy(offset) - entropy) < 1e-4);
});

test('correlated modes have less entropy than independent ones of the same variance', () => {
  const run = gaussianRun(3, 1, 500, 10, () => 1);
  const copied = {
    ...run,
    states: run.states.map((values) =>
      values.map((x, k) => (k >= 1000 ? 0.9 * values[k - 500] + 0.436 * x : x)),
    ),
  };
  assert.ok(gaussianEntropy(copied) < gaussianEntropy(run) - 0.3);
});

test('only the chains asked for are read, and too few states are named', () => {
  const run = gaussianRun(5, 1, 8, 20, (at) => 1 + at);
  const first = { ...run, chains: 2, states: run.states.map((values) => values.filter((_, k) => k % 8 < 2)) };
  assert.equal(gaussianEntropy(run, [0, 1]), gaussianEntropy(first));
  assert.throws(
    () => gaussianEntropy(gaussianRun(9, 1, 8, 1, () => 1)),
    /8 modes need more than 8 different states, got 8/,
  );
});

test('the jackknife returns the values for a mean, and removes the bias of the entropy', () => {
  assert.deepEqual(
    jackknife([1, 2, 3, 6], mean).map((x) => Math.round(x * 1e9) / 1e9),
    [1, 2, 3, 6],
  );
  assert.throws(() => jackknife([1, 2, 3], mean), /jackknife: needs at least 4 groups, got 3/);
  const run = gaussianRun(12, 1, 64, 4, () => 1);
  const groups = Array.from({ length: 16 }, (_, g) => [0, 1, 2, 3].map((c) => 4 * g + c));
  const pseudo = jackknife(groups, (some) => gaussianEntropy(run, some.flat()));
  const error = Math.sqrt(11 / (2 * 256));
  assert.ok(Math.abs(gaussianEntropy(run) - unit(11)) > 0.1, 'the bias is there');
  assert.ok(Math.abs(mean(pseudo) - unit(11)) < 4 * error);
  const scatter = Math.sqrt(mean(pseudo.map((x) => (x - mean(pseudo)) ** 2)) / 15);
  assert.ok(scatter > error / 2 && scatter < 2 * error, `${scatter} against ${error}`);
});
