// `npm test`: a fresh build, lint and import direction, then every test with node's own runner.
//   node tools/test.mjs [ROOM...]    only these folders of test/
//   node tools/test.mjs --physics    the long statistical suite (test/physics at full length)
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root, runNode } from './run.mjs';

const args = process.argv.slice(2);
const physics = args.includes('--physics');
const rooms = args.filter((arg) => !arg.startsWith('--'));

runNode(join('tools', 'build.mjs'));
if (physics) process.env.EMTD_PHYSICS = 'full';
else if (rooms.length === 0) runNode(join('tools', 'lint.mjs'));

const folders = physics ? ['physics'] : rooms;
const from = join(root, 'dist', 'test');
const files = (folders.length > 0 ? folders.map((room) => join(from, room)) : [from])
  .flatMap((folder) => {
    if (!existsSync(folder)) throw new Error(`test: no such folder of tests, ${folder}`);
    return readdirSync(folder, { recursive: true }).map((name) => join(folder, name));
  })
  .filter((name) => name.endsWith('.test.js'))
  .sort();
const minutes = physics ? 60 : 15; // for one file: what hangs fails by name
runNode('--test', '--test-concurrency=2', `--test-timeout=${minutes * 60_000}`, ...files);
