// Tensors from the first line of a plain script, before anything is awaited.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';

/** Each reaches tfjs by a way of its own. */
const lines = {
  checkTerm: 'lab.checkTerm(lab.interaction()).checks.map(({ rule }) => rule).includes("compiled")',
  custom: 'lab.checkTerm(lab.custom((x) => x.square().sum([0, 1]))).passed',
  withPlantedError:
    'lab.checkTerm(lab.withPlantedError(lab.interaction(), "factor 2")).failures.join() === "gradient"',
  energy:
    'lab.hamiltonian(lab.ring(3), [lab.interaction()]).energy(lab.tf.ones([3, 1, 2])).dataSync()[0] === 0',
  gradient:
    'lab.hamiltonian(lab.ring(3), [lab.interaction()]).gradient(lab.tf.ones([3, 1, 2]), { engine: "tensors" }).dataSync()[0] === 0',
  toTensor: 'lab.toTensor(lab.fieldFrom([1, 2])).dataSync()[1] === 2',
  total: 'lab.total(lab.toTensor(lab.fieldFrom([1, 2]))).dataSync()[0] === 3',
  gather:
    'lab.gather(lab.toTensor(lab.fieldFrom([1, 2])), lab.rowIndex(Int32Array.of(1), 2)).dataSync()[0] === 2',
  backendName: 'lab.backendName() === "wasm"',
};

for (const [name, line] of Object.entries(lines)) {
  test(`${name} as the first line of a script`, () => {
    const lab = new URL('../lab.js', import.meta.url).href;
    const script = `import * as lab from ${JSON.stringify(lab)};\nif (!(${line})) throw new Error('another answer');`;
    const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
      encoding: 'utf8',
    });
    assert.equal(status, 0, stderr);
  });
}
