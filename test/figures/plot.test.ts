// The short way to a figure.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { plot, renderSvg } from '../../src/figures/index.js';
import { figureCsv } from '../../src/figures/tables/figureCsv.js';
import type { Axis } from '../../src/figures/index.js';

test('y against x, or against its index, with axes that say so', async () => {
  const pair = plot([1, 10], Float64Array.of(3, 4));
  assert.deepEqual([pair.data[0]!.x, pair.data[0]!.y, pair.name], [[1, 10], [3, 4], 'plot']);
  const alone = plot([3, 4, 5], { y: 'energy' });
  assert.deepEqual(alone.data[0]!.x, [0, 1, 2]);
  const titles = (figure: typeof alone): unknown[] =>
    ['xaxis', 'yaxis'].map((side) => (figure.layout[side] as { title: { text: string } }).title.text);
  assert.deepEqual(
    [titles(pair), titles(alone)],
    [
      ['x', 'y'],
      ['index', 'energy'],
    ],
  );
  assert.equal(figureCsv(alone).split('\n')[1], 'energy,data,0,3');
  const svg = await renderSvg(alone);
  assert.match(svg, /energy/);
  assert.ok(!/class="legend"/.test(svg), 'one line needs no legend');
});

test('options: title, name, kind, an axis of its own', () => {
  const time: Axis = { title: 'time', unit: '1/J', log: true };
  const figure = plot([1, 10], [3, 4], { title: 'relaxation', name: 'decay', kind: 'points', x: time });
  assert.deepEqual(
    [figure.name, figure.layout.meta.title, figure.data[0]!.mode],
    ['decay', 'relaxation', 'markers'],
  );
  const x = figure.layout.xaxis as { type: string; title: { text: string } };
  assert.deepEqual([x.type, x.title.text], ['log', 'time (1/J)']);
  assert.equal(plot([1], {}).data[0]!.mode, 'lines');
});

test('errors name the rule and the value', () => {
  assert.throws(() => plot([1, 2], [1, 2, 3]), /plot has 2 x and 3 values/);
  assert.throws(() => plot([1, NaN]), /plot: y must be finite, got NaN at index 1/);
  assert.throws(
    () => plot([0, 1], [1, 2], { x: { title: 't', log: true } }),
    /plot: x must be positive on a log axis, got 0 at index 0/,
  );
  assert.throws(() => plot([]), /plot: y is empty/);
  assert.throws(
    () => plot([[1, 2]] as never),
    /^TypeError: plot: y must be a list of numbers, got a list of 2 at index 0/,
  );
  assert.throws(() => plot('abc' as never), /plot: y must be a list of numbers, got "abc"/);
  assert.throws(() => plot([1], 5 as never), /plot: options must be an object/);
  assert.throws(
    () => plot([1], { kind: 'point' as never }),
    /plot: kind must be one of line, points, got "point"; did you mean "points"\?/,
  );
  assert.throws(() => plot([1], { labels: 'a' } as never), /plot: unknown option "labels"/);
  assert.throws(
    () => plot([1], { x: {} as never }),
    /plot: x must be a title or an axis with a title, got an object/,
  );
});
