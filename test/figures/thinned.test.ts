// What a notebook keeps of a figure: 2,000 points a trace at most, extremes among them, and it says what it
// left out.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { jupyterDisplay } from '../../src/display/index.js';
import { graphDrawing, lineWithBand, type FigureSpec } from '../../src/figures/index.js';
import { figureCsv } from '../../src/figures/tables/figureCsv.js';
import { figureMimes } from '../../src/figures/plots/figure.js';
import { mostPoints, pointsOf, thinFigure, tooLong } from '../../src/figures/plots/thinned.js';
import { torus } from '../../src/graphs/index.js';

const axes = { x: { title: 't' }, y: { title: 'x' } };
const count = 10_001;
const t = Array.from({ length: count }, (_, k) => k / 100);
/** A slow wave with a ripple, whose ends are no extremes, and with two needles, one point wide. */
const wave = t.map((time, k) =>
  k === 3137 ? 50 : k === 7777 ? -50 : Math.sin(time) + [0, 0.5, -0.5, 0][k % 4],
);
/** Its band, which ripples otherwise. */
const band = { lower: wave.map((y, k) => y - 1 - (k % 7)), upper: wave.map((y, k) => y + 2 + (k % 11)) };
const long = lineWithBand({ name: 'long', ...axes, series: [{ label: 'wave', x: t, y: wave, ...band }] });

test('a long curve keeps its ends and its needles, in order, and never more than 2,000 points', () => {
  const { data } = thinFigure(long);
  for (const trace of data)
    assert.ok(pointsOf(trace) <= mostPoints && pointsOf(trace) > 1600, `${pointsOf(trace)}`);
  const curve = data.find(({ meta }) => meta?.role === 'value')!;
  const [x, y] = [curve.x as number[], curve.y as number[]];
  assert.deepEqual([x[0], y[0], x.at(-1), y.at(-1)], [0, wave[0], 100, wave[count - 1]]);
  assert.equal(y[x.indexOf(31.37)], 50);
  assert.equal(y[x.indexOf(77.77)], -50);
  assert.ok(x.every((at, k) => k === 0 || at > x[k - 1]));
  for (const [k, at] of x.entries()) assert.equal(y[k], wave[Math.round(at * 100)]);
  assert.equal(curve.meta?.of, count);
});

test('a curve and its band keep the same points', () => {
  const [lower, upper, value] = thinFigure(long).data;
  assert.deepEqual(lower.x, value.x);
  (value.x as number[]).forEach((time, k) => {
    const i = Math.round(100 * time);
    assert.deepEqual([lower.y![k], value.y![k], upper.y![k]], [band.lower[i], wave[i], band.upper[i]]);
  });
});

test('a curve that runs back and forth keeps its extent both ways', () => {
  const circle = t.map((time, k) => [k === 4321 ? 9 : Math.cos(7 * time), Math.sin(7 * time)]);
  const orbit: FigureSpec = {
    ...long,
    data: [{ type: 'scatter', mode: 'lines', x: circle.map(([x]) => x), y: circle.map(([, y]) => y) }],
  };
  const [trace] = thinFigure(orbit).data;
  const [x, y] = [trace.x, trace.y] as number[][];
  assert.equal(Math.max(...x), 9);
  assert.ok(Math.min(...x) < -0.99999 && Math.max(...y) > 0.99999 && Math.min(...y) < -0.99999);
});

test('short curves, and the figure itself, keep every point', () => {
  const short = lineWithBand({
    name: 'short',
    ...axes,
    series: [{ label: 'a', x: t.slice(0, 2000), y: wave.slice(0, 2000) }],
  });
  assert.deepEqual(thinFigure(short).data, short.data);
  assert.equal(long.data.at(-1)!.x!.length, count);
  assert.equal(figureCsv(long).split('\n').length, count + 2);
  assert.ok(!figureCsv(long).includes('of'));
});

test('what a CSV leaves out, it says in every row', () => {
  const [head, first] = figureCsv(thinFigure(long)).split('\n');
  assert.equal(head, 'series,kind,x,y,lower,upper,of');
  assert.equal(first, `wave,data,0,0,-1,2,${count}`);
});

test('the notebook holds the thinned curve, its picture and a remark', async () => {
  const bundle = await long[jupyterDisplay]();
  assert.deepEqual(Object.keys(bundle), [figureMimes.live, 'image/png', 'text/plain']);
  assert.match(bundle['text/plain'], /'wave' is drawn with 1,?\d{3} of its 10,001 points/);
  const stored = bundle[figureMimes.live] as FigureSpec;
  assert.ok(stored.data.every((trace) => pointsOf(trace) <= mostPoints));
});

test('what cannot be thinned is left to the picture, and the text says so', async () => {
  const drawing = graphDrawing(torus(27, 27), { name: 'torus' });
  assert.deepEqual(
    tooLong(drawing).map(({ meta }) => meta?.role),
    ['edge'],
  );
  const bundle = await drawing[jupyterDisplay]();
  assert.equal(bundle[figureMimes.live], undefined);
  assert.deepEqual((bundle[figureMimes.still] as FigureSpec).data, []);
  assert.match(
    bundle['text/plain'],
    /\(picture only: 'edge' has 4374 points, a notebook holds 2000 per trace\)/,
  );
  assert.ok(String(bundle['image/png']).length > 10_000);
});
