// The kernel under `jupyter nbconvert --execute`: an HTML page with results and pictures, no script of ours;
// a .ts file.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { root, temporaryFolder } from './harness.js';
import { notebookText, plotCell } from './notebookText.js';
import { pythonsWith, skipWithout, startHost } from './python.js';

const found = pythonsWith('nbconvert', 'nbclient');
skipWithout(
  'the kernel is not tested under nbconvert',
  found.length > 0,
  'no Python here has nbconvert and nbclient (pip install nbconvert nbclient, or Debian: apt-get install python3-nbconvert python3-nbclient)',
);

for (const python of found.length > 0 ? found : [undefined])
  test(
    `nbconvert of ${python ?? 'any Python'} executes a notebook and converts it`,
    { skip: !python, timeout: 120_000 },
    () => check(python!),
  );

async function check(python: string): Promise<void> {
  const folder = temporaryFolder('emtd zellen äö ');
  const file = join(folder.path, 'heft.ipynb');
  const sources = [
    'const temperature: number = 2;\n[temperature, temperature ** 2]',
    // Imports resolve from the notebook's folder; outside the checkout the lab has no name.
    `import { histogram } from '${join(root, 'dist', 'src', 'index.js')}';`,
    plotCell,
  ];
  writeFileSync(file, notebookText(sources));
  const convert = async (...args: string[]): Promise<void> => {
    const host = startHost(python, ['-m', 'nbconvert', ...args, file], { folder: folder.path });
    assert.equal(await host.ended(), 0, host.printed());
  };
  await convert('--execute', '--to', 'notebook', '--inplace');
  const executed = readFileSync(file, 'utf8');
  await convert('--to', 'html');
  await convert('--to', 'script');
  const html = readFileSync(join(folder.path, 'heft.html'), 'utf8');
  assert.match(html, /\[ 2, 4 \]/);
  assert.match(html, /<img[^>]*src="data:image\/png;base64,/);
  assert.doesNotMatch(executed, /<script/);
  assert.match(readFileSync(join(folder.path, 'heft.ts'), 'utf8'), /const temperature: number = 2;/);
  folder.remove();
}
