// A figure's picture is sharper than its size on the page: the display's metadata say how large it shows.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mimeBundle } from '../../kernel/back/display.js';

for (const mime of ['application/vnd.plotly.v1+json', 'application/vnd.emtd.figure+json']) {
  test(`a picture beside ${mime} shows at the size of its layout`, async () => {
    const spec = { data: [], layout: { width: 640, height: 420 } };
    const { metadata } = await mimeBundle({ [Symbol.for('Jupyter.display')]: () => ({ [mime]: spec, 'image/png': 'AAAA', 'text/plain': 'x' }) });
    assert.deepEqual(metadata, { 'image/png': { width: 640, height: 420 } });
  });
}

test('other pictures keep the size of their pixels', async () => {
  const { metadata } = await mimeBundle({ [Symbol.for('Jupyter.display')]: () => ({ 'image/png': 'AAAA', 'text/plain': 'x' }) });
  assert.deepEqual(metadata, {});
});

test('an empty bundle stays empty: the value has shown itself; every other has its text', async () => {
  assert.deepEqual((await mimeBundle({ [Symbol.for('Jupyter.display')]: () => ({}) })).data, {});
  assert.deepEqual((await mimeBundle({ a: 1 })).data, { 'text/plain': '{ a: 1 }' });
});
