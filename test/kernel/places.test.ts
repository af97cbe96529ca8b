// Where Jupyter looks, on three platforms, and which Python environment is the active one.
import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { activeEnvironment } from '../../kernel/install/environment.js';
import { findKernelspecs } from '../../kernel/install/findKernelspecs.js';
import type { Machine } from '../../kernel/install/machine.js';
import { dataFolders, userDataFolder } from '../../kernel/install/places.js';
import { temporaryFolder } from './harness.js';

const linux = (env: Machine['env'] = {}): Machine => ({ platform: 'linux', env, home: '/home/a' });
const paths = (machine: Machine): string[] => dataFolders(machine).map(({ path }) => path);

// the lists are jupyter_core's: jupyter --paths under the same variables
test('Linux: JUPYTER_PATH, the user, the system', () => {
  const system = ['/usr/local/share/jupyter', '/usr/share/jupyter'];
  assert.deepEqual(paths(linux()), ['/home/a/.local/share/jupyter', ...system]);
  assert.deepEqual(paths(linux({ JUPYTER_PATH: '/x:/y' })), [
    '/x',
    '/y',
    '/home/a/.local/share/jupyter',
    ...system,
  ]);
  assert.equal(userDataFolder(linux({ XDG_DATA_HOME: '/xdg' })), '/xdg/jupyter');
  assert.equal(userDataFolder(linux({ XDG_DATA_HOME: '/xdg', JUPYTER_DATA_DIR: '/d' })), '/d');
});

test('a virtual environment goes before the user, a base conda after, unless asked otherwise', () => {
  const order = (env: Machine['env']): string[] => dataFolders(linux(env)).map(({ origin }) => origin);
  assert.deepEqual(order({ VIRTUAL_ENV: '/v' }).slice(0, 2), ['environment', 'user']);
  assert.deepEqual(order({ CONDA_PREFIX: '/c', CONDA_DEFAULT_ENV: 'work' })[0], 'environment');
  assert.deepEqual(order({ CONDA_PREFIX: '/c', CONDA_DEFAULT_ENV: 'base' })[0], 'user');
  assert.deepEqual(order({ VIRTUAL_ENV: '/v', JUPYTER_PREFER_ENV_PATH: '0' })[0], 'user');
  assert.equal(paths(linux({ VIRTUAL_ENV: '/v' }))[0], '/v/share/jupyter');
});

test('macOS and Windows', () => {
  const mac: Machine = { platform: 'darwin', env: {}, home: '/Users/a' };
  assert.equal(userDataFolder(mac), '/Users/a/Library/Jupyter');
  const user = ['/Users/a/Library/Jupyter', '/Users/a/.local/share/jupyter']; // the second is that of Homebrew's and conda's Pythons
  assert.deepEqual(paths(mac).slice(0, 2), user);
  const env = {
    APPDATA: 'C:\\Users\\a\\AppData\\Roaming',
    VIRTUAL_ENV: 'C:\\venv',
    JUPYTER_PATH: 'D:\\x;D:\\y',
  };
  const windows: Machine = { platform: 'win32', env, home: 'C:\\Users\\a' };
  assert.deepEqual(paths(windows), [
    'D:\\x',
    'D:\\y',
    'C:\\venv\\share\\jupyter',
    'C:\\Users\\a\\AppData\\Roaming\\jupyter',
    'C:\\Users\\a\\AppData\\Roaming\\Python\\share\\jupyter',
  ]);
  assert.deepEqual(
    paths({ ...windows, env: { ...env, JUPYTER_USE_PROGRAMDATA: '1', PROGRAMDATA: 'C:\\ProgramData' } }).at(
      -1,
    ),
    'C:\\ProgramData\\jupyter',
  );
});

test("macOS's framework Pythons have a folder each, which must be one that can be read", () => {
  const home = temporaryFolder();
  const mac: Machine = { platform: 'darwin', env: {}, home: home.path };
  const library = join(home.path, 'Library');
  mkdirSync(library);
  writeFileSync(join(library, 'Python'), 'no folder');
  assert.equal(paths(mac).filter((path) => path.startsWith(home.path)).length, 2);
  rmSync(join(library, 'Python'));
  for (const version of ['3.11', '3.9']) mkdirSync(join(library, 'Python', version), { recursive: true });
  const [, , ...frameworks] = paths(mac).filter((path) => path.startsWith(home.path));
  assert.deepEqual(
    frameworks,
    ['3.11', '3.9'].map((version) => join(library, 'Python', version, 'share', 'jupyter')),
  );
  home.remove();
});

test('kernelspecs: a folder that cannot be listed holds none', () => {
  const folder = temporaryFolder();
  const [bad, good] = ['bad', 'good'].map((name) => ({
    path: join(folder.path, name),
    origin: 'user' as const,
  }));
  mkdirSync(bad!.path);
  writeFileSync(join(bad!.path, 'kernels'), 'no folder');
  mkdirSync(join(good!.path, 'kernels', 'k'), { recursive: true });
  writeFileSync(join(good!.path, 'kernels', 'k', 'kernel.json'), '{}');
  assert.deepEqual(
    findKernelspecs([bad!, good!]).map(({ name, broken }) => [name, broken]),
    [['k', 'kernel.json has no argv']],
  );
  folder.remove();
});

test('the environment of the jupyter on PATH is that of its Python', {
  skip: process.platform === 'win32',
}, () => {
  const folder = temporaryFolder('emtd environment ü ');
  const program = (path: string, text: string): string => {
    const file = join(folder.path, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    chmodSync(file, 0o755);
    return file;
  };
  const found = (...parts: string[]): string | undefined =>
    activeEnvironment(linux({ PATH: parts.map((part) => join(folder.path, part)).join(':') }))?.prefix;
  program('venv/bin/python3', '\x7fELF');
  program('shims/python3', '#!/usr/bin/env bash\nexec pyenv');
  program(
    'long/jupyter',
    `#!/bin/sh\n'''exec' "${join(folder.path, 'my venv', 'bin', 'python')}" "$0" "$@"\n' '''\n`,
  );
  program('direct/jupyter', '#!/opt/conda/bin/python3.12\n');
  program('env/jupyter', '#!/usr/bin/env python3\n');

  assert.equal(found('venv/bin'), join(folder.path, 'venv'));
  assert.equal(found('shims'), undefined);
  assert.equal(found('shims', 'venv/bin'), undefined, 'PATH takes the shim: nobody knows its prefix');
  assert.equal(found('long', 'venv/bin'), join(folder.path, 'my venv'));
  assert.equal(found('direct'), '/opt/conda');
  assert.equal(found('env', 'venv/bin'), join(folder.path, 'venv'));
  assert.equal(found('nowhere'), undefined);
  folder.remove();
});
