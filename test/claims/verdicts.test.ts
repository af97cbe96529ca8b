import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { type Verdicts, check, exactly, readVerdicts } from '../../src/claims/index.js';
import { writeAtomically } from '../../src/files/writeAtomically.js';
import { compareVerdicts, verdictsOf, writeVerdicts } from '../../src/claims/verdicts.js';

const folder = mkdtempSync(join(tmpdir(), 'emtd-verdicts-'));
after(() => rmSync(folder, { recursive: true }));

const good = {
  equipartition: exactly(1),
  pairVariance: { estimate: 1.01, interval: [0.99, 1.03] as const },
  freeEnergy: exactly(0),
};
const bad = { ...good, freeEnergy: { estimate: 0.2, interval: [0.15, 0.25] as const } };
const supported = verdictsOf('02-hamiltonian', [check('EMTD-1.7', good)], 'abc');
const refuted = verdictsOf('02-hamiltonian', [check('EMTD-1.7', bad)], 'abc');

test('verdicts come back as they were written, in their order and to six digits', () => {
  const file = join(folder, 'verdicts.json');
  const langevin = verdictsOf('03-free-energy-and-langevin', [
    check('EMTD-A.5', { zeroModeSlope: exactly(1 / 3) }),
  ]);
  writeVerdicts(file, { ...supported, ...langevin });
  const read = readVerdicts(file);
  assert.deepEqual(Object.keys(read), ['EMTD-A.5', 'EMTD-1.7']);
  assert.deepEqual(read['EMTD-1.7'], supported['EMTD-1.7']);
  assert.equal(read['EMTD-A.5']!.quantities['zeroModeSlope']!.estimate, 0.333333);
  assert.equal(read['EMTD-A.5']!.manifest, null);
  const text = readFileSync(file, 'utf8');
  writeVerdicts(file, read);
  assert.equal(readFileSync(file, 'utf8'), text);
});

test('a verdict that does not follow from its numbers, an unknown claim and broken files are named', () => {
  const file = join(folder, 'wrong.json');
  const error = (text: string, pattern: RegExp) => {
    writeFileSync(file, text);
    assert.throws(() => readVerdicts(file), pattern);
  };
  const claimed = { 'EMTD-1.7': { ...refuted['EMTD-1.7'], verdict: 'supported' } };
  error(
    JSON.stringify(claimed),
    /wrong\.json: EMTD-1\.7: the file says "supported", the numbers give refuted/,
  );
  assert.deepEqual(
    readVerdicts(file, ['02-hamiltonian']),
    {},
    'a notebook to be measured again may be out of date',
  );
  error(
    JSON.stringify({ 'EMTD-9.9': supported['EMTD-1.7'] }),
    /no finding and no row of the earlier form has the id "EMTD-9\.9"/,
  );
  error('{"EMTD', /^Error: readVerdicts: .*wrong\.json/);
  assert.throws(() => readVerdicts(join(folder, 'nowhere.json')), /readVerdicts: .*nowhere\.json: ENOENT/);
});

test('only a changed verdict is a change: numbers may move inside their regions, refuted may stay refuted', () => {
  assert.deepEqual(compareVerdicts(refuted, refuted), []);
  const nearby = verdictsOf('02-hamiltonian', [check('EMTD-1.7', { ...good, freeEnergy: exactly(0.01) })]);
  assert.deepEqual(compareVerdicts(supported, nearby), []);
  assert.deepEqual(compareVerdicts(supported, refuted), [
    { id: 'EMTD-1.7', committed: 'supported', measured: 'refuted' },
  ]);
  assert.deepEqual(compareVerdicts(supported, {}), [
    { id: 'EMTD-1.7', committed: 'supported', measured: undefined },
  ]);
  assert.deepEqual(compareVerdicts({}, refuted), [
    { id: 'EMTD-1.7', committed: undefined, measured: 'refuted' },
  ]);
  assert.deepEqual(compareVerdicts(supported, {}, ['01-state-space']), []);
  assert.equal(compareVerdicts(supported, {}, ['02-hamiltonian']).length, 1);
});

test('a file is replaced whole or not at all, and nothing is left beside it', () => {
  const place = join(folder, 'atomic');
  mkdirSync(place);
  const file = join(place, 'verdicts.json');
  writeAtomically(file, 'old');
  writeAtomically(file, 'new');
  assert.equal(readFileSync(file, 'utf8'), 'new');
  assert.deepEqual(readdirSync(place), ['verdicts.json']);

  const occupied = join(place, 'folder');
  mkdirSync(join(occupied, 'full'), { recursive: true });
  assert.throws(() => writeAtomically(occupied, 'text'), /writeAtomically: cannot write .*folder: /);
  assert.deepEqual(new Set(readdirSync(place)), new Set(['folder', 'verdicts.json']));
  assert.throws(
    () => writeVerdicts(join(folder, 'missing', 'verdicts.json'), supported),
    /cannot write .*ENOENT/,
  );

  chmodSync(place, 0o500);
  if (process.getuid?.() !== 0) assert.throws(() => writeAtomically(file, 'newer'), /cannot write/);
  chmodSync(place, 0o700);
  assert.equal(readFileSync(file, 'utf8'), 'new');
});

test('the old content survives a write that fails half way', () => {
  const file = join(folder, 'half.json');
  writeVerdicts(file, supported);
  const broken = {
    'EMTD-1.7': { ...supported['EMTD-1.7']!, quantities: { x: null } },
  } as unknown as Verdicts;
  assert.throws(() => writeVerdicts(file, broken));
  assert.deepEqual(readVerdicts(file), supported);
  assert.deepEqual(
    readdirSync(folder).filter((entry) => entry.endsWith('.tmp')),
    [],
  );
});
