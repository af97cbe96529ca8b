// The Python package from nothing: written, installed by pip without an index into a fresh environment, where
// a Jupyter that lies elsewhere runs the first notebook. The first start has npm fill a folder of its own and
// says so.
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { quietly } from '../dist/kernel/install/jupyter.js';
import { findHost, runNotebook } from './nbclient.mjs';
import { root } from './run.mjs';

const host = findHost();
const folder = mkdtempSync(join(tmpdir(), 'emtd-wheel-'));
const environment = join(folder, 'venv');
const inside = (name) =>
  join(environment, ...(process.platform === 'win32' ? ['Scripts', `${name}.exe`] : ['bin', name]));
const sh = (command, ...args) =>
  execFileSync(command, args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
for (const name of ['JUPYTER_DATA_DIR', 'JUPYTER_PATH', 'VIRTUAL_ENV', 'CONDA_PREFIX'])
  delete process.env[name];
process.env.PYTHONUSERBASE = join(folder, 'user');
process.env.XDG_DATA_HOME = join(folder, 'data'); // kernelspecs of this machine's user may be stale
try {
  if (!host) console.log('SKIPPED, the wheel: no Python with nbclient');
  else if (quietly(host, ['-m', 'venv', environment], 120_000).status !== 0)
    console.log(`SKIPPED, the wheel: ${host} -m venv fails (Debian: python3-venv)`);
  else check();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function check() {
  const wheel = sh(process.execPath, join(root, 'tools', 'wheel.mjs'), folder).trim();
  sh(
    inside('python'),
    '-m',
    'pip',
    'install',
    '--quiet',
    '--disable-pip-version-check',
    '--no-index',
    '--no-deps',
    wheel,
  );
  const packages = sh(
    host,
    '-c',
    'import nbclient, pathlib; print(pathlib.Path(nbclient.__file__).parents[1])',
  );
  const own = sh(inside('python'), '-c', 'import sysconfig; print(sysconfig.get_path("purelib"))').trim();
  writeFileSync(join(own, 'host.pth'), packages); // Jupyter itself
  copyFileSync(join(root, 'notebooks', '00-start-here.ipynb'), join(folder, 'first.ipynb'));
  runNotebook(join(folder, 'first.ipynb'), inside('python'), folder);
  const said = sh(inside('emtd'));
  process.stdout.write(said);
  if (!said.includes('The Python package emtd-lab'))
    throw new Error('check-wheel: emtd must say that it is the Python package');
  sh(inside('emtd'), 'kernel', 'doctor');
}
