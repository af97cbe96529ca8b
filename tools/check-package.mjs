// The tarball as a stranger gets it: publint and attw on it, then installed with only the registry in a folder that has
// but a TypeScript of its own, where the README's example must run, the command must answer, and `tsc` stay the stranger's.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root, run } from './run.mjs';

const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
/** Another than ours, so that both are installed. */
const ownTypeScript = '5.9.3';
const sh = (cwd, command, ...args) => execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });

const [{ filename }] = JSON.parse(sh(root, npm, 'pack', '--json', '--ignore-scripts'));
const tarball = join(root, filename);
const folder = mkdtempSync(join(tmpdir(), 'emtd-lab-'));
try {
  run('publint/src/cli.js', tarball, '--strict');
  run('@arethetypeswrong/cli/dist/index.js', tarball, '--profile', 'esm-only');

  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'stranger', private: true, type: 'module' }));
  sh(folder, npm, 'install', '--no-audit', '--no-fund', `typescript@${ownTypeScript}`, tarball);
  const tsc = sh(folder, npm, 'exec', '--no', '--', 'tsc', '--version').trim();
  if (tsc !== `Version ${ownTypeScript}`) throw new Error(`check-package: tsc must stay ${ownTypeScript}, is ${tsc}`);
  const { code, output } = readmeExample();
  writeFileSync(join(folder, 'example.mjs'), code);
  const printed = sh(folder, process.execPath, 'example.mjs');
  process.stdout.write(printed);
  if (printed !== output) throw new Error(`check-package: the README says that its example prints\n${output}`);
  process.stdout.write(sh(folder, process.execPath, '--input-type=module', '--eval', doors()));
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

/** Opens every door of the package; a room below the tensors loads no tfjs. */
function doors() {
  const rooms = Object.keys(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).exports).filter((door) => door.startsWith('./') && !door.endsWith('.json'));
  return `
    import { createRequire } from 'node:module';
    const tfjs = () => Object.keys(createRequire(import.meta.resolve('emtd-lab')).cache).filter((path) => path.includes('tfjs'));
    for (const room of ['graph', 'exact', 'merkle', 'random', 'statistics', 'measure']) {
      await import('emtd-lab/' + room);
      if (tfjs().length > 0) throw new Error('emtd-lab/' + room + ' loads tfjs: ' + tfjs()[0]);
    }
    for (const room of ${JSON.stringify(rooms)}) await import('emtd-lab/' + room.slice(2));
    console.log('${rooms.length} doors of the package open');
    process.exit();`;
}

/** The first TypeScript block of the README, without types, and what it prints by the block after it. */
function readmeExample() {
  const [, code, output] = /```ts\n([\s\S]*?)```\s+```\n([\s\S]*?)```/.exec(readFileSync(join(root, 'README.md'), 'utf8'));
  return { code, output };
}
