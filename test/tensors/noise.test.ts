import assert from 'node:assert/strict';
import { normals, tf, uniforms } from '../../src/tensors/index.js';
import {
  normals as normalNumbers,
  Purpose,
  randomKey,
  uniforms as uniformNumbers,
} from '../../src/randomness/index.js';
import { onEachBackend } from './backends.js';

const SHAPES = [
  [0, 2, 3],
  [5, 1, 1],
  [7, 2, 1],
  [5, 3, 1],
  [4, 2, 2],
  [6, 1, 5],
  [9, 2, 3],
  [3, 2, 64],
  [10, 3, 7],
  [1, 1, 3],
  [2, 11, 1],
  [1, 1, 1],
  [5, 2, 8],
  [3, 8, 1],
  [23, 1, 1],
  [600, 2, 1],
  [700, 3, 1],
  [11, 3, 2],
  [130, 1, 16],
  [33, 1, 48],
  [2100, 1, 1],
  [9, 5, 4],
] as const;

/** Generated code works in float32, plain JavaScript in float64. */
const bound = (backend: string, exact: number): number =>
  backend === 'cpu' ? 6.1e-8 * Math.abs(exact) + 1e-15 : 6e-7 * (1 + Math.abs(exact));

onEachBackend('uniforms are those of src/randomness to the bit, normals to float32 rounding', (backend) => {
  const key = randomKey(7, 'noise test');
  for (const shape of SHAPES) {
    for (const step of [0, 12345, 2 ** 32 + 5, 2 ** 53 - 1]) {
      const draw = { step, purpose: Purpose.proposal, nodes: shape[0], lanes: shape[1] * shape[2] };
      const size = draw.nodes * draw.lanes;
      tf.tidy(() => {
        const u = uniforms(key, { step, purpose: Purpose.proposal, shape });
        assert.deepEqual(u.shape, [...shape]);
        assert.deepEqual(u.dataSync(), uniformNumbers(new Float32Array(size), key, draw));
        const z = normals(key, { step, purpose: Purpose.proposal, shape }).dataSync();
        normalNumbers(new Float64Array(size), key, draw).forEach((exact, i) => {
          assert.ok(
            Math.abs(z[i] - exact) <= bound(backend, exact),
            `${z[i]} for ${exact} in ${shape.join()}`,
          );
        });
      });
    }
  }
});

onEachBackend('normals have the moments of normals, and no correlation between steps', () => {
  const shape = [2000, 2, 25] as const;
  const n = 100_000;
  tf.tidy(() => {
    const at = (step: number): Float32Array =>
      normals(randomKey(1), { step, purpose: Purpose.noise, shape }).dataSync() as Float32Array;
    const [z, next] = [at(0), at(1)];
    const mean = (f: (x: number, i: number) => number): number =>
      z.reduce((sum, x, i) => sum + f(x, i), 0) / n;
    // within 4.5 standard errors: variances of z, z^2, z^3, z^4 are 1, 2, 15, 96
    const within = (value: number, expected: number, variance: number): void =>
      assert.ok(Math.abs(value - expected) < 4.5 * Math.sqrt(variance / n), `${value} for ${expected}`);
    within(
      mean((x) => x),
      0,
      1,
    );
    within(
      mean((x) => x ** 2),
      1,
      2,
    );
    within(
      mean((x) => x ** 3),
      0,
      15,
    );
    within(
      mean((x) => x ** 4),
      3,
      96,
    );
    within(
      mean((x, i) => x * next[i]),
      0,
      1,
    );
    within(
      mean((x) => (Math.abs(x) > 3 ? 1 : 0)),
      0.0026998,
      0.0026998,
    );
  });
});

onEachBackend('a request outside the counter is named', () => {
  const key = randomKey(0);
  const request = { step: 0, purpose: 0, shape: [2, 2, 2] as const };
  assert.throws(
    () => normals(key, { ...request, step: -1 }),
    /normals: step must be an integer in \[0, 9007199254740991\], got -1/,
  );
  assert.throws(
    () => uniforms(key, { ...request, purpose: 256 }),
    /uniforms: purpose must be an integer in \[0, 255\], got 256/,
  );
  assert.throws(
    () => normals(key, { ...request, shape: [2, 1.5, 2] }),
    /normals: components must be .* got 1.5/,
  );
});
