import assert from 'node:assert/strict';
import { accessSync, existsSync, readFileSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { test } from 'node:test';
import { writeKernelspec } from '../../kernel/install/kernelspec.js';
import { temporaryFolder } from './harness.js';

test('a kernelspec has absolute paths that exist, message interrupts and three logos', () => {
  const data = temporaryFolder();
  const folder = writeKernelspec(data.path);
  assert.equal(folder, join(data.path, 'kernels', 'emtd-lab'));
  const spec = JSON.parse(readFileSync(join(folder, 'kernel.json'), 'utf8')) as {
    argv: string[];
    [key: string]: unknown;
  };
  assert.deepEqual(
    [spec['display_name'], spec['language'], spec['interrupt_mode']],
    ['TypeScript (EMTD Lab)', 'typescript', 'message'],
  );
  assert.equal(spec.argv.at(-1), '{connection_file}');
  for (const path of [spec.argv[0]!, spec.argv.at(-2)!]) {
    assert.ok(isAbsolute(path), path);
    accessSync(path);
  }
  for (const logo of ['logo-svg.svg', 'logo-32x32.png', 'logo-64x64.png'])
    assert.ok(existsSync(join(folder, logo)), logo);
  data.remove();
});
