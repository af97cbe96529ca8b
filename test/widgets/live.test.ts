import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { jupyterDisplay } from '../../src/display/index.js';
import { heatBath, langevin, sample, wolff } from '../../src/dynamics/index.js';
import { bond, hamiltonian, site } from '../../src/energies/index.js';
import { randomAngles, randomSpins } from '../../src/fields/index.js';
import { ring, torus } from '../../src/graphs/index.js';
import { disagreement, magnetisation, observe, orderParameter } from '../../src/measure/index.js';
import { live, slider } from '../../src/widgets/index.js';
import { LiveHistory } from '../../src/widgets/live/liveHistory.js';
import { LivePicture } from '../../src/widgets/live/livePicture.js';
import type { Json } from '../../src/widgets/comms/host.js';
import { FakePage } from './fakePage.js';

const graph = ring(24);
const energy = hamiltonian(graph, [
  bond((a, b, J) => a.sub(b).squaredNorm().mul(J), { J: 1 }),
  site((x, h) => x.squaredNorm().mul(h), { h: 1 }),
]);
const quick = { timeStep: 0.02, chains: 4, every: 5, seed: 3 };

let page: FakePage | undefined;
afterEach(() => {
  page?.leave();
  page = undefined;
});

const screen = (): string => page!.ids('ImageModel')[0]!;
const frames = () =>
  page!.messages(screen(), 'update').filter(({ data }) => 'frame' in (data.state as object));

test('without a host it is a figure of a bounded run, the same as `sample` gives', async () => {
  const shown = live(energy, {
    ...quick,
    temperature: 0.7,
    frames: 12,
    observe: { disagreement, magnetisation },
  });
  const bundle = await shown[jupyterDisplay]();
  assert.deepEqual(Object.keys(bundle), ['application/vnd.plotly.v1+json', 'image/png', 'text/plain']);
  assert.match(
    bundle['text/plain'],
    /figure live.*temperature = 0.7; mean and standard deviation over 4 chains/,
  );
  const samples = await sample(langevin(energy, { temperature: 0.7, timeStep: 0.02 }), {
    chains: 4,
    steps: 60,
    every: 5,
    seed: 3,
  });
  const chains = observe(samples, disagreement);
  const expected = samples.steps.map((_, k) => chains.reduce((sum, chain) => sum + chain[k], 0) / 4);
  const [{ time, observed }] = shown.histories;
  assert.deepEqual(
    observed.disagreement.mean.map((x) => x.toFixed(12)),
    expected.map((x) => x.toFixed(12)),
  );
  assert.ok(Math.abs(time.at(-1)! - 60 * 0.02) < 1e-12);
});

test('where no page answers, the figure replaces the view and no script or widget stays', async () => {
  page = new FakePage({ links: false });
  assert.deepEqual(await live(energy, { ...quick, temperature: [0.1, 1], frames: 3 })[jupyterDisplay](), {});
  const ids = new Set(page.displays.map(([, { transient }]) => transient.display_id));
  assert.equal(ids.size, 1);
  assert.deepEqual(Object.keys(page.displays.at(-1)![1].data), [
    'application/vnd.plotly.v1+json',
    'image/png',
    'text/plain',
  ]);
  const left = [...page.models.values()].map(({ _model_name: name }) => name);
  assert.deepEqual(left.sort(), ['FloatSliderModel', 'SliderStyleModel'], 'a control may be shown elsewhere');
});

test('in a page: the cell returns, frames wait for their acknowledgement and for someone who looks', async () => {
  page = new FakePage();
  const T = slider({ label: 'T', min: 0.01, max: 4, value: 0.01 });
  const shown = live(energy, { ...quick, temperature: T, parameters: { J: [0.5, 3] } });
  assert.deepEqual(await shown[jupyterDisplay](), {});
  await sleep(100);
  assert.equal(frames().length, 0, 'nobody looks yet');
  page.change(screen(), { _view_count: 1 });
  await sleep(1000);
  const sent = frames();
  assert.ok(sent.length >= 10, `${sent.length} frames in a second`);
  assert.deepEqual(
    sent.map(({ data }) => (data.state as { frame: number }).frame),
    sent.map((_, k) => k + 2),
    'the first came with the view',
  );
  assert.deepEqual(sent[0].data.buffer_paths, [['value']]);
  assert.match(Buffer.from(sent[0].buffers[0]).toString(), /^<svg .*<circle .*<\/svg>$/);

  const before = shown.histories[0].observed['disagreement W²'].mean.at(-1)!;
  page.change(T.model.id, { value: 4 });
  page.change(shown.controls.J.model.id, { value: 0.5 });
  await sleep(500);
  const after = shown.histories[0].observed['disagreement W²'].mean.at(-1)!;
  assert.ok(after > 20 * before, `W² went from ${before} to ${after}`);

  page.deaf = true;
  await sleep(100);
  const unanswered = frames().length;
  await sleep(300);
  assert.equal(frames().length, unanswered, 'one frame under way, no more');

  page.post(page.ids('ButtonModel').at(-1)!, { method: 'custom', content: { event: 'click' } });
  await shown.ended;
  assert.ok('image/png' in page.displays.at(-1)![1].data);
  page.change(screen(), { _view_count: 0 }); // the page shows the figure in place of the view
  for (const kind of ['ImageModel', 'ButtonModel', 'VBoxModel', 'HBoxModel'])
    assert.deepEqual(page.ids(kind), []);
  assert.ok(page.models.has(T.model.id), 'the slider is not its own to close');
});

test('a page that is loaded anew goes on where it was', async () => {
  page = new FakePage();
  const shown = live(energy, { ...quick, temperature: [0.1, 1] });
  await shown[jupyterDisplay]();
  page.change(screen(), { _view_count: 1 });
  await sleep(100);
  page.deaf = true;
  await sleep(100);
  page.deaf = false;
  const control = page.open('jupyter.widget.control');
  control.onMessage!({ method: 'request_states' }, []);
  const states = page.messages(control.id, 'update_states').at(-1)!.data.states as Record<
    string,
    { state: { _view_count: number } }
  >;
  assert.equal(states[screen()].state._view_count, 0);
  const before = frames().length;
  page.change(screen(), { _view_count: 1 });
  await sleep(300);
  assert.ok(frames().length > before + 2);
  process.emit('SIGINT');
  await shown.ended;
  assert.equal(page.ids('ImageModel').length, 1, 'the last frame stays');
});

test('a parameter under which the field runs away is said in the picture, and the next value starts anew', async () => {
  page = new FakePage();
  const shown = live(energy, {
    ...quick,
    temperature: 1,
    parameters: { J: slider({ min: 1, max: 100, value: 1 }) },
  });
  await shown[jupyterDisplay]();
  page.change(screen(), { _view_count: 1 });
  await sleep(60);
  page.change(shown.controls.J.model.id, { value: 100 });
  await sleep(600);
  assert.match(
    Buffer.from(frames().at(-1)!.buffers[0]).toString(),
    /the field ran away, timeStep 0.02 is too large here, or the energy has no lower bound/,
  );
  page.change(shown.controls.J.model.id, { value: 2 });
  await sleep(200);
  assert.doesNotMatch(Buffer.from(frames().at(-1)!.buffers[0]).toString(), /ran away/);
  shown.stop();
  await shown.ended;
});

test("a parameter's range starts at the energy's own value, where the range has it", () => {
  const own = energy.with({ h: 0.5 });
  const start = (h: [number, number] | [number, number, number]): number =>
    live(own, { ...quick, temperature: 1, parameters: { h } }).controls.h.value;
  assert.deepEqual([start([0, 2]), start([1, 2]), start([0, 10, 1])], [0.5, 1.5, 5]);
  assert.equal(live(own, { ...quick, temperature: [0, 2] }).controls.temperature.value, 1);
});

test('several energies side by side; what cannot be is refused by name', async () => {
  const both = live({ soft: energy, stiff: energy.with({ h: 4 }) }, { ...quick, temperature: 1, frames: 2 });
  await both[jupyterDisplay]();
  assert.deepEqual(
    both.histories.map(({ label }) => label),
    ['soft', 'stiff'],
  );
  assert.throws(
    () => live(energy, { ...quick, temperature: 1, parameters: { K: [0, 1] } }),
    /no term has a parameter K; known: J, h/,
  );
  assert.throws(
    () => live(energy, { ...quick, temperature: 1, every: 0 }),
    /live: every must be an integer in \[1, .*, got 0/,
  );
  await assert.rejects(
    live(energy, { ...quick, timeStep: 9, temperature: 1 })[jupyterDisplay](),
    /timeStep must be below/,
  );
});

const ising = hamiltonian(torus(8, 8), [bond((a, b, J) => a.mul(b).sum().mul(J).neg(), { J: 1 })]);
const potts = hamiltonian(torus(6, 6), [bond((a, b) => a.sub(b).squaredNorm().add(1e-9).pow(-1))]); // repulsion of equal labels' neighbours
const lastFrame = (): string => Buffer.from(frames().at(-1)!.buffers[0]).toString();

test('energies side by side have one scale of colours, in the figure and in the frames', async () => {
  const apart = hamiltonian(graph, [site((x, h) => x.squaredNorm().mul(h), { h: 0.1 })]);
  const shown = live({ stiff: energy, loose: apart }, { ...quick, temperature: 1, frames: 12 });
  const bundle = (await shown[jupyterDisplay]()) as unknown as Record<
    string,
    { data: { marker?: { cmin?: number; cmax?: number } }[] }
  >;
  const ranges = bundle['application/vnd.plotly.v1+json'].data.flatMap(({ marker }) =>
    marker?.cmax === undefined ? [] : [[marker.cmin, marker.cmax]],
  );
  assert.equal(ranges.length, 2);
  assert.deepEqual(ranges[0], ranges[1]);
  const most = Math.max(...shown.histories.flatMap(({ field }) => [...field].map(Math.abs)));
  assert.deepEqual(ranges[0], [-most, most]);
  const run = {
    histories: shown.histories,
    observables: [],
    kind: { codomain: 'real', states: undefined },
  } as const;
  const frame = new LivePicture(graph, run).draw(shown.histories, '');
  const keys = [...frame.matchAll(/text-anchor="end">−([\d.]+)</g)].map(([, reach]) => reach);
  assert.equal(keys.length, 2);
  assert.equal(keys[0], keys[1]);
});

test('spins and labels move by the heat bath, or the sampler that is given, the same as `sample` gives', async () => {
  const options = { chains: 4, every: 5, seed: 3, temperature: 2, frames: 12, observe: { orderParameter } };
  const initial = randomSpins({ sites: 64, chains: 4, seed: 9 });
  const means = async (sampler: Parameters<typeof sample>[0], from: object): Promise<string[]> => {
    const chains = observe(
      await sample(sampler, { chains: 4, steps: 60, every: 5, seed: 3, ...from }),
      orderParameter,
    );
    return Array.from(chains[0], (_, k) =>
      (chains.reduce((sum, chain) => sum + chain[k], 0) / 4).toFixed(12),
    );
  };
  for (const [given, expected] of [
    [{ initial }, await means(heatBath(ising, { temperature: 2 }), { initial })],
    [{ sampler: wolff }, await means(wolff(ising, { temperature: 2 }), {})],
  ] as const) {
    const shown = live(ising, { ...options, ...given });
    await shown[jupyterDisplay]();
    const [{ time, observed, field }] = shown.histories;
    assert.deepEqual(
      observed.orderParameter.mean.map((x) => x.toFixed(12)),
      expected,
    );
    assert.equal(time.at(-1), 60);
    assert.ok(field.every((s) => Math.abs(s) === 1));
  }
  const labels = live(potts, { ...options, states: 3 });
  await labels[jupyterDisplay]();
  assert.deepEqual([...new Set(labels.histories[0].field)].sort(), [0, 1, 2]);
});

test('what a sampler does not move, and a time step where there is none, is refused by name', async () => {
  const initial = randomSpins({ sites: 64, seed: 1 });
  assert.throws(
    () => live(ising, { temperature: 1, initial, timeStep: 0.1 }),
    /^RangeError: live: the heat bath of spins and labels has no timeStep, got 0.1/,
  );
  assert.throws(
    () => live(ising, { temperature: 1 }),
    /^TypeError: live: timeStep is missing, which langevin needs; for spins pass sampler: heatBath/,
  );
  await assert.rejects(
    async () =>
      live(ising, { temperature: 1, initial, timeStep: 0.1, sampler: langevin as never })[jupyterDisplay](),
    /langevin: moves continuous fields, got a spin field/,
  );
  assert.throws(() => live(ising, { temperature: 1, states: 1 }), /live: states must be an integer/);
});

test('two colours for spins, one for each label, a cycle for angles', async () => {
  const fills = async (...given: Parameters<typeof live>): Promise<Set<string>> => {
    page = new FakePage();
    const shown = live(...given);
    await shown[jupyterDisplay]();
    page.change(screen(), { _view_count: 1 });
    await sleep(200);
    const svg = lastFrame();
    shown.stop();
    await shown.ended;
    page.leave();
    return new Set(
      [...svg.split('translate(340 0)')[0].matchAll(/<(?:path|circle)[^>]* fill="(#[^"]+)"/g)].map(
        ([, fill]) => fill,
      ),
    );
  };
  const options = { temperature: 3, chains: 2, seed: 3 };
  assert.deepEqual(await fills(ising, { ...options, sampler: heatBath }), new Set(['#0072B2', '#D55E00']));
  assert.deepEqual(await fills(potts, { ...options, states: 3 }), new Set(['#0072B2', '#D55E00', '#009E73']));
  const xy = hamiltonian(ring(24), [bond((a, b) => a.sub(b).cos().sum().neg())]);
  const cycle = await fills(xy, {
    ...options,
    timeStep: 0.01,
    initial: randomAngles({ sites: 24, chains: 2, seed: 4 }),
  });
  const { colourAt } = await import('../../src/display/index.js');
  const scale = new Set(Array.from({ length: 65 }, (_, k) => colourAt('cyclic', k / 64)));
  assert.ok(cycle.size > 5 && [...cycle].every((fill) => scale.has(fill)), [...cycle].join());
});

test('pause, step and restart', async () => {
  page = new FakePage();
  const shown = live(ising, { sampler: heatBath, temperature: [1, 4], chains: 2, seed: 3, every: 10 });
  await shown[jupyterDisplay]();
  page.change(screen(), { _view_count: 1 });
  await sleep(200);
  const button = (label: string): string =>
    [...page!.models].find(([, state]) => state.description === label)![0];
  const click = async (label: string): Promise<number> => {
    page!.post(button(label), { method: 'custom', content: { event: 'click' } });
    await sleep(150);
    return shown.histories[0].time.at(-1)!;
  };
  const paused = await click('Pause');
  await sleep(200);
  assert.equal(shown.histories[0].time.at(-1), paused, 'it stands still');
  assert.equal(await click('Step'), paused + 10);
  assert.equal(await click('Step'), paused + 20);
  page.change(shown.controls.temperature.model.id, { value: 1 });
  await sleep(150);
  assert.equal(shown.histories[0].time.at(-1), paused + 20, 'a control does not make a paused run go on');
  assert.equal(await click('Restart'), 10, 'the first frame, still paused');
  assert.ok((await click('Go on')) > 10);
  assert.ok((await click('Restart')) < paused, 'a running one runs on from the start');
  await click('Stop');
  await shown.ended;
  assert.match(page.displays.at(-1)![1].data['text/plain'], /figure live/);
});

test('a run that ends while its page is closed keeps its models, with the last frame and without buttons', async () => {
  page = new FakePage();
  const shown = live(ising, { sampler: heatBath, temperature: [1, 3], chains: 2, seed: 3 });
  await shown[jupyterDisplay]();
  page.change(screen(), { _view_count: 1 });
  await sleep(300);
  page.deaf = true; // a closed page says nothing
  shown.stop();
  await shown.ended;
  const control = page.open('jupyter.widget.control');
  control.onMessage!({ method: 'request_states' }, []);
  const states = page.messages(control.id, 'update_states').at(-1)!.data.states as Record<
    string,
    { state: Json }
  >;
  const [whole] = page.ids('VBoxModel');
  assert.deepEqual(
    states[whole].state.children,
    [`IPY_MODEL_${screen()}`],
    'a page that is opened finds the last frame alone',
  );
  assert.ok(screen() in states);
  assert.deepEqual([page.ids('ButtonModel'), page.ids('HBoxModel')], [[], []]);
});

test('the notebook keeps a picture beside the view, in its size', async () => {
  page = new FakePage();
  const shown = live(ising, { sampler: heatBath, temperature: 2, chains: 2, seed: 3 });
  await shown[jupyterDisplay]();
  const [, { data }] = page.displays.at(-1)!;
  assert.ok('application/vnd.jupyter.widget-view+json' in data);
  const [, width, svg] = /<img width="(\d+)" height="\d+" src="data:image\/svg\+xml;base64,([^"]+)">/.exec(
    String(data['text/html']),
  )!;
  assert.match(
    Buffer.from(svg, 'base64').toString(),
    new RegExp(`^<svg .* width="${width}".*#D55E00.*</svg>$`),
  );
  shown.stop();
  await shown.ended;
});

test('a frame takes little time to draw', () => {
  const history = new LiveHistory('', ['W'], 0.1);
  for (let k = 0; k < 300; k++)
    history.add({
      step: k,
      observed: { W: Float64Array.of(k % 7, 1, 2) },
      field: new Float64Array(24).fill(k),
    });
  const picture = new LivePicture(graph, {
    histories: [history],
    observables: ['W'],
    kind: { codomain: 'real', states: undefined },
  });
  const start = performance.now();
  for (let k = 0; k < 20; k++) picture.draw([history], '');
  assert.ok((performance.now() - start) / 20 < 40, 'milliseconds a frame, ten times what is aimed at');
});
