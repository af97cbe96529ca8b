import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { jupyterDisplay } from '../../src/display/index.js';
import { figureJson } from '../../src/figures/plots/figure.js';
import type { FigureSpec } from '../../src/figures/plots/figureSpec.js';
import { lineWithBand } from '../../src/figures/plots/lineWithBand.js';
import { renderPng, renderSvg } from '../../src/figures/rendering/render.js';

const figure = lineWithBand({
  name: 'zero-mode',
  title: 'Drift of the mean',
  caption: 'Sixteen seeds.',
  x: { title: 'time', unit: '1/J' },
  y: { title: 'variance ⟨m⟩' },
  series: [
    { label: 'langevin', marks: 'points', x: [1, 2, 3], y: [2, 4, 6], lower: [1, 3, 5], upper: [3, 5, 7] },
  ],
  theory: [{ label: 'theory', x: [1, 2, 3], y: [2, 4, 6] }],
});

const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;

test('the SVG shows axis titles, legend, caption, every point and every error bar', async () => {
  const start = performance.now();
  const svg = await renderSvg(figure);
  const loaded = performance.now();
  await renderSvg(figure);
  console.log(
    `first figure ${Math.round(loaded - start)} ms, next ${Math.round(performance.now() - loaded)} ms`,
  );
  for (const text of ['time (1/J)', 'variance ⟨m⟩', 'Drift of the mean', 'langevin', 'Sixteen seeds.']) {
    assert.ok(svg.includes(`>${text}<`), text);
  }
  assert.equal(count(svg, /class="point"/g), 3);
  assert.equal(count(svg, /class="yerror"/g), 3);
  assert.equal(count(svg, /class="js-line"/g), 2, 'theory and its legend entry');
  assert.ok(!/NaN|Infinity|undefined/.test(svg));
});

test('tick labels stand outside the axes, axis titles outside the tick labels', async () => {
  const svg = await renderSvg(figure);
  const ticks = [...svg.matchAll(/<g class="xtick"><text[^>]* y="([\d.]+)"[^>]*>([^<]+)</g)];
  assert.deepEqual(
    ticks.map(([, , label]) => label),
    ['1', '1.5', '2', '2.5', '3'],
  );
  const axis = figure.layout.height - figure.layout.margin.b;
  const title = Number(/class="xtitle"[^>]* y="([\d.]+)"/.exec(svg)?.[1]);
  const label = Number(ticks[0][1]);
  assert.ok(axis < label && label < title && title < figure.layout.height, `${axis} ${label} ${title}`);
});

test('the same figure gives the same bytes, side by side too', async () => {
  const other = { ...figureJson(figure), layout: { ...figure.layout, width: 500 } };
  const alone = await renderSvg(figure);
  const [, again, otherAgain] = await Promise.all([renderSvg(other), renderSvg(figure), renderSvg(other)]);
  assert.equal(again, alone);
  assert.equal(otherAgain, await renderSvg(other));
  assert.deepEqual(await renderPng(figure), await renderPng(figure));
});

test('rendering leaves Math.random and the globals of the user alone', async () => {
  const { random } = Math;
  const names = Object.getOwnPropertyNames(globalThis);
  await renderSvg(figure);
  const { random: after } = Math;
  assert.equal(after, random);
  assert.deepEqual(Object.getOwnPropertyNames(globalThis), names);
});

interface Bitmap {
  width: number;
  height: number;
}

interface CanvasLibrary {
  loadImage(png: Uint8Array): Promise<Bitmap>;
  createCanvas(
    width: number,
    height: number,
  ): {
    getContext(kind: '2d'): {
      drawImage(image: Bitmap, x: number, y: number): void;
      getImageData(x: number, y: number, width: number, height: number): { data: Uint8ClampedArray };
    };
  };
}

/** Share of pixels that are not white in a rectangle of the picture. */
async function inkIn(png: Uint8Array, x: number, y: number, width: number, height: number): Promise<number> {
  const { loadImage, createCanvas } = createRequire(import.meta.url)('@napi-rs/canvas') as CanvasLibrary;
  const image = await loadImage(png);
  const context = createCanvas(image.width, image.height).getContext('2d');
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(x, y, width, height);
  let dark = 0;
  for (let k = 0; k < data.length; k += 4) if (data[k] < 200) dark++;
  return dark / (width * height);
}

test('the PNG has the right size, a curve, and text without any system font', async () => {
  const png = await renderPng(figure, { scale: 2 });
  const header = Buffer.from(png);
  assert.equal(header.readUInt32BE(16), 2 * figure.layout.width);
  assert.equal(header.readUInt32BE(20), 2 * figure.layout.height);
  const { margin, width, height } = figure.layout;
  const [x, y] = [2 * margin.l + 20, 2 * margin.t + 20];
  const data = await inkIn(png, x, y, 2 * (width - margin.r) - 20 - x, 2 * (height - margin.b) - 20 - y);
  const title = await inkIn(png, 2 * margin.l, 0, 300, 60);
  assert.ok(data > 0.002 && data < 0.2, `${data}`);
  assert.ok(title > 0.005, `${title}`);
});

test('bad scale and invalid plotly are named errors', async () => {
  await assert.rejects(
    renderPng(figure, { scale: 0 }),
    /renderPng: scale must be positive and finite, got 0/,
  );
  const spec: FigureSpec = { data: [{ ...figure.data[0], mode: 'zigzag' }], layout: figure.layout };
  await assert.rejects(renderSvg(spec), /renderSvg: figure 'zero-mode': is not valid plotly: .*mode/);
});

test('a short log axis writes numbers out, a long one powers of ten', async () => {
  const x = { title: 'T', log: true };
  const labels = async (last: number): Promise<string> => {
    const series = [{ label: 'a', x: [0.4, last], y: [1, 2] }];
    const svg = await renderSvg(lineWithBand({ name: 'a', x, y: { title: 'y' }, series }));
    return [...svg.matchAll(/<g class="xtick"><text[^>]*>(.*?)<\/text>/g)]
      .map(([, label]) => label.replace(/<[^>]+>|\u200b/g, ''))
      .join(' ');
  };
  assert.equal(await labels(6), '0.5 1 2 5');
  assert.equal(await labels(600), '1 10 102');
});

test('attributes that plotly does not use are no fault', async () => {
  const layout = {
    ...figure.layout,
    xaxis: { title: { text: 'time' }, tickformat: '~g', exponentformat: 'power' },
  };
  assert.match(await renderSvg({ data: figure.data, layout }), />time</);
});

test('a figure displays as plotly, PNG and text', async () => {
  const bundle = await figure[jupyterDisplay]();
  assert.deepEqual(Object.keys(bundle), ['application/vnd.plotly.v1+json', 'image/png', 'text/plain']);
  assert.equal(bundle['text/plain'], '[figure zero-mode] Drift of the mean Sixteen seeds.');
  const json = JSON.parse(JSON.stringify(bundle['application/vnd.plotly.v1+json'])) as FigureSpec;
  assert.equal(json.layout.meta.name, 'zero-mode');
  assert.equal(await renderSvg(json), await renderSvg(figure));
});

test('a layout without its size or name gives a named error, and the thread goes on drawing', async () => {
  const { data, layout } = figureJson(figure);
  const spec = (parts: object): FigureSpec => ({ data, layout: parts }) as unknown as FigureSpec;
  await assert.rejects(
    renderSvg(spec({})),
    /renderSvg: layout.width must be positive and finite, got undefined/,
  );
  await assert.rejects(
    renderPng(spec({ width: 300, height: NaN })),
    /renderPng: layout.height must be positive and finite, got NaN/,
  );
  await assert.rejects(renderSvg({ data } as unknown as FigureSpec), /renderSvg: layout.width must be/);
  await assert.rejects(
    renderSvg(spec({ width: 300, height: 200, xaxis: { type: 'none' } })),
    /renderSvg: figure: is not valid plotly/,
  );
  assert.match(await renderSvg(spec({ width: 300, height: 200 })), /^<svg/);
  assert.match(await renderSvg({ data, layout }), /^<svg/);
});
