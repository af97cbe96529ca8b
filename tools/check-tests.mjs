// `npm run check:tests`: whether the tests of a room see a fault in it. Plants three faults per room of src,
// each alone, and runs the room's tests until one fails; the checkout stays as it is.
//   node tools/check-tests.mjs [--seed 1] [--room NAME ...]
// Exit code 1 where fewer than 90 % are found.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { pathToFileURL } from 'node:url';
import { equivalent } from './equivalentFaults.mjs';
import { faultsOf, planted, programOfLab } from './faults.mjs';
import { root, runNode } from './run.mjs';

const perRoom = 3;
const needed = 0.9;
const limit = 60; // seconds; a file of tests that takes longer is left out
const tests = join(root, 'dist', 'test');
const without = new Map();
/** What a room's folder of test does not run: forms in float32 on every engine, generated programs. */
const elsewhere = {
  expressions: ['codegen/operations'],
  codegen: ['multispin', 'wholeField'].map((name) => `dynamics/compiled/${name}`),
};
const started = Date.now();
const { values } = parseArgs({
  options: { seed: { type: 'string', default: '1' }, room: { type: 'string', multiple: true } },
});

runNode(join('tools', 'build.mjs'));
const folders = (path) =>
  readdirSync(join(root, path), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
const tested = folders('src').filter((room) => existsSync(join(root, 'test', room)));
const rooms = tested.filter((room) => values.room === undefined || values.room.includes(room));
if (rooms.length === 0)
  throw new Error(`check-tests: --room must be one of ${tested.join(', ')}, got ${values.room}`);

const scratch = mkdtempSync(join(tmpdir(), 'check-tests-'));
try {
  const program = programOfLab();
  const faults = rooms.flatMap((room) => {
    const seen = faultsOf(program, room, values.seed).filter(({ key }) => !(key in equivalent));
    return seen.slice(0, perRoom).map((fault) => ({ ...fault, room }));
  });
  let found = 0;
  await each(faults, async (fault) => {
    const by = await finder(fault);
    if (by) found++;
    console.log(
      `${by ? 'found ' : 'MISSED'} ${fault.room.padEnd(10)} line ${fault.line} of ${fault.key}${by ? ` [${by}]` : ''}`,
    );
  });
  const share = Math.floor((1000 * found) / faults.length) / 10;
  console.log(
    `seed ${values.seed}: ${found} of ${faults.length} faults found (${share} %), ${rooms.length} rooms, ${Math.ceil((Date.now() - started) / 60_000)} minutes`,
  );
  if (found < needed * faults.length) process.exitCode = 1;
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

/** The name of the first file of tests that is red, or hangs, with the fault only; undefined where none is. */
async function finder(fault) {
  const text = join(scratch, `${fault.order}.js`);
  writeFileSync(text, planted(fault));
  const url = pathToFileURL(join(root, 'dist', fault.file.replace(/\.ts$/, '.js'))).href;
  for (const name of testsOf(fault)) {
    if (without.has(name) && (await without.get(name)) !== 'green') continue;
    const end = await test(name, { EMTD_PLANTED_URL: url, EMTD_PLANTED_TEXT: text });
    if (end !== 'green' && (await endWithout(name)) === 'green')
      return `${name.replace('.test.js', '')}${end === 'red' ? '' : ' hangs'}`;
  }
}

/** The test files of the fault's room, those first that have the name of its file or a name that it exports. */
function testsOf({ room, path }) {
  const exported = readFileSync(path, 'utf8').matchAll(
    /^export (?:async )?(?:function\*?|const|class) (\w+)/gm,
  );
  const names = new RegExp(`\\b(?:${[...exported].map(([, name]) => name).join('|') || '-'})\\b`);
  const rank = (name) =>
    basename(name) === `${basename(path, '.ts')}.test.js`
      ? 0
      : names.test(readFileSync(join(tests, name)))
        ? 1
        : 2;
  return readdirSync(join(tests, room), { recursive: true })
    .filter((name) => name.endsWith('.test.js'))
    .map((name) => join(room, name))
    .concat((elsewhere[room] ?? []).map((name) => `${name}.test.js`))
    .sort((a, b) => rank(a) - rank(b));
}

/** How a file of tests ends without a fault; one that is not green finds nothing. */
function endWithout(name) {
  if (!without.has(name)) {
    const end = test(name);
    without.set(name, end);
    end.then((is) => is !== 'green' && console.log(`left out: ${name} ${is} without a fault`));
  }
  return without.get(name);
}

/** Runs one file of tests: 'green', 'red' or, past the limit of seconds, 'hangs'. */
function test(name, planted = {}) {
  const plant = `--import=${pathToFileURL(join(root, 'tools', 'plant.mjs')).href}`;
  const env = { ...process.env, ...planted, NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} ${plant}` };
  return new Promise((end) => {
    const child = spawn(process.execPath, [join(tests, name)], {
      cwd: root,
      env,
      stdio: 'ignore',
      detached: true,
    });
    const timer = setTimeout(() => {
      process.kill(-child.pid, 'SIGKILL'); // what it started too
      end('hangs');
    }, 1000 * limit);
    child.on('exit', (code) => {
      clearTimeout(timer);
      end(code === 0 ? 'green' : 'red');
    });
  });
}

/** Two at a time. */
async function each(items, work) {
  const queue = [...items];
  const worker = async () => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item);
  };
  await Promise.all([worker(), worker()]);
}
