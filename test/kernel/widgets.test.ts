// Widgets through the whole kernel: a client over ZeroMQ plays the page. It moves a slider while a live
// figure runs, acknowledges frames as the page's links do, and goes away.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { KernelClient } from '../../kernel/notebook/client.js';
import type { Json, Message } from '../../kernel/wire/message.js';
import { run, startKernel, tell } from './harness.js';

const setUp = `
import { bond, hamiltonian, interact, live, ring, site, slider } from 'emtd-lab';
const energy = hamiltonian(ring(64), [
  bond((a, b, J) => a.sub(b).squaredNorm().mul(J), { J: 1 }),
  site((x, h) => x.squaredNorm().mul(h), { h: 1 }),
]);
const T = slider({ label: 'T', min: 0.01, max: 4, value: 0.01 });
const shown = live(energy, { temperature: T, timeStep: 0.02, every: 5 });`;

/** The part of a page: knows the models, answers through links while it is not deaf. */
class Page {
  readonly models = new Map<string, Json>();
  readonly frames: { at: number; frame: number; answered: boolean }[] = [];
  readonly displays: [type: string, content: Json][] = [];
  deaf = false;
  #told: Promise<unknown> = Promise.resolve();

  constructor(readonly kernel: KernelClient) {
    kernel.onIopub((message) => this.#take(message));
  }

  id(model: string): string {
    return [...this.models].findLast(([, state]) => state['_model_name'] === model)![0];
  }

  change(id: string, state: Json): void {
    this.send(id, { method: 'update', state, buffer_paths: [] });
  }

  /** One after the other: a socket takes one at a time. */
  send(id: string, data: Json): void {
    const told = this.#told.then(() => tell(this.kernel, 'comm_msg', { comm_id: id, data }));
    this.#told = told.catch(() => {}); // the kernel has gone
  }

  #take({ header, content, buffers }: Message): void {
    if (header.msg_type.endsWith('display_data')) this.displays.push([header.msg_type, content]);
    const id = String(content['comm_id']);
    const state = ((content['data'] as Json | undefined)?.['state'] ?? {}) as Json;
    if (header.msg_type === 'comm_open') {
      this.models.set(id, { ...state });
      if (state['_model_name'] === 'DirectionalLinkModel') this.#answer(state);
    }
    if (header.msg_type === 'comm_close') this.models.delete(id);
    if (header.msg_type !== 'comm_msg' || !this.models.has(id)) return;
    Object.assign(this.models.get(id)!, state);
    if (typeof state['frame'] !== 'number') return;
    assert.match(Buffer.from(buffers[0]!).toString(), /^<svg /);
    this.frames.push({ at: performance.now(), frame: state['frame'], answered: !this.deaf });
    for (const link of this.models.values()) {
      if (link['_model_name'] === 'DirectionalLinkModel' && (link['source'] as string[])[1] === 'frame')
        this.#answer(link);
    }
  }

  #answer(link: Json): void {
    if (this.deaf) return;
    const [[source, attribute], [target]] = [link['source'], link['target']] as [string[], string[]];
    const bare = (reference: string): string => reference.replace('IPY_MODEL_', '');
    setTimeout(() => this.change(bare(target!), { value: this.models.get(bare(source!))?.[attribute!] }), 5);
  }
}

describe('a page on the other end', () => {
  let kernel: KernelClient;
  let page: Page;
  before(async () => {
    kernel = await startKernel();
    page = new Page(kernel);
    assert.equal((await run(kernel, setUp)).reply['status'], 'ok');
  });
  after(() => kernel.shutdown());

  test('the cell returns at once; frames arrive, each after the last was acknowledged', async () => {
    const start = performance.now();
    const { reply, order } = await run(kernel, 'shown');
    assert.equal(reply['status'], 'ok');
    assert.ok(performance.now() - start < 5000);
    assert.ok(!order.includes('execute_result'), 'it has shown itself');
    assert.equal(page.frames.length, 0, 'nobody looks yet');
    page.change(page.id('ImageModel'), { _view_count: 1 });
    await sleep(3000);
    assert.ok(
      page.frames.length >= 3,
      `${page.frames.length} frames in 3 s; 30 are wanted on a quiet machine`,
    );
    page.deaf = true;
    await sleep(500);
    const unanswered = page.frames.filter(({ answered }) => !answered);
    assert.ok(unanswered.length <= 1, `${unanswered.length} frames were under way`);
    page.deaf = false;
    const last = page.frames.at(-1)!;
    page.change(
      (page.models.get(page.id('DirectionalLinkModel'))!['target'] as string[])[0]!.replace('IPY_MODEL_', ''),
      { value: last.frame },
    );
  });

  test('a slider moved by the page heats the running chain, also while a cell waits', async () => {
    const waiting = run(kernel, 'await new Promise((resolve) => setTimeout(resolve, 1500)); T.value');
    await sleep(300);
    page.change(page.id('FloatSliderModel'), { value: 4 });
    assert.equal((await waiting).result, '4');
    const { result } = await run(
      kernel,
      "const means = shown.histories[0].observed['disagreement W²'].mean; means.at(-1)! / means[0]",
    );
    assert.ok(Number(result) > 20, `W² grew ${result}-fold`);
  });

  test('an interrupt ends it with its figure; no script stays', async () => {
    const before = page.displays.length;
    await kernel.interrupt();
    for (let k = 0; k < 100 && page.displays.length === before; k++) await sleep(100);
    const [type, content] = page.displays.at(-1)!;
    assert.equal(type, 'update_display_data');
    assert.deepEqual(Object.keys(content['data'] as Json), [
      'application/vnd.plotly.v1+json',
      'image/png',
      'text/plain',
    ]);
    assert.equal(
      (content['transient'] as Json)['display_id'],
      (page.displays[0]![1]['transient'] as Json)['display_id'],
    );
    const { frames } = page;
    const seen = frames.length;
    await sleep(300);
    assert.equal(frames.length, seen);
    assert.equal((await run(kernel, 'T.value')).result, '4', 'variables stay');
  });

  test('interact: the newest value of many is the one that shows', async () => {
    await run(kernel, 'interact(({ x }) => 2 * x, { x: slider({ min: 0, max: 100, step: 1, value: 1 }) })');
    const moved = page.id('IntSliderModel');
    for (let x = 2; x <= 60; x++) page.change(moved, { value: x });
    const shows = (): unknown =>
      ((page.models.get(page.id('OutputModel'))!['outputs'] as Json[])[0]?.['data'] as Json | undefined)?.[
        'text/plain'
      ];
    for (let k = 0; k < 100 && shows() !== '120'; k++) await sleep(50);
    assert.equal(shows(), '120');
  });

  test('interact: after Stop in an endless loop it goes on with the next value', async () => {
    await run(
      kernel,
      'interact(({ s }) => { while (s === 2); return 10 * s; }, { s: slider({ min: 0, max: 4, step: 1, value: 1 }) })',
    );
    const moved = page.id('IntSliderModel');
    page.change(moved, { value: 2 });
    await sleep(300);
    await kernel.interrupt();
    page.change(moved, { value: 3 });
    const shows = (): unknown =>
      ((page.models.get(page.id('OutputModel'))!['outputs'] as Json[])[0]?.['data'] as Json | undefined)?.[
        'text/plain'
      ];
    for (let k = 0; k < 100 && shows() !== '30'; k++) await sleep(50);
    assert.equal(shows(), '30');
  });
});

test('where nobody answers, the cell ends with the static figure', async () => {
  const kernel = await startKernel();
  const displays: [string, Json][] = [];
  kernel.onIopub(({ header, content }) => {
    if (header.msg_type.endsWith('display_data')) displays.push([header.msg_type, content['data'] as Json]);
  });
  await run(kernel, setUp);
  const { reply } = await run(
    kernel,
    'live(energy, { temperature: T, timeStep: 0.02, every: 5, frames: 20 })',
  );
  assert.equal(reply['status'], 'ok');
  assert.deepEqual(
    displays.map(([type]) => type),
    ['display_data', 'update_display_data'],
  );
  assert.deepEqual(Object.keys(displays[1]![1]), [
    'application/vnd.plotly.v1+json',
    'image/png',
    'text/plain',
  ]);
  await kernel.shutdown();
});
