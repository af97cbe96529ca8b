// The scripts of live pages and their data: the kernel's compiler and executor with a page's modules in the
// place of Node's, the lab's doors, and the declarations that the compiler reads.
import { build } from 'esbuild';
import fs, { copyFileSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';
import { licences } from '../library.mjs';
import { root } from '../run.mjs';

const page = join(root, 'kernel', 'page');
const inPage = (name) => join(page, 'node', `${name}.ts`);

/** Node's modules, as the kernel imports them. */
const alias = {
  ...Object.fromEntries(
    ['fs', 'module', 'crypto', 'async_hooks', 'worker_threads', 'vm', 'url'].map((name) => [
      `node:${name}`,
      inPage(name),
    ]),
  ),
  'node:path': 'path-browserify',
  'node:util': 'node-inspect-extracted',
};
const common = {
  metafile: true,
  absWorkingDir: root,
  bundle: true,
  format: 'esm',
  platform: 'browser',
  target: 'es2022',
  minify: true,
  logLevel: 'error',
};

/** TypeScript comes as a module of the site, and tslab not at all. */
const replaced = {
  name: 'replaced',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /[/]codeCache[.]js$/ }, ({ importer }) =>
      importer.startsWith(page) ? undefined : { path: inPage('codeCache') },
    );
    onResolve({ filter: /[/]tslabCompiler[.]js$/ }, () => ({ path: 'tslab', namespace: 'none' }));
    onLoad({ filter: /./, namespace: 'none' }, () => ({
      contents: 'export const TslabCompiler = undefined;',
    }));
  },
};

export async function bundles(assets) {
  const lib = join(root, 'dist', 'lib');
  const doors = readdirSync(lib).filter(
    (name) => name.endsWith('.js') && !/^(shared-|poolThread|sweepThread)/.test(name),
  );
  const made = await Promise.all([
    build({ ...common, entryPoints: [join(page, 'page.ts')], outdir: assets, format: 'iife' }),
    build({
      ...common,
      entryPoints: [join(page, 'live.ts')],
      outdir: assets,
      splitting: true,
      chunkNames: 'live-[hash]',
    }),
    build({
      ...common,
      entryPoints: [join(page, 'compiler.ts'), join(page, 'executor.ts')],
      outdir: assets,
      splitting: true,
      chunkNames: 'kernel-[hash]',
      alias,
      plugins: [replaced],
    }),
    build({
      ...common,
      entryPoints: doors.map((name) => join(lib, name)),
      outdir: join(assets, 'lib'),
      splitting: true,
      chunkNames: 'shared-[hash]',
    }),
  ]);
  const read = await filesOfTypes();
  const inputs = made.flatMap(({ metafile }) => Object.keys(metafile.inputs));
  const others = ['dist/lib/LICENSES.txt', 'dist/tfjs/LICENSE.txt', 'dist/cephes/LICENSE.txt', 'LICENSE'];
  const plotly = 'node_modules/plotly.js-dist-min';
  writeFileSync(
    join(assets, 'LICENSES.txt'),
    [
      licences([...inputs, ...read, `${plotly}/plotly.min.js`]),
      ...others.map((file) => readFileSync(join(root, file), 'utf8')),
    ].join('\n'),
  );
  copyFileSync(join(root, plotly, 'plotly.min.js'), join(assets, 'plotly.min.js'));
  const texts = (paths) =>
    Object.fromEntries(paths.map((path) => [path, readFileSync(join(root, path), 'utf8')]));
  const claims = ['earlier', 'publication', 'verdicts', 'sentences'].map(
    (name) => `dist/src/claims/${name}.json`,
  );
  pack(
    join(assets, 'data.packed'),
    texts(['package.json', 'NOTICE', 'dist/src/reference/originalTraces.json', ...claims]),
  );
  pack(
    join(assets, 'types.packed'),
    Object.fromEntries(Object.entries(texts(read)).map(([path, text]) => [`/lab/${path}`, slim(path, text)])),
  );
}

const pack = (file, texts) => writeFileSync(file, gzipSync(JSON.stringify(texts), { level: 9 }));

/** Node's declarations without their documentation; of a manifest, the fields that say where declarations are. */
function slim(path, text) {
  if (/node_modules[/](@types[/]node|undici-types)[/].*[.]ts$/.test(path))
    return text.replace(/[/][*][*][^]*?[*][/]\s*/g, '');
  if (!path.endsWith('package.json')) return text;
  const { name, version, type, types, typings, main, exports, imports, typesVersions } = JSON.parse(text);
  return JSON.stringify({ name, version, type, types, typings, main, exports, imports, typesVersions });
}

/** What the compiler reads when it knows all doors of the lab, all of their names, and Node's globals. */
async function filesOfTypes() {
  const read = new Set();
  const readNow = fs.readFileSync;
  fs.readFileSync = (path, ...rest) => {
    if (typeof path === 'string') read.add(path);
    return readNow(path, ...rest);
  };
  syncBuiltinESMExports();
  const { TypeScriptCompiler } = await import('../../dist/kernel/compiler/typescript/typescriptCompiler.js');
  const compiler = new TypeScriptCompiler({ root, folder: join(root, 'notebooks') }, 'emtd-lab', true);
  const { exports } = JSON.parse(readNow(join(root, 'package.json'), 'utf8'));
  const doors = Object.keys(exports)
    .filter((door) => exports[door].types)
    .map((door) => `emtd-lab${door.slice(1)}`);
  compiler.compile(
    `${doors.map((door, k) => `import * as door${k} from '${door}';`).join('\n')}\nprocess.env.FULL;`,
    {
      name: 'all',
      types: true,
      prelude: true,
    },
  );
  while (compiler.warmUp());
  compiler.names();
  compiler.complete('ham', 3);
  fs.readFileSync = readNow;
  syncBuiltinESMExports();
  return [...read]
    .filter(
      (path) =>
        path.startsWith(root) &&
        /([.]d[.][cm]?ts|package[.]json)$/.test(path) &&
        statSync(path, { throwIfNoEntry: false }),
    )
    .map((path) => relative(root, path))
    .sort();
}
