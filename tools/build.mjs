// Builds dist/: TypeScript with tsc, the engine's WebAssembly with AssemblyScript, data files copied,
// and a fingerprint of the sources, by which `emtd` notices a missing or stale build.
//   node tools/build.mjs --if-stale    nothing where dist/ is current (npx prepares a checkout before it runs anything)
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { buildRecord, isCurrent, sourceFingerprint } from './fingerprint.mjs';
import { root, run } from './run.mjs';

if (process.argv.includes('--if-stale') && isCurrent(root)) process.exit();

rmSync(join(root, 'dist'), { recursive: true, force: true });
run('typescript/bin/tsc', '-p', '.');

const assembly = join(root, 'src', 'engine', 'assembly');
if (existsSync(assembly)) {
  for (const file of readdirSync(assembly).filter((name) => name.endsWith('.ts') && !name.startsWith('_'))) {
    const target = join('dist', 'src', 'engine', file.replace(/\.ts$/, '.wasm'));
    mkdirSync(dirname(join(root, target)), { recursive: true });
    run(
      'assemblyscript/bin/asc.js', join('src', 'engine', 'assembly', file), '--outFile', target,
      '-O3', '--enable', 'simd', '--importMemory', '--noExportMemory', '--runtime', 'stub',
    );
  }
}
for (const room of ['src', 'kernel']) copyData(join(root, room), join(root, 'dist', room));
chmodSync(join(root, 'bin', 'emtd.mjs'), 0o755);
writeFileSync(buildRecord(root), JSON.stringify({ sources: sourceFingerprint(root) }) + '\n');

/** Files that tsc leaves behind (JSON data, logos) go to the same place under dist/. */
function copyData(from, to) {
  cpSync(from, to, {
    recursive: true,
    filter: (path) => !path.endsWith('.ts') && !path.endsWith('.md') && path !== assembly,
  });
}
