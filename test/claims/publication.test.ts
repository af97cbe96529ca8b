// Publication runs on file: they lead to the committed verdicts, agree with the committed notebooks' numbers,
// and are stored whole.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { check, decidables, earlierRows, judge, manifest, readVerdicts } from '../../src/claims/index.js';
import { sessionChecks } from '../../src/claims/checkClaim.js';
import { collectChecks } from '../../src/claims/notebookAtHand.js';
import {
  publicationRun,
  publicationRuns,
  publishedFor,
  writePublicationRuns,
} from '../../src/claims/publication.js';

const verdicts = readVerdicts();
const runs = Object.entries(publicationRuns());

test('every notebook with a sampled number has a publication run with a manifest', () => {
  const sampled = Object.values(verdicts)
    .filter(({ quantities }) => Object.values(quantities).some(({ interval: [low, high] }) => low < high))
    .map(({ notebook }) => notebook);
  assert.deepEqual(
    runs.map(([notebook]) => notebook),
    [...new Set(sampled)].toSorted(),
  );
  for (const [, { manifest }] of runs) assert.match(manifest.digest, /^[0-9a-f]{64}$/);
});

test('publication runs measure every row of their notebook and reach the committed verdict', () => {
  for (const [notebook, { measured }] of runs) {
    for (const row of decidables().filter((one) => one.notebook === notebook)) {
      const judged = judge(row, measured[row.id] ?? {});
      assert.deepEqual([judged.missing, judged.unmet], [[], []], row.id);
      assert.equal(judged.verdict, verdicts[row.id]!.verdict, row.id);
    }
  }
});

test('quick and publication run of a row agree within five standard errors of their difference', () => {
  const rows = earlierRows().map(({ id }) => id); // the small run of a finding has other sizes than the stored one
  for (const [id, { quantities }] of Object.entries(verdicts).filter(([id]) => rows.includes(id))) {
    for (const [name, published] of Object.entries(
      publishedFor(decidables().find((one) => one.id === id)!),
    )) {
      const quick = quantities[name]!;
      const error = Math.hypot(...[quick, published].map(({ interval: [low, high] }) => (high - low) / 6));
      if (error === 0) continue; // exact numbers: counts, extremes, identities
      assert.ok(Math.abs(quick.estimate - published.estimate) <= 5 * error, `${id} ${name}`);
    }
  }
});

test('runs are stored by name, to six digits, and leave nothing beside the file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'emtd-publication-'));
  const file = join(folder, 'publication.json');
  const half = check('EMTD-2.12', {});
  const third = check('EMTD-1.7', { equipartition: { estimate: 1 / 3, interval: [0.3, 0.4] } });
  const record = manifest({ seeds: [1] }).record;
  writePublicationRuns(file, { b: publicationRun([third], record), a: publicationRun([half], record) });
  const stored = JSON.parse(readFileSync(file, 'utf8')) as Record<string, { measured: object }>;
  assert.deepEqual(Object.keys(stored), ['a', 'b']);
  assert.deepEqual(stored['b']!.measured, {
    'EMTD-1.7': { equipartition: { estimate: 0.333333, interval: [0.3, 0.4] } },
  });
  assert.deepEqual(readdirSync(folder), ['publication.json']);
  rmSync(folder, { recursive: true });
  assert.throws(() => writePublicationRuns(file, {}), /cannot write/);
});

test('what reads verdicts or a notebook measures nothing: the session keeps its own checks', () => {
  const own = ['EMTD-1.7', 'EMTD-0.1'].map((id) => check(id));
  const isOwn = () => own.every((mine) => sessionChecks().includes(mine));
  assert.ok('EMTD-1.7' in readVerdicts());
  assert.ok(isOwn(), 'readVerdicts');
  const shown = { 'application/vnd.emtd.check+json': { id: 'EMTD-0.1', quantities: {} } };
  assert.equal(collectChecks({ cells: [{ outputs: [{ data: shown }] }] }).length, 1);
  assert.ok(isOwn(), 'collectChecks');
});

test('the checks of a session: the last of each claim, in the ledger’s order', () => {
  const again = check('EMTD-1.7');
  const ids = sessionChecks().map(({ id }) => id);
  assert.deepEqual(
    ids.filter((id) => ['EMTD-1.7', 'EMTD-2.12'].includes(id)),
    ['EMTD-1.7', 'EMTD-2.12'],
  );
  assert.equal(
    sessionChecks().find(({ id }) => id === 'EMTD-1.7'),
    again,
  );
});
