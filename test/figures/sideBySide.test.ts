import assert from 'node:assert/strict';
import { test } from 'node:test';
import { graphDrawing } from '../../src/figures/plots/graphDrawing.js';
import { lineWithBand } from '../../src/figures/plots/lineWithBand.js';
import { sideBySide } from '../../src/figures/plots/sideBySide.js';

const line = lineWithBand({
  name: 'line',
  title: 'Relaxation',
  caption: 'Sixteen seeds.',
  x: { title: 'time' },
  y: { title: 'order' },
  series: [{ label: 'langevin', x: [0, 1, 2], y: [1, 2, 3] }],
});
const drawing = graphDrawing(
  { nodeCount: 3, edgeCount: 3, endpoints: [0, 1, 1, 2, 2, 0] },
  { name: 'drawing', values: [1, 2, 3], colour: { title: 'trust' } },
);

/** Left, right, bottom and top of an axis pair in pixels. */
function area({ layout }: typeof line, number = ''): number[] {
  const { l, r, t, b } = layout.margin;
  const domain = (name: string): number[] =>
    (layout[name + number] as { domain?: number[] }).domain ?? [0, 1];
  const [width, height] = [layout.width - l - r, layout.height - t - b];
  return [
    ...domain('xaxis').map((x) => l + x * width),
    ...domain('yaxis').map((y) => layout.height - b - y * height),
  ].map(Math.round);
}

test('panels keep their size in pixels and stand beside each other', () => {
  const both = sideBySide([line, drawing], { name: 'both' });
  const [left, right, bottom, top] = area(line);
  assert.deepEqual(area(both).slice(0, 2), [left, right]);
  assert.deepEqual(area(both)[3], top);
  assert.equal(area(both)[1] - area(both)[0], right - left);
  assert.ok(area(both)[2] >= bottom);
  const [own] = area(drawing);
  assert.equal(area(both, '2')[0], line.layout.width + own);
  assert.equal(both.layout.width, line.layout.width + drawing.layout.width);
  assert.equal(both.caption, '(a) Sixteen seeds.');
});

test('a colour bar stays as long as its panel is high', () => {
  const both = sideBySide([line, drawing], { name: 'both', columns: 1 });
  const { len, y } = (both.data.at(-1)!.marker as { colorbar: { len: number; y: number } }).colorbar;
  const { t, b } = both.layout.margin;
  const page = both.layout.height - t - b;
  const [, , bottom, top] = area(both, '2');
  assert.ok(Math.abs(len * page - (bottom - top)) < 1 && len < 0.999);
  assert.ok(Math.abs(both.layout.height - b - y * page - (bottom + top) / 2) < 1);
});

test('one column stacks panels', () => {
  const stacked = sideBySide([line, line], { name: 'stacked', columns: 1 });
  assert.equal(stacked.layout.width, line.layout.width);
  assert.ok(area(stacked, '2')[3] > area(stacked)[2]);
});

test('no figures and no columns are named errors', () => {
  assert.throws(() => sideBySide([], { name: 'none' }), /sideBySide 'none': needs at least one figure/);
  assert.throws(
    () => sideBySide([line], { name: 'none', columns: 0 }),
    /columns must be an integer in \[1, .*, got 0/,
  );
});
