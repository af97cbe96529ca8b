// `emtd run`: where results go, and what it refuses before anything runs.
import assert from 'node:assert/strict';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, beforeEach, test, type TestContext } from 'node:test';
import { call, type Said } from './emtd.js';

const home = mkdtempSync(join(tmpdir(), 'emtd-run-'));
after(() => rmSync(home, { recursive: true }));
let folder: string;
let count = 0;
beforeEach(() => mkdirSync((folder = join(home, String(count++)))));
const at = (name: string): string => join(folder, name);
const posix = { skip: process.platform === 'win32' && 'modes and links of POSIX' };

function notebook(name: string, source = '1 + 1'): string {
  mkdirSync(dirname(at(name)), { recursive: true });
  const cells = [{ cell_type: 'code', id: 'c', metadata: {}, execution_count: null, outputs: [], source }];
  writeFileSync(at(name), JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 }));
  return at(name);
}

function run(context: TestContext, ...words: string[]): Promise<Said> {
  context.mock.method(process.stderr, 'write', () => true);
  return call(context, 'run', ...words);
}

test('results that would overwrite each other, or a notebook, are refused by name', async (t) => {
  const [a, b] = [notebook('a/x.ipynb'), notebook('b/x.ipynb')];
  const out = at('out');
  for (const [words, message] of [
    [
      [a, b, '--output', out],
      /a.x\.ipynb and \S*b.x\.ipynb would both be written to \S*out.x\.ipynb; fix: run them one by one, each with its own --output/,
    ],
    [[a, a, '--output', out], /fix: name it once/],
    [[a, `${at('a')}/../a/x.ipynb`, '--in-place'], /would both be written to .*; fix: name one of them/],
    [
      [a, '--output', at('a')],
      /a.x\.ipynb would be written over the notebook .*; fix: --in-place, or another folder as --output/,
    ],
    [[a, b, '--output', at('b')], /would be written over the notebook|would both be written/],
    [[a, at('b/y.ipynb'), '--output', out], /no notebook \S*y\.ipynb; did you mean "x\.ipynb"\?/],
  ] as const) {
    const { code, out: said, err } = await run(t, ...words);
    assert.deepEqual([code, said], [2, ''], words.join(' '));
    assert.match(err, message);
  }
  assert.ok(!existsSync(out));
});

test('a link and its file are one notebook', posix, async (t) => {
  const a = notebook('x.ipynb');
  symlinkSync(a, at('link.ipynb'));
  assert.match((await run(t, a, at('link.ipynb'), '--in-place')).err, /would both be written to/);
});

test('in place the mode of the file stays, and a link stays a link', posix, async (t) => {
  const file = notebook('real/x.ipynb');
  chmodSync(file, 0o600);
  symlinkSync(join('real', 'x.ipynb'), at('link.ipynb'));
  const { code, err } = await run(t, at('link.ipynb'), '--in-place');
  assert.equal(code, 0, err);
  assert.ok(lstatSync(at('link.ipynb')).isSymbolicLink());
  assert.equal(statSync(file).mode & 0o777, 0o600);
  assert.match(readFileSync(file, 'utf8'), /execute_result/);
  assert.deepEqual(readdirSync(at('real')), ['x.ipynb']);
});

test('a notebook that fails is written with its error to --output, and stays as it is in place', async (t) => {
  const file = notebook('x.ipynb', "throw new Error('on purpose')");
  const before = readFileSync(file, 'utf8');
  const inPlace = await run(t, file, '--in-place');
  assert.deepEqual([inPlace.code, readFileSync(file, 'utf8')], [1, before]);
  const beside = await run(t, file, '--output', at('out'));
  assert.equal(beside.code, 1);
  assert.match(readFileSync(at('out/x.ipynb'), 'utf8'), /on purpose/);
});
