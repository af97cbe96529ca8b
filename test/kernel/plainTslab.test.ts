// The package as it is packed, in a folder that has no tslab. Notebooks 00 and 01 run there on plain,
// unmodified tslab: their cells use explicit imports and nothing that only our own kernel has. Our own kernel
// needs no tslab, unless asked for it.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import type * as Command from '../../kernel/notebook/kernelCommand.js';
import { executeNotebook } from '../../kernel/notebook/notebook.js';
import { root, run, startKernel, temporaryFolder } from './harness.js';

const tslab = join(root, 'node_modules', 'tslab', 'bin', 'tslab');
const folder = temporaryFolder();
const modules = join(folder.path, 'node_modules');
const packed = <Module>(path: string): Promise<Module> =>
  import(pathToFileURL(join(modules, 'emtd-lab', 'dist', 'kernel', path)).href) as Promise<Module>;
const missing = /kernel: needs tslab; npm install tslab@1\.0\.22/;
after(() => folder.remove());

before(() => {
  const [{ filename }] = JSON.parse(
    execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder.path], {
      cwd: root,
      encoding: 'utf8',
    }),
  ) as [{ filename: string }];
  execFileSync('tar', ['-xzf', filename], { cwd: folder.path });
  writeFileSync(join(folder.path, 'package.json'), '{ "name": "stranger" }');
  mkdirSync(modules);
  for (const name of readdirSync(join(root, 'node_modules')).filter((entry) => !/^\.|tslab$/.test(entry))) {
    symlinkSync(join(root, 'node_modules', name), join(modules, name));
  }
  cpSync(join(folder.path, 'package'), join(modules, 'emtd-lab'), { recursive: true });
  for (const name of ['00-start-here', '01-state-space'])
    cpSync(join(root, 'notebooks', `${name}.ipynb`), join(folder.path, `${name}.ipynb`));
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
    assert.equal(
      failure,
      undefined,
      failure && `${failure.id}: ${JSON.stringify(failed && 'outputs' in failed && failed.outputs)}`,
    );
  });
}

test('without tslab our kernel runs; a cell that imports it cannot', async (t) => {
  const { kernelCommand } = await packed<typeof Command>('notebook/kernelCommand.js');
  const kernel = await startKernel({ argv: kernelCommand(), folder: folder.path });
  t.after(() => kernel.shutdown());
  assert.equal((await run(kernel, 'ring(5).nodeCount')).result, '5');
  const { reply } = await run(kernel, "%types off\nimport * as tslab from 'tslab'; tslab.display");
  assert.match(String(reply['evalue']), missing);
});

test('without tslab --compiler tslab says what to install', async () => {
  const { kernelCommand } = await packed<typeof Command>('notebook/kernelCommand.js');
  await assert.rejects(
    startKernel({ argv: kernelCommand({ compiler: 'tslab' }), folder: folder.path }),
    missing,
  );
});
