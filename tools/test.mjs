// `npm test`: builds what changed, lint and import direction, then every test with node's own runner.
//   node tools/test.mjs [ROOM | ROOM/FILE ...]    only these folders of test/, or these files; types are not
// checked
//   node tools/test.mjs --physics                 the long statistical suite (test/physics at full length)
// Some files of a room share a process, whose start takes longer than the tests of most files. Each file also
// runs alone.
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { root, runNode } from './run.mjs';

/** Tests that change their process: the backend, threads, globals, the environment. */
const ownProcess = [
  'bench',
  'browser',
  'cli',
  'codegen',
  'display',
  'dynamics/compiled',
  'examples',
  'figures',
  'jupyterlab',
  'kernel',
  'randomness',
  'runtime',
  'site',
  'sweeping',
  'tensors',
  'widgets',
  'wrongInput',
];
/** Tests of declarations, and of cells, which are compiled against them: only tsc writes these. */
const readsTypes = [
  'browser',
  'cli',
  'display',
  'examples',
  'jupyterlab',
  'kernel',
  'randomness',
  'site',
  'wrongInput',
];
const filesPerProcess = 6;

for (const folder of ownProcess) {
  if (!existsSync(join(root, 'test', folder)))
    throw new Error(`test: ownProcess names test/${folder}, which is not there`);
}

const args = process.argv.slice(2);
const physics = args.includes('--physics');
const asked = physics ? ['physics'] : args.filter((arg) => !arg.startsWith('--'));
const from = join(root, 'dist', 'test');
const roomOf = (path) => path.split(/[\\/]/)[0];

const quick = !physics && asked.length > 0 && !asked.some((name) => readsTypes.includes(roomOf(name)));
runNode(join('tools', 'build.mjs'), ...(quick ? ['--unchecked'] : []));
if (physics) process.env.EMTD_PHYSICS = 'full';
else if (asked.length === 0) runNode(join('tools', 'lint.mjs'));

const all = readdirSync(from, { recursive: true })
  .filter((name) => name.endsWith('.test.js'))
  .sort();
const files = asked.length === 0 ? all : asked.flatMap(among);
const minutes = physics ? 60 : 15; // for one process: what hangs fails by name
runNode('--test', '--test-concurrency=2', `--test-timeout=${minutes * 60_000}`, ...processes());

function among(name) {
  const path = name.split('/').join(sep);
  const found = all.filter((file) => file === `${path}.test.js` || file.startsWith(path + sep));
  if (found.length === 0) throw new Error(`test: no such folder of tests, nor such a file, ${name}`);
  return found;
}

/** What node runs: test files, and files written here that import some of one room. */
function processes() {
  const together = join(root, 'dist', 'together');
  rmSync(together, { recursive: true, force: true });
  mkdirSync(together, { recursive: true });
  const isAlone = (file) =>
    physics || ownProcess.some((folder) => file.startsWith(folder.replace('/', sep) + sep));
  return [...new Set(files.map(roomOf))].flatMap((room) => {
    const own = files.filter((file) => roomOf(file) === room);
    const shared = own.filter((file) => !isAlone(file));
    const count = Math.ceil(shared.length / filesPerProcess);
    const groups = Array.from({ length: count }, (_, k) => {
      const target = join(together, `${room}-${k + 1}.test.js`);
      const some = shared
        .filter((_, i) => i % count === k)
        .map((file) => relative(together, join(from, file)).split(sep).join('/'));
      writeFileSync(target, some.map((file) => `import '${file}';\n`).join(''));
      return target;
    });
    return [...groups, ...own.filter(isAlone).map((file) => join(from, file))];
  });
}
