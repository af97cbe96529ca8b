import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { jupyterDisplay } from '../../src/display/index.js';
import type { Json } from '../../src/widgets/comms/host.js';
import { assumePage } from '../../src/widgets/comms/echo.js';
import { dropdown, interact, slider } from '../../src/widgets/index.js';
import { FakePage } from './fakePage.js';

let page: FakePage | undefined;
afterEach(() => page?.leave());

const texts = (): string[] => page!.displays.map(([, { data }]) => data['text/plain']);
const shown = (at = 0): unknown => {
  const [id] = page!.ids('OutputModel');
  return ((page!.models.get(id!)!.outputs as Json[])[at]?.data as Json | undefined)?.['text/plain'];
};

test('short forms become controls, and the values have their types', () => {
  const all = interact(
    ({ T, n, graph, pinned, name, around, size }) => {
      const typed: [number, number, 'ring' | 'torus', boolean, string, number, number] = [
        T,
        n,
        graph,
        pinned,
        name,
        around,
        size,
      ];
      return typed;
    },
    {
      T: [0.5, 1.5],
      n: [0, 10, 1],
      graph: ['ring', 'torus'],
      pinned: true,
      name: 'x',
      around: 4,
      size: dropdown({ options: { small: 8, large: 64 } }),
    },
  );
  assert.deepEqual(all.values, { T: 1, n: 5, graph: 'ring', pinned: true, name: 'x', around: 4, size: 8 });
  assert.throws(() => interact(() => 0, { f: undefined as never }), /interact: f must be a control/);
});

test('without a host the first result is the output', async () => {
  assert.deepEqual(await interact(({ T }) => 2 * T, { T: [0, 4] })[jupyterDisplay](), { 'text/plain': '4' });
});

test('a page that answers shows controls and result as one view; the newest values win', async () => {
  page = new FakePage();
  const runs: number[] = [];
  const doubled = interact(
    async ({ T }) => {
      runs.push(T);
      await sleep(20);
      return 2 * T;
    },
    { T: slider({ label: 'T', min: 0, max: 10, value: 1 }) },
  );
  assert.deepEqual(await doubled[jupyterDisplay](), {});
  assert.equal(page.displays.length, 1);
  const [type, { data }] = page.displays[0]!;
  assert.equal(type, 'display_data');
  assert.equal((data['application/vnd.jupyter.widget-view+json'] as Json).model_id, page.ids('VBoxModel')[0]);
  assert.match(String(data['text/html']), /T: <b>1.0<\/b>.*<pre>2<\/pre>/);
  const turn = (value: number): void => page!.change(doubled.controls.T.model.id, { value });
  turn(2);
  while (runs.length < 2) await sleep(1);
  for (let value = 3; value <= 9; value++) turn(value); // while it runs for 2
  await doubled.update();
  assert.equal(shown(), '18');
  assert.deepEqual(runs, [1, 2, 9]);
  assert.equal(page.displays.length, 1, 'the page is not displayed anew');
});

test('where no page answers, controls and result are ordinary outputs', async () => {
  page = new FakePage({ links: false });
  const doubled = interact(({ T }) => 2 * T, { T: [0, 4] });
  assert.deepEqual(await doubled[jupyterDisplay](), {});
  const final = new Map(page.displays.map(([, { data, transient }]) => [transient.display_id, data]));
  assert.deepEqual(
    [...final.values()],
    [{ 'text/html': '<div>T: <b>2.00</b></div>', 'text/plain': 'T: 2.00' }, { 'text/plain': '4' }],
  );
  doubled.controls.T.value = 3;
  await doubled.update();
  assert.equal(texts().at(-1), '6');
});

test('a page that is still loading refuses widgets and is shown them when it has loaded', async () => {
  page = new FakePage();
  page.deaf = true;
  const doubled = interact(({ T }) => 2 * T, { T: [0, 4] });
  const displayed = doubled[jupyterDisplay]();
  await sleep(20);
  for (const id of page.models.keys()) page.refuse(id);
  assert.equal(page.models.size, 0);
  page.load();
  await displayed;
  const views = page.displays.map(([type, { data }]) => [
    type,
    (data['application/vnd.jupyter.widget-view+json'] as Json).model_id,
  ]);
  const [whole] = page.ids('VBoxModel');
  assert.deepEqual(views, [
    ['display_data', whole],
    ['update_display_data', whole],
  ]);
  page.change(doubled.controls.T.model.id, { value: 3 });
  await doubled.update();
  assert.equal(shown(), '6');
});

test('models refused after the page has asked are opened again, once', async () => {
  page = new FakePage();
  page.deaf = true;
  const displayed = interact(({ T }) => T, { T: [0, 4] })[jupyterDisplay]();
  await sleep(20);
  page.load();
  const [whole] = page.ids('VBoxModel');
  const opened = (): number =>
    page!.sent.filter(({ type, id }) => type === 'comm_open' && id === whole).length;
  assert.equal(opened(), 1);
  page.refuse(whole!);
  assert.equal(opened(), 2);
  page.refuse(whole!);
  assert.equal(opened(), 2);
  page.load();
  assert.equal(opened(), 3);
  await displayed;
});

test('a host that says that it has no page is believed at once', async () => {
  page = new FakePage({ links: false });
  assumePage('unknown');
  const start = performance.now();
  const displayed = interact(({ T }) => T, { T: [0, 4] })[jupyterDisplay]();
  await sleep(20);
  for (const id of page.models.keys()) page.refuse(id, { page: 'none' });
  await displayed;
  assert.ok(performance.now() - start < 3000);
  assert.equal(texts().at(-1), '2');
});

test('a page without widgets refuses them: the first is waited for, the next ones not', async () => {
  page = new FakePage({ links: false });
  assumePage('unknown');
  for (const [least, most] of [
    [3000, 20_000],
    [0, 3000],
  ]) {
    const start = performance.now();
    const displayed = interact(({ T }) => T, { T: [0, 4] })[jupyterDisplay]();
    await sleep(20);
    for (const id of page.models.keys()) page.refuse(id);
    await displayed;
    const took = performance.now() - start;
    assert.ok(took >= least && took < most, `${took} ms`);
    assert.equal(texts().at(-1), '2');
  }
});

test('what is printed while it runs shows above the result', async () => {
  page = new FakePage();
  const noisy = interact(
    async ({ T }) => {
      console.log(`T is ${T}`);
      await sleep(10);
      return T;
    },
    { T: [0, 4] },
  );
  await noisy[jupyterDisplay]();
  page.change(noisy.controls.T.model.id, { value: 3 });
  await noisy.update();
  const outputs = page.models.get(page.ids('OutputModel')[0]!)!.outputs as Json[];
  assert.deepEqual(outputs[0], { output_type: 'stream', name: 'stdout', text: 'T is 3\n' });
  assert.equal(shown(1), '3');
});

test('shown twice and closed, nothing of it stays open, whether a page has answered or not', async () => {
  for (const links of [true, false]) {
    page = new FakePage({ links });
    const doubled = interact(({ T }) => 2 * T, { T: [0, 4] });
    await doubled[jupyterDisplay]();
    await doubled[jupyterDisplay]();
    assert.equal(page.ids('VBoxModel').length, 1);
    assert.equal(page.ids('LabelModel').length, links ? 0 : 2, 'a late page would be heard');
    doubled.close();
    assert.deepEqual(
      [...page.models.values()].map(({ _model_name: name }) => name),
      [],
    );
    const of = (kind: string): number => page!.sent.filter(({ type }) => type === kind).length;
    assert.equal(of('comm_close'), of('comm_open'));
    page.leave();
  }
});

test('what an interrupt has cut off does not hold up the next value, and shows no more if it ends after all', async () => {
  page = new FakePage();
  let end!: (value: number) => void;
  const cut = interact(({ s }) => (s === 2 ? new Promise<number>((resolve) => (end = resolve)) : 10 * s), {
    s: [0, 8, 1],
  });
  await cut[jupyterDisplay]();
  cut.controls.s.value = 2;
  while (!end) await sleep(1);
  const before = process.listenerCount('SIGINT');
  process.emit('SIGINT');
  cut.controls.s.value = 3;
  const late = new Promise((_, reject) =>
    setTimeout(reject, 3000, new Error('it waits for what was cut off')).unref(),
  );
  await Promise.race([cut.update(), late]);
  assert.equal(shown(), '30');
  end(20);
  await sleep(20);
  assert.equal(shown(), '30');
  assert.equal(process.listenerCount('SIGINT'), before - 1);
});

test('an error shows as the result and the next value is tried', async () => {
  page = new FakePage();
  const picky = interact(
    ({ T }) => {
      if (T > 3) throw new RangeError(`no, ${T}`);
      return T;
    },
    { T: [0, 4] },
  );
  await picky[jupyterDisplay]();
  page.change(picky.controls.T.model.id, { value: 3.5 });
  await picky.update();
  assert.equal(shown(), 'RangeError: no, 3.5');
  page.change(picky.controls.T.model.id, { value: 1 });
  await picky.update();
  assert.equal(shown(), '1');
});
