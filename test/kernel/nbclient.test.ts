// The kernel under the real jupyter_client and nbclient, where a Python has them (EMTD_PYTHON names one).
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { pythons, quietly } from '../../kernel/install/jupyter.js';
import { writeKernelspec } from '../../kernel/install/kernelspec.js';
import { root, temporaryFolder } from './harness.js';

const python = pythons(root).find(
  (candidate) => quietly(candidate, ['-c', 'import jupyter_client, nbclient, nbformat']).status === 0,
);
const reason =
  'no Python here has jupyter_client and nbclient (Debian: apt-get install jupyter-client python3-nbclient)';
if (!python) console.error(`SKIPPED, the kernel is not tested under Jupyter's own client: ${reason}`);

test(
  'jupyter_client and nbclient drive the kernel',
  { skip: python ? false : reason, timeout: 90_000 },
  async () => {
    const data = temporaryFolder();
    writeKernelspec(data.path);
    const child = spawn(python!, [join(root, 'test', 'kernel', 'nbclient_check.py')], {
      env: {
        ...process.env,
        JUPYTER_PATH: data.path,
        JUPYTER_RUNTIME_DIR: join(data.path, 'runtime'),
        IPYTHONDIR: data.path,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => (output += text));
    const code = await new Promise((resolve) => child.once('exit', resolve));
    data.remove();
    assert.equal(code, 0, output);
    assert.match(output, /all checks passed/);
  },
);
