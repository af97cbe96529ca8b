// `npm run bench`: every benchmark of bench/, one after another, on a fresh build.
//   node tools/bench.mjs [NAME...]    only these
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root, runNode } from './run.mjs';

runNode(join('tools', 'build.mjs'));
const wanted = process.argv.slice(2);
const benches = readdirSync(join(root, 'dist', 'bench')).filter((name) => name.endsWith('.bench.js'));
for (const bench of benches.filter((name) => wanted.length === 0 || wanted.includes(name.replace('.bench.js', '')))) {
  runNode(join('dist', 'bench', bench));
}
