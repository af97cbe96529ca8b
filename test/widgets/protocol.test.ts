// Messages as the published protocol has them (packages/schema/messages.md of jupyter-widgets, version 2.1).
import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { fc } from '../property.js';
import { jupyterDisplay } from '../../src/display/index.js';
import { putBuffers, removeBuffers } from '../../src/widgets/comms/buffers.js';
import type { Json } from '../../src/widgets/comms/host.js';
import { button, dropdown, hbox, slider, text } from '../../src/widgets/index.js';
import { Model } from '../../src/widgets/comms/model.js';
import { FakePage } from './fakePage.js';

let page: FakePage;
beforeEach(() => {
  page = new FakePage();
});
afterEach(() => page.leave());

/** Displays a widget; its bundle. */
async function view(widget: { [jupyterDisplay](): Promise<unknown> }): Promise<Json> {
  assert.deepEqual(await widget[jupyterDisplay](), {});
  return page.displays.at(-1)![1].data;
}
const viewMime = 'application/vnd.jupyter.widget-view+json';

test('a displayed slider opens its models, those it refers to first, with the protocol version', async () => {
  const temperature = slider({ label: 'T', min: 0, max: 2, value: 0.5 });
  assert.equal(page.sent.length, 0, 'nothing is sent before it shows');
  const bundle = await view(temperature);
  assert.deepEqual(bundle[viewMime], { version_major: 2, version_minor: 0, model_id: temperature.model.id });
  const [style, own] = page.sent;
  assert.deepEqual([style!.type, own!.type], ['comm_open', 'comm_open']);
  assert.equal(own!.id, temperature.model.id);
  assert.deepEqual(own!.metadata, { version: '2.1.0' });
  assert.deepEqual(own!.data.buffer_paths, []);
  const state = own!.data.state as Json;
  assert.deepEqual(
    [state._model_module, state._model_module_version, state._model_name, state._view_name],
    ['@jupyter-widgets/controls', '2.0.0', 'FloatSliderModel', 'FloatSliderView'],
  );
  assert.deepEqual(
    [state.value, state.min, state.max, state.step, state.description],
    [0.5, 0, 2, 0.02, 'T'],
  );
  assert.equal(state.style, `IPY_MODEL_${style!.id}`);
  assert.equal((style!.data.state as Json)._model_name, 'SliderStyleModel');
  await view(temperature);
  assert.equal(
    page.sent.filter(({ id }) => id === own!.id).length,
    1,
    'a second view does not open it again',
  );
});

test('a value set here goes to the page as an update, one set there comes here and is echoed', async () => {
  const temperature = slider({ min: 0, max: 2, value: 0.5 });
  await view(temperature);
  const heard: number[] = [];
  const forget = temperature.onChange((value) => heard.push(value));
  temperature.value = 1;
  temperature.value = 1;
  assert.deepEqual(
    page.messages(temperature.model.id, 'update').map(({ data }) => data),
    [{ method: 'update', state: { value: 1 }, buffer_paths: [] }],
  );
  page.change(temperature.model.id, { value: 1.5 });
  assert.equal(temperature.value, 1.5);
  assert.deepEqual(page.messages(temperature.model.id, 'echo_update').at(-1)!.data, {
    method: 'echo_update',
    state: { value: 1.5 },
    buffer_paths: [],
  });
  forget();
  page.change(temperature.model.id, { value: 0 });
  assert.deepEqual(heard, [1, 1.5]);
});

test('what the page sends is checked: wrong types, strangers and rubbish change nothing and never throw', async (t) => {
  const lines = t.mock.method(console, 'error', () => {});
  const temperature = slider({ min: 0, max: 2, value: 0.5 });
  const graph = dropdown({ options: ['ring', 'torus'] });
  await view(hbox(temperature, graph));
  for (const value of ['1', null, NaN, 7, -1, {}, [1], true]) page.change(temperature.model.id, { value });
  for (const index of [2, -1, 0.5, 'length', '__proto__', null]) page.change(graph.model.id, { index });
  assert.equal(lines.mock.callCount(), 14);
  assert.match(
    String(lines.mock.calls[0]!.arguments[0]),
    /FloatSliderModel: ignored value = "1" from the page/,
  );
  page.change(temperature.model.id, {
    min: -5,
    _model_name: 'X',
    constructor: 1,
    ['__proto__']: { value: 3 },
  });
  page.post(temperature.model.id, { method: 'update' });
  page.post(temperature.model.id, { method: 'eval', code: '1' });
  page.post(temperature.model.id, {});
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.anything()), (data) =>
      page.post(temperature.model.id, data as Json),
    ),
    { seed: 1 },
  );
  fc.assert(
    fc.property(fc.anything(), fc.anything(), (state, buffer_paths) =>
      page.post(graph.model.id, { method: 'update', state, buffer_paths }, [Uint8Array.of(1)]),
    ),
    { seed: 2 },
  );
  assert.equal(temperature.value, 0.5);
  assert.equal(graph.value, 'ring');
  assert.equal(({} as Json).value, undefined);
});

test('custom messages: a button clicks', async () => {
  let clicks = 0;
  const again = button({ label: 'again', onClick: () => clicks++ });
  await view(again);
  page.post(again.model.id, { method: 'custom', content: { event: 'click' } });
  page.post(again.model.id, { method: 'custom', content: { event: 'hover' } });
  page.post(again.model.id, { method: 'custom' });
  assert.deepEqual([clicks, again.value], [1, 1]);
});

test('request_state answers with the whole state', async () => {
  const name = text({ label: 'name', value: 'ring' });
  await view(name);
  page.post(name.model.id, { method: 'request_state' });
  const state = page.messages(name.model.id, 'update').at(-1)!.data.state as Json;
  assert.equal(state.value, 'ring');
  assert.equal(state._model_name, 'TextModel');
});

test('request_states: a page that has been loaded anew gets every open model with its newest value', async () => {
  const temperature = slider({ min: 0, max: 2, value: 0.5 });
  const closed = slider({ min: 0, max: 1 });
  const picture = new Model(
    { module: '@jupyter-widgets/controls', version: '2.0.0', model: 'ImageModel', view: 'ImageView' },
    { value: Uint8Array.of(1, 2, 3), format: 'png' },
  );
  await view(temperature);
  await view(closed);
  closed.close();
  picture.open();
  page.change(temperature.model.id, { value: 1.25 });
  const control = page.open('jupyter.widget.control');
  control.onMessage!({ method: 'request_states' }, []);
  const { data, buffers } = page.messages(control.id, 'update_states').at(-1)!;
  const states = data.states as Record<string, { model_name: string; model_module: string; state: Json }>;
  assert.equal(states[temperature.model.id]!.state.value, 1.25);
  assert.equal(states[temperature.model.id]!.model_name, 'FloatSliderModel');
  assert.equal(states[closed.model.id], undefined);
  assert.deepEqual(data.buffer_paths, [[picture.id, 'state', 'value']]);
  assert.deepEqual(buffers, [Uint8Array.of(1, 2, 3)]);
  assert.ok(!('value' in states[picture.id]!.state));
});

test('buffers leave null in lists and nothing under names, and come back where they were', async () => {
  const state = { x: Uint8Array.of(1), y: { z: [Uint8Array.of(2), 5] }, n: 3 };
  const packed = removeBuffers(state);
  assert.deepEqual(packed.state, { y: { z: [null, 5] }, n: 3 });
  assert.deepEqual(packed.buffer_paths, [['x'], ['y', 'z', 0]]);
  putBuffers(packed.state, packed.buffer_paths, packed.buffers);
  assert.deepEqual(packed.state, state);
});

test('buffers: any state comes back, and no path reaches a prototype', async () => {
  const leaf = fc.oneof(fc.integer(), fc.string(), fc.boolean(), fc.constant(null), fc.uint8Array());
  const name = fc.string().filter((text) => text !== '__proto__');
  const tree = fc.letrec((tie) => ({
    node: fc.oneof(
      { maxDepth: 4 },
      leaf,
      fc.array(tie('node')),
      fc.dictionary(name, tie('node'), { noNullPrototype: true }),
    ),
  })).node;
  fc.assert(
    fc.property(fc.dictionary(name, tree, { noNullPrototype: true }), (state) => {
      const { state: bare, buffer_paths, buffers } = removeBuffers(state as Json);
      putBuffers(bare, buffer_paths, buffers);
      assert.deepEqual(bare, state);
    }),
    { seed: 3 },
  );
  const state = { a: {} };
  putBuffers(
    state,
    [
      ['__proto__', 'x'],
      ['a', '__proto__'],
      ['constructor', 'prototype', 'x'],
    ],
    [1, 2, 3].map((n) => Uint8Array.of(n)),
  );
  assert.equal(({} as Json).x, undefined);
  assert.deepEqual(Object.getPrototypeOf(state.a), Object.prototype);
});

test('closing removes a widget, its style too; a page that refuses leaves it a value', async () => {
  const temperature = slider({ min: 0, max: 2 });
  await view(temperature);
  temperature.close();
  assert.equal(page.models.size, 0);
  temperature.value = 2;
  await view(temperature);
  page.refuse(temperature.model.id);
  temperature.value = 1;
  assert.equal(page.messages(temperature.model.id, 'update').length, 0);
});

test('a path beyond the end of a list, or of no whole number, is refused', () => {
  const state = { list: [null, 2] };
  for (const at of [2e9, 2, -1, 0.5, NaN]) putBuffers(state, [['list', at]], [Uint8Array.of(1)]);
  assert.deepEqual(state, { list: [null, 2] });
});
