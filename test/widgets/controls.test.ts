import assert from 'node:assert/strict';
import { test } from 'node:test';
import { jupyterDisplay } from '../../src/display/index.js';
import {
  button,
  checkbox,
  dropdown,
  hbox,
  html,
  label,
  output,
  slider,
  text,
  vbox,
} from '../../src/widgets/index.js';

test('without a host, widgets are values with a static look', async () => {
  const controls = {
    T: slider({ label: 'T <K>', min: 0, max: 3, step: 0.05, value: 1.5 }),
    n: slider({ label: 'n', min: 1, max: 9, step: 1 }),
    graph: dropdown({ label: 'graph', options: { ring: 64, torus: 32 } }),
    pinned: checkbox({ label: 'pinned', value: true }),
    name: text({ label: 'name', value: 'a & b' }),
    note: label('a < b'),
    rich: html('<i>W</i>'),
    again: button({ label: 'again' }),
  };
  assert.deepEqual(Object.values(controls).map(String), [
    'T <K>: 1.50',
    'n: 5',
    'graph: ring',
    'pinned: yes',
    'name: a & b',
    'a < b',
    'W',
    '[again]',
  ]);
  const bundle = await vbox(hbox(controls.T, controls.name), controls.note)[jupyterDisplay]();
  assert.deepEqual(bundle, {
    'text/html': '<div>T &lt;K&gt;: <b>1.50</b> &nbsp; name: <b>a &amp; b</b> &nbsp; a &lt; b</div>',
    'text/plain': 'T <K>: 1.50   name: a & b   a < b',
  });
  controls.T.value = 2;
  controls.graph.value = 32;
  controls.again.click();
  assert.deepEqual([controls.T.value, controls.graph.value, controls.again.value], [2, 32, 1]);
});

test('whole steps from a whole number make an integer slider; values keep to the rules', () => {
  assert.equal(slider({ min: 0, max: 5 }).value, 2.5);
  assert.deepEqual(
    [
      [0.1, 3],
      [0, 1],
      [0, 0.7],
      [0, 400],
    ].map(([min, max]) => slider({ min, max }).model.get('step')),
    [0.02, 0.01, 0.005, 2],
  );
  assert.equal(slider({ min: 0, max: 5, step: 1 }).value, 3);
  assert.throws(() => slider({ min: 1, max: 1 }), /slider: min must be below max, got 1 and 1/);
  assert.throws(() => slider({ min: 0, max: 1, step: 0 }), /slider: step must be positive and finite, got 0/);
  assert.throws(() => slider({ min: 0, max: 1, value: 2 }), /slider: value must be from 0 to 1, got 2/);
  assert.throws(
    () => (slider({ min: 0, max: 9, step: 1 }).value = 0.5),
    /a whole number from 0 to 9, got 0.5/,
  );
  assert.throws(() => dropdown({ options: [] }), /needs at least one option/);
  assert.throws(() => (dropdown({ options: ['a', 'b'] }).value = 'c' as 'a'), /must be one of a, b, got c/);
});

test('values that the page adds up in steps are round; those that are not round stay as they are', () => {
  const T = slider({ label: 'T', min: 0.1, max: 0.3, step: 0.1 });
  T.value = 0.1 + 0.2;
  assert.equal(T.value, 0.3);
  T.model.set({ value: 0.1 * 3 }); // from the page, as it is
  assert.deepEqual([T.value, String(T)], [0.3, 'T: 0.3']);
  const x = slider({ min: 0, max: 4, value: Math.PI / 3 });
  assert.equal(x.value, Math.PI / 3);
});

test('an output shows the newest value, as HTML that needs no widgets', async () => {
  const place = output();
  await place.show({ [jupyterDisplay]: () => ({ 'image/png': 'AAAA', 'text/plain': '[figure]' }) });
  assert.equal(
    (await place[jupyterDisplay]())['text/html'],
    '<div><img src="data:image/png;base64,AAAA"></div>',
  );
  const figure = { layout: { width: 560, height: 360 }, data: [] };
  await place.show({
    [jupyterDisplay]: () => ({
      'application/vnd.plotly.v1+json': figure,
      'image/png': 'AAAA',
      'text/plain': '',
    }),
  });
  assert.match(
    String((await place[jupyterDisplay]())['text/html']),
    /<img width="560" /,
    'not that of its pixels, twice as many',
  );
  await place.show(4);
  assert.equal((await place[jupyterDisplay]())['text/plain'], '4');
  await place.run(async () => {
    console.log('before');
    await Promise.resolve();
    console.log('after <b>');
    throw new RangeError('no <b>');
  });
  assert.equal(
    (await place[jupyterDisplay]())['text/html'],
    '<div><pre>before\nafter &lt;b&gt;\n</pre><pre style="color: #b00020">RangeError: no &lt;b&gt;</pre></div>',
  );
  place.clear();
  assert.equal((await place[jupyterDisplay]())['text/plain'], '');
});
