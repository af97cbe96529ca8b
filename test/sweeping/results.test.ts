// The folder is the truth: what is torn or changed is named, and its run is missing.
import assert from 'node:assert/strict';
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { Results } from '../../src/sweeping/results.js';
import { fc } from '../property.js';
import { folderFor, resultFiles } from './folder.js';

const run = (k: number) => ({ key: `key${k}`, parameters: { k } });
const read = (folder: string): Results => {
  const results = new Results(folder);
  results.refresh();
  return results;
};

test('numbers come back to the bit', (t) => {
  const folder = folderFor(t);
  const written = new Results(folder);
  const records: Record<string, number>[] = [
    { a: -0, b: NaN, c: Infinity, d: -Infinity, e: 0.1 + 0.2, f: 5e-324 },
  ];
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.double()), (record) => void records.push({ ...record })),
    {
      numRuns: 50,
    },
  );
  records.forEach((record, k) => written.add(run(k), { record }, 0.1));
  const results = read(folder);
  records.forEach((record, k) =>
    assert.deepEqual(Object.entries(results.record(`key${k}`)!), Object.entries(record)),
  );
  assert.deepEqual(results.faults, []);
});

test('a changed byte loses its run and no other, anywhere in the file', (t) => {
  const folder = folderFor(t);
  const written = new Results(folder);
  for (let k = 0; k < 5; k++) written.add(run(k), { record: { x: k } }, 0);
  const [file] = resultFiles(folder);
  const bytes = readFileSync(file);
  const begin = bytes.indexOf('\n') + 1;
  for (let at = begin; at < bytes.length; at += 7) {
    const changed = Uint8Array.from(bytes);
    changed[at] ^= 1;
    writeFileSync(file, changed);
    const results = read(folder);
    const there = [0, 1, 2, 3, 4].filter((k) => results.has(`key${k}`));
    for (const k of there) assert.deepEqual(results.record(`key${k}`), { x: k });
    if (bytes[at] === 10) continue; // two lines are one, or a blank one is not blank
    assert.equal(there.length, 4, `byte ${at}`);
    assert.equal(results.faults.length, 1);
    assert.match(results.faults[0], /jsonl:\d+: torn or changed/);
  }
});

test('a line that was cut is named, and later lines of the same process stay whole', (t) => {
  const folder = folderFor(t);
  const written = new Results(folder);
  written.add(run(0), { record: { x: 0 } }, 0);
  const [file] = resultFiles(folder);
  appendFileSync(file, '\n{"checksum":"0123'); // a full disk
  assert.match(read(folder).faults[0], /its last line is torn/);
  written.add(run(1), { record: { x: 1 } }, 0);
  const results = read(folder);
  assert.ok(results.has('key0') && results.has('key1'));
  assert.equal(results.faults.length, 1);
});

test('a reader sees what is added later, and lines longer than what it reads at once', (t) => {
  const folder = folderFor(t);
  const [written, results] = [new Results(folder), new Results(folder)];
  for (const k of [0, 1]) {
    const record = Object.fromEntries(Array.from({ length: 100_000 }, (_, n) => [`name ${n}`, n + k]));
    written.add(run(k), { record }, 0);
    results.refresh();
    assert.deepEqual(results.record(`key${k}`), record);
  }
});

test('a run that gives other numbers the second time is named', (t) => {
  const folder = folderFor(t);
  const [a, b] = [new Results(folder), new Results(folder)];
  a.add(run(0), { record: { x: 1 } }, 0);
  b.add(run(0), { record: { x: 2 } }, 0);
  b.add(run(1), { record: { x: 3 } }, 0);
  a.add(run(1), { record: { x: 3 } }, 1);
  const { faults } = read(folder);
  assert.equal(faults.length, 1);
  assert.match(faults[0], /the run {"k":0} gave other numbers the second time/);
});

test('a run that failed is done until retry; a result counts more than an error', (t) => {
  const folder = folderFor(t);
  const written = new Results(folder);
  written.add(run(0), { error: 'Error: no' }, 0);
  assert.deepEqual(read(folder).failure('key0'), { parameters: { k: 0 }, error: 'Error: no' });
  written.retry(['key0']);
  assert.equal(read(folder).has('key0'), false);
  written.add(run(0), { error: 'Error: again' }, 0);
  assert.equal(read(folder).failure('key0')?.error, 'Error: again');
  written.add(run(0), { record: { x: 1 } }, 0);
  assert.equal(read(folder).failure('key0'), undefined);
});
