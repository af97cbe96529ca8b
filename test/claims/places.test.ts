// No orphans: every row of the ledger is checked in the notebook that is its home, once, and no notebook
// checks anything else.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { test } from 'node:test';
import {
  check,
  type Claim,
  ledger,
  ledgerPage,
  type Mention,
  mentionsIn,
  readVerdicts,
  openReason,
} from '../../src/claims/index.js';
import { jupyterDisplay, type MimeBundle } from '../../src/display/index.js';

const folder = fileURLToPath(new URL('../../../notebooks/', import.meta.url));
const read = (file: string): unknown => JSON.parse(readFileSync(join(folder, file), 'utf8'));
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
  (file) => file.endsWith('.ipynb') && !/(^|\/)\./.test(file),
);
const places = files.map((file) => mentionsIn(file.replace('.ipynb', ''), read(file)));
const all: Record<string, Mention> = Object.assign({}, ...places);

/** Claims without a check, checks without a claim, claims checked twice or in a wrong notebook, in words. */
function orphans(
  places: readonly Readonly<Record<string, Mention>>[],
  claims: readonly Claim[] = ledger(),
): string[] {
  const checks = places.flatMap((each) => Object.entries(each));
  const homes = new Map(claims.map(({ id, notebook }) => [id, notebook]));
  return [
    ...claims
      .filter(({ id }) => !checks.some(([checked]) => checked === id))
      .map(({ id, notebook }) => `${id}: no notebook checks it; its home is ${notebook}`),
    ...checks
      .filter(([id, { notebook }]) => homes.get(id) !== notebook)
      .map(
        ([id, { notebook }]) => `${id}: checked in ${notebook}, at home in ${homes.get(id) ?? 'no notebook'}`,
      ),
    ...checks
      .map(([id]) => id)
      .filter((id, at, all) => all.indexOf(id) < at)
      .map((id) => `${id}: checked twice`),
  ];
}

test('no claim without a check, no check without a claim', () => {
  assert.deepEqual(orphans(places), []);
  assert.deepEqual(
    Object.keys(readVerdicts()),
    ledger().map(({ id }) => id),
    'and each has its verdict on file',
  );
});

test('orphans are found: a claim left out, a check elsewhere, a check twice, a check of nothing', () => {
  const { ['EMTD-3.1']: life, ...rest } = all;
  assert.deepEqual(orphans([rest]), [`EMTD-3.1: no notebook checks it; its home is ${life.notebook}`]);
  assert.deepEqual(orphans([rest, { 'EMTD-3.1': { ...life, notebook: '00-start-here' } }]), [
    'EMTD-3.1: checked in 00-start-here, at home in 08-protocol',
  ]);
  assert.deepEqual(orphans([all, { 'EMTD-3.1': life }]), ['EMTD-3.1: checked twice']);
  assert.deepEqual(orphans([all], ledger().slice(1)), [
    'EMTD-0.1: checked in 00-start-here, at home in no notebook',
  ]);
});

test('a row without a verdict has a reason, and the page of the ledger discusses it', () => {
  const verdicts = readVerdicts();
  const page = readFileSync(join(folder, '31-claims-ledger.ipynb'), 'utf8');
  for (const row of ledger()) {
    const reason = openReason(row, verdicts);
    assert.equal(
      reason !== undefined,
      check(row.id, verdicts[row.id]!.quantities).verdict === 'open',
      row.id,
    );
    if (reason === undefined) continue;
    assert.match(reason, /between the regions|not measured|control/);
    assert.match(page, new RegExp(`\\*\\*${row.id.replace('.', '\\.')}\\*\\*`), `${row.id} is discussed`);
  }
});

test('places: the section of the check and its figures, and links that lead there', () => {
  const figure = (name: string) => ({
    cell_type: 'code',
    outputs: [{ data: { 'application/x': { layout: { meta: { name } } } } }],
  });
  const checked = {
    cell_type: 'code',
    outputs: [{ data: { 'application/vnd.emtd.check+json': { id: 'EMTD-3.1', quantities: {} } } }],
  };
  const heading = (text: string) => ({ cell_type: 'markdown', source: ['some text\n', text] });
  const found = mentionsIn('x', {
    cells: [
      heading('# x'),
      figure('first'),
      heading('## What is it?'),
      figure('second'),
      checked,
      figure('third'),
    ],
  });
  assert.deepEqual(found, {
    'EMTD-3.1': {
      notebook: 'x',
      heading: 'What is it?',
      anchor: 'What-is-it%3F',
      figures: ['second', 'third'],
    },
  });
  const html = (
    ledgerPage({ verdicts: readVerdicts(), places: all }) as unknown as { [jupyterDisplay](): MimeBundle }
  )[jupyterDisplay]()['text/html'] as string;
  assert.equal(html.match(/<tr>/g)!.length, 106);
  for (const { id } of ledger()) assert.ok(html.includes(`>${id}</a>`), id);
  assert.ok(html.includes(`href="08-protocol.ipynb#${all['EMTD-3.1'].anchor}"`));
});
