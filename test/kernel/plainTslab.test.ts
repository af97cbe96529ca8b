// Notebooks 00 and 01 on plain, unmodified tslab, against the package as it is packed: their cells use
// explicit imports and nothing that only our own kernel has.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { executeNotebook } from '../../kernel/notebook/notebook.js';
import { root, temporaryFolder } from './harness.js';

const tslab = join(root, 'node_modules', 'tslab', 'bin', 'tslab');
const folder = temporaryFolder();
after(() => folder.remove());

before(() => {
  const modules = join(folder.path, 'node_modules');
  const [{ filename }] = JSON.parse(
    execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder.path], { cwd: root, encoding: 'utf8' }),
  ) as [{ filename: string }];
  execFileSync('tar', ['-xzf', filename], { cwd: folder.path });
  writeFileSync(join(folder.path, 'package.json'), '{ "name": "stranger" }');
  mkdirSync(modules);
  for (const name of readdirSync(join(root, 'node_modules')).filter((entry) => !entry.startsWith('.'))) {
    symlinkSync(join(root, 'node_modules', name), join(modules, name));
  }
  cpSync(join(folder.path, 'package'), join(modules, 'emtd-lab'), { recursive: true });
  for (const name of ['00-start-here', '01-state-space']) cpSync(join(root, 'notebooks', `${name}.ipynb`), join(folder.path, `${name}.ipynb`));
});

for (const name of ['00-start-here', '01-state-space']) {
  test(`${name} runs on plain tslab`, async () => {
    const { failure, notebook } = await executeNotebook(join(folder.path, `${name}.ipynb`), {
      argv: [process.execPath, tslab, 'kernel', '--config-path={connection_file}'],
      transport: 'tcp',
      timeout: 120,
    });
    // tslab tells errors on stderr only.
    const failed = notebook.cells.find(({ id }) => id === failure?.id);
    assert.equal(failure, undefined, failure && `${failure.id}: ${JSON.stringify(failed && 'outputs' in failed && failed.outputs)}`);
  });
}

