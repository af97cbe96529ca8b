// Makes dist/cephes, the functions of Cephes that the lab uses, as one ES module for Node and pages that is
// ready at once. (The package's own ES module is ready after a promise; its CommonJS reads base64 by Node's
// Buffer.)
import { build } from 'esbuild';
import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { madeOnce } from '../madeOnce.mjs';
import { root } from '../run.mjs';

const here = import.meta.dirname;
/** As declared in cephes.d.ts. */
const names = [
  ...readFileSync(join(here, 'cephes.d.ts'), 'utf8').matchAll(/export declare function (\w+)/g),
].map(([, name]) => name);
/** Parts of Cephes that they are in. */
const parts = ['bessel', 'cprob', 'ellf'];

export const bundleCephes = () =>
  madeOnce(here, ['cephes', 'esbuild'], async (to) => {
    await build({
      stdin: { contents: source(), resolveDir: here },
      outfile: join(to, 'cephes.js'),
      bundle: true,
      format: 'esm',
      platform: 'neutral',
      target: 'es2022',
      minifyWhitespace: true,
      minifySyntax: true,
      logLevel: 'error',
    });
    copyFileSync(join(here, 'cephes.d.ts'), join(to, 'cephes.d.ts'));
  });

function source() {
  const text = readFileSync(join(root, 'node_modules', 'cephes', 'index.js'), 'utf8')
    .replace(
      'Buffer.from(buffer, "base64")',
      'globalThis.Buffer?.from(buffer, "base64") ?? Uint8Array.from(atob(buffer), (letter) => letter.charCodeAt(0))',
    )
    .replace(/^  (\w+): \1,$/gm, (line, name) => (parts.includes(name) ? line : ''))
    .replace(/^(Object.defineProperty\(exports,|exports[.]).*$/gm, '');
  return `${text}\nexport { ${names.join(', ')} };`;
}
