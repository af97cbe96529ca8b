// Intervals beside those of the publication run, on z = (value - published estimate) / half-width of this
// run.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { check, earlierRows } from '../../src/claims/index.js';
import { publishedFor } from '../../src/claims/publication.js';
import { jupyterDisplay } from '../../src/display/index.js';
import { besidePublication, Figure } from '../../src/figures/index.js';
import { figureRows } from '../../src/figures/tables/figureCsv.js';
import { figureMimes } from '../../src/figures/plots/figure.js';

const { estimate, interval } = publishedFor(earlierRows().find(({ id }) => id === 'EMTD-1.7')!)[
  'equipartition'
]!;
const half = 0.03;
const ours = check('EMTD-1.7', {
  equipartition: { estimate: estimate + 2 * half, interval: [estimate + half, estimate + 3 * half] },
  freeEnergy: { estimate: 0, interval: [0, 0] },
});

test('a row for each number with an error: this run shifted by its difference, the publication run at 0', () => {
  const figure = besidePublication('02-hamiltonian', [ours]) as Figure;
  const [here, there, ...others] = figureRows(figure);
  assert.equal(others.length, 0);
  assert.equal(here!.row, 'EMTD-1.7 equipartition');
  for (const [measured, expected] of [
    [here!.x, 2],
    [here!.lower, 1],
    [here!.upper, 3],
    [there!.x, 0],
    [there!.lower, (interval[0] - estimate) / half],
    [there!.upper, (interval[1] - estimate) / half],
  ])
    assert.ok(Math.abs(Number(measured) - Number(expected)) < 1e-9, `${measured}, expected ${expected}`);
});

test('regions lie behind the row: equipartition is supported in [0.96, 1.04], refuted outside [0.9, 1.1]', () => {
  const { layout } = besidePublication('02-hamiltonian', [ours]) as Figure;
  const bars = layout['shapes'] as { x0: number; x1: number; fillcolor: string }[];
  const ends = bars.map(({ x0, x1 }) => [x0, x1]).flat();
  const expected = [0.96, 1.04, estimate - 6 * half, 0.9, 1.1, estimate + 6 * half].map(
    (end) => (end - estimate) / half,
  );
  assert.equal(bars.length, 3);
  ends.forEach((end, k) =>
    assert.ok(Math.abs(end - expected[k]!) < 1e-9, `end ${k} at ${end}, expected ${expected[k]}`),
  );
  assert.deepEqual(
    bars.map(({ fillcolor }) => fillcolor === bars[0]!.fillcolor),
    [true, false, false],
  );
});

test('it shows as a picture, not as a live chart, and says when there is nothing beside', async () => {
  const bundle = await (besidePublication('02-hamiltonian', [ours]) as Figure)[jupyterDisplay]();
  assert.deepEqual(Object.keys(bundle), [figureMimes.still, 'image/png', 'text/plain']);
  assert.match(
    String(besidePublication('00-start-here', [ours])),
    /no publication run beside .* --full makes one/,
  );
});
