// The library in a page, as a user's bundler puts it there: the same numbers as in Node, to the bit, on the
// page's own thread and, where the page is cross-origin isolated, on several.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { after, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { build as esbuild } from 'esbuild';
import { build as vite } from 'vite';
import { findChromium, launch } from '../jupyterlab/chromium.js';
import { study } from './study.js';

const executable = findChromium();
const skip = executable ? false : 'needs Chromium (apt-get install chromium)';
if (skip) console.error(`SKIPPED, the library in a page: ${skip}`);

const folder = mkdtempSync(join(tmpdir(), 'emtd-page-'));
after(() => rmSync(folder, { recursive: true, force: true }));

/** A site of one page that runs the study. A bundler that has something to say of the library fails. */
const bundlers = {
  async esbuild(site: string): Promise<void> {
    const outfile = join(site, 'dist', 'main.js');
    await esbuild({
      entryPoints: [join(site, 'main.js')],
      outfile,
      bundle: true,
      format: 'esm',
      logLevel: 'silent',
    });
    writeFileSync(join(site, 'dist', 'index.html'), '<script type="module" src="main.js"></script>');
  },
  async vite(site: string): Promise<void> {
    writeFileSync(join(site, 'index.html'), '<script type="module" src="/main.js"></script>');
    const warn = (text: string): never => {
      throw new Error(text);
    };
    const logger = {
      info() {},
      warn,
      warnOnce: warn,
      error() {},
      clearScreen() {},
      hasErrorLogged: () => false,
      hasWarned: false,
    };
    await vite({
      root: site,
      configFile: false,
      customLogger: logger,
      build: { target: 'es2022', chunkSizeWarningLimit: 1e4, reportCompressedSize: false },
    });
  },
};

type Found = Awaited<ReturnType<typeof study>>;
const written = (found: Found): Found => JSON.parse(JSON.stringify(found)) as Found;

/** What the study says in the site's page, and how many threads it left waiting. */
async function inPage(site: string, isolated: boolean, threads: number) {
  const headers = isolated
    ? { 'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'require-corp' }
    : {};
  const server = createServer(({ url }, response) => {
    const file = url === '/' ? 'index.html' : url!.slice(1);
    const type =
      { '.html': 'text/html', '.js': 'text/javascript' }[extname(file)] ?? 'application/octet-stream';
    try {
      const body = readFileSync(join(site, 'dist', file));
      response.writeHead(200, { 'content-type': type, ...headers }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const browser = await launch(executable!);
  try {
    const page = await browser.newPage();
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(String(error)));
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    await page.waitForFunction('globalThis.study').catch((error: unknown) => {
      throw new Error(faults.join('\n') || String(error));
    });
    const found = JSON.parse(
      (await page.evaluate(`study(${threads}, 'a.svg').then(JSON.stringify)`)) as string,
    ) as Found;
    assert.deepEqual(faults, []);
    return { found, workers: page.workers().length };
  } finally {
    await browser.close();
    server.close();
  }
}

for (const [name, bundle] of Object.entries(bundlers)) {
  describe(`bundled by ${name}`, { skip, timeout: 240_000 }, () => {
    const site = join(folder, name);
    test('the page finds what Node finds, to the bit, and names what it cannot do', async () => {
      mkdirSync(site);
      const program = fileURLToPath(new URL('./study.js', import.meta.url));
      writeFileSync(
        join(site, 'main.js'),
        `import { study } from ${JSON.stringify(program)};\nglobalThis.study = study;\n`,
      );
      await bundle(site);
      const { errors, ...numbers } = written(await study(1, join(folder, 'a.svg')));
      const { found, workers } = await inPage(site, false, 2);
      const { errors: errorsThere, ...numbersThere } = found;
      assert.deepEqual(numbersThere, numbers);
      assert.match(numbers.certificate, /^Certificate of langevin .*: passed\n/);
      const {
        saved,
        hashes: { resumed },
        ledgers: { proved, signed },
      } = numbers;
      assert.deepEqual(
        { saved, resumed, proved, signed },
        { saved: true, resumed: true, proved: true, signed: true },
      );
      assert.equal(workers, 0);
      assert.equal(errors[0], 'done');
      const lacking = {
        sentences: 'node:fs',
        saveFigure: 'node:path',
        renderSvg: 'node:module',
        setBackend: 'node:module',
        manifest: 'node:fs',
      };
      assert.deepEqual(
        errorsThere,
        Object.entries(lacking).map(([caller, name]) => `${caller}: needs Node, a page has no ${name}`),
      );
    });
    test('the same on two threads in a page that is isolated', async () => {
      const { hashes } = written(await study(1, join(folder, 'a.svg')));
      const { found, workers } = await inPage(site, true, 2);
      assert.deepEqual([found.hashes, workers], [hashes, 2]);
    });
  });
}
