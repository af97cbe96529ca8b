import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import {
  availableBackends,
  backendName,
  ready,
  setBackend,
  tf,
  type BackendChoice,
} from '../../src/tensors/index.js';

test('a program that never chose a backend runs on wasm, without a banner', () => {
  const engine = new URL('../../src/tensors/index.js', import.meta.url).href;
  const program = `
    import { backendName, ready, tf } from '${engine}';
    const early = [backendName(), tf.scalar(1).dataSync()[0]];
    await ready();
    console.log(JSON.stringify([...early, backendName(), tf.scalar(1).dataSync()[0]]));`;
  const output = execFileSync(process.execPath, ['--input-type=module', '-e', program], {
    encoding: 'utf8',
    stdio: 'pipe',
  });
  assert.equal(output.trim(), '["wasm",1,"wasm",1]');
});

test('tensors move to the backend that is chosen', async () => {
  await setBackend('auto');
  assert.equal(backendName(), 'wasm');
  const x = tf.tensor1d([1, 2, 3]);
  await setBackend('cpu');
  assert.deepEqual([...x.square().dataSync()], [1, 4, 9]);
  await setBackend('wasm');
  assert.deepEqual([...x.square().dataSync()], [1, 4, 9]);
  await ready();
  assert.equal(backendName(), 'wasm');
});

test('a choice right after the import is not overtaken by the default', () => {
  const engine = new URL('../../src/tensors/index.js', import.meta.url).href;
  const program = `
    import { backendName, setBackend, tf } from '${engine}';
    await setBackend('cpu');
    const [name, sum] = [backendName(), tf.scalar(1).add(1).dataSync()[0]];
    await new Promise((resolve) => setTimeout(resolve, 300));
    console.log(JSON.stringify([name, sum, backendName(), tf.backend().constructor.name.replace('_', '')]));`; // esbuild's underscore
  const output = execFileSync(process.execPath, ['--input-type=module', '-e', program], {
    encoding: 'utf8',
    stdio: 'pipe',
  });
  assert.equal(output.trim(), '["cpu",2,"cpu","MathBackendCPU"]');
});

test('unknown backends are named', async () => {
  await assert.rejects(setBackend('webgl' as BackendChoice), {
    name: 'RangeError',
    message: 'setBackend: backend must be one of auto, wasm, cpu, tensorflow, got webgl',
  });
});

test('the report says of each backend whether it runs, and leaves the one in use', async () => {
  await setBackend('cpu');
  const reports = await availableBackends();
  assert.equal(backendName(), 'cpu');
  assert.deepEqual(
    reports.map(({ name }) => name),
    ['wasm', 'cpu', 'tensorflow'],
  );
  assert.ok(reports[0].available && reports[1].available);
  if (!reports[2].available)
    assert.match(reports[2].reason, /optional package @tensorflow\/tfjs-node, which did not load/);
});
