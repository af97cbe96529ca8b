import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { fc } from '../property.js';
import { gather, rowIndex, scatter, tf, type RowIndex } from '../../src/tensors/index.js';
import { normals, Purpose, randomKey } from '../../src/randomness/index.js';
import { onEachBackend, relativeError } from './backends.js';

type Case = { index: RowIndex; d: number; c: number };

/** Any number of rows, targets in any order or sorted, some of them empty, all widths of the inner loops. */
const arbitraryCase: fc.Arbitrary<Case> = fc
  .record({
    targets: fc.array(fc.nat(8), { maxLength: 40 }),
    sorted: fc.boolean(),
    d: fc.integer({ min: 1, max: 4 }),
    c: fc.constantFrom(1, 2, 3, 4, 5, 7, 8, 16, 19),
  })
  .map(({ targets, sorted, d, c }) => ({
    index: rowIndex(Int32Array.from(sorted ? targets.toSorted((x, y) => x - y) : targets), 9),
    d,
    c,
  }));

const random = (rows: number, d: number, c: number, step: number): Float32Array =>
  normals(new Float32Array(rows * d * c), randomKey(11), {
    step,
    purpose: Purpose.initial,
    nodes: rows,
    lanes: d * c,
  });

const tensor = (values: Float32Array, rows: number, d: number, c: number): tf.Tensor3D =>
  tf.tensor3d(values, [rows, d, c]);

test('an index lists the rows of each target in order', () => {
  const index = rowIndex(Int32Array.of(2, 0, 2), 3);
  assert.deepEqual([...index.starts], [0, 1, 1, 3]);
  assert.deepEqual([...index.order!], [1, 0, 2]);
  assert.equal(rowIndex([0, 0, 2], 3).order, undefined);
});

onEachBackend('gather and scatter are what their formulas say', () => {
  fc.assert(
    fc.property(arbitraryCase, ({ index, d, c }) => {
      const width = d * c;
      const [x, y] = [random(index.size, d, c, 0), random(index.targets.length, d, c, 1)];
      const gathered = new Float32Array(y.length);
      const scattered = new Float64Array(x.length);
      index.targets.forEach((target, m) => {
        for (let k = 0; k < width; k++) {
          gathered[m * width + k] = x[target * width + k];
          scattered[target * width + k] += y[m * width + k];
        }
      });
      tf.tidy(() => {
        assert.deepEqual(gather(tensor(x, index.size, d, c), index).dataSync(), gathered);
        const sums = scatter(tensor(y, index.targets.length, d, c), index);
        assert.deepEqual(sums.shape, [index.size, d, c]);
        assert.ok(relativeError(sums.dataSync(), scattered, 10) < 1e-6);
      });
    }),
    { numRuns: 150, seed: 1 },
  );
});

onEachBackend('the gradient of a function of gathered and scattered rows is its slope', () => {
  fc.assert(
    fc.property(
      arbitraryCase.filter(({ index }) => index.targets.length > 0),
      ({ index, d, c }) => {
        tf.tidy(() => {
          const weights = tensor(random(index.targets.length, d, c, 2), index.targets.length, d, c);
          // a quadratic function, whose central difference is exact at any width
          const f = (x: tf.Tensor): tf.Scalar =>
            scatter(gather(x as tf.Tensor3D, index).mul(weights), index)
              .square()
              .sum();
          const x = tensor(random(index.size, d, c, 0), index.size, d, c);
          const v = tensor(random(index.size, d, c, 3), index.size, d, c);
          const slope = tf.grad(f)(x).mul(v).sum().dataSync()[0];
          const difference = f(x.add(v))
            .sub(f(x.sub(v)))
            .div(2)
            .dataSync()[0];
          const size = f(x.abs().add(v.abs())).dataSync()[0];
          assert.ok(Math.abs(slope - difference) < 1e-5 * size, `${slope} against ${difference}`);
        });
      },
    ),
    { numRuns: 60, seed: 2 },
  );
});

onEachBackend('each is the adjoint of the other: <scatter y, x> = <y, gather x>', () => {
  const index = rowIndex(Int32Array.of(3, 1, 1, 0, 3, 3), 5);
  tf.tidy(() => {
    const x = tensor(random(5, 2, 3, 0), 5, 2, 3);
    const y = tensor(random(6, 2, 3, 1), 6, 2, 3);
    const [left, right] = [scatter(y, index).mul(x).sum(), y.mul(gather(x, index)).sum()];
    assert.ok(Math.abs(left.sub(right).dataSync()[0]) < 1e-5);
  });
});

onEachBackend("the gradient of a user's own tf.gather works too", () => {
  tf.tidy(() => {
    const x = tf.tensor2d([1, 2, 3, 4, 5, 6], [3, 2]);
    const slope = tf.grad((z: tf.Tensor) =>
      tf
        .gather(z, tf.tensor1d([2, 0, 2], 'int32'))
        .square()
        .sum(),
    )(x);
    assert.deepEqual([...slope.dataSync()], [2, 4, 0, 0, 20, 24]);
  });
});

test('the tables of an index that is no longer used are freed', () => {
  const engine = new URL('../../src/tensors/index.js', import.meta.url).href;
  const program = `
    import { gather, ready, rowIndex, tf } from '${engine}';
    await ready();
    const use = () => tf.tidy(() => { gather(tf.zeros([2, 1, 1]), rowIndex(new Int32Array(2 ** 20), 2)); });
    for (let i = 0; i < 40; i++) { use(); gc(); await new Promise((resolve) => setTimeout(resolve, 1)); }
    console.log(tf.backend().wasm.asm.memory.buffer.byteLength / 2 ** 20);`;
  const run = ['--expose-gc', '--input-type=module', '-e', program];
  const megabytes = Number(execFileSync(process.execPath, run, { encoding: 'utf8' }));
  assert.ok(megabytes < 80, `${megabytes} MB for one table of 4 MB and one tensor of 4 MB at a time`);
});

onEachBackend('bad rows are named', () => {
  assert.throws(() => rowIndex(Int32Array.of(0, 3), 3), {
    name: 'RangeError',
    message: 'rowIndex: targets must be integers in [0, 3), got 3 at row 1',
  });
  assert.throws(() => rowIndex([0.5], 3), /targets must be integers in \[0, 3\), got 0.5 at row 0/);
  assert.throws(() => rowIndex([], -1), /size must be an integer >= 0, got -1/);
  const index = rowIndex([0, 1], 3);
  tf.tidy(() => {
    assert.throws(
      () => gather(tf.zeros([2, 1, 1]), index),
      /gather: needs \[3, components, chains\], got \[2, 1, 1\]/,
    );
    assert.throws(
      () => scatter(tf.zeros([3, 1, 1]), index),
      /scatter: needs \[2, components, chains\], got \[3, 1, 1\]/,
    );
    assert.throws(
      () => gather(tf.zeros([3, 1, 1], 'int32'), index),
      /gather: needs a float32 tensor, got int32/,
    );
    assert.throws(() => gather(tf.zeros([3, 1]) as unknown as tf.Tensor3D, index), /got \[3, 1\]/);
  });
});
