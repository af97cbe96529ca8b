// The diagram shows the table that runs: every state a box, every pair of states an arrow, in the colour of
// who draws it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { palette } from '../../src/figures/plots/theme.js';
import { transitionDiagram } from '../../src/figures/index.js';
import { figureCsv } from '../../src/figures/tables/figureCsv.js';
import { transitions } from '../../src/protocol/index.js';

test('states, arrows and their labels are those of the table', () => {
  const figure = transitionDiagram({ name: 'life', counts: transitions.map((_, at) => at) });
  const texts = (figure.layout['annotations'] as { text: string }[]).map(({ text }) => text);
  for (const state of new Set(transitions.flatMap(({ from, to }) => [from, to])))
    assert.equal(texts.filter((text) => text.includes(`<b>${state}</b>`)).length, 1, state);
  transitions.forEach(({ on }, at) =>
    assert.ok(
      texts.some((text) => text.includes(`${on} ${at}`)),
      on,
    ),
  );
  const shafts = figure.data.filter(({ fill }) => fill === undefined);
  const pairs = new Map<string, boolean>();
  for (const each of transitions)
    if (each.from !== each.to)
      pairs.set(`${each.from} to ${each.to}`, pairs.get(`${each.from} to ${each.to}`) || 'paper' in each);
  assert.deepEqual(
    new Map(
      shafts.map(({ name, line }) => [name!.split(':')[0], (line as { color: string }).color === palette[0]]),
    ),
    pairs,
  );
  const rows = figureCsv(figure).trim().split('\n');
  assert.equal(rows.length, 1 + pairs.size, 'an arrow a row');
  assert.ok(rows.some((row) => row.includes('local to verifying: message')));
});
