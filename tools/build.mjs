// Builds dist/: parts of cephes and tfjs; TypeScript with tsc, which compiles what changed; data files
// copied; and a fingerprint of the sources, by which `emtd` notices a missing or stale build.
//   node tools/build.mjs --if-stale     nothing where dist/ is current (npx prepares a checkout before it
// runs anything)
//   node tools/build.mjs --unchecked    writes the JavaScript of what changed, in half a second for five;
// checks no types, so
//                                       that `emtd` goes on asking for a build
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { buildRecord, isCurrent, sourceFingerprint } from './fingerprint.mjs';
import { makeLibrary } from './library.mjs';
import { root, run } from './run.mjs';
import { bundleCephes } from './cephes/bundle.mjs';
import { bundleTfjs } from './tfjs/bundle.mjs';

if (process.argv.includes('--if-stale') && isCurrent(root)) process.exit();
if (parseInt(process.versions.node) < 22) {
  console.warn(
    `Node ${process.versions.node} is past its end of life, and the lab is not tested on it; for a newer one from npm: npx -y -p node@24 -c 'npm ci && npm test'`,
  );
}

removeOrphans(join(root, 'dist'));
await Promise.all([bundleCephes(), bundleTfjs()]); // before tsc, which reads their types
/** The site's own, of which `tools/site/bundles.mjs` makes scripts. */
const ofPage = join(root, 'kernel', 'page');
const isBuilt = existsSync(join(root, 'dist', 'tsc.json'));
const isChecked = !isBuilt || !process.argv.includes('--unchecked');
if (isBuilt) await writeJavaScript();
if (isChecked) run('typescript/bin/tsc', '--build');

for (const room of ['src', 'kernel']) copyData(join(root, room), join(root, 'dist', room));
await makeLibrary();
await writeLock();
chmodSync(join(root, 'bin', 'emtd.mjs'), 0o755);
if (isChecked) writeFileSync(buildRecord(root), JSON.stringify({ sources: sourceFingerprint(root) }) + '\n');
else if (!isCurrent(root)) writeFileSync(buildRecord(root), '{}\n'); // stale from here on, also when the edit is taken back

/**
 * JavaScript of the files that changed, as tsc writes it. Before tsc too: where an edit is taken back, tsc
 * sees no change.
 */
async function writeJavaScript() {
  const target = (file) => join(root, 'dist', relative(root, file)).replace(/\.ts$/, '.js');
  const sources = ['src', 'kernel', 'test', 'bench'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true }).map((name) => join(root, folder, name)),
  );
  const changed = sources.filter(
    (file) => file.endsWith('.ts') && !file.startsWith(ofPage) && isNewer(file, target(file)),
  );
  if (changed.length === 0) return;
  const { default: ts } = await import('typescript');
  const { options } = ts.getParsedCommandLineOfConfigFile(join(root, 'tsconfig.json'), {}, ts.sys);
  for (const fileName of changed) {
    const compilerOptions = { ...options, module: ts.ModuleKind.ESNext };
    mkdirSync(dirname(target(fileName)), { recursive: true });
    writeFileSync(
      target(fileName),
      ts.transpileModule(readFileSync(fileName, 'utf8'), { compilerOptions, fileName }).outputText,
    );
  }
}

/**
 * The versions of all that the library and the kernel need: by it `emtd kernel install` makes a folder of the
 * kernel's own.
 */
async function writeLock() {
  const { lockedWith } = await import('../dist/kernel/install/lockfile.js');
  const { kernelPackages } = await import('../dist/kernel/wire/ownPackage.js');
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  const { version, license, bin, engines, dependencies, peerDependencies, peerDependenciesMeta } =
    packages[''];
  const own = { version, license, bin, engines, dependencies, peerDependencies, peerDependenciesMeta };
  const locked = lockedWith([...Object.keys(dependencies), ...kernelPackages('tslab')], packages);
  writeFileSync(
    join(root, 'dist', 'kernel', 'install', 'lock.json'),
    JSON.stringify({ packages: { '': own, ...locked } }),
  );
}

/** Whether a file changed since that one was made of it. */
function isNewer(file, than) {
  return !existsSync(than) || statSync(file).mtimeMs > statSync(than).mtimeMs;
}

/** What stands in dist/ and has no source any more goes; tsc would write everything again if all went. */
function removeOrphans(dist) {
  if (!existsSync(dist)) return;
  if (!existsSync(join(dist, 'tsc.json'))) return rmSync(dist, { recursive: true });
  const files = readdirSync(dist, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  for (const path of files.map((entry) => join(entry.parentPath ?? entry.path, entry.name))) {
    const source = join(root, relative(dist, path));
    const isOwn = dirname(path) === dist || ['cephes', 'lib', 'tfjs'].includes(relative(dist, dirname(path)));
    if (!isOwn && !existsSync(source) && !existsSync(source.replace(/(\.d\.ts|\.js)$/, '.ts'))) rmSync(path);
  }
}

/** Files that tsc leaves behind (JSON data, logos) go to the same place under dist/. */
function copyData(from, to) {
  cpSync(from, to, {
    recursive: true,
    filter: (path) => !path.endsWith('.ts') && !path.endsWith('.md') && path !== ofPage,
  });
}
