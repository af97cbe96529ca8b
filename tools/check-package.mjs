// The tarball as a stranger gets it: publint and attw on it, then installed with only the registry in a
// folder that has but a TypeScript of its own. There the README's example must run, the command answer, a
// function that lacks its packages say what to install, the kernel go into a folder of its own, a notebook
// run, and `tsc` stay the stranger's. Installed sizes have limits.
import {
  copyFileSync,
  existsSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runNotebook } from './nbclient.mjs';
import { npm, pack, readmeExample, sh } from './readme.mjs';
import { root, run } from './run.mjs';

/** Another than ours, so that both are installed. */
const ownTypeScript = '5.9.3';
/** Of what is installed, in MB on the disk. */
const mostLibrary = 150;
const mostKernel = 300;
const must = (holds, sentence) => {
  if (!holds) throw new Error(`check-package: ${sentence}`);
};

const tarball = pack();
const folder = mkdtempSync(join(tmpdir(), 'emtd-lab-'));
const node = (...args) => sh(folder, process.execPath, ...args);
const emtd = (...args) => node(join('node_modules', 'emtd-lab', 'bin', 'emtd.mjs'), ...args);
const install = (...names) => sh(folder, npm, 'install', '--no-audit', '--no-fund', ...names);
// Kernelspecs of this machine, some grown stale, are none of the package's affair.
const data = join(folder, 'jupyter');
Object.assign(process.env, {
  JUPYTER_DATA_DIR: data,
  PYTHONUSERBASE: join(folder, 'python'),
  VIRTUAL_ENV: join(folder, 'python'),
});
delete process.env.JUPYTER_PATH;
try {
  run('publint/src/cli.js', tarball, '--strict');
  run(
    '@arethetypeswrong/cli/dist/index.js',
    tarball,
    '--profile',
    'esm-only',
    '--ignore-rules',
    'internal-resolution-error',
  ); // of node10, for #tfjs
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({ name: 'stranger', private: true, type: 'module' }),
  );
  install(`typescript@${ownTypeScript}`, tarball);
  const modules = join(folder, 'node_modules');
  limit('the library', size(modules) - size(join(modules, 'typescript')), mostLibrary);
  library();
  types(join(root, 'node_modules', 'typescript'));
  figures();
  kernel();
  const tsc = sh(folder, npm, 'exec', '--no', '--', 'tsc', '--version').trim();
  must(tsc === `Version ${ownTypeScript}`, `tsc must stay ${ownTypeScript}, is ${tsc}`);
} finally {
  rmSync(folder, { recursive: true, force: true });
  rmSync(tarball, { force: true });
}

function library() {
  const { code, output } = readmeExample();
  writeFileSync(join(folder, 'example.mjs'), code);
  const printed = node('example.mjs');
  process.stdout.write(printed);
  must(printed === output, `the README says that its example prints\n${output}`);
  process.stdout.write(node('--input-type=module', '--eval', doors()));
  console.log(`the packed command lists ${JSON.parse(emtd('claims', '--json')).sentences.length} sentences`);
}

/** The example compiles, and every declaration that it reaches. */
function types(typescript) {
  copyFileSync(join(folder, 'example.mjs'), join(folder, 'example.mts'));
  node(
    join(typescript, 'bin', 'tsc'),
    '--noEmit',
    '--strict',
    '--skipLibCheck',
    'false',
    '--target',
    'es2022',
    '--module',
    'nodenext',
    'example.mts',
  );
}

/** Figures say what to install; that line installs it, and they draw. */
function figures() {
  writeFileSync(
    join(folder, 'draw.mjs'),
    `import { plot, renderPng } from 'emtd-lab/figures';
    console.log(await renderPng(plot([1, 2], { name: 'a' })).then(({ length }) => 'bytes ' + length, ({ message }) => message)); process.exit();`,
  );
  const said = node('draw.mjs').trim();
  const [, line] = /^renderPng: needs \S+; npm install (.*)$/.exec(said) ?? [];
  must(line, `renderPng must say what to install, said ${said}`);
  console.log(said);
  install(...line.split(' '));
  const drawn = node('draw.mjs').trim();
  must(/^bytes \d{4}/.test(drawn), `renderPng must draw after npm install ${line}, said ${drawn}`);
}

/**
 * One line puts the kernel into Jupyter; then `emtd run` has it too, and a notebook runs in Jupyter's own
 * client.
 */
function kernel() {
  process.stdout.write(emtd('kernel', 'install'));
  limit('library, kernel and figures', size(join(data, 'emtd-lab')), mostKernel);
  process.stdout.write(emtd('kernel', 'doctor'));
  const small = {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {},
    cells: [
      { id: 'a', cell_type: 'code', metadata: {}, outputs: [], execution_count: null, source: 'ring(5)' },
    ],
  };
  writeFileSync(join(folder, 'small.ipynb'), JSON.stringify(small));
  process.stdout.write(emtd('run', 'small.ipynb'));
  copyFileSync(join(root, 'notebooks', '00-start-here.ipynb'), join(folder, 'first.ipynb'));
  runNotebook(join(folder, 'first.ipynb'));
  process.stdout.write(emtd('kernel', 'uninstall'));
  must(!existsSync(join(data, 'emtd-lab')), `emtd kernel uninstall must remove ${join(data, 'emtd-lab')}`);
}

function limit(what, bytes, most) {
  const megabytes = bytes / 1e6;
  console.log(`installed: ${what}: ${megabytes.toFixed(0)} MB of at most ${most}`);
  must(megabytes <= most, `${what} must take at most ${most} MB installed, takes ${megabytes.toFixed(0)}`);
}

/** Bytes on the disk. */
function size(path) {
  const { size: length, blocks } = lstatSync(path);
  const own = blocks === undefined ? length : 512 * blocks;
  return lstatSync(path).isDirectory()
    ? readdirSync(path).reduce((sum, name) => sum + size(join(path, name)), own)
    : own;
}

/** Opens every door of the package; a room below the tensors loads no tfjs. */
function doors() {
  const rooms = Object.keys(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).exports).filter(
    (door) => door.startsWith('./') && !door.endsWith('.json'),
  );
  return `
    import { createRequire } from 'node:module';
    const tfjs = () => Object.keys(createRequire(import.meta.resolve('emtd-lab')).cache).filter((path) => path.includes('tfjs'));
    for (const room of ['graphs', 'exact', 'merkle', 'randomness', 'statistics', 'measure']) {
      await import('emtd-lab/' + room);
      if (tfjs().length > 0) throw new Error('emtd-lab/' + room + ' loads tfjs: ' + tfjs()[0]);
    }
    for (const room of ${JSON.stringify(rooms)}) await import('emtd-lab/' + room.slice(2));
    console.log('${rooms.length} doors of the package open');
    process.exit();`;
}
