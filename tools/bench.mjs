// `npm run bench`: every benchmark of bench/, one after another, on a fresh build.
//   node tools/bench.mjs [NAME...] [--OPTION...]    only these; options go to the benchmarks
//   node tools/bench.mjs --json                     the engine's ratios alone, as JSON on stdout
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root, runNode } from './run.mjs';

runNode(join('tools', 'build.mjs'));
const options = process.argv.slice(2).filter((word) => word.startsWith('--'));
const names = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const wanted = names.length === 0 && options.includes('--json') ? ['engine'] : names;
const benches = readdirSync(join(root, 'dist', 'bench')).filter((name) => name.endsWith('.bench.js'));
for (const bench of benches.filter(
  (name) => wanted.length === 0 || wanted.includes(name.replace('.bench.js', '')),
)) {
  runNode(join('dist', 'bench', bench), ...options);
}
