// A figure's picture is sharper than its size on the page: the display's metadata say how large it shows.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { mimeBundle } from '../../kernel/back/mimeBundle.js';

for (const mime of ['application/vnd.plotly.v1+json', 'application/vnd.emtd.figure+json']) {
  test(`a picture beside ${mime} shows at the size of its layout`, async () => {
    const spec = { data: [], layout: { width: 640, height: 420 } };
    const { metadata } = await mimeBundle({
      [Symbol.for('Jupyter.display')]: () => ({ [mime]: spec, 'image/png': 'AAAA', 'text/plain': 'x' }),
    });
    assert.deepEqual(metadata, { 'image/png': { width: 640, height: 420 } });
  });
}

test('other pictures keep the size of their pixels', async () => {
  const { metadata } = await mimeBundle({
    [Symbol.for('Jupyter.display')]: () => ({ 'image/png': 'AAAA', 'text/plain': 'x' }),
  });
  assert.deepEqual(metadata, {});
});

test('an empty bundle stays empty: the value has shown itself; every other has its text', async () => {
  assert.deepEqual((await mimeBundle({ [Symbol.for('Jupyter.display')]: () => ({}) })).data, {});
  assert.deepEqual((await mimeBundle({ a: 1 })).data, { 'text/plain': '{ a: 1 }' });
});

test('a data frame that does not show itself shows as a table, its texts escaped', async () => {
  const frame = {
    columns: ['sampler', 'energy'],
    shape: [2, 2],
    values: [
      ['<script>', 1.23456],
      ['b', 2],
    ],
    index: [0, 1],
  };
  const { data } = await mimeBundle(frame);
  assert.equal(
    data['text/plain'],
    '2 rows × 2 columns\nsampler   energy\n--------  ------\n<script>   1.235\nb              2',
  );
  assert.match(
    String(data['text/html']),
    /<td style="text-align:left">&lt;script&gt;<\/td><td style="text-align:right">1.235<\/td>/,
  );
});

test('a frame of danfojs, imported by itself, shows as a table', async () => {
  const { DataFrame } = createRequire(import.meta.url)('danfojs-node') as {
    DataFrame: new (columns: object) => object;
  };
  const { data } = await mimeBundle(new DataFrame({ a: [1, 2.5], b: ['x', 'y'] }));
  assert.match(String(data['text/plain']), /^2 rows × 2 columns\n +a  b\n/);
  assert.match(String(data['text/html']), /<th style="text-align:right">a<\/th>/);
});

test('what only resembles a frame prints as it is', async () => {
  for (const value of [
    { columns: ['a'], shape: [1, 2], values: [[1]] },
    { columns: ['a'], shape: [5, 1], values: [[1]] },
    { columns: 3 },
    [[1, 2]],
  ]) {
    assert.equal((await mimeBundle(value)).data['text/html'], undefined);
  }
});
