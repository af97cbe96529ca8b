// The one writer: old content or new, the mode that was there, through links, by name in errors.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, beforeEach, test } from 'node:test';
import { writeAtomically } from '../../src/files/writeAtomically.js';

const home = mkdtempSync(join(tmpdir(), 'emtd-files-'));
after(() => rmSync(home, { recursive: true }));
let folder: string;
let count = 0;
beforeEach(() => mkdirSync((folder = join(home, String(count++)))));
const at = (name: string): string => join(folder, name);
const mode = (name: string): number => statSync(at(name)).mode & 0o777;
const posix = { skip: process.platform === 'win32' && 'modes and links of POSIX' };

test('text and bytes replace a file, and nothing is left beside it', () => {
  writeAtomically(at('a'), 'old');
  writeAtomically(at('a'), Uint8Array.of(110, 101, 119));
  assert.equal(readFileSync(at('a'), 'utf8'), 'new');
  assert.deepEqual(readdirSync(folder), ['a']);
});

test('the mode of a file stays; a new one has that of any new file', posix, () => {
  writeFileSync(at('any'), '');
  writeAtomically(at('new'), '');
  assert.equal(mode('new'), mode('any'));
  for (const kept of [0o600, 0o640, 0o755]) {
    chmodSync(at('new'), kept);
    writeAtomically(at('new'), 'x');
    assert.equal(mode('new'), kept);
  }
});

test(
  'links are followed, over several, to a file that is not there yet too; a ring of links is named',
  posix,
  () => {
    mkdirSync(at('below'));
    symlinkSync(join('below', 'file'), at('link'));
    symlinkSync('link', at('link of a link'));
    for (const text of ['first', 'second']) {
      writeAtomically(at('link of a link'), text);
      assert.equal(readFileSync(at('below/file'), 'utf8'), text);
    }
    assert.deepEqual(readdirSync(folder).sort(), ['below', 'link', 'link of a link']);
    assert.deepEqual(readdirSync(at('below')), ['file']);
    symlinkSync('ring', at('ring'));
    assert.throws(() => writeAtomically(at('ring'), ''), /writeAtomically: cannot write .*ring: ELOOP/);
  },
);

test('what is no file, and what is not there, is named', () => {
  assert.throws(() => writeAtomically(folder, ''), /cannot write .*: the path exists and is not a file/);
  assert.throws(() => writeAtomically(at('none/file'), ''), /cannot write .*none.file: ENOENT/);
  if (process.platform !== 'win32')
    assert.throws(
      () => writeAtomically('/dev/null', ''),
      /cannot write \/dev\/null: the path exists and is not a file/,
    );
});

/** Ends itself by a signal before its call number `last` of a function of node:fs that changes something. */
const killed = (last: number): string => `
  import fs from 'node:fs';
  import { syncBuiltinESMExports } from 'node:module';
  let calls = 0;
  for (const name of ['openSync', 'writeFileSync', 'fchmodSync', 'fsyncSync', 'closeSync', 'renameSync']) {
    const real = fs[name];
    fs[name] = (...args) => { if (calls++ === ${last}) process.kill(process.pid, 'SIGKILL'); return real(...args); };
  }
  syncBuiltinESMExports();
  const { writeAtomically } = await import(${JSON.stringify(new URL('../../src/files/writeAtomically.js', import.meta.url).href)});
  writeAtomically(process.argv[1], 'new');`;

test('a write does not fail for what cannot be cleared beside it', posix, () => {
  const stuck = at('.0123456789ab.tmp');
  mkdirSync(stuck); // rmSync refuses a folder
  utimesSync(stuck, 0, 0);
  writeAtomically(at('c'), 'whole');
  assert.equal(readFileSync(at('c'), 'utf8'), 'whole');
});

test(
  'killed before any of its steps, the file is the old one, and the new one after the last; what it leaves goes when it is old',
  posix,
  () => {
    const left: string[] = [];
    for (let last = 0, isDone = false; !isDone; last++) {
      writeFileSync(at('a'), 'old');
      const { signal } = spawnSync(process.execPath, [
        '--input-type=module',
        '--eval',
        killed(last),
        '--',
        at('a'),
      ]);
      isDone = signal === null;
      left.push(readFileSync(at('a'), 'utf8'));
    }
    assert.ok(left.length >= 6, `${left.length}`);
    assert.deepEqual(left, [...Array.from({ length: left.length - 1 }, () => 'old'), 'new']);

    const beside = (): string[] => readdirSync(folder).filter((name) => name.endsWith('.tmp'));
    const [first, ...others] = beside();
    assert.ok(others.length > 0, 'killed writes leave something');
    writeFileSync(at('.mine.tmp'), '');
    for (const name of [first!, '.mine.tmp']) utimesSync(at(name), 0, 0);
    const closeToAnHourAgo = Date.now() / 1000 - 57 * 60;
    utimesSync(at(others[0]!), closeToAnHourAgo, closeToAnHourAgo); // within the hour, so it may be under way
    writeAtomically(at('b'), '');
    assert.deepEqual(
      beside().sort(),
      [...others, '.mine.tmp'].sort(),
      'the old one of a write goes, one that may be under way and that of another stay',
    );
  },
);
