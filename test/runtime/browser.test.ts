// The pool in a page: the same files, on Web Workers. Shared memory needs a page that is cross-origin
// isolated.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { runHere } from '../../src/runtime/index.js';
import type * as machine from '../../src/runtime/index.js';
import { findChromium, launch } from '../jupyterlab/chromium.js';
import { jobOf, programBytes, rows, runOf } from './program.js';

const executable = findChromium();
const skip = executable ? false : 'needs Chromium (apt-get install chromium)';
if (skip) console.error(`SKIPPED, the pool in a page: ${skip}`);

let browser: Browser;
let server: Server;
before(async () => {
  if (!executable) return;
  browser = await launch(executable);
  server = createServer(
    (request, response) =>
      void answer(request.url!).then(
        ({ type, body }) => {
          const isolated = {
            'cross-origin-opener-policy': 'same-origin',
            'cross-origin-embedder-policy': 'require-corp',
          };
          response
            .writeHead(200, { 'content-type': type, ...(request.url === '/plain' ? {} : isolated) })
            .end(body);
        },
        () => response.writeHead(404).end(),
      ),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
after(async () => {
  await browser?.close();
  server?.close();
});

async function answer(path: string): Promise<{ type: string; body: Uint8Array | string }> {
  if (!path.endsWith('.js')) return { type: 'text/html', body: '<!doctype html>' };
  return { type: 'text/javascript', body: await readFile(new URL(`../../src${path}`, import.meta.url)) };
}

async function open(path: string): Promise<Page> {
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`);
  return page;
}

interface Asked {
  readonly bytes: number[];
  readonly words: number[];
  readonly threads: number;
  readonly isShared: boolean;
}
/** In the page: the rows after 100 steps, or what went wrong. */
async function inPage({
  bytes,
  words,
  threads,
  isShared,
}: Asked): Promise<{ outcome: unknown; rows: number[] }> {
  const load = (name: string): Promise<typeof machine> =>
    import(`/runtime/threads/${name}.js`) as Promise<typeof machine>;
  const [{ Pool }, { runHere: here }, { WebAssembly }] = await Promise.all(
    ['pool', 'runHere', 'webAssembly'].map(load),
  );
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 65536, shared: isShared });
  const [job, size] = [1024, words[0]];
  new Uint32Array(memory.buffer, job, words.length).set(words);
  const numbers = new Uint32Array(memory.buffer, job + 64, 2 * size);
  numbers.forEach((_, i) => (numbers[i] = i));
  const phases = ['there', 'back', 'trap'].map((entry) => ({ entry, size, grain: 4 }));
  const run = { module: new WebAssembly.Module(Uint8Array.from(bytes)), memory, job, steps: 100, phases };
  const pool = new Pool();
  pool.threads = threads || 1;
  const outcome: unknown = await (threads > 0 ? pool.run(run) : Promise.resolve(here(run))).catch(
    (error: unknown) => String(error),
  );
  await pool.close();
  return { outcome, rows: [...numbers] };
}

test('threads in an isolated page give the bits of the calling thread in Node', { skip }, async () => {
  const here = runOf();
  runHere(here);
  const page = await open('/isolated');
  const asked = {
    bytes: [...programBytes()],
    words: jobOf({ size: 1000, step: 1000, place: 0 }),
    isShared: true,
  };
  for (const threads of [1, 2, 3]) {
    const { outcome, rows: numbers } = await page.evaluate(inPage, { ...asked, threads });
    assert.deepEqual([outcome, numbers], [{ steps: 100, code: 0 }, [...rows(here)]]);
  }
  const { outcome } = await page.evaluate(inPage, {
    ...asked,
    words: jobOf({ size: 1000, step: 7, place: 999 }),
    threads: 2,
  });
  assert.match(
    String(outcome),
    /^ThreadDied: Pool.run: thread 2 of 2 died in step 7: RuntimeError: divide by zero/,
  );
});

test('a page that is not isolated is told so, and has its own thread', { skip }, async () => {
  const here = runOf();
  runHere(here);
  const page = await open('/plain');
  const asked = {
    bytes: [...programBytes(false)],
    words: jobOf({ size: 1000, step: 1000, place: 0 }),
    isShared: false,
  };
  const refused = await page.evaluate(inPage, { ...asked, threads: 2 });
  assert.match(
    String(refused.outcome),
    /Error: Pool.run: threads cannot share memory here; runHere needs none/,
  );
  const done = await page.evaluate(inPage, { ...asked, threads: 0 });
  assert.deepEqual([done.outcome, done.rows], [{ steps: 100, code: 0 }, [...rows(here)]]);
});
