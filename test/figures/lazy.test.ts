import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { lineWithBand, table } from '../../src/figures/index.js';

const loaded = (name: string): boolean =>
  Object.keys(createRequire(import.meta.url).cache).some((path) => path.includes(`node_modules/${name}/`));

test('figures and tables load neither jsdom, plotly, bitmaps nor danfo before they are shown', () => {
  const figure = lineWithBand({
    name: 'a',
    x: { title: 'x' },
    y: { title: 'y' },
    series: [{ label: 'a', x: [1, 2], y: [1, 2] }],
  });
  const rows = table([{ a: 1 }]);
  assert.equal(String(rows), 'a\n-\n1');
  for (const name of ['jsdom', '@napi-rs/canvas', '@resvg/resvg-js', 'danfojs-node'])
    assert.ok(!loaded(name), name);
  assert.equal(rows.frame.shape[0], 1);
  assert.ok(loaded('danfojs-node') && figure.name === 'a');
});
