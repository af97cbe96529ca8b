import assert from 'node:assert/strict';
import { test } from 'node:test';
import { check, earlierRows, exactly, manifest } from '../../src/claims/index.js';
import { verdictsOf } from '../../src/claims/verdicts.js';
import { collectChecks, collectManifest, notebookFaults } from '../../src/claims/notebookAtHand.js';
import { jupyterDisplay } from '../../src/display/index.js';
import { favourable } from './regions.js';

const row = (id: string) => earlierRows().find((one) => one.id === id)!;

type Shown = { [jupyterDisplay](): unknown };

/** An executed notebook, as it comes back from a file, with one output a cell. */
function notebook(...shown: Shown[]): unknown {
  const cells = shown.map((object) => ({
    cell_type: 'code',
    outputs: [{ output_type: 'display_data', metadata: {}, data: object[jupyterDisplay]() }],
  }));
  const text = { cell_type: 'markdown', source: ['text'] };
  const print = { cell_type: 'code', outputs: [{ output_type: 'stream', name: 'stdout', text: ['hello'] }] };
  return JSON.parse(JSON.stringify({ cells: [text, print, ...cells], nbformat: 4, nbformat_minor: 5 }));
}

test('checks and the last manifest come back from the outputs of an executed notebook', () => {
  const shown = [check('EMTD-1.7', favourable(row('EMTD-1.7'))), check('EMTD-1.14')];
  const run = manifest({ seeds: [1, 2] });
  const read = notebook(shown[0]!, manifest({ seeds: [9] }), shown[1]!, run);
  assert.deepEqual(collectChecks(read).map(String), shown.map(String));
  assert.deepEqual(collectManifest(read), run.record);
  assert.equal(collectManifest(notebook(shown[0]!)), undefined);
  const verdicts = verdictsOf('02-hamiltonian', collectChecks(read), run.record.digest);
  assert.equal(verdicts['EMTD-1.7']!.verdict, 'supported');
  assert.equal(verdicts['EMTD-1.7']!.manifest, run.record.digest);
});

test('a verdict written into a notebook by hand has no effect: it follows from the numbers', () => {
  const forged = JSON.stringify(notebook(check('EMTD-1.7', { equipartition: exactly(2) }))).replaceAll(
    '"refuted"',
    '"supported"',
  );
  assert.ok(forged.includes('"verdict":"supported"'));
  assert.equal(collectChecks(JSON.parse(forged))[0]!.verdict, 'refuted');
});

test('what is no notebook, no check, or a claim checked twice is named', () => {
  for (const wrong of [null, 3, {}, { cells: 'none' }]) {
    assert.throws(() => collectChecks(wrong), /collectChecks: not a notebook/);
  }
  const mangled = JSON.stringify(notebook(check('EMTD-1.7', { equipartition: exactly(1) })));
  assert.throws(
    () => collectChecks(JSON.parse(mangled.replace('"interval":[1,1]', '"interval":[1]'))),
    /collectChecks: .* must be/,
  );
  assert.throws(
    () => collectChecks(JSON.parse(mangled.replace('"id":"EMTD-1.7"', '"id":"X-1"'))),
    /no finding and no row of the earlier form has the id "X-1"/,
  );
  assert.throws(
    () => collectChecks(notebook(check('EMTD-1.14'), check('EMTD-1.14'))),
    /EMTD-1\.14 is checked twice/,
  );
});

test('a notebook is at fault for strangers, for claims left out, quantities left out and unmet controls', () => {
  const all = earlierRows()
    .filter((row) => row.notebook === '02-hamiltonian')
    .map((row) => check(row.id, favourable(row)));
  assert.deepEqual(notebookFaults('02-hamiltonian', all), []);
  assert.deepEqual(notebookFaults('02-hamiltonian', all.slice(1)), [
    'EMTD-1.6: at home in 02-hamiltonian, not checked there',
  ]);
  assert.deepEqual(notebookFaults('02-hamiltonian', [...all, check('EMTD-0.1')]), [
    'EMTD-0.1: at home in 00-start-here, checked in 02-hamiltonian',
  ]);
  const unmet = check('EMTD-1.6', { builtinsFailing: exactly(1) });
  assert.deepEqual(notebookFaults('02-hamiltonian', [unmet, ...all.slice(1)]), [
    'EMTD-1.6: plantedCaught is declared and not given',
    'EMTD-1.6: control builtinsFailing does not hold',
  ]);
  assert.match(notebookFaults('nowhere', []).join(), /no finding and no row of the earlier form is at home/);
});

test('a refuted claim is no fault of its notebook', () => {
  const rows = earlierRows().filter((row) => row.notebook === '02-hamiltonian');
  const checks = rows.map((row) =>
    check(row.id, { ...favourable(row), ...(row.id === 'EMTD-1.7' ? { equipartition: exactly(2) } : {}) }),
  );
  assert.ok(checks.some(({ verdict }) => verdict === 'refuted'));
  assert.deepEqual(notebookFaults('02-hamiltonian', checks), []);
});

test('a workbench has no claims, and may check none', () => {
  assert.deepEqual(notebookFaults('30-your-own-hamiltonian', []), []);
  assert.deepEqual(notebookFaults('variants/double-well', []), []);
  assert.deepEqual(notebookFaults('variants/double-well', [check('EMTD-0.1')]).length, 1);
  assert.deepEqual(notebookFaults('30-another-name', []), [
    '30-another-name: no finding and no row of the earlier form is at home in this notebook',
  ]);
  assert.deepEqual(notebookFaults('30-your-own-hamiltonian', [check('EMTD-0.1')]).length, 1);
});
