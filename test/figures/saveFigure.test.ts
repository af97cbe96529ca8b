// Figures as files: the form is that of the ending.
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { plot, renderPng, renderSvg, saveFigure } from '../../src/figures/index.js';
import { figureJson } from '../../src/figures/plots/figure.js';
import { figureCsv } from '../../src/figures/tables/figureCsv.js';

const folder = mkdtempSync(join(tmpdir(), 'figures-'));
after(() => rmSync(folder, { recursive: true }));
const hostile = '</script><script>alert("1")</script>&<b>';
const figure = plot([1, 2, 3], [1, 4, 9], { title: hostile });
const saved = async (name: string): Promise<Buffer> =>
  readFileSync(await saveFigure(figure, join(folder, name)));

test('SVG, PNG, JSON and CSV are what the other functions give', async () => {
  assert.equal(String(await saved('a.svg')), await renderSvg(figure));
  assert.deepEqual(new Uint8Array(await saved('a.PNG')), new Uint8Array(await renderPng(figure)));
  assert.deepEqual(JSON.parse(String(await saved('a.json'))), JSON.parse(JSON.stringify(figureJson(figure))));
  assert.equal(String(await saved('a.csv')), figureCsv(figure));
  const back = JSON.parse(String(await saved('a.json'))) as typeof figure;
  assert.equal(readFileSync(await saveFigure(back, join(folder, 'b.csv')), 'utf8'), figureCsv(figure));
});

test('HTML is one page that draws the figure without a network, whatever its texts', async () => {
  const html = String(await saved('a.html'));
  const { JSDOM } = createRequire(import.meta.url)('jsdom') as {
    JSDOM: new (html: string) => { window: { document: Document } };
  };
  const { document } = new JSDOM(html).window;
  interface Document {
    readonly title: string;
    querySelectorAll(selector: string): ArrayLike<{ textContent: string }>;
  }
  const scripts = Array.from(document.querySelectorAll('script'));
  assert.equal(scripts.length, 2, 'plotly.js and the figure');
  assert.equal(document.querySelectorAll('script[src], link').length, 0);
  const drawn: unknown[] = [];
  new Function('Plotly', scripts[1]!.textContent)({ newPlot: (...args: unknown[]) => drawn.push(...args) });
  assert.deepEqual(drawn.slice(1, 3), [
    JSON.parse(JSON.stringify(figure.data)),
    JSON.parse(JSON.stringify(figure.layout)),
  ]);
  assert.equal(document.querySelectorAll(`#${String(drawn[0])}`).length, 1);
  const library = readFileSync(
    createRequire(import.meta.url).resolve('plotly.js-dist-min/plotly.min.js'),
    'utf8',
  );
  assert.ok(scripts[0]!.textContent === library, 'plotly.js as it is');
});

test('what cannot be saved is named, and no folder is made', async () => {
  const none = join(folder, 'none', 'a.svg');
  await assert.rejects(
    saveFigure(figure, none),
    /^RangeError: saveFigure: path must lie in a folder that is there, got ".*a.svg": there is no folder/,
  );
  assert.ok(!existsSync(join(folder, 'none')));
  const title = { ...figure, layout: { ...figure.layout, title: { text: 'a\u0000b' } } } as never;
  for (const ending of ['svg', 'png']) {
    await assert.rejects(
      saveFigure(title, join(folder, `a.${ending}`)),
      /^RangeError: render...: figure .*: no text may have a control character, got \\u0000/,
    );
  }
  await assert.rejects(
    saveFigure(figure, join(folder, 'a.pdf')),
    /saveFigure: path must end in .svg, .png, .json, .csv, .html, got ".*a.pdf"/,
  );
  await assert.rejects(saveFigure(figure, 'svg'), /must end in .*, got "svg"/);
  await assert.rejects(
    saveFigure([1, 2] as never, 'a.svg'),
    /^TypeError: saveFigure: figure must be a Figure or a plotly specification, got a list of 2/,
  );
  await assert.rejects(saveFigure(undefined as never, 'a.svg'), /got undefined/);
  await assert.rejects(saveFigure(figure, 5 as never), /saveFigure: path must be a string, got 5/);
});
