// Runs notebooks in the pages of out/site, in headless Chromium from a plain server: every cell must run, and
// every check must say what is stored. Without names, all notebooks.
//   node tools/check-site.mjs [07-thermodynamic-cooling ...]
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { findChromium, launch } from '../dist/test/jupyterlab/chromium.js';
import { root } from './run.mjs';
import { needsNode } from './site/needsNode.mjs';
import { serve } from './site/serve.mjs';

const site = join(root, 'out', 'site');
const executable = findChromium();
if (!executable) {
  console.log('site: SKIPPED, needs Chromium (apt-get install chromium)');
  process.exit();
}
if (!existsSync(site)) throw new Error('check-site: npm run site comes first');
const asked = process.argv.slice(2).map((name) => name.replace(/^.*notebooks[/]/, '').replace('.ipynb', ''));
const all = readdirSync(join(site, 'notebooks'), { recursive: true })
  .filter((name) => name.endsWith('.ipynb'))
  .map((name) => name.replaceAll('\\', '/').replace('.ipynb', ''))
  .sort();
const names = asked.length > 0 ? asked : all;
const server = await serve(site, 0);
const base = `http://localhost:${server.address().port}`;
const browser = await launch(executable);
const queue = [...names];
const faults = [];
await Promise.all([runPages(), runPages()]);
await browser.close();
server.close();
if (faults.length > 0) throw new Error(`check-site:\n${faults.join('\n')}`);
console.log(`site: ${names.length} notebooks ran in pages; what they say is what is stored`);

async function runPages() {
  for (let name = queue.shift(); name !== undefined; name = queue.shift()) {
    const began = performance.now();
    const found = await runPage(name).catch((error) => [String(error)]);
    faults.push(...found.map((fault) => `${name}: ${fault}`));
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    console.log(
      `${name}: ${found.length === 0 ? (needsNode[name] ? 'as in Node, but for what needs it' : 'as in Node') : 'FAILED'}, ${seconds} s`,
    );
  }
}

/** What differs from the stored page. */
async function runPage(name) {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    const found = [];
    page.on('pageerror', (error) => found.push(`page error: ${error.message}`));
    page.on('console', (message) => message.type() === 'error' && found.push(`console: ${message.text()}`));
    page.on('request', (request) => {
      if (!request.url().startsWith(base) && !/^(blob|data):/.test(request.url()))
        found.push(`asks ${request.url()}`);
    });
    await page.goto(`${base}/notebooks/${name}.html`);
    const words = () =>
      page.locator('[data-check]').evaluateAll((all) => all.map(({ dataset }) => dataset.check));
    const stored = await words();
    await page.click('#start');
    await page.waitForFunction(
      `/^(Ready|Cell)/.test(document.getElementById('status')?.textContent)`,
      undefined,
      { timeout: 600_000 },
    );
    const status = await page.locator('#status').textContent();
    const expected = needsNode[name];
    if (expected)
      return status.startsWith(`Cell ${expected.cell} failed`)
        ? found
        : [...found, `${status}, where cell ${expected.cell} should fail: ${expected.why}`];
    if (status !== 'Ready.') return [...found, status];
    const here = await words();
    if (JSON.stringify(here) !== JSON.stringify(stored))
      found.push(`says ${here.join(', ')}; stored ${stored.join(', ')}`);
    return found;
  } finally {
    await context.close();
  }
}
