// Makes dist/tfjs, the part of TensorFlow.js that the lab uses, as one ES module for Node and pages, and its
// types as one file. The packages of tfjs fill 66 MB in 14 packages, need files beside them, and listen to
// uncaught errors of the process.
import { build } from 'esbuild';
import { readdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rollup } from 'rollup';
import { dts } from 'rollup-plugin-dts';
import { madeOnce } from '../madeOnce.mjs';
import { root } from '../run.mjs';

const here = import.meta.dirname;
const packages = ['@tensorflow/tfjs-core', '@tensorflow/tfjs-backend-cpu', '@tensorflow/tfjs-backend-wasm'];
const core = realpathSync(join(root, 'node_modules', '@tensorflow', 'tfjs-core', 'dist')); // node_modules may be a link
const read = (...path) => readFileSync(join(...path), 'utf8');

export const bundleTfjs = () =>
  madeOnce(here, [...packages, 'esbuild', 'rollup-plugin-dts'], async (to) => {
    await writeProgram(to);
    await writeTypes(to);
  });

/** Names stay as they are written, so that errors can be read. */
const writeProgram = (to) =>
  build({
    entryPoints: [join(here, 'entry.js')],
    outfile: join(to, 'tfjs.js'),
    bundle: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    minifyWhitespace: true,
    minifySyntax: true,
    loader: { '.wasm': 'base64' },
    legalComments: 'none',
    plugins: [changes],
    logLevel: 'error',
    banner: { js: 'export {};' }, // by which publint sees a module: it takes a `//` in a string for a comment to the end of the line
  });

const changes = {
  name: 'changes',
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /platform_node$/ }, () => ({ path: join(here, 'platform.js') }));
    onLoad({ filter: /threaded-simd/ }, () => ({ contents: 'export const wasmWorkerContents = undefined' }));
    // without `process` the loader neither looks for files nor listens to the process
    onLoad({ filter: /tfjs-backend-wasm[.]js$/ }, ({ path }) => ({ contents: `var process; ${read(path)}` }));
  },
};

/** Types of a page, which exist where the user's `lib` has them. */
const ofPage = [
  'File',
  'GPUBuffer',
  'HTMLCanvasElement',
  'HTMLImageElement',
  'HTMLSourceElement',
  'HTMLVideoElement',
  'ImageBitmap',
  'ImageData',
  'Navigator',
  'ReadableStream',
  'Response',
  'WebGLTexture',
];
const elsewhere = ['Long', 'RequestInit', 'WebGLContextAttributes'];

async function writeTypes(to) {
  const bundle = await rollup({ input: join(core, 'index.d.ts'), plugins: [dts({ respectExternal: true })] });
  const {
    output: [{ code }],
  } = await bundle.generate({ format: 'es' });
  const types = code
    .replace(/^\/\/\/ <(reference|amd-module).*\n/gm, '')
    .replace('typeof fetch;', 'typeof globalThis extends { fetch: infer Fetch } ? Fetch : unknown;')
    .replaceAll('ReadableStream<ArrayBuffer>', 'ReadableStream');
  writeFileSync(
    join(to, 'tfjs.d.ts'),
    [
      'type OfPage<Name extends string> = typeof globalThis extends Record<Name, { prototype: infer Instance }> ? Instance : object;',
      ...ofPage.map((name) => `type ${name} = OfPage<'${name}'>;`),
      ...elsewhere.map((name) => `type ${name} = object;`),
      types,
      ...chainedMethods(),
    ].join('\n'),
  );
}

/**
 * `declare module '../../tensor' { interface Tensor ... }` of each chained method, as more of the class in
 * the same file.
 */
function chainedMethods() {
  const folder = join(core, 'public', 'chained_ops');
  const files = readdirSync(folder).filter((name) => /(?<!register.*)[.]d[.]ts$/.test(name));
  return files.map((name) => /declare module '..\/..\/tensor' {\n(.*)\n}/s.exec(read(folder, name))[1]);
}
