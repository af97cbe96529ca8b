// `emtd reproduce` and `emtd notebooks` in a checkout of their own, with one small notebook: what they write,
// and when they fail. Each run starts the real kernel.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { PublicationRun } from '../../src/claims/index.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const home = mkdtempSync(join(tmpdir(), 'emtd-reproduce-'));
for (const part of ['bin', 'tools', 'src', 'kernel', 'package.json', 'package-lock.json', 'tsconfig.json'])
  cpSync(join(root, part), join(home, part), { recursive: true });
for (const part of ['cephes', 'kernel', 'lib', 'src', 'tfjs', 'build.json'])
  cpSync(join(root, 'dist', part), join(home, 'dist', part), { recursive: true });
symlinkSync(join(root, 'node_modules'), join(home, 'node_modules'));
mkdirSync(join(home, 'notebooks'));
after(() => rmSync(home, { recursive: true }));

const emtd = (...args: string[]) =>
  spawnSync(process.execPath, [join(home, 'bin', 'emtd.mjs'), ...args], { cwd: home, encoding: 'utf8' });

const figure = `lineWithBand({ name: 'line', x: { title: 'x' }, y: { title: 'y' }, series: [{ label: 'data', x: [1, 2], y: [seed, 4] }] })`;
const proven = "check('EMTD-0.2', { faults: exactly(0), provenProperties: exactly(0) })";

function notebook(...sources: string[]): string {
  return named('00-start-here', ...sources);
}

function named(name: string, ...sources: string[]): string {
  const file = join(home, 'notebooks', `${name}.ipynb`);
  mkdirSync(dirname(file), { recursive: true });
  const code = [
    'const seed = 1;',
    "import { check, lineWithBand } from 'emtd-lab'; import { exactly, manifest } from 'emtd-lab/claims';",
    ...sources,
    'manifest({ seeds: [seed] })',
  ];
  const cells = code.map((source, k) => ({
    cell_type: 'code',
    id: `cell-${k}`,
    metadata: k === 0 ? { tags: ['parameters'] } : {},
    execution_count: null,
    outputs: [],
    source,
  }));
  writeFileSync(file, JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 }));
  return file;
}

test('notebooks refreshes outputs and verdicts; reproduce then passes, writes under out/ and touches nothing else', () => {
  const file = notebook(figure, "check('EMTD-0.1')", proven);
  const refreshed = emtd('notebooks');
  assert.equal(refreshed.status, 0, refreshed.stderr);
  const committed = readFileSync(file, 'utf8');
  assert.match(committed, /vnd\.emtd\.check\+json/);
  const verdicts = JSON.parse(readFileSync(join(home, 'src', 'claims', 'verdicts.json'), 'utf8')) as Record<
    string,
    { verdict: string }
  >;
  assert.equal(verdicts['EMTD-0.2']!.verdict, 'definition');

  const reproduced = emtd('reproduce', '--fresh-seeds', '--seed', '7');
  assert.equal(reproduced.status, 0, reproduced.stderr);
  assert.match(reproduced.stdout, /EMTD-0\.2 +definition +00-start-here/);
  assert.deepEqual(readdirSync(join(home, 'out', 'figures')), ['line.csv', 'line.json', 'line.svg']);
  assert.match(
    readFileSync(join(home, 'out', 'figures', 'line.csv'), 'utf8'),
    /^series,kind,x,y\ndata,data,1,7\n/,
  );
  assert.ok(existsSync(join(home, 'out', 'notebooks', '00-start-here.ipynb')));
  assert.equal(readFileSync(file, 'utf8'), committed);

  const published = emtd('notebooks', '--full');
  assert.equal(published.status, 0, published.stderr);
  const runs = JSON.parse(readFileSync(join(home, 'src', 'claims', 'publication.json'), 'utf8')) as Record<
    string,
    PublicationRun
  >;
  assert.deepEqual(Object.keys(runs['00-start-here']!.measured), ['EMTD-0.1', 'EMTD-0.2']);
  assert.deepEqual(runs['00-start-here']!.manifest.seeds, [2026]);
  const again = emtd('notebooks', '--full');
  assert.equal(again.status, 0, again.stderr);
  assert.match(
    again.stdout,
    /^1 of 1 are done: .*publication has them/,
    'a second call makes what is missing',
  );
  assert.doesNotMatch(again.stdout, /passed/);
  assert.equal(readFileSync(file, 'utf8'), committed);
});

test('a cell that fails, a claim left out and a verdict that is gone fail the run, each named', () => {
  const file = notebook("check('EMTD-0.1')", "throw new Error('on purpose')");
  const before = readFileSync(file, 'utf8');
  const failed = emtd('reproduce');
  assert.equal(failed.status, 1);
  assert.match(failed.stderr, /on purpose/);
  assert.match(failed.stderr, /00-start-here: a cell failed/);
  assert.match(failed.stderr, /EMTD-0\.2: committed definition, measured not at all/);
  assert.equal(emtd('notebooks').status, 1);
  assert.equal(readFileSync(file, 'utf8'), before, 'a failed refresh writes nothing');
});

test('notebooks in a folder below are found, executed, refreshed and written to the same folder under out/', () => {
  notebook("check('EMTD-0.1')", proven);
  named('.ipynb_checkpoints/00-start-here-checkpoint', "throw new Error('a checkpoint')");
  const file = named('variants/small', figure.replace("'line'", "'small'"));
  const before = readFileSync(join(home, 'src', 'claims', 'verdicts.json'), 'utf8');
  const { status, stdout, stderr } = emtd('notebooks', 'notebooks/variants/small.ipynb');
  assert.equal(status, 0, stderr);
  assert.match(stdout, /^\[1\/1\] variants\/small: passed/);
  assert.match(readFileSync(file, 'utf8'), /vnd\.plotly/);
  assert.equal(emtd('notebooks', '--full', 'small').status, 0);
  assert.doesNotMatch(
    readFileSync(join(home, 'src', 'claims', 'publication.json'), 'utf8'),
    /variants/,
    'a run without checks is none to publish',
  );
  assert.equal(readFileSync(join(home, 'src', 'claims', 'verdicts.json'), 'utf8'), before);

  const out = join(home, 'out-below');
  const all = emtd('reproduce', '--out', out);
  assert.equal(all.status, 0, all.stderr);
  assert.match(all.stdout, /\[1\/2\] 00-start-here: passed[^]*\[2\/2\] variants\/small: passed/);
  const both = emtd('reproduce', '--jobs', '2', '--out', join(home, 'out-both'));
  assert.equal(both.status, 0, both.stderr);
  assert.match(both.stdout, /\[1\/2\] 00-start-here: passed/);
  assert.match(both.stdout, /\[2\/2\] variants\/small: passed[^]*2 notebooks reproduced/);
  assert.ok(existsSync(join(out, 'notebooks', 'variants', 'small.ipynb')));
  assert.ok(existsSync(join(out, 'figures', 'small.svg')));

  named('variants/small', "throw new Error('below')");
  const failed = emtd('reproduce', 'small');
  assert.equal(failed.status, 1);
  assert.match(failed.stderr, /variants\/small: a cell failed/);
  rmSync(dirname(file), { recursive: true });
});

test('a notebook is stored when it has passed; one that fails keeps its outputs and its verdicts, and is named', () => {
  const files = [
    notebook("check('EMTD-0.1')", proven, figure),
    named('variants/a-good', '1 + 1'),
    named('variants/b-bad', "throw new Error('b')"),
    named('variants/c-good', '2 + 2'),
  ];
  assert.equal(emtd('notebooks', '00-start-here').status, 0);
  const ledgerFile = join(home, 'src', 'claims', 'verdicts.json');
  const before = readFileSync(ledgerFile, 'utf8');
  const first = notebook("check('EMTD-0.1')", "throw new Error('first')");
  const unrun = [first, files[2]].map((file) => readFileSync(file, 'utf8'));
  const { status, stdout, stderr } = emtd('notebooks');
  assert.equal(status, 1);
  assert.match(
    stdout,
    /00-start-here: FAILED .*, not stored[^]*a-good: passed .*, stored[^]*b-bad: FAILED .*, not stored[^]*c-good: passed .*, stored/,
  );
  assert.match(
    stderr,
    /2 problems:\n {2}00-start-here: a cell failed\n {2}variants\/b-bad: a cell failed\n2 of 4 stored, as before: 00-start-here, variants\/b-bad; /,
  );
  assert.match(stderr, /then emtd notebooks 00-start-here variants\/b-bad\n$/);
  assert.equal(readFileSync(ledgerFile, 'utf8'), before, 'verdicts of one that failed stay');
  assert.deepEqual(
    [first, files[2]].map((file) => readFileSync(file, 'utf8')),
    unrun,
  );
  for (const file of [files[1], files[3]]) assert.match(readFileSync(file, 'utf8'), /execute_result/);
  rmSync(join(home, 'notebooks', 'variants'), { recursive: true });
});

test('a figure named as a path leaves the folder neither of figures nor of notebooks', () => {
  const evil = `display({ [Symbol.for('Jupyter.display')]: () => ({ 'application/vnd.plotly.v1+json': { data: [{ x: [1], y: [1] }], layout: { meta: { name: '../../../evil' } } } }) })`;
  notebook("check('EMTD-0.1')", proven, evil);
  const out = join(home, 'deep', 'er', 'out');
  const { status, stdout, stderr } = emtd('reproduce', '--out', out);
  assert.equal(status, 1);
  assert.match(
    stdout,
    /00-start-here: passed .*, its figures are NOT written\n[^]*earlier form/,
    'the run goes on to the table of claims',
  );
  assert.match(
    stderr,
    /1 problem:\n {2}00-start-here: figure: name must be lower-case words joined by '-', got "\.\.\/\.\.\/\.\.\/evil"/,
  );
  const written = readdirSync(home, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.includes('evil'),
  );
  assert.deepEqual(written, []);
});

test('what is asked wrongly is refused by name before anything runs', () => {
  writeFileSync(join(home, 'a-file'), '');
  for (const [args, message, code] of [
    [['reproduce', '99-none'], /no notebook 99-none; there are 00-start-here/, 2],
    [['reproduce', '--seed', 'x'], /--seed must be an integer in \[0, 2\^32\), got "x"/, 2],
    [['reproduce', '--jobs', '0'], /--jobs must be a whole number, 1 or more, got "0"/, 2],
    [
      ['reproduce', '--out', join(home, 'a-file', 'out')],
      /output folder .* cannot be written: .*; fix: --out/,
      1,
    ],
  ] as const) {
    const { status, stderr } = emtd(...args);
    assert.equal(status, code);
    assert.match(stderr, message);
  }
  writeFileSync(join(home, 'notebooks', '00-start-here.ipynb'), '{ "cells": [');
  for (const args of [['reproduce'], ['reproduce', '--jobs', '2']]) {
    const { status, stderr } = emtd(...args);
    assert.equal(status, 1);
    assert.match(stderr, /00-start-here\.ipynb/);
  }
});
