// A program may load tfjs itself, as tfjs-node does: all copies share one engine, before the lab or after it.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { test } from 'node:test';

const lab = `await import('${new URL('../../src/index.js', import.meta.url).href}')`;
const own = `createRequire('${createRequire(import.meta.url).resolve('emtd-lab/package.json')}')('@tensorflow/tfjs')`;

for (const [order, loads] of Object.entries({
  before: `const own = ${own}; const { tf, tensors: { ready, gather, rowIndex } } = ${lab};`,
  after: `const { tf, tensors: { ready, gather, rowIndex } } = ${lab}; await ready(); const own = ${own};`,
})) {
  test(`tensors of another copy of tfjs, loaded ${order} the lab, are the lab's tensors`, () => {
    const program = `
      import { createRequire } from 'node:module';
      ${loads}
      await ready();
      const theirs = own.tensor3d([[[1]], [[2]], [[3]]]);
      const index = rowIndex([2, 0], 3);
      const loss = (x) => gather(x, index).square().sum();
      console.log(JSON.stringify([
        own.getBackend(), own.engine() === tf.engine(), theirs instanceof tf.Tensor, tf.scalar(1) instanceof own.Tensor,
        [...gather(theirs, index).add(tf.scalar(1)).dataSync()],
        [...tf.grad(loss)(theirs).dataSync()], [...own.grad(loss)(theirs).dataSync()],
        typeof theirs[Symbol.for('Jupyter.display')],
      ]));`;
    const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
      encoding: 'utf8',
    });
    assert.equal(stderr, '');
    assert.deepEqual(JSON.parse(stdout), [
      'wasm',
      true,
      true,
      true,
      [4, 2],
      [2, 0, 6],
      [2, 0, 6],
      'function',
    ]);
  });
}
