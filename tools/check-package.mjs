// The tarball as a stranger gets it: publint and attw on it, then installed in an empty folder with only
// the registry, where the README's example must run and the command must answer.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root, run } from './run.mjs';

const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
const sh = (cwd, command, ...args) => execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });

const [{ filename }] = JSON.parse(sh(root, npm, 'pack', '--json', '--ignore-scripts'));
const tarball = join(root, filename);
const folder = mkdtempSync(join(tmpdir(), 'emtd-lab-'));
try {
  run('publint/src/cli.js', tarball, '--strict');
  run('@arethetypeswrong/cli/dist/index.js', tarball, '--profile', 'esm-only');

  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'stranger', private: true, type: 'module' }));
  sh(folder, npm, 'install', '--no-audit', '--no-fund', tarball);
  writeFileSync(join(folder, 'example.mjs'), readmeExample());
  process.stdout.write(sh(folder, process.execPath, 'example.mjs'));
  const emtd = (...args) => sh(folder, process.execPath, join('node_modules', 'emtd-lab', 'bin', 'emtd.mjs'), ...args);
  const claims = JSON.parse(emtd('claims', '--json'));
  console.log(`the packed command lists ${claims.claims.length} claims`);
  // Kernelspecs of this machine, some grown stale, are none of the package's affair.
  Object.assign(process.env, { JUPYTER_DATA_DIR: join(folder, 'jupyter'), PYTHONUSERBASE: join(folder, 'python'), VIRTUAL_ENV: join(folder, 'python') });
  delete process.env.JUPYTER_PATH;
  process.stdout.write(emtd('kernel', 'install') + emtd('kernel', 'doctor'));
} finally {
  rmSync(folder, { recursive: true, force: true });
  rmSync(tarball, { force: true });
}

/** The first TypeScript block of the README; its example needs no types stripped. */
function readmeExample() {
  const [, code] = /```ts\n([\s\S]*?)```/.exec(readFileSync(join(root, 'README.md'), 'utf8'));
  return code;
}
