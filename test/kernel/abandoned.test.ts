// Temporary folders of runs that were killed are removed at the next start; others stay.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { createConnection } from '../../kernel/notebook/ownConnection.js';
import { temporaryFolder } from './harness.js';

const folder = temporaryFolder('emtd-t-');
const before = process.env['TMPDIR'];
after(() => {
  if (before === undefined) delete process.env['TMPDIR'];
  else process.env['TMPDIR'] = before;
  folder.remove();
});

test('the folder of a run that was killed goes at the next start; those of living runs, of other machines and of others stay', async () => {
  process.env['TMPDIR'] = folder.path;
  const module = new URL('../../kernel/notebook/ownConnection.js', import.meta.url).href;
  const code = `const { createConnection } = await import('${module}');
    console.log((await createConnection()).file);
    process.kill(process.pid, 'SIGKILL');`;
  const killed = spawnSync(process.execPath, ['--input-type=module', '-e', code], {
    encoding: 'utf8',
  }).stdout.trim();
  assert.ok(existsSync(killed), 'a killed run leaves its folder');
  const living = await createConnection();
  assert.ok(!existsSync(killed));
  const owner = readFileSync(join(living.file, '..', 'owner'), 'utf8');
  for (const [name, text] of [
    ['elsewhere', `${2 ** 22 + 1} another machine`],
    ['theirs', 'no owner'],
  ] as const) {
    mkdirSync(join(folder.path, `emtd-${name}`));
    writeFileSync(join(folder.path, `emtd-${name}`, 'owner'), text);
  }
  mkdirSync(join(folder.path, 'emtd-empty'));
  mkdirSync(join(folder.path, 'other'));
  writeFileSync(join(folder.path, 'other', 'owner'), owner.replace(/^\d+/, String(2 ** 22 + 1)));
  const next = await createConnection();
  for (const path of [
    living.file,
    ...['emtd-elsewhere', 'emtd-theirs', 'emtd-empty', 'other'].map((name) => join(folder.path, name)),
  ]) {
    assert.ok(existsSync(path), path);
  }
  living.remove();
  next.remove();
});
