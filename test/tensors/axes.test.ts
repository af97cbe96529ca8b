import assert from 'node:assert/strict';
import { fc } from '../property.js';
import { broadcast } from '../../src/tensors/axes.js';
import { tf, total } from '../../src/tensors/index.js';
import { normals, Purpose, randomKey } from '../../src/randomness/index.js';
import { onEachBackend, relativeError } from './backends.js';

const arbitraryShape = fc.record({
  rows: fc.integer({ min: 0, max: 9 }),
  d: fc.integer({ min: 1, max: 5 }),
  c: fc.constantFrom(1, 2, 3, 4, 6, 8, 9, 17),
});
const random = (rows: number, d: number, c: number): Float32Array =>
  normals(new Float32Array(rows * d * c), randomKey(12), {
    step: 0,
    purpose: Purpose.initial,
    nodes: rows,
    lanes: d * c,
  });

/** f(m, k, c) for the whole shape. */
function table(rows: number, d: number, c: number, f: (m: number, k: number, c: number) => number): number[] {
  const out: number[] = [];
  for (let m = 0; m < rows; m++) for (let k = 0; k < d; k++) for (let j = 0; j < c; j++) out.push(f(m, k, j));
  return out;
}

onEachBackend('totals are what their formula says', () => {
  fc.assert(
    fc.property(arbitraryShape, ({ rows, d, c }) => {
      const x = random(rows, d, c);
      const sums = table(1, 1, c, (_, __, j) =>
        table(rows, d, 1, (m, k) => x[(m * d + k) * c + j]).reduce((a, b) => a + b, 0),
      );
      tf.tidy(() =>
        assert.ok(relativeError(total(tf.tensor3d(x, [rows, d, c])).dataSync(), sums, 10) < 1e-6),
      );
    }),
    { numRuns: 80, seed: 1 },
  );
});

onEachBackend('a repeat along any axes', () => {
  for (const [r, k, j] of table(2, 2, 2, () => 0).map((_, i) => [i & 1, (i >> 1) & 1, i >> 2])) {
    const [rows, d, c] = [r ? 3 : 1, k ? 2 : 1, j ? 5 : 1];
    const x = random(rows, d, c);
    tf.tidy(() => {
      const t = tf.tensor3d(x, [rows, d, c]);
      const expected = table(3, 2, 5, (m, l, i) => x[((r ? m : 0) * d + (k ? l : 0)) * c + (j ? i : 0)]);
      assert.deepEqual([...broadcast(t, [3, 2, 5]).dataSync()], expected);
      const slope = tf.grad((z: tf.Tensor) => broadcast(z as tf.Tensor3D, [3, 2, 5]).sum())(t);
      assert.ok(slope.dataSync().every((s) => s === 30 / (rows * d * c)));
    });
  }
});

onEachBackend('the gradient of a total', () => {
  tf.tidy(() => {
    const x = tf.tensor3d([1, 2, 3, 4, 5, 6, 7, 8], [2, 2, 2]);
    const slope = tf.grad((z: tf.Tensor) =>
      total(z as tf.Tensor3D)
        .square()
        .sum(),
    )(x);
    assert.deepEqual([...slope.dataSync()], [32, 40, 32, 40, 32, 40, 32, 40]);
  });
});

onEachBackend('totals are accumulated in float64', () => {
  // in float32, 2^26 + 1 = 2^26
  const column = Float32Array.from({ length: 10_001 }, (_, m) =>
    m === 0 ? 2 ** 26 : m === 10_000 ? -(2 ** 26) : 1,
  );
  tf.tidy(() => {
    assert.equal(total(tf.tensor3d(column, [10_001, 1, 1])).dataSync()[0], 9999);
    const chains = broadcast(tf.tensor3d(column, [10_001, 1, 1]), [10_001, 1, 11]);
    assert.deepEqual(new Set(total(chains).dataSync()), new Set([9999]));
  });
});
