import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { jupyterDisplay } from '../../src/display/index.js';
import { anywidget } from '../../src/widgets/index.js';
import { FakePage } from './fakePage.js';

let page: FakePage | undefined;
afterEach(() => {
  page?.leave();
  page = undefined;
});

const esm = 'export default { render({ model, el }) { el.textContent = model.get("count"); } }';
const counter = () =>
  anywidget({
    esm,
    state: { count: 1, list: [1], bytes: Uint8Array.of(1) },
    still: ({ count }) => `count ${count}`,
  });
const viewMime = 'application/vnd.jupyter.widget-view+json';

test('a page with anywidget gets the module, and state goes both ways', async () => {
  page = new FakePage();
  const widget = counter();
  assert.deepEqual(await widget[jupyterDisplay](), {});
  assert.ok(viewMime in page.displays.at(-1)![1].data);
  const opened = page.sent.find(({ id }) => id === widget.model.id)!;
  const state = opened.data.state as Record<string, unknown>;
  assert.deepEqual(
    [state._model_module, state._model_name, state._view_name, state._esm],
    ['anywidget', 'AnyModel', 'AnyView', esm],
  );
  assert.deepEqual(opened.data.buffer_paths, [['bytes']]);
  const heard: number[] = [];
  widget.onChange(({ count }) => heard.push(count));
  page.change(widget.model.id, { count: 5 });
  page.change(widget.model.id, {}, { buffer_paths: [['bytes']], buffers: [Uint8Array.of(7)] });
  assert.deepEqual(widget.state, { count: 5, list: [1], bytes: Uint8Array.of(7) });
  widget.set({ count: 6 });
  assert.deepEqual(page.messages(widget.model.id, 'update').at(-1)!.data.state, { count: 6 });
  assert.deepEqual(heard, [5, 5, 6]);
});

test('values of another kind are refused, strange names too', async (t) => {
  page = new FakePage();
  t.mock.method(console, 'error', () => {});
  const widget = counter();
  await widget[jupyterDisplay]();
  page.change(widget.model.id, { count: '5', list: {}, bytes: [1], _esm: 'alert(1)', other: 1 });
  assert.deepEqual(widget.state, { count: 1, list: [1], bytes: Uint8Array.of(1) });
  assert.equal(widget.model.get('_esm'), esm);
});

test('a page without anywidget, one that does not answer, and no page: the still form', async () => {
  const still = { 'text/html': '<div>count 1</div>', 'text/plain': 'count 1' };
  page = new FakePage({ knows: (model) => model !== 'AnyModel' });
  await counter()[jupyterDisplay]();
  assert.deepEqual(page.displays.at(-1)![1].data, still);
  page.leave();
  page = new FakePage({ links: false });
  await counter()[jupyterDisplay]();
  assert.deepEqual(page.displays.at(-1)![1].data, still);
  page.leave();
  assert.deepEqual(await counter()[jupyterDisplay](), still);
});
