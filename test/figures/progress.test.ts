import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { type DisplayContent, jupyterBroadcast } from '../../src/figures/broadcast.js';
import { progress } from '../../src/figures/progress.js';

const host = globalThis as { [jupyterBroadcast]?: unknown };
afterEach(() => delete host[jupyterBroadcast]);

function listen(): [string, DisplayContent][] {
  const sent: [string, DisplayContent][] = [];
  host[jupyterBroadcast] = (type: string, content: DisplayContent) => sent.push([type, content]);
  return sent;
}

test('a bar is one display that is updated and ends as a line without times', () => {
  const sent = listen();
  const bar = progress('relaxation <i>', 4000);
  bar.finish();
  bar.finish();
  bar.update(1);
  assert.deepEqual(
    sent.map(([type]) => type),
    ['display_data', 'update_display_data'],
  );
  assert.equal(sent[0][1].transient.display_id, sent[1][1].transient.display_id);
  const { data } = sent[1][1];
  assert.equal(data['text/plain'], 'relaxation <i>: 4,000 of 4,000');
  assert.equal(data['text/html'], '<div>relaxation &lt;i&gt;: 4,000 of 4,000</div>');
});

test('the last update finishes the bar', () => {
  const sent = listen();
  const { update } = progress('relaxation', 10);
  update(10);
  update(10);
  assert.deepEqual(sent.map(([, { data }]) => data['text/plain']).slice(1), ['relaxation: 10 of 10']);
});

test('updates within 100 ms are dropped', () => {
  const sent = listen();
  const bar = progress('relaxation', 1e9); // more than the loop can reach
  const start = performance.now();
  let k = 0;
  while (performance.now() - start < 350) bar.update(k++);
  const updates = sent.length - 1;
  assert.ok(updates >= 1 && updates <= 3, `${updates} updates for ${k} calls`);
  assert.match(sent[1][1].data['text/plain'], /^relaxation [█░]{20} \d+ %$/);
});

test('two bars are two displays, no host means silence, a bad total is a named error', () => {
  const sent = listen();
  progress('a', 1);
  progress('b', 1);
  assert.notEqual(sent[0][1].transient.display_id, sent[1][1].transient.display_id);
  delete host[jupyterBroadcast];
  progress('c', 1).finish();
  assert.equal(sent.length, 2);
  assert.throws(() => progress('d', 0), /progress: total must be positive, got 0/);
});
