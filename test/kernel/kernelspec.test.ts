// What a kernelspec of ours holds: kernel.json, the logos, and plotly.js for Jupyter's /kernelspecs route.
import assert from 'node:assert/strict';
import { accessSync, readFileSync, statSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { test } from 'node:test';
import { writeKernelspec } from '../../kernel/install/kernelspec.js';
import { temporaryFolder } from './harness.js';

test('a kernelspec has absolute paths that exist, message interrupts, logos and plotly.js', () => {
  const data = temporaryFolder();
  const folder = writeKernelspec(data.path);
  assert.equal(folder, join(data.path, 'kernels', 'emtd-lab'));
  const text = readFileSync(join(folder, 'kernel.json'), 'utf8');
  const spec = JSON.parse(text) as { argv: string[]; [key: string]: unknown };
  assert.equal(text, `${JSON.stringify(spec, undefined, 2)}\n`);
  assert.deepEqual(
    [spec['display_name'], spec['language'], spec['interrupt_mode'], spec['kernel_protocol_version']],
    ['TypeScript (EMTD Lab)', 'typescript', 'message', '5.4.0'],
  );
  assert.equal(spec.argv.at(-1), '{connection_file}');
  for (const path of [spec.argv[0]!, spec.argv.at(-2)!]) {
    assert.ok(isAbsolute(path), path);
    accessSync(path);
  }
  const isPng = (name: string): boolean =>
    readFileSync(join(folder, name))
      .subarray(0, 4)
      .equals(Buffer.from([0x89, 0x50, 0x4e, 0x47]));
  assert.ok(isPng('logo-32x32.png') && isPng('logo-64x64.png'));
  assert.match(readFileSync(join(folder, 'logo-svg.svg'), 'utf8'), /<svg/);
  assert.ok(statSync(join(folder, 'plotly.min.js')).size > 1e6);
  data.remove();
});
